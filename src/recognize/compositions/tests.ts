import { isFunction } from "../../ast/functions.ts";
import { isNothing, unwrap } from "../../ast/names.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { ASYNC_LIBRARY } from "../../dialects/async-library.ts";
import type { CompositionTest } from "../../dialects/compositions.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import type { DescribedOperation } from "../operations/operation.ts";
import { isVersionFrom, packageOf } from "../package-versions.ts";
import { usesOwn } from "./tasks.ts";

/** What says whether to go on: an expression, or a function that is called for it. */
export interface Test {
  readonly node: TSESTree.Expression;
  readonly isCalled: boolean;
}

/**
 * The question that a library asks by a function, where it can be asked without that.
 *
 * @returns "version" where it depends on the library's version whether the function answers by a callback, "tasks" where the function does more
 */
export function testOf(
  context: Context,
  { inputs, module }: DescribedOperation,
  test: CompositionTest,
): Test | "tasks" | "version" {
  const node = inputs[test.at]!;
  const resolved = resolveCallable(context, node);
  const fn = resolved.kind === "function" ? resolved.fn : null;
  if (fn === null || fn.async || fn.generator || usesOwn(context, fn)) return "tasks";
  const value = unwrap(node);
  if (!isFunction(value) && value.type !== "Identifier") return "tasks";
  const name = module === null ? null : packageOf(module);
  const isOfLibrary = name === ASYNC_LIBRARY.module || ASYNC_LIBRARY.others.includes(name ?? "");
  const callsBack = name !== null && isOfLibrary ? isVersionFrom(context, name, test.callsBackFrom) : "no";
  if (callsBack === "unknown") return "version";
  if (callsBack === "no") {
    if (fn.params.length > 0) return "tasks";
    const only = isFunction(value) ? onlyExpressionOf(fn) : null;
    return only === null ? { node, isCalled: true } : { node: only, isCalled: false };
  }
  const answer = isFunction(value) ? answerOf(context, fn) : null;
  return answer === null ? "tasks" : { node: answer, isCalled: false };
}

/** What a function answers that does nothing but call its callback. */
function answerOf({ source }: Context, fn: FunctionNode): TSESTree.Expression | null {
  const callback = fn.params.length === 1 ? parameterVariable(source, fn, 0) : null;
  const call = onlyExpressionOf(fn);
  if (callback === null || call?.type !== "CallExpression" || call.optional) return null;
  const [error, answer, ...more] = call.arguments;
  const reads = readsOf(callback);
  if (reads.length !== 1 || unwrap(call.callee) !== (reads[0]!.identifier as TSESTree.Node)) return null;
  const isPlain = error !== undefined && isNothing(error) && more.length === 0;
  return isPlain && answer !== undefined && answer.type !== "SpreadElement" ? answer : null;
}

/** The expression that is all of a function's code. */
function onlyExpressionOf({ body }: FunctionNode): TSESTree.Expression | null {
  if (body.type !== "BlockStatement") return unwrap(body) as TSESTree.Expression;
  const [statement, ...more] = body.body;
  if (more.length > 0) return null;
  if (statement?.type === "ReturnStatement") return statement.argument;
  return statement?.type === "ExpressionStatement" && statement.expression.type === "CallExpression"
    ? statement.expression
    : null;
}
