import { isFunction, memberOf } from "../../ast/functions.ts";
import { calleeOf, keyName, memberName, unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { isStaticContext } from "../../recognize/callables.ts";
import type { Context } from "../../recognize/context.ts";
import { classOfThis, thisBehind, thisOwner } from "../../recognize/field-uses.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { CountdownStarts, CountingHelper } from "./countdown.ts";

/**
 * Whether a `this` is that of the code that starts the operations: they stand in one function but for arrow functions, or in methods
 * that are handed over, and called, with it.
 */
export function isThisOfStart(
  context: Context,
  self: TSESTree.Node,
  starts: CountdownStarts,
  counting: CountingHelper,
): boolean {
  const own = thisOwner(self);
  const start = thisOwner(starts.first);
  if (own === start) return true;
  if (
    own === null ||
    start === null ||
    isStaticContext(starts.first) ||
    (isFunction(start) && memberOf(start) === null)
  )
    return false;
  // A handler is added once for an object where that is made.
  if (isFunction(own) && own.parent.type === "MethodDefinition" && own.parent.kind === "constructor")
    return classAround(own) === classAround(start);
  const method = isFunction(own) ? own : own.type === "PropertyDefinition" && isFunction(own.value) ? own.value : null;
  if (
    method === null ||
    classAround(own) === null ||
    classAround(own) !== classAround(start) ||
    isStaticContext(method)
  )
    return false;
  if (method === counting.helper)
    return [...counting.helperCalls].every((statement) => isCallOnThis(context, statement, starts, counting));
  const handed = starts.operations.filter(({ callback }) => callback.kind === "function" && callback.fn === method);
  return handed.length > 0 && handed.every((operation) => isHandedWithThis(context, operation, method, start));
}

/** Whether a statement calls a method on the `this` of the starts. */
function isCallOnThis(
  context: Context,
  statement: TSESTree.Statement,
  starts: CountdownStarts,
  counting: CountingHelper,
): boolean {
  const call = statement.type === "ExpressionStatement" ? unwrap(statement.expression) : null;
  const receiver = call?.type === "CallExpression" ? (calleeOf(call)?.receiver ?? null) : null;
  const self = receiver === null ? null : thisBehind(context, receiver);
  return self !== null && isThisOfStart(context, self, starts, counting);
}

/** Whether an operation is given a method to run with the `this` of the function that starts it. */
function isHandedWithThis(
  context: Context,
  { callback, callbackArgument }: Operation,
  method: FunctionNode,
  start: TSESTree.Node,
): boolean {
  if (callback.kind !== "function") return false;
  const isStarts = (node: TSESTree.Node): boolean => {
    const self = thisBehind(context, node);
    return self !== null && !isStaticContext(self) && classOfThis(self) === classAround(start);
  };
  if (callback.boundThis !== null) return isStarts(callback.boundThis);
  // An arrow function has the `this` of the object that it is a field of.
  const name =
    method.type === "ArrowFunctionExpression" && memberOf(method) !== null ? keyName(memberOf(method)!) : null;
  const isMember = (node: TSESTree.Node): node is TSESTree.MemberExpression =>
    node.type === "MemberExpression" && memberName(node) === name;
  const places = name === null ? [] : findAll(callbackArgument, context.source.visitorKeys, isMember);
  return places.length > 0 && places.every(({ object }) => isStarts(object));
}

function classAround(owner: TSESTree.Node): TSESTree.Node | null {
  const member = isFunction(owner) ? owner.parent : owner;
  return member.parent?.type === "ClassBody" ? member.parent.parent : null;
}
