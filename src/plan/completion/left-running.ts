import { isFunction } from "../../ast/functions.ts";
import { calleeOf, unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { CallbackSite } from "../../recognize/completion/completion-sites.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { resolveCallable } from "../../recognize/callables.ts";
import { isAwaitable } from "../../recognize/tasks/task-nature.ts";
import { natureOf } from "../../recognize/tasks/tasks.ts";
import type { CompletionCall } from "../decide/completion-calls.ts";
import type { CallbackHosts } from "../decide/callback-hosts.ts";
import type { Draft } from "../draft.ts";

/**
 * Notes what a function starts and does not wait for. A host that called it with a callback waited until nothing was running any more; the
 * answer of an async function it takes at once, and what still runs is cut off.
 *
 * @param answers what the function comes to answer with
 */
export function noteLeftRunning(
  context: Context,
  draft: Draft<CallbackSite>,
  fn: FunctionNode,
  hosts: CallbackHosts,
  operations: readonly DescribedOperation[],
  answers: readonly CompletionCall[],
): void {
  const { source } = context;
  const isIn = (outer: TSESTree.Node, { range }: TSESTree.Node): boolean =>
    outer.range[0] <= range[0] && range[1] <= outer.range[1];
  for (const { call, name, nameNode } of operations)
    if (isIn(fn, call) && hosts.of(call) !== fn) draft.note(fn, "left-running", nameNode, name);
  const isStatement = (node: TSESTree.Node): node is TSESTree.ExpressionStatement =>
    node.type === "ExpressionStatement";
  for (const { expression } of findAll(fn.body, source.visitorKeys, isStatement)) {
    const value = unwrap(expression);
    const dropped = value.type === "UnaryExpression" && value.operator === "void" ? unwrap(value.argument) : value;
    if (dropped.type !== "CallExpression" || operations.some(({ call }) => call === dropped)) continue;
    if (answers.some(({ call }) => call === dropped)) continue;
    const called = resolveCallable(context, dropped.callee);
    const starts =
      called.kind === "function" &&
      operations.some(({ call }) => isFunction(hosts.of(call)) && hosts.of(call) === called.fn);
    if (starts || isAwaitable(natureOf(context, dropped)))
      draft.note(fn, "left-running", dropped, calleeOf(dropped)?.name ?? "a call");
  }
}
