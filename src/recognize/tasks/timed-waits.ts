import { isFunction } from "../../ast/functions.ts";
import { contains } from "../../ast/flow.ts";
import { calleeOf, unwrap } from "../../ast/names.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { unwrappedTask } from "./task-calls.ts";

/**
 * The task that a promise waits for until a timer is over, where it gives `true` only if the task was complete in time:
 *
 *     new Promise((resolve, reject) => {
 *       const timer = setTimeout(resolve, 100, false);
 *       task.then(() => { clearTimeout(timer); resolve(true); }, reject);
 *     })
 *
 * `null` for any other expression.
 */
export function racedWithTimer(context: Context, expression: TSESTree.Node): TSESTree.Node | null {
  const node = unwrap(expression);
  const executor =
    node.type === "NewExpression" && calleeOf(node)?.name === "Promise" && node.arguments.length === 1
      ? unwrap(node.arguments[0]!)
      : null;
  if (executor === null || !isFunction(executor)) return null;
  const resolve = parameterVariable(context.source, executor, 0);
  const ways = resolve === null ? [] : readsOf(resolve).map(({ identifier }) => wayOf(context, executor, identifier));
  const [task] = ways.filter((way) => way !== "late");
  return task === undefined || task === null || ways.some((way) => way !== "late" && way !== task) ? null : task;
}

/** What a use of `resolve` says: that the time is over, the task behind which it gives `true`, or `null` for anything else. */
function wayOf(context: Context, executor: FunctionNode, resolve: TSESTree.Node): TSESTree.Node | "late" | null {
  const call = resolve.parent;
  if (call?.type !== "CallExpression") return null;
  if (call.callee !== resolve)
    return call.arguments[0] === resolve && calleeOf(call)?.name === "setTimeout" && isLiteral(call.arguments[2], false)
      ? "late"
      : null;
  if (isLiteral(call.arguments[0], false)) return "late";
  return isLiteral(call.arguments[0], true) ? continuedTask(context, executor, call) : null;
}

function isLiteral(node: TSESTree.Node | undefined, value: boolean): boolean {
  return node?.type === "Literal" && node.value === value;
}

/** The task in whose `then` a call stands. */
function continuedTask(context: Context, executor: FunctionNode, place: TSESTree.Node): TSESTree.Node | null {
  for (let current = place.parent; current && current !== executor; current = current.parent) {
    const callee = current.type === "CallExpression" ? calleeOf(current) : null;
    if (current.type !== "CallExpression" || callee?.receiver == null || callee.name !== "then") continue;
    if (current.arguments[0] === undefined || !contains(current.arguments[0], place)) return null;
    const task = unwrap(callee.receiver);
    return (task.type === "CallExpression" ? unwrappedTask(context, task) : null) ?? task;
  }
  return null;
}
