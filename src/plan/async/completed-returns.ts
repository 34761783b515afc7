import { statementList } from "../../ast/flow.ts";
import { calleeOf, dottedName, lastSegment, memberName, unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { COMPLETED_TASK_MEMBERS, FROM_RESULT_MEMBERS, TASK_TYPES } from "../../dialects/tap.ts";
import type { Context } from "../../recognize/context.ts";
import { isAwaitable } from "../../recognize/tasks/task-nature.ts";
import { natureOf } from "../../recognize/tasks/tasks.ts";
import type { Draft } from "../draft.ts";
import { removeStatement } from "../remove-statement.ts";

/**
 * Takes off what a function no longer needs once it is async: `return Task.CompletedTask`, whose promise it gives by itself, and
 * `Task.FromResult(…)` around what it returns.
 */
export function plainReturns(context: Context, draft: Draft<object>, fn: FunctionNode): void {
  if (fn.body.type !== "BlockStatement") return;
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  for (const statement of findAll(fn.body, context.source.visitorKeys, isReturn, { intoFunctions: false })) {
    if (statement.argument === null) continue;
    const value = unwrap(statement.argument);
    if (isCompletedTask(value)) {
      const isLast = statement.parent === fn.body && statementList(fn.body)?.at(-1) === statement;
      if (isLast) removeStatement({ context, draft }, fn, statement, "keep");
      else draft.replace(fn, [statement.range[0] + "return".length, statement.argument.range[1]], "");
    }
    const result = resultGiven(context, value);
    if (result === null) continue;
    draft.replace(fn, [statement.argument.range[0], result.range[0]], "");
    draft.replace(fn, [result.range[1], statement.argument.range[1]], "");
  }
}

/** `Task.CompletedTask` */
export function isCompletedTask(value: TSESTree.Node): boolean {
  return (
    value.type === "MemberExpression" &&
    COMPLETED_TASK_MEMBERS.has(memberName(value) ?? "") &&
    TASK_TYPES.has(lastSegment(dottedName(value.object) ?? ""))
  );
}

/** The value of `Task.FromResult(value)`, where that is no promise itself. */
export function resultGiven(context: Context, value: TSESTree.Node): TSESTree.Expression | null {
  const callee = value.type === "CallExpression" ? calleeOf(value) : null;
  if (value.type !== "CallExpression" || callee === null || callee.receiver === null) return null;
  const [result] = value.arguments;
  return FROM_RESULT_MEMBERS.has(callee.name) &&
    TASK_TYPES.has(lastSegment(dottedName(callee.receiver) ?? "")) &&
    value.arguments.length === 1 &&
    result !== undefined &&
    result.type !== "SpreadElement" &&
    !isAwaitable(natureOf(context, result))
    ? result
    : null;
}
