import { findAll } from "../../ast/walk.ts";
import { describedOperationsOf } from "../../recognize/operations/described-operations.ts";
import { hasMoreBehind } from "./places.ts";
import { unwrap } from "../../ast/names.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { CalledOn, DescribedOperation, OutcomeRead, ReadRole } from "../../recognize/operations/operation.ts";
import { preambleOf } from "../../recognize/operations/preamble.ts";
import { isTypeScript } from "../call-text.ts";
import { divide, separate, wholeBody, type Branches } from "./branches.ts";
import { leavesThen, type CompletionCalls } from "./completion-calls.ts";
import {
  isWithin,
  obstacle,
  type AwaitDecision,
  type FailureDecision,
  type Obstacle,
  type Rewrite,
} from "./decision.ts";
import { isAssigned } from "./values.ts";

/** A decision of which it is not known yet what becomes of an error. */
export type Undivided = Omit<AwaitDecision, "failure" | "leaves" | "success">;

/** A decision of which all is known but how it ends. */
type Divided = Omit<AwaitDecision, "leaves">;

/** Completes a decision: what follows a failure, and what a success. */
export function withFailure(
  context: Context,
  base: Undivided,
  fns: ReadonlyMap<CalledOn, FunctionNode>,
  reads: readonly OutcomeRead[],
  calls: CompletionCalls,
): AwaitDecision | Obstacle {
  const both = fns.get("either");
  const found =
    both === undefined
      ? divided(context.source, base, reads, separate(fns.get("success") ?? null, fns.get("failure") ?? null), calls)
      : withOneFunction(context.source, base, both, reads, calls);
  if (found.kind === "obstacle") return found;
  const last = found.success.at(-1)?.inside as TSESTree.Statement | undefined;
  const leaves = last !== undefined && leavesThen(calls, last) && !endsWithStart(context, last);
  const { failure } = found;
  if (failure.kind !== "handled" || !failure.leaves) return { ...found, leaves };
  const isLeft = !failure.code.some(({ inside }) => endsWithStart(context, inside));
  return { ...found, failure: { ...failure, leaves: isLeft }, leaves };
}

/** Whether code leaves with a start that is returned: an await in the place of that goes on behind, unless there was something already. */
function endsWithStart(context: Context, code: TSESTree.Node): boolean {
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  const returned = findAll(code, context.source.visitorKeys, isReturn, { intoFunctions: false });
  if (returned.length === 0) return false;
  const starts = new Set<TSESTree.Node>(describedOperationsOf(context).map(({ call }) => call));
  return returned.some((each) => each.argument !== null && starts.has(unwrap(each.argument)) && !hasMoreBehind(each));
}

/** What tells success and failure apart, where one function is called after either. */
function withOneFunction(
  source: Source,
  base: Undivided,
  fn: FunctionNode,
  all: readonly OutcomeRead[],
  calls: CompletionCalls,
): Divided | Obstacle {
  const { form } = base.operation;
  if (form.outcome.every(({ role }) => role !== "error" && role !== "status"))
    return { ...base, failure: { kind: "none" }, success: wholeBody(fn) };
  const { last, reads } = preambleOf(source, fn, all);
  const argument = argumentOf(base.operation);
  if (!reads.some(({ role }) => TELLS_FAILURE.has(role))) {
    // What was undefined after an error would have to be allowed for in the types of everything behind it.
    if (base.values.length > 0 && isTypeScript(source.filePath)) return obstacle("error-ignored", argument);
    return { ...base, failure: { kind: "ignored" }, success: wholeBody(fn, last) };
  }
  const isOverwritten = reads.some(
    ({ declared, role }) => role === "error" && declared !== null && isAssigned(source, fn, declared),
  );
  const branches = isOverwritten ? null : divide(fn, { reads, none: absentError(base.operation), after: last });
  return branches === null ? obstacle("error-not-divided", argument) : divided(source, base, reads, branches, calls);
}

/** The reads that say whether the operation has failed. */
const TELLS_FAILURE: ReadonlySet<ReadRole> = new Set<ReadRole>(["error", "failed", "succeeded"]);

function divided(
  source: Source,
  base: Undivided,
  reads: readonly OutcomeRead[],
  branches: Branches,
  calls: CompletionCalls,
): Divided | Obstacle {
  const { failureCode, success, test } = branches;
  const isAsked = (node: TSESTree.Node): boolean =>
    test !== null && isWithin([{ range: test.range, inside: test }], node);
  // What asks once more would have to be answered.
  const isUnclear = reads.some(({ node, role }) => (role === "failed" || role === "succeeded") && !isAsked(node));
  if (isUnclear) return obstacle("error-not-divided", argumentOf(base.operation));
  const early = base.values.flatMap((value) => value.reads).find((node) => isWithin(failureCode, node));
  if (early !== undefined) return obstacle("result-after-error", early);
  const errors = reads.filter(({ role }) => role === "error");
  const inFailure = errors.filter(({ node }) => isWithin(failureCode, node));
  const absent = errors.filter((read) => !inFailure.includes(read) && !isAsked(read.node));
  const text = absentError(base.operation);
  const rewrites: Rewrite[] = [...base.rewrites, ...absent.map(({ node }) => ({ node, text }))];
  return { ...base, rewrites, success, failure: failureOf(source, branches, inFailure, calls) };
}

function failureOf(
  source: Source,
  { failure, failureCode, leaves, success }: Branches,
  reads: readonly OutcomeRead[],
  calls: CompletionCalls,
): FailureDecision {
  const thrown = thrownBy(failure, reads, calls);
  if (thrown !== null) return { kind: "thrown", thrown, isTold: calls.has(failure[0]!) };
  // Where nothing follows either way there is nothing to leave.
  if (failureCode.length === 0 && success.length === 0) return { kind: "ignored" };
  const declared = reads[0]?.declared ?? null;
  const isOne = reads.every((read) => read.declared === declared);
  const { typeAnnotation = null, range } = declared ?? { range: [0, 0] as const };
  const name = declared === null || !isOne ? null : source.text.slice(range[0], typeAnnotation?.range[0] ?? range[1]);
  const isPattern = declared !== null && declared.type !== "Identifier";
  return {
    kind: "handled",
    code: failureCode,
    leaves: leaves || failure.some((statement) => leavesThen(calls, statement)),
    error: { name, isPattern, reads: reads.map(({ node }) => node) },
  };
}

/** The read of the error that is thrown, or told to a completion parameter, where that is all that is done with it. */
function thrownBy(
  failure: readonly TSESTree.Statement[],
  reads: readonly OutcomeRead[],
  calls: CompletionCalls,
): TSESTree.Node | null {
  const [first, ...more] = failure;
  if (first === undefined) return null;
  const told = calls.get(first);
  if (!more.every((each) => each === told?.leaving)) return null;
  const thrown =
    told?.outcome.kind === "error" ? told.outcome.value : first.type === "ThrowStatement" ? first.argument : null;
  return reads.find(({ node }) => thrown !== null && node === unwrap(thrown))?.node ?? null;
}

/** What a read of the error gives after a success. */
function absentError({ form }: DescribedOperation): "null" | "undefined" {
  const part = form.outcome.find(({ role }) => role === "error");
  return (part?.role === "error" ? part.none : undefined) ?? "null";
}

function argumentOf({ callbacks }: DescribedOperation): TSESTree.Node {
  return callbacks[0]!.argument;
}
