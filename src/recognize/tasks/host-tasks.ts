import { moduleBindingOf } from "../../ast/modules.ts";
import { calleeOf, dottedName, keyName, lastSegment, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { KNOWN_STARTERS } from "../../dialects/callback-apis.ts";
import { ASYNC_NAME, DOTNET_MODULE, TASK_TYPES } from "../../dialects/tap.ts";
import { typeNameOf } from "../annotations.ts";
import type { Context } from "../context.ts";
import { natureOf } from "./tasks.ts";

/**
 * Whether the file's host surely hands tasks to scripts as they are, so that `await` does not wait for them. ClearScript makes promises of
 * them when it is told to; a script that calls `ToPromise` is on one that is not. On Jint it is an option, so nothing is known.
 */
export function hasRawTasks({ host, settings, source }: Context): boolean {
  switch (host.taskToPromise.kind) {
    case "call":
      return true;
    case "method":
      return settings.host === host.name || source.text.includes(`.${host.taskToPromise.name}(`);
    default:
      return false;
  }
}

/** Whether an expression is surely a task of .NET that the host has not made a promise of. */
export function isRawTask(context: Context, expression: TSESTree.Node): boolean {
  if (!hasRawTasks(context) || context.types?.isThenable(expression) === "yes") return false;
  const nature = natureOf(context, expression);
  if (nature.kind === "task")
    return (nature.isCertain || isSystemCall(context, expression)) && !declaresThenableTask(context);
  return nature.kind === "named" && isSystemCall(context, expression);
}

/**
 * Whether a call goes to a class of .NET's own, whose `XxxAsync` methods give tasks but for the starters of the old pattern: by its path, or by
 * the type of what it is called on. A class of the game engine may give an operation of its own.
 */
function isSystemCall(context: Context, expression: TSESTree.Node): boolean {
  const call = unwrap(expression);
  const callee = call.type === "CallExpression" ? calleeOf(call) : null;
  if (callee === null || callee.receiver === null) return false;
  const names = [pathOf(context, callee.receiver), typeNameOf(context, callee.receiver)];
  if (names.some((name) => name !== null && KNOWN_STARTERS.get(lastSegment(name))?.test(callee.name) === true))
    return false;
  return (
    names.some((name) => name !== null && /^(?:CS\.)?System\./.test(name)) &&
    (ASYNC_NAME.test(callee.name) || TASK_TYPES.has(lastSegment(names[0] ?? "").replace(/^Factory$/, "Task")))
  );
}

/** A path that starts at a global or at an import of .NET's namespaces. */
function pathOf(context: Context, object: TSESTree.Node): string | null {
  const path = dottedName(object);
  if (path === null) return null;
  let root = unwrap(object);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  if (variableOf(context.source, root) === null) return path;
  const module = moduleBindingOf(context.source, root)?.module;
  return module !== undefined && DOTNET_MODULE.test(module) ? path : null;
}

/** Whether a task class of the file can be awaited as it is. */
function declaresThenableTask(context: Context): boolean {
  return nodesOf(context.source)
    .of("ClassDeclaration")
    .some(
      (owner) =>
        owner.id !== null &&
        TASK_TYPES.has(owner.id.name) &&
        (owner.superClass !== null || owner.body.body.some((member) => "key" in member && keyName(member) === "then")),
    );
}

/**
 * Whether `(await expression).Result` is written as for .NET, on a host that hands out tasks as they are: of a `Task`, or of what an
 * `XxxAsync` gives. With `Result` spelled as .NET spells it, it is the task's.
 */
export function isTaskByItsResult(context: Context, expression: TSESTree.Node): boolean {
  if (!hasRawTasks(context) || context.types?.isThenable(expression) === "yes" || declaresThenableTask(context))
    return false;
  const { kind } = natureOf(context, expression);
  if (kind === "task") return true;
  const call = unwrap(expression);
  const callee = call.type === "CallExpression" ? calleeOf(call) : null;
  return kind === "named" && callee !== null && callee.receiver !== null && /^[A-Z]\w*Async$/.test(callee.name);
}
