import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { calleeOf, unwrap, wrapped } from "../../ast/names.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { PROMISE_CONTINUATIONS, PROMISE_FACTORIES, PROMISE_GLOBALS } from "../../dialects/promise-apis.ts";
import { TASK_CONTINUATIONS, TASK_FACTORIES, TASK_VIEWS } from "../../dialects/tap.ts";
import { operationsOf } from "../begin-end/begin-end.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import type { Operation } from "../begin-end/operation.ts";
import { unwrappedTask } from "./task-calls.ts";
import { isAwaitable } from "./task-nature.ts";
import { mayGiveTask } from "./task-names.ts";
import { natureOf } from "./tasks.ts";

/** A call that starts work and returns before the work is done. */
export interface StartedWork {
  readonly kind: "operation" | "task" | "promise";
  readonly call: TSESTree.CallExpression;
  /** What it is given to work on, and may still read or write when it has returned. */
  readonly inputs: readonly TSESTree.Expression[];
  readonly operation: Operation | null;
}

/** What a call starts; `null` where it starts nothing, or that is not known. */
export function startedBy(context: Context, call: TSESTree.CallExpression): StartedWork | null {
  const operation = operationsOf(context).find(({ begin }) => begin === call);
  if (operation !== undefined) return { kind: "operation", call, inputs: plain(operation.inputs), operation };
  if (isPassedThrough(context, call) || !mayGiveTask(context, call)) return null;
  const nature = natureOf(context, call);
  if (!isAwaitable(nature) || !nature.isCertain || nature.isComplete) return null;
  const callable = resolveCallable(context, call.callee);
  const isKept = (input: TSESTree.Expression): boolean =>
    callable.kind !== "function" || keepsArgument(context, callable.fn, call.arguments.indexOf(input));
  return { kind: nature.kind, call, inputs: plain(call.arguments).filter(isKept), operation: null };
}

function plain(inputs: readonly TSESTree.CallExpressionArgument[]): TSESTree.Expression[] {
  return inputs.filter(
    (input): input is TSESTree.Expression =>
      input.type !== "SpreadElement" && /^(?:Identifier|MemberExpression)$/.test(unwrap(input).type),
  );
}

/** Whether a call only combines or continues tasks; what `fetch` is given, it has read when it returns. */
function isPassedThrough(context: Context, call: TSESTree.CallExpression): boolean {
  const callee = calleeOf(call);
  if (callee === null || unwrappedTask(context, call, callee) !== null) return true;
  if (callee.receiver === null) return PROMISE_GLOBALS.has(callee.name);
  return [PROMISE_CONTINUATIONS, PROMISE_FACTORIES, TASK_CONTINUATIONS, TASK_FACTORIES, TASK_VIEWS].some((names) =>
    names.has(callee.name),
  );
}

/** Whether a function of the file may use an argument after it has returned, or hands it on; reading members before the first `await` does neither. */
function keepsArgument(context: Context, fn: FunctionNode, index: number): boolean {
  const parameter = fn.params[index];
  const isPattern =
    parameter?.type === "ObjectPattern" ||
    (parameter?.type === "AssignmentPattern" && parameter.left.type === "ObjectPattern");
  const variable = parameterVariable(context.source, fn, index);
  if (variable === null) return !isPattern;
  const isSuspension = (node: TSESTree.Node): node is TSESTree.Node =>
    node.type === "AwaitExpression" ||
    node.type === "YieldExpression" ||
    (node.type === "ForOfStatement" && node.await);
  const suspensions = findAll(fn, context.source.visitorKeys, isSuspension, { intoFunctions: false });
  return readsOf(variable).some(({ identifier }) => {
    const read = wrapped(identifier);
    if (enclosingOf(identifier) !== fn) return true;
    if (read.parent?.type !== "MemberExpression" || read.parent.object !== read) return true;
    return suspensions.some((suspension) => suspension.range[1] <= read.range[0] || sharesLoop(suspension, read));
  });
}

function sharesLoop(suspension: TSESTree.Node, read: TSESTree.Node): boolean {
  for (
    let current: TSESTree.Node | null | undefined = suspension;
    current && !isFunction(current);
    current = current.parent
  ) {
    if (
      /^(?:DoWhile|For|ForIn|ForOf|While)Statement$/.test(current.type) &&
      current.range[0] <= read.range[0] &&
      read.range[1] <= current.range[1]
    )
      return true;
  }
  return false;
}
