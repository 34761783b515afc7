import { isFunction } from "../../ast/functions.ts";
import {
  calleeOf,
  dottedName,
  isNothing,
  lastSegment,
  typeReferenceName,
  unwrap,
  type Callee,
  isPascalCase,
} from "../../ast/names.ts";
import { globalPathOf } from "../../ast/globals.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import {
  ARRAY_MAKERS,
  ARRAY_VIEWS,
  CALLBACK_GLOBALS,
  EACH_TYPES,
  FOR_EACH,
  JSOM_CALL,
  KNOWN_STARTERS,
  OFFICE_CALL,
  OFFICE_OBJECT,
  OFFICE_TYPE,
} from "../../dialects/callback-apis.ts";
import { STARTER_NAME } from "../../dialects/eap.ts";
import { ASYNC_NAME } from "../../dialects/tap.ts";
import { declaredType, typeNameOf } from "../annotations.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { fieldOf } from "../fields.ts";
import { objectKey } from "../events/event-objects.ts";
import { subscriptionsOf } from "../events/event-subscriptions.ts";
import { declaredResults } from "../signatures.ts";
import { isEventStarter, isRequestCall } from "./event-requests.ts";

/** How a call that gives nothing to wait for tells of its end. */
export type CallbackKind =
  /** By calling a function that it was given. */
  | "callback"
  /** By raising a completed event. */
  | "starter"
  /** By the events of the request that it gives. */
  | "request"
  /** Not at all: it looks at nothing that its function returns. */
  | "forEach";

/**
 * Whether a call surely gives nothing that can be awaited although something goes on after it; `null` for every other call, and for those
 * of which it is not known.
 */
export function callbackKind(context: Context, call: TSESTree.CallExpression): CallbackKind | null {
  const callee = calleeOf(call);
  if (callee === null || context.types?.isThenable(call) === "yes") return null;
  if (callee.name === FOR_EACH && callee.receiver !== null)
    return isFunctionArgument(context, call.arguments[0]) && isCollection(context, callee.receiver) ? "forEach" : null;
  if (isCallbackApi(context, call, callee)) return "callback";
  if (isEventStarter(context, callee)) return "starter";
  if (isRequestCall(context, call)) return "request";
  return STARTER_NAME.test(callee.name) && isStarter(context, call, callee) ? "starter" : null;
}

function isFunctionArgument(context: Context, argument: TSESTree.Node | undefined): boolean {
  return (
    argument !== undefined && (isFunction(unwrap(argument)) || resolveCallable(context, argument).kind === "function")
  );
}

function isCallbackApi(context: Context, call: TSESTree.CallExpression, callee: Callee): boolean {
  const path = globalPathOf(context.source, call.callee);
  const [first] = call.arguments;
  const last = call.arguments.at(-1);
  if (path !== null && CALLBACK_GLOBALS.has(path)) return isFunctionArgument(context, first);
  if (isCallOfApi(context, callee, path)) return true;
  if (callee.name === JSOM_CALL && callee.receiver !== null)
    return call.arguments.some((argument) => isFunctionArgument(context, argument));
  return isFunctionArgument(context, last) && context.types?.returnsNothing(call) === "yes";
}

/** A call of an API whose calls take a callback: by its path, through variables and fields, or by the declared type of an object on it. */
function isCallOfApi(context: Context, { name, receiver }: Callee, path: string | null): boolean {
  if (path !== null && OFFICE_CALL.test(path)) return true;
  if (receiver === null || !ASYNC_NAME.test(name)) return false;
  for (let object = unwrap(receiver); ; object = unwrap(object.object)) {
    if (OFFICE_TYPE.test(typeNameOf(context, object) ?? "")) return true;
    if (object.type !== "MemberExpression") return false;
    const values = fieldOf(context, object)?.values.filter((value) => !isNothing(value)) ?? [];
    const isHeld = (value: TSESTree.Node): boolean => OFFICE_OBJECT.test(globalPathOf(context.source, value) ?? "");
    if (values.length > 0 && values.every(isHeld)) return true;
  }
}

/** Whether a path starts at a name that the file neither declares nor imports. */
function isUndeclared(context: Context, path: TSESTree.Node): boolean {
  let root = unwrap(path);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  return variableOf(context.source, root) === null;
}

/** Whether `xxxAsync(…)` starts an operation and returns nothing: by its declaration, its type, or its completed event. */
function isStarter(context: Context, call: TSESTree.CallExpression, { name, receiver }: Callee): boolean {
  if (receiver === null) return false;
  const declared = declaredResults(context, call);
  if (declared.length > 0)
    return declared.every(({ type }) => type === "TSVoidKeyword" || type === "TSUndefinedKeyword");
  const returns = context.types?.returnsNothing(call) ?? "unknown";
  if (returns !== "unknown") return returns === "yes";
  const typeName = typeNameOf(context, receiver);
  const isKnown = typeName !== null && KNOWN_STARTERS.get(lastSegment(typeName))?.test(name) === true;
  if (isKnown && /(?:^|\.)System\./.test(typeName)) return true;
  return (isKnown || isPascalCase(name)) && hasCompletedEvent(context, receiver, STARTER_NAME.exec(name)![1]!);
}

/** Whether a handler is added to the completed event of the same name, on the same object and spelled as .NET spells it. */
function hasCompletedEvent(context: Context, receiver: TSESTree.Expression, stem: string): boolean {
  const key = objectKey(context, receiver);
  return (
    key !== null &&
    subscriptionsOf(context).some(
      (subscription) =>
        subscription.role === "completed" &&
        subscription.stem === stem.toLowerCase() &&
        isPascalCase(subscription.event) &&
        objectKey(context, subscription.object) === key,
    )
  );
}

/** Whether an expression is surely an array, a set or a map of the script, none of which looks at what the function of a `forEach` gives. */
function isCollection(context: Context, expression: TSESTree.Expression): boolean {
  return isArray(context, expression) || EACH_TYPES.has(lastSegment(typeNameOf(context, expression) ?? ""));
}

/** Whether an expression is surely an array of the script: other things have a `forEach` that gives a promise. */
export function isArray(context: Context, expression: TSESTree.Expression): boolean {
  // A list that is written out with functions or objects in it is seldom awaited, and the text test does not look for it.
  if (/[;{}]/.test(textOf(context.source, expression))) return false;
  const declared = declaredType(context, expression);
  if (declared !== undefined)
    return (
      declared.type === "TSArrayType" ||
      declared.type === "TSTupleType" ||
      /^(?:Readonly)?Array$/.test(typeReferenceName(declared) ?? "")
    );
  const node = unwrap(expression);
  if (node.type === "ArrayExpression") return true;
  if (node.type === "CallExpression") {
    const callee = calleeOf(node);
    if (callee?.receiver != null && ARRAY_VIEWS.has(callee.name)) return isArray(context, callee.receiver);
    return ARRAY_MAKERS.has(dottedName(node.callee) ?? "") && isUndeclared(context, node.callee);
  }
  const variable = variableOf(context.source, node);
  const value = variable === null ? null : onlyValueOf(variable);
  return value !== null && value !== expression && isArray(context, value);
}
