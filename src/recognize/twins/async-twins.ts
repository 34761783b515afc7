import { contains } from "../../ast/flow.ts";
import { enclosingOf, functionName, isFunction } from "../../ast/functions.ts";
import { calleeOf, typeReferenceName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { BEGIN_NAME, HANDLE_TYPE } from "../../dialects/apm.ts";
import { isNamed } from "../annotations.ts";
import { operationsOf } from "../begin-end/begin-end.ts";
import type { Context } from "../context.ts";
import { declarationsOf } from "../declarations.ts";
import { twinOfCall } from "./method-twins.ts";
import type { Operation } from "../begin-end/operation.ts";
import { isAwaitable } from "../tasks/task-nature.ts";
import { natureOfType } from "../tasks/task-types.ts";
import { natureOf } from "../tasks/tasks.ts";
import { twinOf } from "./twins.ts";
import { waitsOf } from "../waits/waits.ts";

/** A place in asynchronous code that blocks although the same can be awaited. */
export interface BlockingCall {
  readonly kind:
    /** A method or function with a twin. */
    | "call"
    /** `task.Result`, `task.Wait()`, `task.GetAwaiter().GetResult()`: the task itself can be awaited. */
    | "task"
    /** `Task.WaitAll(…)`, whose twin is `Task.WhenAll(…)`. */
    | "allTasks"
    /** `EndX(BeginX(…))`, whose twin is `XAsync(…)`. */
    | "end";
  /** The expression that blocks. */
  readonly node: TSESTree.Expression;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
  /** The name of what can be awaited; the task itself has none. */
  readonly twin: string | null;
  /** The task that is waited for, where there is one. */
  readonly task: TSESTree.Expression | null;
  readonly operation: Operation | null;
  /** What can be awaited gives a promise, or a task that the host may have to make one of. */
  readonly gives: "promise" | "task";
  /** The asynchronous function around it, and whether `await` may stand in it. */
  readonly around: FunctionNode;
}

const found = new WeakMap<Context, readonly BlockingCall[]>();

/** The places of a file, in source order, where asynchronous code blocks on what it could await. */
export function blockingCallsOf(context: Context): readonly BlockingCall[] {
  let known = found.get(context);
  if (known === undefined) {
    known = [...calls(context), ...waits(context), ...ends(context)].sort(
      (a, b) => a.nameNode.range[0] - b.nameNode.range[0],
    );
    found.set(context, known);
  }
  return known;
}

function calls(context: Context): BlockingCall[] {
  return nodesOf(context.source)
    .of("CallExpression")
    .flatMap((call): BlockingCall[] => {
      const around = enclosingOf(call);
      if (!isFunction(around) || !isAsynchronous(context, around) || !contains(around.body, call)) return [];
      const twin = twinOfCall(context, call);
      if (twin === null || !isReachable(context, twin.gives)) return [];
      return [
        {
          kind: "call",
          node: call,
          nameNode: calleeOf(call)!.nameNode,
          twin: twin.name,
          task: null,
          operation: null,
          gives: twin.gives,
          around,
        },
      ];
    });
}

/** Whether a function is an asynchronous operation: async, declared to return a promise or a .NET task, or a Begin. */
function isAsynchronous(context: Context, fn: FunctionNode): boolean {
  if (fn.async) return true;
  const result = fn.returnType?.typeAnnotation;
  if (result === undefined || fn.generator) return false;
  const nature = natureOfType(context, result);
  if (nature !== null && isAwaitable(nature) && nature.isCertain) return true;
  return isNamed(typeReferenceName(result), HANDLE_TYPE) && BEGIN_NAME.test(functionName(fn) ?? "");
}

/** Whether the host has a way to await what a twin gives. */
function isReachable({ host }: Context, gives: BlockingCall["gives"]): boolean {
  return gives === "promise" || host.taskToPromise.kind !== "never";
}

function waits(context: Context): BlockingCall[] {
  return waitsOf(context).flatMap(({ kind, node, nameNode, subjects, timeout }): BlockingCall[] => {
    const around = enclosingOf(node);
    const [task] = subjects;
    // A wait with a time-out tells whether it was enough, and a pattern has no place for an await.
    if (timeout !== null || task === undefined || !isFunction(around) || !around.async || !contains(around.body, node))
      return [];
    if (node.type !== "MemberExpression" && node.type !== "CallExpression") return [];
    const site = { node, nameNode, operation: null, around };
    if (kind === "task") {
      const gives = natureOf(context, task).kind === "promise" ? "promise" : "task";
      return isReachable(context, gives) ? [{ ...site, kind, twin: null, task, gives }] : [];
    }
    if (kind !== "allTasks" || node.type !== "CallExpression" || !isReachable(context, "task")) return [];
    const { name, receiver } = calleeOf(node)!;
    const twin = name === "waitAll" ? "whenAll" : "WhenAll";
    return hasMember(context, receiver!, twin, node) ? [{ ...site, kind, twin, task: null, gives: "task" }] : [];
  });
}

/** Whether a task class has a static member: .NET's has, one of the file shows it. */
function hasMember(context: Context, receiver: TSESTree.Expression, name: string, place: TSESTree.Node): boolean {
  const definition = variableOf(context.source, unwrap(receiver))?.defs[0]?.node;
  return definition?.type !== "ClassDeclaration" || declarationsOf(context, receiver, name, place).length > 0;
}

function ends(context: Context): BlockingCall[] {
  return operationsOf(context).flatMap((operation): BlockingCall[] => {
    const [end] = operation.ends;
    const { destination } = operation;
    if (
      destination.kind !== "argument" ||
      end === undefined ||
      destination.call !== end.call ||
      end.extraArguments.length > 0 ||
      operation.callback.kind !== "none"
    )
      return [];
    const around = enclosingOf(end.call);
    if (!isFunction(around) || !around.async || !contains(around.body, end.call)) return [];
    const twin = twinOf(context, operation);
    const gives = twinGives(context, operation, twin.name);
    if (twin.exists !== "yes" || !isReachable(context, gives) || isOwnTwin(around, twin.name)) return [];
    return [
      { kind: "end", node: end.call, nameNode: end.nameNode, twin: twin.name, task: null, operation, gives, around },
    ];
  });
}

function twinGives(context: Context, { begin, receiver }: Operation, name: string): BlockingCall["gives"] {
  const declared = declarationsOf(context, receiver, name, begin).map(
    ({ isAsync, result }) => isAsync || natureOfType(context, result)?.kind === "promise",
  );
  return declared.includes(true) ? "promise" : "task";
}

/** A twin that is made of the pair it stands for has nothing else to call. */
function isOwnTwin(around: FunctionNode, name: string): boolean {
  return functionName(around) === name;
}
