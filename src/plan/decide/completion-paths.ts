import { isLoop } from "../../ast/flow.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { CompletionCalls } from "./completion-calls.ts";
import type { CompletionDecision } from "./completion.ts";
import type { AwaitDecision, Stretch } from "./decision.ts";

/**
 * How a way through code ends, from the best to the worst: the host is told that the function is done, or gets an error; the code behind is reached;
 * the code around a loop or `switch` goes on; the function ends, and its host is told nothing.
 */
const WAYS = ["told", "through", "broken", "missed"] as const;
type Way = (typeof WAYS)[number];

function worst(...ways: readonly Way[]): Way {
  return WAYS.findLast((way) => ways.includes(way)) ?? "told";
}

/** Whether every way through a function tells its host that the function is done, when its operations are awaited. */
export function isAlwaysTold(decision: CompletionDecision, awaited: readonly AwaitDecision[]): boolean {
  const { body } = decision.hosted.fn;
  const paths = new Paths(new Map(decision.calls.map((call) => [call.place, call])), awaited);
  return (body.type === "BlockStatement" ? paths.through(body.body) : paths.of(body)) === "told";
}

class Paths {
  readonly #calls: CompletionCalls;
  readonly #awaited: ReadonlyMap<TSESTree.Node, AwaitDecision>;

  constructor(calls: CompletionCalls, awaited: readonly AwaitDecision[]) {
    this.#calls = calls;
    this.#awaited = new Map(awaited.map((decision) => [decision.place, decision]));
  }

  /** How a list of statements ends. */
  through(statements: readonly TSESTree.Node[]): Way {
    for (const statement of statements) {
      const way = this.of(statement);
      if (way !== "through") return way;
    }
    return "through";
  }

  of(node: TSESTree.Node): Way {
    if (this.#calls.has(node)) return "told";
    const awaited = this.#awaited.get(node);
    if (awaited !== undefined) return this.#behind(awaited);
    if (isLoop(node) || node.type === "WithStatement")
      return this.#passed(this.of((node as TSESTree.WhileStatement).body));
    switch (node.type) {
      case "ThrowStatement":
        return "told";
      case "ReturnStatement":
        return "missed";
      case "BreakStatement":
      case "ContinueStatement":
        return "broken";
      case "BlockStatement":
        return this.through(node.body);
      case "LabeledStatement":
        return this.#passed(this.of(node.body));
      case "IfStatement":
        return worst(this.of(node.consequent), node.alternate == null ? "through" : this.of(node.alternate));
      case "TryStatement": {
        const handled = node.handler == null ? "told" : this.of(node.handler.body);
        const way = worst(this.of(node.block), handled);
        const last = node.finalizer == null ? "through" : this.of(node.finalizer);
        return last === "through" ? way : last;
      }
      case "SwitchStatement": {
        const ways = node.cases.map((_, index) =>
          this.through(node.cases.slice(index).flatMap(({ consequent }) => consequent)),
        );
        const isComplete = node.cases.some(({ test }) => test === null);
        const way = worst(...ways, isComplete ? "told" : "through");
        return way === "broken" ? "through" : way;
      }
      default:
        return "through";
    }
  }

  /** What may be done any number of times, or left in the middle, is passed at best. */
  #passed(way: Way): Way {
    return way === "missed" ? "missed" : "through";
  }

  /** How the code ends that follows an awaited operation, which is the last thing that its function does. */
  #behind({ after, failure, success, told }: AwaitDecision): Way {
    if (told !== null) return "told";
    const onFailure = failure.kind === "handled" ? this.#stretches(failure.code) : "told";
    const divided = worst(onFailure, this.#stretches(success));
    const way = divided === "through" ? this.#stretches(after) : divided;
    return way === "told" ? "told" : "missed";
  }

  #stretches(stretches: readonly Stretch[]): Way {
    for (const { inside, range } of stretches) {
      const isIn = (node: TSESTree.Node): boolean => range[0] <= node.range[0] && node.range[1] <= range[1];
      const way = inside.type === "BlockStatement" ? this.through(inside.body.filter(isIn)) : this.of(inside);
      if (way !== "through") return way;
    }
    return "through";
  }
}
