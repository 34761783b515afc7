import { globalPathOf } from "../../ast/globals.ts";
import { calleeOf, lastSegment, unwrap, type Callee } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { isSameReference, onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { EVENT_STARTERS, REQUEST_CALL, REQUEST_STARTERS, REQUEST_TYPES } from "../../dialects/callback-apis.ts";
import { typeNameOf } from "../annotations.ts";
import type { Context } from "../context.ts";

/** Whether a method of an object of the browser gives nothing and tells by its events what has come of it: `reader.readAsText(file)`. */
export function isEventStarter(context: Context, { name, receiver }: Callee): boolean {
  const typeName = receiver === null ? null : platformType(context, receiver);
  if (typeName === null || EVENT_STARTERS.get(typeName)?.test(name) !== true) return false;
  return !isSynchronous(context, receiver!);
}

/** Whether a call gives a request, which tells by its events what has come of it: `store.get(key)`, `indexedDB.open(name)`. */
export function isRequestCall(context: Context, call: TSESTree.CallExpression): boolean {
  if (REQUEST_CALL.test(globalPathOf(context.source, call.callee) ?? "")) return true;
  const callee = calleeOf(call);
  const typeName = callee?.receiver == null ? null : platformType(context, callee.receiver);
  return typeName !== null && REQUEST_STARTERS.get(typeName)?.test(callee!.name) === true;
}

/** Whether an expression is such a request, by its type or the one value that its variable holds. */
export function isRequest(context: Context, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  if (node.type === "CallExpression") return isRequestCall(context, node);
  if (node.type !== "Identifier" && node.type !== "MemberExpression") return false;
  const variable = variableOf(context.source, node);
  const value = variable === null ? null : onlyValueOf(variable);
  if (
    value !== null &&
    unwrap(value).type === "CallExpression" &&
    isRequestCall(context, unwrap(value) as TSESTree.CallExpression)
  )
    return true;
  return REQUEST_TYPES.has(platformType(context, node) ?? "");
}

/** The name of an object's type where that is the platform's: a class of the file, or one that it imports, may give promises. */
function platformType(context: Context, object: TSESTree.Node): string | null {
  const typeName = lastSegment(typeNameOf(context, object) ?? "");
  const isOfFile = context.source.scopeManager.scopes.some((scope) => (scope.set.get(typeName)?.defs.length ?? 0) > 0);
  return typeName === "" || isOfFile ? null : typeName;
}

/** Whether a request is opened to be answered before its `send` returns: `xhr.open(method, url, false)`, or with a value that may be that. */
function isSynchronous(context: Context, receiver: TSESTree.Node): boolean {
  return nodesOf(context.source)
    .of("CallExpression")
    .some((call) => {
      const callee = calleeOf(call);
      const [, , isAsync] = call.arguments;
      if (callee?.name !== "open" || callee.receiver === null || isAsync === undefined) return false;
      return (
        isSameReference(context.source, callee.receiver, receiver) &&
        !(isAsync.type === "Literal" && isAsync.value === true)
      );
    });
}
