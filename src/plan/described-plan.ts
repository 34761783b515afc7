import { enclosingOf, isFunction } from "../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import type { DescribedOperation } from "../recognize/operations/operation.ts";
import { AsyncFunctions } from "./async/async-functions.ts";
import type { Reach } from "./async/reach.ts";
import { isResultIgnored } from "./async/receivers.ts";
import { mayThrow } from "./async/thrown-errors.ts";
import { Completions } from "./completion/completions.ts";
import type { CompletionCalls } from "./decide/completion-calls.ts";
import { CallbackHosts } from "./decide/callback-hosts.ts";
import { decideAwait } from "./decide/await-callback.ts";
import { obstacle, type AwaitDecision, type Obstacle } from "./decide/decision.ts";
import { Draft, type Component } from "./draft.ts";
import { DecisionWriter } from "./write/decision-writer.ts";
import { isPure } from "./purity.ts";
import { displayName } from "./usages.ts";
import { tryAround } from "../ast/flow.ts";

/** The operations of a file that dialects describe. */
export interface FileOperations {
  readonly context: Context;
  readonly operations: readonly DescribedOperation[];
}

/** What was decided about the operations of a file. */
interface Decided {
  readonly context: Context;
  readonly calls: CompletionCalls;
  readonly decisions: readonly AwaitDecision[];
}

/** A plan for described operations: all are decided first, then who becomes async is, and the text is written last. */
export class DescribedPlan {
  readonly #reach: Reach;
  readonly #draft = Draft.empty<DescribedOperation>();
  readonly #functions: AsyncFunctions;
  readonly #free: ReadonlySet<DescribedOperation>;
  readonly #apart: ReadonlySet<DescribedOperation>;
  readonly #decided: readonly Decided[];

  /**
   * @param free the operations whose code answers nobody
   * @param apart those of them whose code follows in a function of its own
   */
  constructor(
    reach: Reach,
    files: readonly FileOperations[],
    free: ReadonlySet<DescribedOperation>,
    apart: ReadonlySet<DescribedOperation>,
  ) {
    this.#reach = reach;
    this.#free = free;
    this.#apart = apart;
    this.#functions = new AsyncFunctions(reach, this.#draft, (call, fn) => this.#letGo(call, fn));
    this.#decided = files.map((file) => this.#decide(file));
    this.#draft.during("callers", null, () => this.#functions.convertCallers());
    for (const { calls, context, decisions } of this.#decided) {
      const draft = this.#draft.inFile(context.source);
      draft.during("text", null, () => new DecisionWriter(context, draft, decisions, calls).write());
    }
  }

  components(isWanted?: (operation: DescribedOperation) => boolean): Component<DescribedOperation>[] {
    return this.#draft.components(isWanted);
  }

  /** The operations that could be awaited, but for the function or callback that they would be awaited in. */
  heldByHosts(): DescribedOperation[] {
    return this.#decided.flatMap(({ decisions }) => {
      const moved = new Set<TSESTree.Node>(decisions.flatMap(({ fns }) => fns));
      return decisions
        .filter(({ isApart, operation }) => !isApart && !moved.has(enclosingOf(operation.call)))
        .map(({ operation }) => operation)
        .filter((operation) => this.#draft.isRefused(operation));
    });
  }

  #decide({ context, operations }: FileOperations): Decided {
    const draft = this.#draft.inFile(context.source);
    const byCallback = new Map(
      operations.flatMap((operation) =>
        operation.callbacks.flatMap((each) => (each.kind === "function" ? [[each.fn, operation] as const] : [])),
      ),
    );
    const moving = [...byCallback].filter(([, operation]) => !this.#apart.has(operation));
    const hosts = new CallbackHosts(new Map(moving.map(([fn, { call }]) => [fn, call] as const)));
    // What the calls of a completion parameter come to do is known before that which they stand in is divided.
    const completions = new Completions(this.#reach, context, operations, hosts);
    const { calls } = completions;
    const decisions: AwaitDecision[] = [];
    for (const operation of operations) {
      const isApart = this.#apart.has(operation);
      draft.operation(operation, operation);
      draft.trying(isApart ? "continuation" : "awaited-callback", operation);
      const decision = decideAwait(context, operation, calls, isApart, this.#free.has(operation));
      const unit = enclosingOf(operation.call);
      const around = isFunction(unit) ? byCallback.get(unit) : undefined;
      const stop = decision.kind === "obstacle" ? decision : this.#obstacleAround(decision, around, hosts, completions);
      const outer = completions.obstacleAround(operation);
      if (outer !== null) draft.refuse(operation, outer.code, outer.place, operation.name);
      if (stop !== null) draft.refuse(operation, stop.code, stop.place, operation.name);
      if (decision.kind === "obstacle") continue;
      decisions.push(decision);
      for (const fn of decision.fns) this.#functions.claim(fn);
      // In a callback whose code moves as well, the await is one of the function to which that goes.
      if (isApart) this.#continueApart(draft, decision);
      else if (around !== undefined) draft.need(operation, around);
      else this.#allowAwait(draft, decision);
    }
    completions.write(draft, decisions);
    return { calls, context, decisions };
  }

  #allowAwait(draft: Draft<DescribedOperation>, { operation, place, failure }: AwaitDecision): void {
    draft.link(operation, place);
    // The call has come into a `try`, or before a `catch`, with all of its arguments.
    if (/^(?:handled|ignored|kept)$/.test(failure.kind) && mayThrowAtOnce(operation))
      draft.note(operation, "begin-errors-now-caught", operation.nameNode, operation.name);
    this.#functions.allowAwait(place, operation.name, "starts");
    if (enclosingOf(place).type === "Program")
      draft.note(operation, "module-now-waits", operation.nameNode, operation.name);
    else if (failure.kind === "thrown" && !failure.isTold)
      draft.note(operation, "throw-now-rejects", operation.nameNode, operation.name);
  }

  /** Lets the code that is called back follow in a function of its own. The function around goes on as it did. */
  #continueApart(draft: Draft<DescribedOperation>, { operation, failure }: AwaitDecision): void {
    const { name, nameNode } = operation;
    const host = enclosingOf(operation.call);
    const caller = isFunction(host) ? this.#callInTry(host) : undefined;
    if (caller !== undefined) draft.refuse(operation, "try-boundary", caller, name);
    if (operation.form.throwsAtOnce === true && failure.kind !== "thrown")
      draft.note(operation, "begin-errors-now-caught", nameNode, name);
    if (failure.kind === "thrown") draft.note(operation, "throw-now-rejects", nameNode, name);
  }

  /** A call of a function in a `try`, which catches what the function throws at once, and nothing with which a promise rejects. */
  #callInTry(fn: FunctionNode): TSESTree.CallExpression | undefined {
    return this.#reach
      .usagesOf(fn)
      .flatMap((usage) => (usage.kind === "call" ? [usage.call] : []))
      .find((call) => tryAround(call) !== null);
  }

  /** What in the function around a start, or around all the callbacks that it stands in, keeps it from being awaited there. */
  #obstacleAround(
    decision: AwaitDecision,
    around: DescribedOperation | undefined,
    hosts: CallbackHosts,
    completions: Completions,
  ): Obstacle | null {
    const { nameNode } = decision.operation;
    const host = hosts.of(decision.operation.call);
    if (host === null) return obstacle("callback-shared", nameNode);
    if (decision.isApart) return null;
    if (around !== undefined || !isFunction(host)) return null;
    if (host.async) return obstacle("callers-would-wait", nameNode);
    // A host takes an error that a function throws, and one with which it rejects, for the same.
    return !completions.has(host) && mayThrow(this.#reach, host) ? obstacle("throws-at-once", host) : null;
  }

  /** A caller of a function that started something and went on does so still, with a promise that nobody waits for. */
  #letGo(call: TSESTree.CallExpression, fn: FunctionNode): void {
    const place = call.parent.type === "ChainExpression" ? call.parent : call;
    if (tryAround(place) !== null) return this.#draft.refuse(call, "try-boundary", call, displayName(fn));
    const { parent } = place;
    // What a timer or an event calls may give a promise as well as nothing.
    if (parent.type === "ArrowFunctionExpression" && parent.body === place && isResultIgnored(parent)) return;
    if (parent.type !== "ExpressionStatement")
      return this.#draft.refuse(call, "function-used-as-value", call, displayName(fn));
    this.#draft.insert(call, place.range[0], "void ");
  }
}

/** Whether a call may throw before it has started anything: by itself, or for what its arguments do. */
function mayThrowAtOnce({ form, inputs }: DescribedOperation): boolean {
  return form.throwsAtOnce === true || !inputs.every((input) => isPure(input));
}
