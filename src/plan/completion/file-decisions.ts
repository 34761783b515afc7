import { enclosingOf, isFunction } from "../../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import { mayThrow } from "../async/thrown-errors.ts";
import { decideAwait } from "../decide/await-callback.ts";
import { CallbackHosts } from "../decide/callback-hosts.ts";
import { isWithin, obstacle, type AwaitDecision, type Obstacle } from "../decide/decision.ts";
import { Completions } from "./completions.ts";

/** What was decided about an operation, and what stops it: in itself, or in the function around it. */
export interface Decided {
  readonly decision: AwaitDecision | Obstacle;
  readonly stop: Obstacle | null;
}

/** What was decided about the operations and the completion parameters of a file, each by itself. */
export interface FileDecisions {
  readonly context: Context;
  readonly operations: readonly DescribedOperation[];
  readonly sites: readonly CompletionSite[];
  readonly hosts: CallbackHosts;
  readonly completions: Completions;
  readonly decisions: ReadonlyMap<DescribedOperation, Decided>;
  /** The operations by what they call back. */
  readonly byCallback: ReadonlyMap<FunctionNode, DescribedOperation>;
}

/** Decides the operations of a file, and the functions that are called with a completion parameter. */
export function decideFile(
  reach: Reach,
  context: Context,
  operations: readonly DescribedOperation[],
  sites: readonly CompletionSite[],
): FileDecisions {
  const byCallback = new Map(
    operations.flatMap((operation) =>
      operation.callbacks.flatMap((each) => (each.kind === "function" ? [[each.fn, operation] as const] : [])),
    ),
  );
  const hosts = new CallbackHosts(new Map([...byCallback].map(([fn, { call }]) => [fn, call] as const)));
  // What the calls of a completion parameter come to do is known before that which they stand in is divided.
  const completions = new Completions(reach, sites, operations, hosts);
  const decisions = new Map(
    operations.map((operation) => {
      const decision = decideAwait(context, operation, completions);
      const unit = enclosingOf(operation.call);
      const isNested = isFunction(unit) && byCallback.has(unit);
      const stop =
        decision.kind === "obstacle"
          ? decision
          : obstacleAround(reach, context, decision, isNested, hosts, completions);
      return [operation, { decision, stop }] as const;
    }),
  );
  return { context, operations, sites, hosts, completions, decisions, byCallback };
}

/** What in the function around a start, or around all the callbacks that it stands in, keeps it from being awaited there. */
function obstacleAround(
  reach: Reach,
  context: Context,
  decision: AwaitDecision,
  isNested: boolean,
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
  if (isNested || !isFunction(host)) return null;
  if (host.async) return obstacle("callers-would-wait", nameNode);
  // A host takes an error that a function throws, and one with which it rejects, for the same.
  return !completions.has(host) && mayThrow(reach, host) ? obstacle("throws-at-once", host) : null;
}

/** A `return` in the code of a callback, functions inside aside. */
function returnIn({ source }: Context, { fns, failure, success }: AwaitDecision): TSESTree.Node | undefined {
  const stretches = [...success, ...(failure.kind === "handled" ? failure.code : [])];
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  return fns
    .flatMap((fn) => findAll(fn.body, source.visitorKeys, isReturn, { intoFunctions: false }))
    .find((node) => isWithin(stretches, node));
}
