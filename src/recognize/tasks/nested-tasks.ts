import { suspends } from "../../ast/flow.ts";
import { enclosingFunction, isFunction } from "../../ast/functions.ts";
import { calleeOf, dottedName, keyName, lastSegment, typeReferenceName, unwrap, wrapped } from "../../ast/names.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { DOTNET_MODULE, PROMISE_TYPES, TASK_TYPES } from "../../dialects/tap.ts";
import { isNamed } from "../annotations.ts";
import { resolveCallable } from "../callables.ts";
import { declaringTypesOf } from "../contracts/contract-members.ts";
import type { Context } from "../context.ts";
import { resultOf, returnsOf } from "./function-results.ts";
import { isRawTask } from "./host-tasks.ts";
import { nestedTypesOf, type NestedType } from "./nested-types.ts";
import { carrierOf, usesOfTask } from "./task-uses.ts";
import { isAwaitable } from "./task-nature.ts";
import { natureOf } from "./tasks.ts";
import { waitsOf } from "../waits/waits.ts";

/** A task whose result is a task, which nobody takes out. */
export interface NestedTask {
  readonly kind:
    /** `StartNew` of a function that gives a task itself, awaited once or returned as if it were the inner one. */
    | "started"
    /** An async function that awaits nothing and returns a task that it starts. */
    | "returned"
    /** The same with a task that may be a promise as well: its class is imported, and the file only shows that it has .NET's members. */
    | "returnedImported"
    /** An async function that returns a task on a host whose tasks are no promises. */
    | "returnedRaw";
  readonly call: TSESTree.Expression;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
  /** The function that returns the task; `null` for one that is awaited. */
  readonly fn: FunctionNode | null;
}

/** The tasks of tasks of a file, and the annotations that name such, each in source order. */
export function nestedTasksOf(context: Context): {
  readonly tasks: readonly NestedTask[];
  readonly types: readonly NestedType[];
} {
  return {
    tasks: [...started(context), ...returned(context)].sort((a, b) => a.nameNode.range[0] - b.nameNode.range[0]),
    types: nestedTypesOf(context),
  };
}

/** A call of `Task.Factory.StartNew` or `Task.Run`, as far as names go. */
function startedBy(call: TSESTree.CallExpression): "startNew" | "run" | null {
  const callee = calleeOf(call);
  const path = callee === null || callee.receiver === null ? null : dottedName(callee.receiver);
  if (callee === null || path === null) return null;
  if (/^[sS]tartNew$/.test(callee.name)) return /(?:^|\.)Task\.Factory$/.test(path) ? "startNew" : null;
  return /^[rR]un$/.test(callee.name) && lastSegment(path) === "Task" ? "run" : null;
}

function started(context: Context): NestedTask[] {
  return nodesOf(context.source)
    .of("CallExpression")
    .flatMap((call): NestedTask[] => {
      if (startedBy(call) !== "startNew" || !startsTask(context, call) || !isDotNetTask(context, call)) return [];
      return usesOfTask(context, call).flatMap(({ task, nameNode }): NestedTask[] => {
        const carrier = carrierOf(context, task);
        const { parent } = carrier;
        if (parent?.type === "AwaitExpression")
          return isTakenOut(context, parent) ? [] : [{ kind: "started", call, nameNode, fn: null }];
        const fn =
          parent?.type === "ReturnStatement"
            ? enclosingFunction(parent)
            : isFunction(parent) && parent.body === carrier
              ? parent
              : null;
        return fn !== null && claimsInner(context, fn) ? [{ kind: "started", call, nameNode, fn }] : [];
      });
    });
}

/** Whether what a call is to run gives a task or promise of its own. */
function startsTask(context: Context, call: TSESTree.CallExpression): boolean {
  const [work] = call.arguments;
  const callable = work === undefined ? null : resolveCallable(context, work);
  return (
    callable?.kind === "function" &&
    isAwaitable(resultOf(context, callable.fn, (expression) => natureOf(context, expression)))
  );
}

/** Whether somebody takes the inner task out of what an await gives: awaits it, chains to it, hands it on. */
function isTakenOut(context: Context, awaited: TSESTree.AwaitExpression): boolean {
  const isUsedAsTask = (node: TSESTree.Node): boolean =>
    /^(?:Await|Call|Member|Array)Expression$|^ReturnStatement$/.test(wrapped(node).parent?.type ?? "");
  const { parent } = wrapped(awaited);
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") {
    const variable = variableOf(context.source, parent.id);
    return variable === null || readsOf(variable).some(({ identifier }) => isUsedAsTask(identifier));
  }
  return (
    parent?.type !== "ExpressionStatement" &&
    !(parent?.type === "VariableDeclarator" && parent.id.type === "ObjectPattern")
  );
}

/** Whether a function says that it gives what is in one task, or is async and so puts what it returns into another. */
function claimsInner(context: Context, fn: FunctionNode): boolean {
  const type = fn.returnType?.typeAnnotation;
  // Who calls a service operation gets what is in the one task that it gives.
  if (type === undefined) return fn.async || isServiceOperation(context, fn);
  const name = typeReferenceName(type);
  if (type.type !== "TSTypeReference" || !(isNamed(name, PROMISE_TYPES) || isNamed(name, TASK_TYPES))) return false;
  const inner = typeReferenceName(type.typeArguments?.params[0]);
  return !isNamed(inner, PROMISE_TYPES) && !isNamed(inner, TASK_TYPES);
}

function isServiceOperation(context: Context, fn: FunctionNode): boolean {
  return declaringTypesOf(context).some(({ methods }) =>
    methods.some((method) => method.fn === fn && method.mark !== null),
  );
}

function returned(context: Context): NestedTask[] {
  const index = nodesOf(context.source);
  const functions = [
    ...index.of("FunctionDeclaration"),
    ...index.of("FunctionExpression"),
    ...index.of("ArrowFunctionExpression"),
  ];
  return functions
    .filter((fn) => fn.async && !fn.generator && claimsInner(context, fn))
    .flatMap((fn): NestedTask[] => {
      const values = fn.body.type === "BlockStatement" ? returnsOf(context, fn) : [fn.body];
      return values.flatMap((value): NestedTask[] => {
        const call = value === null ? null : unwrap(value);
        const callee = call?.type === "CallExpression" ? calleeOf(call) : null;
        if (value === null || call?.type !== "CallExpression" || callee === null) return [];
        // That one is told of with what it starts.
        if (startedBy(call) === "startNew" && startsTask(context, call)) return [];
        const site = { call: value, nameNode: callee.nameNode, fn };
        if (isRawTask(context, value)) return [{ ...site, kind: "returnedRaw" }];
        if (startedBy(call) === null || suspends(context.source, fn.body)) return [];
        if (isDotNetTask(context, call)) return [{ ...site, kind: "returned" }];
        return isImportedTask(context, call) ? [{ ...site, kind: "returnedImported" }] : [];
      });
    });
}

/**
 * Whether the `Task` of a call is .NET's, or a class of the file that nobody can await: a promise, and whatever `then` belongs to, takes the
 * inner one out by itself. A class from another file may be either.
 */
function isDotNetTask(context: Context, call: TSESTree.CallExpression): boolean {
  if (context.types?.isThenable(call) === "yes") return false;
  const { taskToPromise, name } = context.host;
  if (name !== "none" && taskToPromise.kind === "none") return false;
  let root = unwrap(call.callee);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  const variable = variableOf(context.source, root);
  if (variable === null) return root.type === "Identifier";
  const definition = variable.defs[0]?.node;
  if (definition?.type === "ClassDeclaration")
    return (
      definition.superClass === null &&
      !definition.body.body.some((member) => "key" in member && keyName(member) === "then")
    );
  const module = moduleBindingOf(context.source, root)?.module;
  return (module !== undefined && DOTNET_MODULE.test(module)) || context.types?.isThenable(call) === "no";
}

/**
 * Whether a call starts a task, as .NET spells it, of a class that is imported from anywhere, in a file that blocks on such tasks: what is
 * started and waited for in .NET's own words is .NET's or a port of it. Types that say it is a promise speak against it.
 */
function isImportedTask(context: Context, call: TSESTree.CallExpression): boolean {
  const { taskToPromise, name } = context.host;
  if (name !== "none" && taskToPromise.kind === "none") return false;
  if (context.types?.isThenable(call) === "yes" || !/^(?:StartNew|Run)$/.test(calleeOf(call)?.name ?? "")) return false;
  let root = unwrap(call.callee);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  if (root.type !== "Identifier" || moduleBindingOf(context.source, root)?.name !== "Task") return false;
  return waitsOf(context).some(
    ({ kind, subjects }) => kind === "task" && subjects.some((subject) => natureOf(context, subject).kind === "task"),
  );
}
