import { alwaysLeaves, contains } from "../../ast/flow.ts";
import { unwrap } from "../../ast/names.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import {
  type Direction,
  type Count,
  type Step,
  stepOf,
  type Question,
  MIRRORED,
  listOf,
  isBareReturn,
} from "./count-steps.ts";
import type { Counter } from "./counter.ts";

/**
 * Reads where a callback counts. On each of its paths it must do so once, ask then whether it was the last, and do nothing more; what
 * throws instead counts on no path.
 */
export class CountReader {
  readonly counts: Count[] = [];
  readonly #source: Source;
  readonly #counter: Counter;
  readonly #direction: Direction;
  readonly #ignored: ReadonlySet<TSESTree.Node>;
  /** Whether a statement is a call of the function that counts. */
  readonly #isHelped: (statement: TSESTree.Statement) => boolean;
  /** The calls of that function. */
  readonly calls: TSESTree.Statement[] = [];

  constructor(
    source: Source,
    counter: Counter,
    direction: Direction,
    ignored: ReadonlySet<TSESTree.Node>,
    isHelped: (statement: TSESTree.Statement) => boolean,
  ) {
    this.#source = source;
    this.#counter = counter;
    this.#direction = direction;
    this.#ignored = ignored;
    this.#isHelped = isHelped;
  }

  /** Reads statements after which a callback is over; gives whether all paths through them count as they must. */
  readTail(list: readonly TSESTree.Statement[], counted: TSESTree.Statement | null = null): boolean {
    const staying = list.filter(
      (statement) =>
        !this.#ignored.has(statement) &&
        statement.type !== "EmptyStatement" &&
        statement.type !== "FunctionDeclaration",
    );
    if (isBareReturn(staying.at(-1))) staying.pop();
    let counting = counted;
    for (const [index, statement] of staying.entries()) {
      if (this.#counter.event !== null && this.#isCounting(statement)) {
        if (index < staying.length - 1) return false;
        const asking = statement as TSESTree.ExpressionStatement;
        this.counts.push({ write: asking.expression, counting: null, asking, finish: [asking], total: null });
        return true;
      } else if (this.#isCounting(statement)) {
        if (counting !== null) return false;
        counting = statement;
      } else if (this.#isWayOut(statement)) {
        return this.#addCount(statement as TSESTree.IfStatement, counting, staying.slice(index + 1), false);
      } else if (index === staying.length - 1) {
        return this.#readLast(statement, counting);
      } else if (this.#touches(statement) || this.#holdsReturn(statement)) {
        if (!this.#readEarly(statement, counting)) return false;
      }
    }
    return false;
  }

  /** The last statement of a path. */
  #readLast(statement: TSESTree.Statement, counting: TSESTree.Statement | null): boolean {
    switch (statement.type) {
      case "BlockStatement":
        return this.readTail(statement.body, counting);
      case "ExpressionStatement":
        if (counting !== null || !this.#isHelped(statement)) return false;
        this.calls.push(statement);
        return true;
      case "IfStatement":
        if (this.#questionIn(statement.test) !== null)
          return (
            statement.alternate === null && this.#addCount(statement, counting, listOf(statement.consequent), true)
          );
        return (
          statement.alternate !== null &&
          !this.#touches(statement.test) &&
          [statement.consequent, statement.alternate].every((branch) => this.readTail(listOf(branch), counting))
        );
      case "TryStatement":
        return this.#readTry(statement, counting);
      default:
        return false;
    }
  }

  /** A `finally` counts on all paths if no handler before it throws. */
  #readTry({ block, handler, finalizer }: TSESTree.TryStatement, counting: TSESTree.Statement | null): boolean {
    const isThrow = (node: TSESTree.Node): node is TSESTree.ThrowStatement => node.type === "ThrowStatement";
    if (
      finalizer == null ||
      handler === null ||
      findAll(handler, this.#source.visitorKeys, isThrow, { intoFunctions: false }).length > 0
    )
      return false;
    return !this.#touches(block) && !this.#touches(handler) && this.readTail(finalizer.body, counting);
  }

  /** A statement that leaves on some paths, which count first. */
  #readEarly(statement: TSESTree.Statement, counting: TSESTree.Statement | null): boolean {
    if (statement.type !== "IfStatement" || this.#touches(statement.test)) return false;
    return [statement.consequent, statement.alternate].every((branch) => {
      if (branch === null || (!this.#touches(branch) && !this.#holdsReturn(branch))) return true;
      if (branch.type === "IfStatement") return this.#readEarly(branch, counting);
      return alwaysLeaves(branch) && isBareReturn(listOf(branch).at(-1)) && this.readTail(listOf(branch), counting);
    });
  }

  #addCount(
    asking: TSESTree.IfStatement,
    counting: TSESTree.Statement | null,
    finish: readonly TSESTree.Statement[],
    isLast: boolean,
  ): boolean {
    const question = this.#questionIn(asking.test)!;
    if (
      (question.write === null) === (counting === null) ||
      question.isLast !== isLast ||
      finish.length === 0 ||
      finish.some((statement) => this.#touches(statement))
    )
      return false;
    const write = question.write ?? (counting as TSESTree.ExpressionStatement).expression;
    this.counts.push({ write, counting, asking, finish, total: question.total });
    return true;
  }

  #isCounting(statement: TSESTree.Statement): boolean {
    return (
      statement.type === "ExpressionStatement" &&
      stepOf(unwrap(statement.expression), this.#counter)?.direction === this.#direction
    );
  }

  /** `if (--pending > 0) return;` */
  #isWayOut(statement: TSESTree.Statement): boolean {
    return (
      statement.type === "IfStatement" &&
      statement.alternate === null &&
      this.#questionIn(statement.test)?.isLast === false &&
      listOf(statement.consequent).length === 1 &&
      isBareReturn(listOf(statement.consequent)[0])
    );
  }

  #holdsReturn(node: TSESTree.Node): boolean {
    return (
      findAll(
        node,
        this.#source.visitorKeys,
        (each): each is TSESTree.ReturnStatement => each.type === "ReturnStatement",
        { intoFunctions: false },
      ).length > 0
    );
  }

  /** Whether something in a node counts, in a function inside it or not. */
  #touches(node: TSESTree.Node): boolean {
    return (
      this.#counter.writes.some((write) => contains(node, write)) ||
      findAll(
        node,
        this.#source.visitorKeys,
        (each): each is TSESTree.ExpressionStatement => each.type === "ExpressionStatement" && this.#isHelped(each),
      ).length > 0
    );
  }

  #questionIn(test: TSESTree.Expression): Question | null {
    const node = unwrap(test);
    if (node.type === "UnaryExpression" && node.operator === "!") {
      const asked = this.#valueIn(node.argument);
      return asked === null || this.#direction === "up" || asked.gives === "before"
        ? null
        : { write: asked.write, isLast: true, total: null };
    }
    const alone = this.#valueIn(node);
    if (alone !== null)
      return this.#direction === "up" || alone.gives === "before"
        ? null
        : { write: alone.write, isLast: false, total: null };
    if (node.type !== "BinaryExpression" || node.left.type === "PrivateIdentifier") return null;
    const left = this.#valueIn(node.left);
    const asked = left ?? this.#valueIn(node.right);
    if (asked === null) return null;
    return this.#compared(
      left === null ? MIRRORED[node.operator] : node.operator,
      asked,
      left === null ? node.left : node.right,
    );
  }

  #compared(
    operator: string | undefined,
    { write, gives }: { write: TSESTree.Node | null; gives: Step["gives"] },
    bound: TSESTree.Expression,
  ): Question | null {
    if (this.#direction === "up") {
      if (gives === "before") return null;
      if (operator === "===" || operator === "==" || operator === ">=") return { write, isLast: true, total: bound };
      return operator === "!==" || operator === "!=" || operator === "<"
        ? { write, isLast: false, total: bound }
        : null;
    }
    const least =
      bound.type === "Literal" && typeof bound.value === "number" ? bound.value - (gives === "before" ? 1 : 0) : null;
    const isEither = (equal: readonly string[], below: string, orBelow: string): boolean =>
      (least === 0 && (equal.includes(operator ?? "") || operator === orBelow)) || (least === 1 && operator === below);
    if (isEither(["===", "=="], "<", "<=")) return { write, isLast: true, total: null };
    return isEither(["!==", "!="], ">=", ">") ? { write, isLast: false, total: null } : null;
  }

  /** The counter, or what counts, as an operand. */
  #valueIn(expression: TSESTree.Node): { write: TSESTree.Node | null; gives: Step["gives"] } | null {
    const node = unwrap(expression);
    // What a signal gives is asked by nobody who waits for the event.
    if (this.#counter.event !== null) return null;
    if (this.#counter.uses.has(node)) return { write: null, gives: "after" };
    const step = stepOf(node, this.#counter);
    return step?.direction === this.#direction ? { write: node, gives: step.gives } : null;
  }
}
