import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { isVersionFrom, packageOf } from "../../recognize/package-versions.ts";
import { isModuleGone } from "../../recognize/operations/dropped-callbacks.ts";
import type { CalledOn, DescribedOperation } from "../../recognize/operations/operation.ts";
import { outcomeReads, partsTold } from "../../recognize/operations/outcome.ts";
import type { CompletionCalls } from "./completion-calls.ts";
import { takenModule } from "../../recognize/operations/taken-modules.ts";
import { unwrap } from "../../ast/names.ts";
import { isPure } from "../purity.ts";
import { isGivenOnce, obstacleInCallback } from "./callbacks.ts";
import { carriedState } from "./carried-state.ts";
import { obstacle, type AwaitDecision, type AwaitPlace, type Obstacle, type ToldAnswer } from "./decision.ts";
import { withFailure, type Surfacing } from "./failure.ts";
import { obstacleInInputs } from "./inputs.ts";
import { obstacleAt, placeOf, takesHandle } from "./places.ts";
import { valuesAfterError } from "./values-after-error.ts";
import { isTold, isUsed, parameterPart, valueBindings } from "./values.ts";

/** What tells the completion parameters that go. */
export interface Completing {
  /** Their calls, in whose place something is returned or thrown. */
  readonly calls: CompletionCalls;
  /** The calls that start the operations of the file. */
  readonly starts: ReadonlySet<TSESTree.Node>;
  /** The operations that they are given to, and whether those who take the outcome take the value for an answer. */
  readonly passedOn: ReadonlyMap<DescribedOperation, { readonly takesValue: boolean }>;
  /** Whether what a function returns is of no meaning to who calls it. */
  isReturnIgnored(fn: FunctionNode): boolean;
}

/**
 * Decides whether the code that is called back can follow an await, and how it is divided.
 *
 * @param where whether it follows in the place of the call, in a function of its own, or as one of several that are awaited together elsewhere
 */
export function decideAwait(
  context: Context,
  operation: DescribedOperation,
  completing: Completing,
  where: "apart" | "here" | "joined",
  surfacing: Surfacing,
): AwaitDecision | Obstacle {
  const { source } = context;
  const { callbacks, nameNode } = operation;
  const answer = completing.passedOn.get(operation);
  const isAnswer = answer !== undefined;
  const passedOn = isAnswer ? undefined : callbacks.find(({ kind }) => kind === "parameter");
  if (passedOn !== undefined) return obstacle("callback-passed-on", passedOn.argument);
  const fns = new Map<CalledOn, FunctionNode>();
  for (const callback of isAnswer ? [] : callbacks) {
    if (callback.kind !== "function") return obstacle("callback-not-known", callback.argument);
    if (callback.on === "always") return obstacle("called-in-any-case", callback.argument);
    fns.set(callback.on, callback.fn);
  }
  const form = obstacleInForm(context, operation);
  if (form !== null) return form;
  const place = placeOf(operation, (fn) => completing.isReturnIgnored(fn));
  // What is used while the operation is pending is there before the await.
  if (place === null || (where !== "apart" && takesHandle(place, operation)))
    return obstacle("return-value-used", nameNode);
  if (isAnswer) return answerOf(context, operation, place, answer.takesValue);
  const given = callbacks.map(({ argument, on }) => ({ argument, fn: fns.get(on)! }));
  const shared = given.find(({ argument, fn }) => !isGivenOnce(context, fn, argument));
  if (shared !== undefined) return obstacle("callback-shared", shared.argument);
  const stop =
    given.map(({ argument, fn }) => obstacleInCallback(source, fn, argument)).find((each) => each !== null) ??
    obstacleInInputs(source, operation) ??
    (where === "here" ? obstacleAt(place, operation) : null);
  if (stop !== null) return stop;
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
  const end = operation.object?.last ?? place;
  const moving = [...fns.values()];
  const isApart = where === "apart";
  const base = { kind: "await", operation, fns: moving, place, end, values, isApart, rewrites, told: null } as const;
  const decision = withFailure(context, base, fns, reads, completing.calls, completing.starts, surfacing);
  const read = values[0]?.reads[0];
  return read !== undefined &&
    decision.kind === "await" &&
    decision.failure.kind === "ignored" &&
    valuesAfterError(operation.form) === null
    ? obstacle("result-after-error", read)
    : decision;
}

/** What calls back whoever called the function around: an await of it gives the answer, and throws the error. */
function answerOf(
  context: Context,
  operation: DescribedOperation,
  place: AwaitPlace,
  takesValue: boolean,
): AwaitDecision | Obstacle {
  const { form, nameNode: thrown } = operation;
  const first = form.outcome.find((part) => part.role === "value");
  const isSilent = form.awaited.kind === "composed" && first === undefined;
  const told: ToldAnswer =
    !takesValue || isSilent
      ? "nothing"
      : form.awaited.gives === "members" && first?.role === "value"
        ? { member: first.name }
        : "all";
  const stop = obstacleInInputs(context.source, operation) ?? obstacleAt(place, operation);
  if (stop !== null) return stop;
  const failure = { kind: "thrown", thrown, isTold: true } as const;
  const nothing = { fns: [], values: [], success: [], after: [], rewrites: [] } as const;
  return {
    kind: "await",
    operation,
    place,
    end: place,
    failure,
    leaves: told !== "nothing",
    isApart: false,
    told,
    ...nothing,
  };
}

/** What keeps the awaitable form from being there at all. */
function obstacleInForm(context: Context, operation: DescribedOperation): Obstacle | null {
  const { call, form, module, nameNode, start } = operation;
  const { awaited } = form;
  const callee = unwrap(call.callee);
  // Where a name in brackets would go on, or stand elsewhere, it is left alone.
  const isNamed = awaited.kind === "suffixed" || awaited.kind === "through";
  const isComputed = isNamed && callee.type === "MemberExpression" && callee.computed;
  const isGone = isModuleGone(context, operation) && takenModule(context, operation) === null;
  if (awaited.kind === "none" || isComputed || isGone) return obstacle("no-awaitable-form", nameNode);
  // A method that is bound names its object twice.
  if (
    awaited.kind === "promisify" &&
    start?.kind === "made" &&
    callee.type === "MemberExpression" &&
    !isPure(callee.object)
  )
    return obstacle("receiver-has-effects", nameNode);
  if (!("since" in awaited) || awaited.since === undefined || module === null) return null;
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
