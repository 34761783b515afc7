import { unwrap } from "../../ast/names.ts";
import { readsOf, variableOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { isTypeScript } from "../call-text.ts";
import { divide, wholeBody } from "./branches.ts";
import { isCallersBusiness, isGivenOnce, obstacleInCallback } from "./callbacks.ts";
import { obstacle, type AwaitDecision, type FailureDecision, type Obstacle, type ValueBinding } from "./decision.ts";
import { obstacleInInputs } from "./inputs.ts";
import { obstacleAt, placeOf } from "./places.ts";
import { isAssigned, isUsed, readsWithin, variablesOf } from "./values.ts";

/** Decides whether the code of a callback can follow an await in the place of the call that it is given to, and how it is divided. */
export function decideAwait(context: Context, operation: DescribedOperation): AwaitDecision | Obstacle {
  const { callback, form, nameNode } = operation;
  if (isCallersBusiness(operation)) return obstacle("callback-passed-on", callback.argument);
  if (callback.kind !== "function") return obstacle("callback-not-known", callback.argument);
  const { fn } = callback;
  const place = placeOf(operation);
  if (place === null) return obstacle("return-value-used", nameNode);
  if (!isGivenOnce(context, fn, callback.argument)) return obstacle("callback-shared", callback.argument);
  const stop =
    obstacleInCallback(context.source, fn, callback.argument) ??
    obstacleInInputs(operation) ??
    obstacleAt(place, operation);
  if (stop !== null) return stop;
  const { parameters } = form.delivery;
  const surplus = fn.params.slice(parameters.length).find((each) => isUsed(context.source, each));
  if (surplus !== undefined || fn.params.some(({ type }) => type === "RestElement" || type === "AssignmentPattern"))
    return obstacle("result-not-given", surplus ?? nameNode);
  const values: ValueBinding[] = [];
  let error: Variable | null = null;
  for (const [index, parameter] of fn.params.entries()) {
    const told = parameters[index];
    if (told === undefined) continue;
    if (told.role === "error") {
      if (parameter.type !== "Identifier") return obstacle("error-not-divided", parameter);
      error = variablesOf(context.source, fn, parameter)[0] ?? null;
    } else if (isUsed(context.source, parameter)) {
      const binding = parameter as ValueBinding["parameter"];
      values.push({ parameter: binding, name: told.name, isAssigned: isAssigned(context.source, fn, binding) });
    }
  }
  const base = { kind: "await", operation, fn, place, values } as const;
  if (parameters.every(({ role }) => role !== "error"))
    return { ...base, failure: { kind: "none" }, success: wholeBody(fn), errorReads: [] };
  return withFailure(context, base, error);
}

type Undivided = Omit<AwaitDecision, "failure" | "success" | "errorReads">;

function withFailure(context: Context, base: Undivided, error: Variable | null): AwaitDecision | Obstacle {
  const { fn, values, operation } = base;
  const reads = error === null ? [] : readsOf(error);
  if (error === null || reads.length === 0) {
    // What was undefined after an error would have to be allowed for in the types of everything behind it.
    if (values.length > 0 && isTypeScript(context.source.filePath))
      return obstacle("error-ignored", operation.callback.argument);
    return { ...base, failure: { kind: "ignored" }, success: wholeBody(fn), errorReads: [] };
  }
  const branches = writesOf(error).length > 0 ? null : divide(context.source, fn, error);
  if (branches === null) return obstacle("error-not-divided", operation.callback.argument);
  const { failure, failureCode, leaves, success } = branches;
  const isInFailure = (node: TSESTree.Node): boolean =>
    failureCode.some(({ range }) => range[0] <= node.range[0] && node.range[1] <= range[1]);
  const early = values.flatMap(({ parameter }) => readsWithin(context.source, fn, parameter)).find(isInFailure);
  if (early !== undefined) return obstacle("result-after-error", early);
  const test = (fn.body as TSESTree.BlockStatement).body[0] as TSESTree.IfStatement;
  const errorReads = reads
    .map(({ identifier }) => identifier as TSESTree.Identifier)
    .filter(
      (node) => !isInFailure(node) && !(test.test.range[0] <= node.range[0] && node.range[1] <= test.test.range[1]),
    );
  const decided: FailureDecision = isThrown(context.source, failure, error)
    ? { kind: "thrown" }
    : { kind: "handled", code: failureCode, leaves, error };
  return { ...base, failure: decided, success, errorReads };
}

/** Whether all that is done with an error is to throw it. */
function isThrown(source: Source, failure: readonly TSESTree.Statement[], error: Variable): boolean {
  const [first, ...more] = failure;
  if (first?.type !== "ThrowStatement" || more.length > 0) return false;
  const thrown = unwrap(first.argument);
  return thrown.type === "Identifier" && variableOf(source, thrown) === error;
}
