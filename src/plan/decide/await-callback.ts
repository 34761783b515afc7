import { unwrap } from "../../ast/names.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { CalledOn, DescribedOperation, OutcomeRead, ReadRole } from "../../recognize/operations/operation.ts";
import { outcomeReads, partsTold } from "../../recognize/operations/outcome.ts";
import { isTypeScript } from "../call-text.ts";
import { divide, separate, wholeBody, type Branches } from "./branches.ts";
import { isGivenOnce, obstacleInCallback } from "./callbacks.ts";
import { carriedState } from "./carried-state.ts";
import { isWithin, obstacle, type AwaitDecision, type FailureDecision, type Obstacle } from "./decision.ts";
import { obstacleInInputs } from "./inputs.ts";
import { obstacleAt, placeOf } from "./places.ts";
import { isAssigned, isTold, isUsed, parameterPart, valueBindings } from "./values.ts";

/** Decides whether the code that is called back can follow an await in the place of the call, and how it is divided. */
export function decideAwait(context: Context, operation: DescribedOperation): AwaitDecision | Obstacle {
  const { source } = context;
  const { callbacks, nameNode } = operation;
  const passedOn = callbacks.find(({ kind }) => kind === "parameter");
  if (passedOn !== undefined) return obstacle("callback-passed-on", passedOn.argument);
  const fns = new Map<CalledOn, FunctionNode>();
  for (const callback of callbacks) {
    if (callback.kind !== "function") return obstacle("callback-not-known", callback.argument);
    if (callback.on === "always") return obstacle("called-in-any-case", callback.argument);
    fns.set(callback.on, callback.fn);
  }
  const place = placeOf(operation);
  if (place === null) return obstacle("return-value-used", nameNode);
  const given = callbacks.map(({ argument, on }) => ({ argument, fn: fns.get(on)! }));
  const shared = given.find(({ argument, fn }) => !isGivenOnce(context, fn, argument));
  if (shared !== undefined) return obstacle("callback-shared", shared.argument);
  const stop =
    given.map(({ argument, fn }) => obstacleInCallback(source, fn, argument)).find((each) => each !== null) ??
    obstacleInInputs(source, operation) ??
    obstacleAt(place, operation);
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
  const base = { kind: "await", operation, fns: [...fns.values()], place, end, values, rewrites } as const;
  return withFailure(context, base, fns, reads);
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

type Undivided = Omit<AwaitDecision, "failure" | "success">;

function withFailure(
  context: Context,
  base: Undivided,
  fns: ReadonlyMap<CalledOn, FunctionNode>,
  reads: readonly OutcomeRead[],
): AwaitDecision | Obstacle {
  const { source } = context;
  const { operation, values } = base;
  const [{ argument }] = operation.callbacks as [DescribedOperation["callbacks"][number]];
  const both = fns.get("either");
  const errors = reads.filter(({ role }) => role === "error");
  const part = operation.form.outcome.find(({ role }) => role === "error");
  const none = (part?.role === "error" ? part.none : undefined) ?? "null";
  let branches: Branches | null;
  if (both === undefined) {
    branches = separate(fns.get("success") ?? null, fns.get("failure") ?? null);
  } else {
    if (operation.form.outcome.every(({ role }) => role !== "error" && role !== "status"))
      return { ...base, failure: { kind: "none" }, success: wholeBody(both) };
    if (!reads.some(({ role }) => TELLS_FAILURE.has(role))) {
      // What was undefined after an error would have to be allowed for in the types of everything behind it.
      if (values.length > 0 && isTypeScript(source.filePath)) return obstacle("error-ignored", argument);
      return { ...base, failure: { kind: "ignored" }, success: wholeBody(both) };
    }
    const isOverwritten = errors.some(({ declared }) => declared !== null && isAssigned(source, both, declared));
    branches = isOverwritten ? null : divide(both, { reads, none });
  }
  const undivided = branches === null ? reads[0] : reads.find(({ node, role }) => isAskedAgain(branches, node, role));
  if (branches === null || undivided !== undefined) return obstacle("error-not-divided", argument);
  const { failure, failureCode, success, test } = branches;
  const early = values.flatMap((value) => value.reads).find((node) => isWithin(failureCode, node));
  if (early !== undefined) return obstacle("result-after-error", early);
  const inFailure = errors.filter(({ node }) => isWithin(failureCode, node));
  const absent = errors.filter(
    ({ node }) =>
      !inFailure.some((read) => read.node === node) && !(test !== null && isWithin([asStretch(test)], node)),
  );
  const rewrites = [...base.rewrites, ...absent.map(({ node }) => ({ node, text: none }))];
  return { ...base, rewrites, failure: failureOf(source, branches, failure, inFailure), success };
}

/** The reads that say whether the operation has failed. */
const TELLS_FAILURE: ReadonlySet<ReadRole> = new Set<ReadRole>(["error", "failed", "succeeded"]);

/** Whether a read asks what came of the operation elsewhere than where that divides the code. */
function isAskedAgain({ test }: Branches, node: TSESTree.Node, role: ReadRole): boolean {
  return (role === "failed" || role === "succeeded") && !(test !== null && isWithin([asStretch(test)], node));
}

function asStretch(node: TSESTree.Node): { range: TSESTree.Range; inside: TSESTree.Node } {
  return { range: node.range, inside: node };
}

function failureOf(
  source: Source,
  { failureCode, leaves, success }: Branches,
  failure: readonly TSESTree.Statement[],
  reads: readonly OutcomeRead[],
): FailureDecision {
  if (isThrown(failure, reads)) return { kind: "thrown" };
  // Where nothing follows either way there is nothing to leave.
  if (failureCode.length === 0 && success.length === 0) return { kind: "ignored" };
  const [first] = reads;
  const isNamed = first?.declared != null && reads.every(({ declared }) => declared === first.declared);
  const error = { name: null, isPattern: false, reads: reads.map(({ node }) => node) };
  if (!isNamed || first.declared === null) return { kind: "handled", code: failureCode, leaves, error };
  const { declared } = first;
  const { typeAnnotation } = declared;
  const end = typeAnnotation == null ? declared.range[1] : typeAnnotation.range[0];
  const name = source.text.slice(declared.range[0], end);
  return {
    kind: "handled",
    code: failureCode,
    leaves,
    error: { ...error, name, isPattern: declared.type !== "Identifier" },
  };
}

/** Whether all that is done with an error is to throw it. */
function isThrown(failure: readonly TSESTree.Statement[], reads: readonly OutcomeRead[]): boolean {
  const [first, ...more] = failure;
  if (first?.type !== "ThrowStatement" || more.length > 0) return false;
  const thrown = unwrap(first.argument);
  return reads.some(({ node }) => node === thrown);
}
