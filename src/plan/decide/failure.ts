import { contains } from "../../ast/flow.ts";
import { unwrap } from "../../ast/names.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import type { CalledOn, DescribedOperation, OutcomeRead, ReadRole } from "../../recognize/operations/operation.ts";
import { assertedNothing } from "../../recognize/operations/asserted-errors.ts";
import { preambleOf } from "../../recognize/operations/preamble.ts";
import { isTypeScript } from "../call-text.ts";
import { isBareReturn } from "../countdowns/count-steps.ts";
import { behindFlags, withoutFlags, type ErrorFlags } from "../counted/error-flags.ts";
import { divide, separate, withoutAsking, wholeBody, type Branches } from "./branches.ts";
import { leavesThen, type CompletionCalls } from "./completion-calls.ts";
import {
  isWithin,
  obstacle,
  type AwaitDecision,
  type FailureDecision,
  type Obstacle,
  type Rewrite,
} from "./decision.ts";
import { absentError, keptError, mayBeMissing } from "./kept-error.ts";
import { hasMoreBehind } from "./places.ts";
import { isOverwritten } from "./values.ts";

/** A decision of which it is not known yet what becomes of an error. */
export type Undivided = Omit<AwaitDecision, "after" | "failure" | "leaves" | "success">;

/** A decision of which all is known but how it ends. */
type Divided = Omit<AwaitDecision, "leaves">;

/** What may become of an error that a callback does not ask for first. */
export interface Surfacing {
  /** Whether the code may follow as it stands, with the error as a variable. */
  readonly mayKeepError: boolean;
  /** Whether who waits takes an error that is asserted not to be there, and one with which the await rejects, for the same. */
  readonly isAsserted: boolean;
  /** What keeps errors behind the first from being told, where the await does so. */
  readonly flags?: ErrorFlags | undefined;
}

/**
 * Completes a decision: what follows a failure, and what a success.
 *
 * @param starts the calls that start the operations of the file
 */
export function withFailure(
  context: Context,
  base: Undivided,
  fns: ReadonlyMap<CalledOn, FunctionNode>,
  reads: readonly OutcomeRead[],
  calls: CompletionCalls,
  starts: ReadonlySet<TSESTree.Node>,
  surfacing: Surfacing,
): AwaitDecision | Obstacle {
  const both = fns.get("either");
  const first =
    both === undefined
      ? divided(context.source, base, reads, separate(fns.get("success") ?? null, fns.get("failure") ?? null), calls)
      : withOneFunction(context.source, base, both, reads, calls, surfacing);
  const kept =
    first.kind === "obstacle" && both !== undefined && surfacing.mayKeepError
      ? withKept(context, base, both, reads)
      : null;
  const found = kept ?? first;
  if (found.kind === "obstacle") return found;
  const last = (found.after.at(-1) ?? found.success.at(-1))?.inside as TSESTree.Statement | undefined;
  const leaves = last !== undefined && leavesThen(calls, last) && !endsWithStart(context.source, starts, last);
  const { failure } = found;
  if (failure.kind !== "handled" || !failure.leaves) return { ...found, leaves };
  const isLeft = !failure.code.some(({ inside }) => endsWithStart(context.source, starts, inside));
  return { ...found, failure: { ...failure, leaves: isLeft }, leaves };
}

/** Whether code leaves with a start that is returned: an await in the place of that goes on behind, unless there was something already. */
function endsWithStart(source: Source, starts: ReadonlySet<TSESTree.Node>, code: TSESTree.Node): boolean {
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  const returned = findAll(code, source.visitorKeys, isReturn, { intoFunctions: false });
  return returned.some((each) => each.argument !== null && starts.has(unwrap(each.argument)) && !hasMoreBehind(each));
}

/** The whole code of a function behind an await, with what it is given as variables. */
function withKept(
  { source }: Context,
  base: Undivided,
  fn: FunctionNode,
  reads: readonly OutcomeRead[],
): Divided | null {
  const error = keptError(source, base.operation, base.values, reads);
  return error === null ? null : { ...base, failure: { kind: "kept", error }, success: wholeBody(fn), after: [] };
}

/** What tells success and failure apart, where one function is called after either. */
function withOneFunction(
  source: Source,
  base: Undivided,
  fn: FunctionNode,
  all: readonly OutcomeRead[],
  calls: CompletionCalls,
  { flags, isAsserted }: Surfacing,
): Divided | Obstacle {
  const { form } = base.operation;
  if (form.outcome.every(({ role }) => role !== "error" && role !== "status"))
    return { ...base, failure: { kind: "none" }, success: wholeBody(fn), after: [] };
  const { last: preamble, reads } = preambleOf(source, fn, all);
  const last = behindFlags(fn, preamble, flags);
  const argument = argumentOf(base.operation);
  if (!reads.some(({ role }) => TELLS_FAILURE.has(role))) {
    // What was undefined after an error would have to be allowed for in the types of everything behind it.
    if (base.values.length > 0 && isTypeScript(source.filePath)) return obstacle("error-ignored", argument);
    return { ...base, failure: { kind: "ignored" }, success: wholeBody(fn, last), after: [] };
  }
  const asserted = isAsserted ? assertedBy(fn, last, reads) : null;
  if (asserted !== null) {
    const failure = { kind: "thrown", thrown: asserted.error, isTold: false } as const;
    return { ...base, failure, success: wholeBody(fn, asserted.statement), after: [] };
  }
  const handedOn = handedOnBy(fn, reads, calls);
  if (handedOn !== null) return { ...base, ...handedOn, after: [] };
  const isLost = reads.some(
    ({ declared, role }) => role === "error" && declared !== null && isOverwritten(source, fn, declared),
  );
  const branches = isLost ? null : divide(fn, { reads, none: absentError(base.operation), after: last });
  return branches === null
    ? obstacle("error-not-divided", argument)
    : divided(source, base, reads, branches, calls, flags);
}

/** The first statement of a callback behind `last`, if it asserts that there is no error, and nothing behind it looks at that. */
function assertedBy(
  fn: FunctionNode,
  last: TSESTree.Statement | null,
  reads: readonly OutcomeRead[],
): { readonly statement: TSESTree.Statement; readonly error: TSESTree.Node } | null {
  const body = fn.body.type === "BlockStatement" ? fn.body.body : [];
  const statement = body[last === null ? 0 : body.indexOf(last) + 1];
  const value = statement === undefined ? null : assertedNothing(statement);
  const [error, ...others] = reads.filter(({ role }) => TELLS_FAILURE.has(role));
  return value !== null && error?.role === "error" && others.length === 0 && error.node === unwrap(value)
    ? { statement: statement!, error: error.node }
    : null;
}

/** A callback that does nothing but tell a completion parameter what it is told itself. */
function handedOnBy(
  fn: FunctionNode,
  reads: readonly OutcomeRead[],
  calls: CompletionCalls,
): Pick<Divided, "failure" | "success"> | null {
  const [first, ...more] = fn.body.type === "BlockStatement" ? fn.body.body : [fn.body];
  const told = first === undefined ? undefined : calls.get(first);
  if (told === undefined || !more.every((each) => each === told.leaving)) return null;
  const { outcome } = told;
  const readAs = (role: ReadRole, value: TSESTree.Node): OutcomeRead | undefined =>
    reads.find((read) => read.role === role && read.node === unwrap(value));
  if (outcome.kind !== "error" || outcome.error === null) return null;
  if (outcome.isSure || readAs("error", outcome.error) === undefined) return null;
  const failure = { kind: "thrown", thrown: unwrap(outcome.error), isTold: true } as const;
  if (outcome.value === null) return { failure, success: [] };
  const { value } = outcome;
  // After an error nothing of the outcome is there that could be read.
  const isClear = readAs("value", value) !== undefined || !reads.some(({ node }) => contains(value, node));
  return isClear ? { failure, success: wholeBody(fn) } : null;
}

/** The reads that say whether the operation has failed. */
const TELLS_FAILURE: ReadonlySet<ReadRole> = new Set<ReadRole>(["error", "failed", "succeeded"]);

function divided(
  source: Source,
  base: Undivided,
  reads: readonly OutcomeRead[],
  branches: Branches,
  calls: CompletionCalls,
  flags?: ErrorFlags,
): Divided | Obstacle {
  const { after, failureCode, success, test } = branches;
  const isAsked = (node: TSESTree.Node): boolean =>
    test !== null && isWithin([{ range: test.range, inside: test }], node);
  // What asks once more would have to be answered.
  const isUnclear = reads.some(({ node, role }) => (role === "failed" || role === "succeeded") && !isAsked(node));
  const errors = reads.filter(({ role }) => role === "error");
  // Behind both ways there may be an error or none.
  if (isUnclear || errors.some(({ node }) => isWithin(after, node)))
    return obstacle("error-not-divided", argumentOf(base.operation));
  // What is assigned in a `try` is a variable behind it.
  const mayMiss = success.length === 0 && mayBeMissing(source, base.operation, base.values);
  const early = base.values
    .flatMap((value) => value.reads)
    .find((node) => isWithin(failureCode, node) || (!mayMiss && isWithin(after, node)));
  if (early !== undefined) return obstacle("result-after-error", early);
  const inFailure = errors.filter(({ node }) => isWithin(failureCode, node));
  const absent = errors.filter((read) => !inFailure.includes(read) && !isAsked(read.node));
  const text = absentError(base.operation);
  const [untold] = absent;
  if (text === "either" && untold !== undefined) return obstacle("outcome-passed-on", untold.node);
  const rewrites: Rewrite[] = [
    ...base.rewrites,
    ...(branches.retries ?? []).flatMap((each) => withoutAsking(source, each) ?? []),
    ...absent.map(({ node }) => ({ node, text })),
  ];
  return { ...base, rewrites, success, after, failure: failureOf(source, branches, inFailure, calls, flags) };
}

function failureOf(
  source: Source,
  { failure, failureCode, leaves, success }: Branches,
  reads: readonly OutcomeRead[],
  calls: CompletionCalls,
  flags?: ErrorFlags,
): FailureDecision {
  const told = withoutFlags(failure, flags);
  const thrown = thrownBy(told, reads, calls, flags !== undefined);
  if (thrown !== null) return { kind: "thrown", thrown, isTold: calls.has(told[0]!) };
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
  mayReturn: boolean,
): TSESTree.Node | null {
  const [first, ...more] = failure;
  if (first === undefined) return null;
  const told = calls.get(first);
  if (!more.every((each) => each === told?.leaving || (mayReturn && isBareReturn(each)))) return null;
  const thrown =
    told?.outcome.kind === "error" ? told.outcome.error : first.type === "ThrowStatement" ? first.argument : null;
  return reads.find(({ node }) => thrown !== null && node === unwrap(thrown))?.node ?? null;
}

function argumentOf({ callbacks }: DescribedOperation): TSESTree.Node {
  return callbacks[0]!.argument;
}
