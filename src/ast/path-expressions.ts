import { constantValue } from "./conditions.ts";
import { isFunction } from "./functions.ts";
import { unwrap } from "./names.ts";
import type { Source, TSESTree } from "./source.ts";

/** What is asked of the paths through a piece of code: a small automaton that the nodes on a path drive. */
export interface PathQuestion<State extends string> {
  readonly initial: State;
  /** The nodes that may change the state once they have been evaluated. */
  readonly events: ReadonlySet<TSESTree.Node>;
  readonly step: (event: TSESTree.Node, state: State) => Step<State>;
  /** The state of a path on which a condition (no `!`, `&&`, `||`) has come out one way; `null` where no path can. */
  readonly refine?: (atom: TSESTree.Expression, isTrue: boolean, state: State) => State | null;
  /**
   * What to assume where the text does not tell which way a path goes. `everyPath`: anything that calls may throw, loops may run no
   * round, switches may have no case. `inFavour`: exceptions come from the events, loops and switches that hold events reach them.
   */
  readonly doubt: "everyPath" | "inFavour";
}

export interface Step<State> {
  /** The state after the event; `null` where no path goes on. */
  readonly next: State | null;
  /** The state in a handler, when the event throws. */
  readonly thrown: State;
}

/** A way out of a piece of code. */
export interface Exit<State> {
  /** `end` is the end of the text, or the value of an arrow function without a block. */
  readonly kind: "end" | "return" | "throw";
  /** The statement that leaves; `null` at the end. */
  readonly node: TSESTree.Node | null;
  readonly state: State;
}

/** A way out of a statement that does not lead to the next. */
export interface Abrupt<State> {
  readonly kind: "break" | "continue" | "return" | "throw";
  readonly node: TSESTree.Node;
  /** The label, where one is named. */
  readonly target: string | null;
  readonly state: State;
}

/** The states in which exceptions that no `throw` of the text raises can leave a block. */
export interface Thrown<State> {
  readonly byEvents: Set<State>;
  readonly byOthers: Set<State>;
}

const MAY_THROW: ReadonlySet<string> = new Set([
  "AwaitExpression",
  "CallExpression",
  "ImportExpression",
  "NewExpression",
  "TaggedTemplateExpression",
  "YieldExpression",
]);

/** Evaluates expressions for {@link waysOut}: a set of states goes in, the set in which evaluation can end comes out. */
export class PathExpressions<State extends string> {
  protected readonly question: PathQuestion<State>;
  protected abrupt: Abrupt<State>[] = [];
  readonly #visitorKeys: Source["visitorKeys"];
  /** What the `try` blocks around have seen thrown, the innermost last. */
  readonly #handlers: Thrown<State>[] = [];
  /** The states in which the optional chains around were cut short. */
  readonly #chains: Set<State>[] = [];

  constructor(source: Source, question: PathQuestion<State>) {
    this.question = question;
    this.#visitorKeys = source.visitorKeys;
  }

  protected evaluateAll(nodes: readonly (TSESTree.Node | null)[], states: ReadonlySet<State>): ReadonlySet<State> {
    return nodes.reduce<ReadonlySet<State>>(
      (current, node) => (node === null ? current : this.evaluate(node, current)),
      states,
    );
  }

  protected evaluate(node: TSESTree.Node, states: ReadonlySet<State>): ReadonlySet<State> {
    if (states.size === 0) return states;
    switch (node.type) {
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#arrive(node, states);
      case "ConditionalExpression": {
        const { yes, no } = this.branch(node.test, states);
        return this.#arrive(
          node,
          new Set([...this.evaluate(node.consequent, yes), ...this.evaluate(node.alternate, no)]),
        );
      }
      case "LogicalExpression": {
        if (node.operator === "??")
          return this.#arrive(node, this.#maybe(node.right, this.evaluate(node.left, states)));
        const { yes, no } = this.branch(node, states);
        return this.#arrive(node, new Set([...yes, ...no]));
      }
      case "VariableDeclarator":
        return this.#arrive(node, this.evaluateAll([node.init, node.id], states));
      case "AssignmentExpression": {
        // A pattern takes its value apart when it is there; a member's object is evaluated first.
        if (/Pattern$/.test(node.left.type))
          return this.#arrive(node, this.evaluateAll([node.right, node.left], states));
        const left = this.evaluate(node.left, states);
        const right = this.#arrive(node, this.evaluate(node.right, left));
        return /^(?:&&|\|\||\?\?)=$/.test(node.operator) ? new Set([...left, ...right]) : right;
      }
      case "AssignmentPattern":
        return this.#maybe(node.right, this.evaluate(node.left, states));
      case "ChainExpression": {
        const short = new Set<State>();
        this.#chains.push(short);
        const whole = this.evaluate(node.expression, states);
        this.#chains.pop();
        return this.#arrive(node, new Set([...whole, ...short]));
      }
      default:
        return isFunction(node) ? this.#arrive(node, states) : this.#arrive(node, this.#evaluateChildren(node, states));
    }
  }

  #evaluateChildren(node: TSESTree.Node, states: ReadonlySet<State>): ReadonlySet<State> {
    let current = states;
    for (const [index, key] of (this.#visitorKeys[node.type] ?? []).entries()) {
      const child = (node as unknown as Record<string, TSESTree.Node | (TSESTree.Node | null)[] | null | undefined>)[
        key
      ];
      if (child != null) current = this.evaluateAll(Array.isArray(child) ? child : [child], current);
      // What follows the `?.` is evaluated only where the object, or the function, is there.
      if (index === 0 && "optional" in node && node.optional === true)
        for (const state of current) this.#chains.at(-1)?.add(state);
    }
    return current;
  }

  #maybe(node: TSESTree.Node, states: ReadonlySet<State>): ReadonlySet<State> {
    return new Set([...states, ...this.evaluate(node, states)]);
  }

  /** Evaluates a condition: the states in which it is true, and those in which it is not. */
  protected branch(
    test: TSESTree.Expression,
    states: ReadonlySet<State>,
  ): { yes: ReadonlySet<State>; no: ReadonlySet<State> } {
    const node = unwrap(test) as TSESTree.Expression;
    if (node.type === "UnaryExpression" && node.operator === "!") {
      const { yes, no } = this.branch(node.argument, states);
      return { yes: no, no: yes };
    }
    if (node.type === "LogicalExpression" && node.operator !== "??") {
      const left = this.branch(node.left, states);
      const isAnd = node.operator === "&&";
      const right = this.branch(node.right, isAnd ? left.yes : left.no);
      return isAnd
        ? { yes: right.yes, no: new Set([...left.no, ...right.no]) }
        : { yes: new Set([...left.yes, ...right.yes]), no: right.no };
    }
    const tested = this.evaluate(test, states);
    const constant = constantValue(node);
    const refined = (isTrue: boolean): ReadonlySet<State> =>
      constant === !isTrue ? new Set() : this.#refine(node, isTrue, tested);
    return { yes: refined(true), no: refined(false) };
  }

  #refine(atom: TSESTree.Expression, isTrue: boolean, states: ReadonlySet<State>): ReadonlySet<State> {
    const { refine } = this.question;
    if (refine === undefined) return states;
    return new Set([...states].flatMap((state) => refine(atom, isTrue, state) ?? []));
  }

  #arrive(node: TSESTree.Node, states: ReadonlySet<State>): ReadonlySet<State> {
    const thrown = this.#handlers.at(-1);
    if (!this.question.events.has(node)) {
      if (thrown !== undefined && MAY_THROW.has(node.type)) for (const state of states) thrown.byOthers.add(state);
      return states;
    }
    const reached = new Set<State>();
    for (const state of states) {
      const step = this.question.step(node, state);
      if (step.next !== null) reached.add(step.next);
      thrown?.byEvents.add(step.thrown);
    }
    return reached;
  }

  /** Runs what stands in a `try`, and gives the states in which something in it can have thrown. */
  protected catching<Result>(run: () => Result): { result: Result; thrown: Thrown<State> } {
    const thrown: Thrown<State> = { byEvents: new Set(), byOthers: new Set() };
    this.#handlers.push(thrown);
    const result = run();
    this.#handlers.pop();
    return { result, thrown };
  }

  /** The states in which a handler is entered. */
  protected caught({ byEvents, byOthers }: Thrown<State>): ReadonlySet<State> {
    return this.question.doubt === "inFavour" && byEvents.size > 0 ? byEvents : new Set([...byEvents, ...byOthers]);
  }

  /** Hands what nothing here has caught to the `try` around, after what is done `before` that. */
  protected raise(
    { byEvents, byOthers }: Thrown<State>,
    before: (states: ReadonlySet<State>) => ReadonlySet<State>,
  ): void {
    const outer = this.#handlers.at(-1);
    for (const state of before(byEvents)) outer?.byEvents.add(state);
    for (const state of before(byOthers)) outer?.byOthers.add(state);
  }

  protected leave(
    kind: Abrupt<State>["kind"],
    node: TSESTree.Node,
    states: ReadonlySet<State>,
    target: string | null = null,
  ): ReadonlySet<State> {
    for (const state of states) this.pass({ kind, node, target, state });
    return new Set();
  }

  protected pass(way: Abrupt<State>): void {
    const isKnown = this.abrupt.some(
      (other) => other.node === way.node && other.kind === way.kind && other.state === way.state,
    );
    if (!isKnown) this.abrupt.push(way);
  }

  /** Whether an event lies in a node. */
  protected holdsEvent(node: TSESTree.Node): boolean {
    for (const event of this.question.events)
      if (node.range[0] <= event.range[0] && event.range[1] <= node.range[1]) return true;
    return false;
  }
}
