import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { hostedFunctionsOf, type HostedFunction } from "../../recognize/completion/hosted-functions.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import type { CallbackHosts } from "../decide/callback-hosts.ts";
import type { CompletionCalls } from "../decide/completion-calls.ts";
import type { Hosting } from "../decide/await-callback.ts";
import { isLastIn } from "../decide/completion-ends.ts";
import { isAlwaysTold } from "../decide/completion-paths.ts";
import { decideCompletion, uncertainError, type CompletionDecision } from "../decide/completion.ts";
import { obstacle, type AwaitDecision, type Obstacle } from "../decide/decision.ts";
import type { Draft } from "../draft.ts";
import { completionEdits, uselessReturns } from "../write/completion-writer.ts";
import { noteLeftRunning } from "./left-running.ts";

/** A function that a host calls with a completion parameter, and the operations that are awaited in it or not at all. */
interface Hosted {
  readonly hosted: HostedFunction;
  readonly operations: readonly DescribedOperation[];
  readonly decision: CompletionDecision | Obstacle;
}

/** The functions of a file that a host calls with a completion parameter, each decided together with the operations in it. */
export class Completions implements Hosting {
  readonly #context: Context;
  readonly #hosts: CallbackHosts;
  readonly #operations: readonly DescribedOperation[];
  readonly #hosted: ReadonlyMap<TSESTree.Node, Hosted>;
  /** The calls of all completion parameters that go. */
  readonly calls: CompletionCalls;
  readonly forwarded: Hosting["forwarded"];

  constructor(reach: Reach, context: Context, operations: readonly DescribedOperation[], hosts: CallbackHosts) {
    this.#context = context;
    this.#hosts = hosts;
    this.#operations = operations;
    const hosted = new Map<FunctionNode, Hosted>();
    for (const [fn, each] of hostedFunctionsOf(context)) {
      const own = operations.filter(({ call }) => hosts.of(call) === fn);
      if (own.length > 0)
        hosted.set(fn, { hosted: each, operations: own, decision: decideCompletion(reach, each, hosts, operations) });
    }
    this.#hosted = hosted;
    const decided = [...hosted.values()].flatMap(({ decision }) => (decision.kind === "completion" ? [decision] : []));
    this.calls = new Map(decided.flatMap(({ calls }) => calls.map((call) => [call.place, call] as const)));
    this.forwarded = new Map(decided.flatMap(({ forwarded }) => [...forwarded]));
  }

  /** The functions. */
  get functions(): readonly HostedFunction[] {
    return [...this.#hosted.values()].map(({ hosted }) => hosted);
  }

  /** Whether a function is one of them. */
  has(fn: FunctionNode): boolean {
    return this.#hosted.has(fn);
  }

  isReturnIgnored(fn: FunctionNode): boolean {
    return this.#decisionOf(fn) !== null && !fn.async;
  }

  /** Whether the host of an async function waits for what is awaited in it: it is the only one who calls it, and is told nothing by a callback. */
  isAwaited(fn: FunctionNode): boolean {
    const decision = this.#decisionOf(fn);
    return decision !== null && decision.calls.length === 0 && decision.forwarded.size === 0;
  }

  /** Whether an error that a callback throws comes to the host of a function as one does that it rejects with. */
  takesThrown(fn: FunctionNode): boolean {
    return this.#decisionOf(fn)?.hosted.signals.takesThrown === true;
  }

  #decisionOf(fn: FunctionNode): CompletionDecision | null {
    const decision = this.#hosted.get(fn)?.decision;
    return decision?.kind === "completion" ? decision : null;
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
      const own = awaited.filter(({ operation }) => operations.includes(operation));
      const [first] = operations;
      const stop = own.length < operations.length ? null : obstacleWithAwaits(decision, own);
      if (stop !== null) draft.refuse(first!, stop.code, stop.place, first!.name);
      const isEnd = (from: TSESTree.Node, last: TSESTree.Node): boolean =>
        isLastIn(decision.hosted.fn, from, last, own);
      for (const { range, text } of [...completionEdits(source, decision, isEnd), ...uselessReturns(source, own)])
        draft.replace(fn, range, text);
      if (isLeftRunning(decision))
        noteLeftRunning(this.#context, draft, decision.hosted.fn, this.#hosts, this.#operations);
    }
  }
}

/** What in the code that is awaited keeps a function from returning and throwing what it told its completion parameter. */
function obstacleWithAwaits(decision: CompletionDecision, awaited: readonly AwaitDecision[]): Obstacle | null {
  const unclear = uncertainError(decision, awaited);
  if (unclear !== undefined) return obstacle("completion-unclear", unclear);
  const { fn, parameter, signals, type } = decision.hosted;
  const isNeeded = signals.isAwaited || type?.mayBeEmpty === false;
  return isNeeded && !isAlwaysTold(decision, awaited) ? obstacle("completion-missing", parameter ?? fn) : null;
}

/** Whether the host waited for all that was running: it was told so by none but the callback, and not that it need not. */
function isLeftRunning({ hosted, waits }: CompletionDecision): boolean {
  return hosted.waits !== null && waits.length === 0 && hosted.parameter !== null;
}
