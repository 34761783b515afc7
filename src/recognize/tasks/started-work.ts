import { calleeOf, unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { PROMISE_CONTINUATIONS, PROMISE_FACTORIES, PROMISE_GLOBALS } from "../../dialects/promise-apis.ts";
import { TASK_CONTINUATIONS, TASK_FACTORIES, TASK_VIEWS } from "../../dialects/tap.ts";
import { operationsOf } from "../begin-end/begin-end.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import type { Operation } from "../begin-end/operation.ts";
import { usedLater } from "./used-later.ts";
import type { MemberPath } from "../../ast/member-paths.ts";
import { unwrappedTask } from "./task-calls.ts";
import { isAwaitable } from "./task-nature.ts";
import { mayGiveTask } from "./task-names.ts";
import { natureOf } from "./tasks.ts";

/** What work is given, and what of it the work may still use. */
export interface WorkInput {
  readonly expression: TSESTree.Expression;
  readonly used: readonly MemberPath[];
}

/** A call that starts work and returns before the work is done. */
export interface StartedWork {
  readonly kind: "operation" | "task" | "promise";
  readonly call: TSESTree.CallExpression;
  /** What it is given to work on, and may still read or write when it has returned. */
  readonly inputs: readonly WorkInput[];
  readonly operation: Operation | null;
}

/** What a call starts; `null` where it starts nothing, or that is not known. */
export function startedBy(context: Context, call: TSESTree.CallExpression): StartedWork | null {
  const operation = operationsOf(context).find(({ begin }) => begin === call);
  if (operation !== undefined)
    return { kind: "operation", call, inputs: plain(operation.inputs).map(used(WHOLE)), operation };
  if (isPassedThrough(context, call) || !mayGiveTask(context, call)) return null;
  const nature = natureOf(context, call);
  if (!isAwaitable(nature) || !nature.isCertain || nature.isComplete) return null;
  const callable = resolveCallable(context, call.callee);
  const inputs = plain(call.arguments).map((expression) => {
    const index = call.arguments.indexOf(expression);
    return used(callable.kind === "function" ? usedLater(context, callable.fn, index) : WHOLE)(expression);
  });
  return { kind: nature.kind, call, inputs, operation: null };
}

/** Work of which nothing more is known may use all of what it is given. */
const WHOLE: readonly MemberPath[] = [[]];

function used(paths: readonly MemberPath[]): (expression: TSESTree.Expression) => WorkInput {
  return (expression) => ({ expression, used: paths });
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
