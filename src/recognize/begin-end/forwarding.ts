import { isFunction } from "../../ast/functions.ts";
import { calleeOf, unwrap } from "../../ast/names.ts";
import { parameterVariable, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import { resolveCallable, type Callable } from "../callables.ts";
import type { Context } from "../context.ts";

/**
 * Resolves a callback as {@link resolveCallable} does, and through functions written in place that do nothing but hand their handle to
 * another function of the file: `(ar) => this.onRead(ar)`, `function (ar) { onRead(ar); }`.
 */
export function resolveCallback(context: Context, argument: TSESTree.Node): Callable {
  const callable = resolveCallable(context, argument);
  if (callable.kind !== "function" || callable.binding !== null || callable.boundThis !== null) return callable;
  const call = forwardedCall(context, callable.fn);
  const target = call === null ? null : resolveCallable(context, call.callee);
  if (
    call === null ||
    target?.kind !== "function" ||
    target.fn === callable.fn ||
    target.binding === null ||
    target.boundThis !== null
  )
    return callable;
  const receiver = calleeOf(call)?.receiver ?? null;
  return {
    ...callable,
    fn: target.fn,
    binding: target.binding,
    boundThis: receiver !== null && usesThis(context, target.fn) ? receiver : null,
    forwarding: call,
  };
}

/** The one call that is all a function does, with the function's one parameter as its one argument. */
function forwardedCall(context: Context, fn: FunctionNode): TSESTree.CallExpression | null {
  if (fn.async || fn.generator || fn.params.length !== 1) return null;
  const call = onlyCall(fn);
  const [argument] = call?.arguments ?? [];
  if (call === null || call.arguments.length !== 1 || argument === undefined) return null;
  const parameter = parameterVariable(context.source, fn, 0);
  const isOwn =
    parameter !== null &&
    fn.params[0]!.type === "Identifier" &&
    variableOf(context.source, unwrap(argument)) === parameter;
  // A function with a `this` of its own calls its own method, not that of the code around it.
  const receiver = calleeOf(call)?.receiver ?? null;
  const isOtherThis =
    fn.type !== "ArrowFunctionExpression" && receiver !== null && unwrap(receiver).type === "ThisExpression";
  return isOwn && !isOtherThis && !call.optional ? call : null;
}

function onlyCall(fn: FunctionNode): TSESTree.CallExpression | null {
  const [statement] = fn.body.type === "BlockStatement" ? fn.body.body : [];
  if (fn.body.type === "BlockStatement" && fn.body.body.length !== 1) return null;
  const value =
    statement === undefined
      ? fn.body
      : statement.type === "ExpressionStatement"
        ? statement.expression
        : statement.type === "ReturnStatement"
          ? statement.argument
          : null;
  if (value === null || value.type === "BlockStatement") return null;
  const expression = unwrap(value);
  const inner =
    expression.type === "UnaryExpression" && expression.operator === "void" ? unwrap(expression.argument) : expression;
  return inner.type === "CallExpression" ? inner : null;
}

/** Whether a function reads the `this` that its caller gives it, or how it was called (`new.target`). */
export function usesThis(context: Context, fn: FunctionNode): boolean {
  let found = false;
  walk(fn, context.source.visitorKeys, (node) => {
    const isNewTarget = node.type === "MetaProperty" && node.meta.name === "new";
    if (node.type === "ThisExpression" || node.type === "Super" || isNewTarget) found = true;
    return node === fn || !isFunction(node) || node.type === "ArrowFunctionExpression";
  });
  return found;
}
