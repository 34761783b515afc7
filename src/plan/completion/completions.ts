import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { hostedFunctionsOf } from "../../recognize/completion/hosted-functions.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import type { CallbackHosts } from "../decide/callback-hosts.ts";
import type { CompletionCalls } from "../decide/completion-calls.ts";
import { decideCompletion, uncertainError, type CompletionDecision } from "../decide/completion.ts";
import { obstacle, type AwaitDecision, type Obstacle } from "../decide/decision.ts";
import type { Draft } from "../draft.ts";
import { completionEdits, uselessReturns } from "../write/completion-writer.ts";
import { noteLeftRunning } from "./left-running.ts";

/** A function that a host calls with a completion parameter, and the operations that are awaited in it or not at all. */
interface Hosted {
  readonly operations: readonly DescribedOperation[];
  readonly decision: CompletionDecision | Obstacle;
}

/** The functions of a file that a host calls with a completion parameter, each decided together with the operations in it. */
export class Completions {
  readonly #context: Context;
  readonly #hosts: CallbackHosts;
  readonly #operations: readonly DescribedOperation[];
  readonly #hosted: ReadonlyMap<TSESTree.Node, Hosted>;
  /** The calls of all completion parameters that go. */
  readonly calls: CompletionCalls;

  constructor(reach: Reach, context: Context, operations: readonly DescribedOperation[], hosts: CallbackHosts) {
    this.#context = context;
    this.#hosts = hosts;
    this.#operations = operations;
    const starts = new Set(operations.map(({ call }) => call));
    const hosted = new Map<FunctionNode, Hosted>();
    for (const [fn, each] of hostedFunctionsOf(context)) {
      const own = operations.filter(({ call }) => hosts.of(call) === fn);
      if (own.length > 0) hosted.set(fn, { operations: own, decision: decideCompletion(reach, each, hosts, starts) });
    }
    this.#hosted = hosted;
    const decided = [...hosted.values()].flatMap(({ decision }) => (decision.kind === "completion" ? [decision] : []));
    this.calls = new Map(decided.flatMap(({ calls }) => calls.map((call) => [call.place, call] as const)));
  }

  /** Whether a function is one of them. */
  has(fn: FunctionNode): boolean {
    return this.#hosted.has(fn);
  }

  /** What keeps the function around an operation from doing without its completion parameter; it is told once for each function. */
  obstacleAround(operation: DescribedOperation): Obstacle | null {
    const hosted = [...this.#hosted.values()].find(({ operations: [first] }) => first === operation);
    return hosted?.decision.kind === "obstacle" ? hosted.decision : null;
  }

  /** Changes the functions with all that is awaited in them, or nothing of it. */
  write(draft: Draft<DescribedOperation>, awaited: readonly AwaitDecision[]): void {
    const { source } = this.#context;
    for (const [fn, { decision, operations }] of this.#hosted) {
      draft.link(fn, ...operations);
      if (decision.kind === "obstacle") continue;
      const unclear = uncertainError(decision, awaited);
      const [first] = operations;
      const stop = unclear === undefined ? null : obstacle("completion-unclear", unclear);
      if (stop !== null) draft.refuse(first!, stop.code, stop.place, first!.name);
      const own = awaited.filter(({ operation }) => operations.includes(operation));
      for (const { range, text } of [...completionEdits(source, decision), ...uselessReturns(source, own)])
        draft.replace(fn, range, text);
      if (decision.waits.length === 0)
        noteLeftRunning(this.#context, draft, decision.fn, this.#hosts, this.#operations);
    }
  }
}
