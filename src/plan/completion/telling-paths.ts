import { isLoop } from "../../ast/flow.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { CompletionCalls } from "../decide/completion-calls.ts";
import type { AwaitDecision } from "../decide/decision.ts";

/** What tells a completion parameter, by its place: a call of it, or an operation that is awaited, whose callback does. */
export interface Telling {
  readonly calls: CompletionCalls;
  readonly awaited: ReadonlyMap<TSESTree.Node, AwaitDecision>;
  /** Statements that go. */
  readonly gone?: ReadonlySet<TSESTree.Node>;
}

/** What tells the completion parameters of a file. */
export function tellingIn(
  { calls, gone }: { readonly calls: CompletionCalls; readonly gone: ReadonlySet<TSESTree.Node> },
  awaited: readonly AwaitDecision[],
): Telling {
  return { calls, gone, awaited: new Map(awaited.map((each) => [each.place, each])) };
}

/** Whether every way through the code of a function tells its completion parameter, or ends in an error. */
export function alwaysTells(telling: Telling, body: TSESTree.BlockStatement | TSESTree.Expression): boolean {
  const paths = new TellingPaths(telling);
  return !paths.goesOn(body) && !paths.isLeft;
}

class TellingPaths {
  readonly #telling: Telling;
  /** Whether some `return` leaves before anything was told. */
  isLeft = false;
  /** Whether some way leads out of the `switch`, or the loop, around. */
  #isBroken = false;

  constructor(telling: Telling) {
    this.#telling = telling;
  }

  /** Whether some way leads through a node and behind it with nothing told. */
  goesOn(node: TSESTree.Node): boolean {
    if (this.#telling.calls.has(node)) return false;
    if (this.#telling.gone?.has(node) === true) return true;
    const awaited = this.#telling.awaited.get(node);
    if (awaited !== undefined) {
      // Nothing stands behind it: what its callback does not tell is not told.
      const { again, fns, join, told } = awaited;
      if (again !== undefined) return false;
      const isTold =
        join === undefined
          ? told !== null || (fns.length > 0 && fns.every((fn) => !this.goesOn(fn.body)))
          : !this.#goesThrough(join.finish);
      if (!isTold) this.isLeft = true;
      return false;
    }
    switch (node.type) {
      case "ReturnStatement":
        this.isLeft = true;
        return false;
      case "ThrowStatement":
        return false;
      case "BlockStatement":
        return this.#goesThrough(node.body);
      case "IfStatement": {
        const branches = [node.consequent, ...(node.alternate === null ? [] : [node.alternate])];
        return branches.map((each) => this.goesOn(each)).includes(true) || node.alternate === null;
      }
      case "TryStatement": {
        const parts = [node.block, ...(node.handler === null ? [] : [node.handler.body])];
        return parts.map((each) => this.goesOn(each)).includes(true);
      }
      case "SwitchStatement": {
        const hasDefault = node.cases.some(({ test }) => test === null);
        const { isBroken, result } = this.#within(() =>
          node.cases.map(({ consequent }) => this.#goesThrough(consequent)).at(-1),
        );
        return !hasDefault || result !== false || isBroken;
      }
      case "BreakStatement":
        this.#isBroken = true;
        return false;
      case "ContinueStatement":
        return false;
      case "LabeledStatement":
        this.goesOn(node.body);
        return true;
      default:
        if (isLoop(node)) this.#within(() => this.goesOn((node as TSESTree.WhileStatement).body));
        return true;
    }
  }

  #within<Result>(work: () => Result): { readonly isBroken: boolean; readonly result: Result } {
    const outer = this.#isBroken;
    this.#isBroken = false;
    const result = work();
    const isBroken = this.#isBroken;
    this.#isBroken = outer;
    return { isBroken, result };
  }

  #goesThrough(list: readonly TSESTree.Statement[]): boolean {
    return list.every((statement) => this.goesOn(statement));
  }
}
