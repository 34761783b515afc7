import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { isVersionFrom, packageOf } from "../../recognize/package-versions.ts";
import { droppedAt } from "../../recognize/operations/dropped-callbacks.ts";
import type { CalledOn, DescribedOperation } from "../../recognize/operations/operation.ts";
import { outcomeReads, partsTold } from "../../recognize/operations/outcome.ts";
import type { CompletionCalls } from "./completion-calls.ts";
import { isGivenOnce, obstacleInCallback } from "./callbacks.ts";
import { carriedState } from "./carried-state.ts";
import { obstacle, type AwaitDecision, type Obstacle, type ToldAnswer } from "./decision.ts";
import { withFailure } from "./failure.ts";
import { obstacleInInputs } from "./inputs.ts";
import { obstacleAt, placeOf } from "./places.ts";
import { isTold, isUsed, parameterPart, valueBindings } from "./values.ts";

/** What is known of the functions around an operation that a host calls. */
export interface Hosting {
  /** The calls of completion parameters, in whose place something is returned or thrown. */
  readonly calls: CompletionCalls;
  /** The operations that call a host back themselves, and whether it takes their value for an answer. */
  readonly forwarded: ReadonlyMap<DescribedOperation, { readonly takesValue: boolean }>;
  /** Whether what a function returns is of no meaning to its host. */
  isReturnIgnored(fn: FunctionNode): boolean;
}

/**
 * Decides whether the code that is called back can follow an await, and how it is divided.
 *
 * @param hosting what the functions around tell their host
 * @param isApart whether it follows in a function of its own, and not in the place of the call
 */
export function decideAwait(
  context: Context,
  operation: DescribedOperation,
  hosting: Hosting,
  isApart: boolean,
): AwaitDecision | Obstacle {
  const { source } = context;
  const { callbacks, nameNode } = operation;
  const forwarded = hosting.forwarded.get(operation);
  const passedOn = callbacks.find(({ kind }) => kind === "parameter");
  if (passedOn !== undefined && forwarded === undefined) return obstacle("callback-passed-on", passedOn.argument);
  const fns = new Map<CalledOn, FunctionNode>();
  for (const callback of callbacks) {
    if (callback.kind === "parameter") continue;
    if (callback.kind !== "function") return obstacle("callback-not-known", callback.argument);
    if (callback.on === "always") return obstacle("called-in-any-case", callback.argument);
    fns.set(callback.on, callback.fn);
  }
  const form = obstacleInForm(context, operation);
  if (form !== null) return form;
  const place = placeOf(operation, (fn) => hosting.isReturnIgnored(fn));
  if (place === null) return obstacle("return-value-used", nameNode);
  const given = callbacks.flatMap(({ argument, ...each }) =>
    each.kind === "function" ? [{ argument, fn: each.fn }] : [],
  );
  const shared = given.find(({ argument, fn }) => !isGivenOnce(context, fn, argument));
  if (shared !== undefined) return obstacle("callback-shared", shared.argument);
  const stop =
    given.map(({ argument, fn }) => obstacleInCallback(source, fn, argument)).find((each) => each !== null) ??
    obstacleInInputs(source, operation) ??
    (isApart ? null : obstacleAt(place, operation));
  if (stop !== null) return stop;
  const end = operation.object?.last ?? place;
  const start = { kind: "await", operation, fns: [...fns.values()], place, end, isApart } as const;
  if (forwarded !== undefined) return withToldHost(start, callbacks[0]!.argument, forwarded.takesValue);
  for (const [on, fn] of fns) {
    const found = obstacleInParameters(context, operation, on, fn);
    if (found !== null) return found;
  }
  const reads = outcomeReads(context, operation);
  const unclear = reads.find(({ role }) => role === "whole" || role === "late");
  if (unclear !== undefined)
    return obstacle(unclear.role === "whole" ? "outcome-passed-on" : "error-read-later", unclear.node);
  const values = valueBindings(source, operation, reads);
  const state = reads.filter(({ role }) => role === "state").map(({ node }) => node);
  const carried = state.length === 0 ? null : carriedState(context, operation, state);
  if (state.length > 0 && carried === null) return obstacle("state-not-known", state[0]!);
  const rewrites = state.map((node) => ({ node, text: carried! }));
  return withFailure(context, { ...start, values, rewrites, told: null }, fns, reads, hosting.calls);
}

/** Completes the decision on an operation that called a host back itself: with its error, and with its first value if the host takes that. */
function withToldHost(
  start: Pick<AwaitDecision, "kind" | "operation" | "fns" | "place" | "end" | "isApart">,
  thrown: TSESTree.Node,
  takesValue: boolean,
): AwaitDecision {
  const { awaited, outcome } = start.operation.form;
  const first = outcome.find((part) => part.role === "value");
  const told: ToldAnswer =
    !takesValue || first?.role !== "value" ? "nothing" : awaited.gives === "members" ? { member: first.name } : "all";
  const failure = { kind: "thrown", thrown, isTold: true } as const;
  return { ...start, values: [], success: [], after: [], rewrites: [], failure, told, leaves: told !== "nothing" };
}

/** What keeps the awaitable form from being there at all. */
function obstacleInForm(context: Context, operation: DescribedOperation): Obstacle | null {
  const { form, module, nameNode } = operation;
  const { awaited } = form;
  if (awaited.kind === "none" || droppedAt(context, operation)?.does === "gone")
    return obstacle("no-awaitable-form", nameNode);
  if (awaited.kind !== "sameCall" || awaited.since === undefined || module === null) return null;
  return isVersionFrom(context, packageOf(module), awaited.since) === "yes"
    ? null
    : obstacle("version-not-known", nameNode);
}

/** What keeps a parameter of a function that is called back from being a part of the outcome. */
function obstacleInParameters(
  { source }: Context,
  operation: DescribedOperation,
  on: CalledOn,
  { params }: FunctionNode,
): Obstacle | null {
  const parts = partsTold(operation, on);
  const surplus = params.find((each, index) => !isTold(parts, index) && isUsed(source, each));
  if (surplus !== undefined || params.some(({ type }) => type === "RestElement" || type === "AssignmentPattern"))
    return obstacle("result-not-given", surplus ?? operation.nameNode);
  const error = params.find((each, index) => {
    const role = parameterPart(parts, index)?.role;
    // What asks for an error has a name for it; a function for failures may take it apart as well.
    return role !== undefined && role !== "value" && each.type !== "Identifier" && on === "either";
  });
  return error === undefined ? null : obstacle("error-not-divided", error);
}
