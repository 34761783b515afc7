import { enclosingOf, isFunction } from "../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../ast/source.ts";
import { findAll } from "../ast/walk.ts";
import type { Context } from "../recognize/context.ts";
import type { DescribedOperation } from "../recognize/operations/operation.ts";
import { AsyncFunctions } from "./async/async-functions.ts";
import type { Reach } from "./async/reach.ts";
import { isResultIgnored } from "./async/receivers.ts";
import { mayThrow } from "./async/thrown-errors.ts";
import { Completions } from "./completion/completions.ts";
import type { CompletionCalls } from "./decide/completion-calls.ts";
import { withoutLastCalls } from "./decide/completion-ends.ts";
import { CallbackHosts } from "./decide/callback-hosts.ts";
import { decideAwait } from "./decide/await-callback.ts";
import { isWithin, obstacle, type AwaitDecision, type Obstacle } from "./decide/decision.ts";
import { Draft, type Component, type SitePlanner } from "./draft.ts";
import { DecisionWriter } from "./write/decision-writer.ts";
import { isPure } from "./purity.ts";
import { displayName } from "./usages.ts";
import { tryAround } from "../ast/flow.ts";

/** Plans operations that dialects describe: all are decided first, then who becomes async is, and the text is written last. */
export class DescribedPlanner implements SitePlanner<DescribedOperation> {
  readonly #reach: Reach;
  readonly #draft = Draft.empty<DescribedOperation>();
  readonly #functions: AsyncFunctions;
  readonly #files: { readonly context: Context; readonly operations: readonly DescribedOperation[] }[] = [];

  constructor(reach: Reach) {
    this.#reach = reach;
    this.#functions = new AsyncFunctions(reach, this.#draft, (call, fn) => this.#letGo(call, fn));
  }

  add(context: Context, operations: readonly DescribedOperation[]): void {
    this.#files.push({ context, operations });
  }

  finish(isWanted?: (operation: DescribedOperation) => boolean): Component<DescribedOperation>[] {
    const decided = this.#files.map(({ context, operations }) => ({
      context,
      ...this.#decide(context, operations),
    }));
    this.#draft.during("callers", null, () => this.#functions.convertCallers());
    for (const { calls, context, decisions } of decided) {
      const draft = this.#draft.inFile(context.source);
      draft.during("text", null, () => new DecisionWriter(context, draft, decisions, calls).write());
    }
    return this.#draft.components(isWanted);
  }

  #decide(
    context: Context,
    operations: readonly DescribedOperation[],
  ): { readonly decisions: AwaitDecision[]; readonly calls: CompletionCalls } {
    const draft = this.#draft.inFile(context.source);
    const byCallback = new Map(
      operations.flatMap((operation) =>
        operation.callbacks.flatMap((each) => (each.kind === "function" ? [[each.fn, operation] as const] : [])),
      ),
    );
    const hosts = new CallbackHosts(new Map([...byCallback].map(([fn, { call }]) => [fn, call] as const)));
    // What the calls of a completion parameter come to do is known before that which they stand in is divided.
    const completions = new Completions(this.#reach, context, operations, hosts);
    const { calls } = completions;
    for (const hosted of completions.functions) this.#functions.hosted.set(hosted.fn, hosted);
    const decisions: AwaitDecision[] = [];
    for (const operation of operations) {
      draft.operation(operation, operation);
      draft.trying("awaited-callback", operation);
      const decision = decideAwait(context, operation, completions);
      const unit = enclosingOf(operation.call);
      const around = isFunction(unit) ? byCallback.get(unit) : undefined;
      const stop =
        decision.kind === "obstacle" ? decision : this.#obstacleAround(context, decision, around, hosts, completions);
      const outer = completions.obstacleAround(operation);
      if (outer !== null) draft.refuse(operation, outer.code, outer.place, operation.name);
      if (stop !== null) draft.refuse(operation, stop.code, stop.place, operation.name);
      if (decision.kind === "obstacle") continue;
      decisions.push(decision);
      for (const fn of decision.fns) this.#functions.claim(fn);
      // In a callback whose code moves as well, the await is one of the function to which that goes.
      if (around !== undefined) draft.need(operation, around);
      else this.#allowAwait(draft, decision, completions);
    }
    completions.write(draft, decisions);
    return { decisions: decisions.map((each) => withoutLastCalls(each, calls)), calls };
  }

  #allowAwait(
    draft: Draft<DescribedOperation>,
    { operation, place, failure }: AwaitDecision,
    completions: Completions,
  ): void {
    draft.link(operation, place);
    // The call has come into a `try`, or before a `catch`, with all of its arguments.
    if ((failure.kind === "handled" || failure.kind === "ignored") && mayThrowAtOnce(operation))
      draft.note(operation, "begin-errors-now-caught", operation.nameNode, operation.name);
    this.#functions.allowAwait(place, operation.name, "starts");
    const unit = enclosingOf(place);
    if (unit.type === "Program") draft.note(operation, "module-now-waits", operation.nameNode, operation.name);
    else if (failure.kind === "thrown" && !failure.isTold && !(isFunction(unit) && completions.takesThrown(unit)))
      draft.note(operation, "throw-now-rejects", operation.nameNode, operation.name);
  }

  /** What in the function around a start, or around all the callbacks that it stands in, keeps it from being awaited there. */
  #obstacleAround(
    context: Context,
    decision: AwaitDecision,
    around: DescribedOperation | undefined,
    hosts: CallbackHosts,
    completions: Completions,
  ): Obstacle | null {
    const { nameNode } = decision.operation;
    const host = hosts.of(decision.operation.call);
    if (host === null) return obstacle("callback-shared", nameNode);
    if (host.type === "Program") {
      const left = returnIn(context, decision);
      return left === undefined ? null : obstacle("return-at-top-level", left);
    }
    if (around !== undefined || !isFunction(host)) return null;
    if (host.async) return completions.isAwaited(host) ? null : obstacle("callers-would-wait", nameNode);
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

/** A `return` in the code of a callback, functions inside aside. */
function returnIn({ source }: Context, { fns, failure, success }: AwaitDecision): TSESTree.Node | undefined {
  const stretches = [...success, ...(failure.kind === "handled" ? failure.code : [])];
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  return fns
    .flatMap((fn) => findAll(fn.body, source.visitorKeys, isReturn, { intoFunctions: false }))
    .find((node) => isWithin(stretches, node));
}
