import type { Enclosing } from "./functions.ts";
import { isFunction } from "./functions.ts";
import { PathExpressions, type Abrupt, type Exit, type PathQuestion } from "./path-expressions.ts";
import type { Source, TSESTree } from "./source.ts";

export type { Exit, PathQuestion, Step } from "./path-expressions.ts";

/** Where control goes after a statement. */
interface Outcome<State> {
  readonly normal: ReadonlySet<State>;
  readonly abrupt: readonly Abrupt<State>[];
}

/**
 * Walks every path through a function, a static block, a field initialiser or a file, and gives each way out with each state that a
 * path can have reached it in. Functions inside are not entered: they are values here. An exception that no `throw` of the text
 * raises is followed into the handlers around it, and no further.
 *
 * @param root what {@link enclosingOf} gives for the code in question.
 */
export function waysOut<State extends string>(
  source: Source,
  root: Enclosing,
  question: PathQuestion<State>,
): Exit<State>[] {
  return new PathWalker(source, question).waysOut(root);
}

type For = TSESTree.ForInStatement | TSESTree.ForOfStatement | TSESTree.ForStatement;
type Loop = For | TSESTree.WhileStatement | TSESTree.DoWhileStatement;

class PathWalker<State extends string> extends PathExpressions<State> {
  waysOut(root: Enclosing): Exit<State>[] {
    const { normal, abrupt } = this.#capture(() => this.#runRoot(root, new Set([this.question.initial])));
    const exits = [...normal].map((state): Exit<State> => ({ kind: "end", node: null, state }));
    for (const { kind, node, state } of abrupt)
      if (kind === "return" || kind === "throw") exits.push({ kind, node, state });
    return exits;
  }

  #runRoot(root: Enclosing, states: ReadonlySet<State>): ReadonlySet<State> {
    if (!isFunction(root))
      return "body" in root ? this.#runList(root.body, states) : this.evaluateAll([root.value], states);
    const begun = this.evaluateAll(root.params, states);
    return root.body.type === "BlockStatement" ? this.#runList(root.body.body, begun) : this.evaluate(root.body, begun);
  }

  /** What `run` gives, with the ways in which it leaves set apart. */
  #capture(run: () => ReadonlySet<State>): Outcome<State> {
    const outer = this.abrupt;
    this.abrupt = [];
    const normal = run();
    const outcome = { normal, abrupt: this.abrupt };
    this.abrupt = outer;
    return outcome;
  }

  #runList(statements: readonly TSESTree.Node[], states: ReadonlySet<State>): ReadonlySet<State> {
    return statements.reduce<ReadonlySet<State>>((current, statement) => this.#run(statement, current), states);
  }

  #run(statement: TSESTree.Node, states: ReadonlySet<State>, labels: readonly string[] = []): ReadonlySet<State> {
    if (states.size === 0) return states;
    switch (statement.type) {
      case "BlockStatement":
      case "TSModuleBlock":
        return this.#runList(statement.body, states);
      case "TSModuleDeclaration":
        return statement.body == null ? states : this.#run(statement.body, states);
      case "IfStatement": {
        const { yes, no } = this.branch(statement.test, states);
        return union(
          this.#run(statement.consequent, yes),
          statement.alternate == null ? no : this.#run(statement.alternate, no),
        );
      }
      case "LabeledStatement": {
        const label = statement.label.name;
        const { normal, abrupt } = this.#capture(() => this.#run(statement.body, states, [...labels, label]));
        return union(
          normal,
          this.#settle(abrupt, ({ kind, target }) => kind === "break" && target === label),
        );
      }
      case "ForInStatement":
      case "ForOfStatement":
      case "ForStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        return this.#runLoop(statement, states, labels);
      case "SwitchStatement":
        return this.#runSwitch(statement, states);
      case "TryStatement":
        return this.#runTry(statement, states);
      case "ReturnStatement":
        return this.leave("return", statement, this.evaluateAll([statement.argument], states));
      case "ThrowStatement":
        return this.leave("throw", statement, this.evaluate(statement.argument, states));
      case "BreakStatement":
      case "ContinueStatement":
        return this.leave(
          statement.type === "BreakStatement" ? "break" : "continue",
          statement,
          states,
          statement.label?.name ?? null,
        );
      case "ExpressionStatement":
        return this.evaluate(statement.expression, states);
      default:
        return this.evaluate(statement, states);
    }
  }

  /** The states of the ways that end here; the others are passed on. */
  #settle(abrupt: readonly Abrupt<State>[], endsHere: (way: Abrupt<State>) => boolean): ReadonlySet<State> {
    const settled = new Set<State>();
    for (const way of abrupt) {
      if (endsHere(way)) settled.add(way.state);
      else this.pass(way);
    }
    return settled;
  }

  #runLoop(loop: Loop, entry: ReadonlySet<State>, labels: readonly string[]): ReadonlySet<State> {
    const isOwn = (target: string | null): boolean => target === null || labels.includes(target);
    let head = entry;
    if (loop.type === "ForStatement" && loop.init !== null) head = this.evaluate(loop.init, head);
    if (loop.type === "ForInStatement" || loop.type === "ForOfStatement") head = this.evaluate(loop.right, head);
    const start = head;
    for (;;) {
      let left: ReadonlySet<State> = new Set();
      const { normal, abrupt } = this.#capture(() => {
        const round = this.#runRound(loop, head, isOwn);
        left = round.left;
        return round.next;
      });
      const grown = union(head, normal);
      if (grown.size > head.size) {
        head = grown;
        continue;
      }
      return union(
        this.#afterRounds(loop, start, left),
        this.#settle(abrupt, ({ kind, target }) => kind === "break" && isOwn(target)),
      );
    }
  }

  /** One round of a loop: the states at its next round, and those in which its test, or the lack of a next element, has ended it. */
  #runRound(
    loop: Loop,
    head: ReadonlySet<State>,
    isOwn: (target: string | null) => boolean,
  ): { next: ReadonlySet<State>; left: ReadonlySet<State> } {
    const body = (states: ReadonlySet<State>): ReadonlySet<State> => {
      const { normal, abrupt } = this.#capture(() => this.#run(loop.body, states));
      return union(
        normal,
        this.#settle(abrupt, ({ kind, target }) => kind === "continue" && isOwn(target)),
      );
    };
    switch (loop.type) {
      case "DoWhileStatement": {
        const { yes, no } = this.branch(loop.test, body(head));
        return { next: yes, left: no };
      }
      case "WhileStatement": {
        const { yes, no } = this.branch(loop.test, head);
        return { next: body(yes), left: no };
      }
      case "ForStatement": {
        const { yes, no } = loop.test === null ? { yes: head, no: new Set<State>() } : this.branch(loop.test, head);
        return { next: this.evaluateAll([loop.update], body(yes)), left: no };
      }
      default:
        return { next: body(this.evaluate(loop.left, head)), left: head };
    }
  }

  /** A loop that ends something is there to end it: in favour of the code, its test lets go once it has. */
  #afterRounds(loop: Loop, start: ReadonlySet<State>, left: ReadonlySet<State>): ReadonlySet<State> {
    if (this.question.doubt === "everyPath" || !this.holdsEvent(loop)) return left;
    const changed = [...left].filter((state) => !start.has(state));
    return changed.length > 0 ? new Set(changed) : left;
  }

  #runSwitch(statement: TSESTree.SwitchStatement, states: ReadonlySet<State>): ReadonlySet<State> {
    let tested = this.evaluate(statement.discriminant, states);
    const entries = statement.cases.map(({ test }) => (test === null ? null : (tested = this.evaluate(test, tested))));
    const { normal, abrupt } = this.#capture(() =>
      statement.cases.reduce<ReadonlySet<State>>(
        (above, { consequent }, index) => this.#runList(consequent, union(above, entries[index] ?? tested)),
        new Set(),
      ),
    );
    const after = union(
      normal,
      this.#settle(abrupt, ({ kind, target }) => kind === "break" && target === null),
    );
    // Cases that name every value need no `default`; only types would tell.
    const isExhaustive =
      entries.includes(null) ||
      (this.question.doubt === "inFavour" && entries.length > 1 && this.holdsEvent(statement));
    return isExhaustive ? after : union(after, tested);
  }

  #runTry({ block, handler, finalizer }: TSESTree.TryStatement, states: ReadonlySet<State>): ReadonlySet<State> {
    const guarded = this.catching(() => this.#capture(() => this.#run(block, states)));
    let { normal, abrupt } = guarded.result;
    let escaping = guarded.thrown;
    if (handler !== null) {
      const thrown = new Set(abrupt.flatMap(({ kind, state }) => (kind === "throw" ? [state] : [])));
      const caught = union(thrown, this.caught(guarded.thrown));
      // Where nothing seems able to throw, the handler is there for what we do not see.
      const entry = caught.size > 0 ? caught : states;
      const handled = this.catching(() => this.#capture(() => this.#run(handler.body, entry)));
      normal = union(normal, handled.result.normal);
      abrupt = [...abrupt.filter(({ kind }) => kind !== "throw"), ...handled.result.abrupt];
      escaping = handled.thrown;
    }
    if (finalizer == null) {
      for (const way of abrupt) this.pass(way);
      this.raise(escaping, (thrown) => thrown);
      return normal;
    }
    // A way out goes through the finaliser first, which may change the state or leave in its own way.
    for (const way of abrupt)
      for (const state of this.#run(finalizer, new Set([way.state]))) this.pass({ ...way, state });
    this.raise(escaping, (thrown) => this.#run(finalizer, thrown));
    return this.#run(finalizer, normal);
  }
}

function union<State>(a: ReadonlySet<State>, b: ReadonlySet<State>): ReadonlySet<State> {
  if (a.size === 0) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}
