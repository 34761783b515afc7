import { walk } from "../../ast/walk.ts";
import { isFunction } from "../../ast/functions.ts";
import { isNothing, memberName, wrapped } from "../../ast/names.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import type { OperationForm } from "../../dialects/dialect.ts";
import { describedOperationsOf } from "./described-operations.ts";
import { droppedAt } from "./dropped-callbacks.ts";
import type { DescribedOperation, OutcomeRead } from "./operation.ts";
import { outcomeReads } from "./outcome.ts";

/** A callback that uses the values of its operation and never looks at its error. */
export interface IgnoredError {
  readonly operation: DescribedOperation;
  /** The parameter that is the error. */
  readonly parameter: TSESTree.Parameter;
  /** What the code calls the value that it uses first. */
  readonly value: string;
  /** Whether there may be values beside the error. */
  readonly isThereAnyway: boolean;
  /** Whether the error has a name that says it is not used. */
  readonly isDeliberate: boolean;
}

/** The callbacks of a file that ignore an error, in source order. One that asks whether there is a value knows that there may be none. */
export function ignoredErrorsOf(context: Context): IgnoredError[] {
  return describedOperationsOf(context).flatMap((operation) => ignoredAt(context, operation) ?? []);
}

function ignoredAt(context: Context, operation: DescribedOperation): IgnoredError | null {
  const [callback] = operation.callbacks;
  if (callback?.kind !== "function" || callback.on !== "either" || !tellsError(operation)) return null;
  const { fn } = callback;
  const [parameter] = fn.params;
  if (parameter?.type !== "Identifier" || usesArguments(context.source, fn)) return null;
  const reads = outcomeReads(context, operation);
  const values = reads.filter(({ role }) => role === "value");
  const [first] = values;
  if (first === undefined || values.length < reads.length || values.some(isAskedFor)) return null;
  if (droppedAt(context, operation) !== null || values.some((read) => mayTellFailure(operation.form, read)))
    return null;
  const { declared } = first;
  const value = declared?.type === "Identifier" ? declared.name : first.name;
  const isThereAnyway = areThereAnyway(operation.form);
  return { operation, parameter, value, isThereAnyway, isDeliberate: parameter.name.startsWith("_") };
}

function areThereAnyway({ valuesAfterError }: OperationForm): boolean {
  return valuesAfterError === "given" || valuesAfterError === "membersOfError";
}

/** Whether a read of a value that is there anyway may be the question whether the operation has failed. */
function mayTellFailure(form: OperationForm, { name, node }: OutcomeRead): boolean {
  if (!areThereAnyway(form)) return false;
  const told = form.failureToldBy ?? [];
  if (told.includes(name)) return true;
  // Other code may ask what it is handed; what holds nothing but text tells it nothing.
  if (form.valuesAfterError === "membersOfError") return false;
  const value = wrapped(node);
  const { parent } = value;
  if (parent?.type !== "MemberExpression" || parent.object !== value) return true;
  const member = memberName(parent);
  return member === null || told.includes(member);
}

/** Whether the first parameter of the callback is an error. */
function tellsError({ form }: DescribedOperation): boolean {
  return form.outcome.some(
    ({ at, role }) => role === "error" && at.some((place) => place.in === "parameter" && place.index === 0),
  );
}

/** Whether a read asks if there is a value, or does without one. */
function isAskedFor({ declared, node }: OutcomeRead): boolean {
  if (declared !== null && declared.type !== "Identifier") return true;
  if (declared?.parent?.type === "AssignmentPattern") return true;
  const value = wrapped(node);
  const { parent } = value;
  switch (parent?.type) {
    case "IfStatement":
    case "ConditionalExpression":
    case "WhileStatement":
      return parent.test === value;
    case "LogicalExpression":
      return true;
    case "UnaryExpression":
      return parent.operator === "!" || parent.operator === "typeof";
    case "MemberExpression":
      return parent.object === value && parent.optional;
    case "BinaryExpression":
      return /^[!=]==?$/.test(parent.operator) && (isNothing(parent.left) || isNothing(parent.right));
    default:
      return false;
  }
}

/** Whether a function reads its parameters by another name. */
function usesArguments(source: Source, fn: FunctionNode): boolean {
  if (fn.type === "ArrowFunctionExpression") return false;
  let found = false;
  walk(fn, source.visitorKeys, (node) => {
    if (node.type === "Identifier" && node.name === "arguments") found = true;
    return node === fn || node.type === "ArrowFunctionExpression" || !isFunction(node);
  });
  return found;
}
