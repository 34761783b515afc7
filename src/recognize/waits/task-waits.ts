import {
  calleeOf,
  dottedName,
  keyName,
  lastSegment,
  memberName,
  unwrap,
  wrapped,
  type Callee,
} from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import {
  GET_AWAITER_MEMBERS,
  GET_RESULT_MEMBERS,
  RESULT_MEMBERS,
  TASK_TYPES,
  WAIT_ALL_MEMBERS,
  WAIT_ANY_MEMBERS,
  WAIT_MEMBERS,
} from "../../dialects/tap.ts";
import { GET_RESULTS_MEMBER, WINRT_OPERATION_MEMBER } from "../../dialects/waits.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { assignmentsOf } from "../fields.ts";
import { isTreatedAsPromise } from "../tasks/promise-use.ts";
import type { TaskNature } from "../tasks/task-nature.ts";
import { natureOf } from "../tasks/tasks.ts";
import type { WaitSite } from "./wait.ts";

/** Reads of `.Result`, as a member and out of a pattern. */
export function resultReads(context: Context): WaitSite[] {
  const index = nodesOf(context.source);
  const reads: WaitSite[] = [];
  for (const member of index.of("MemberExpression")) {
    const name = memberName(member);
    if (name === null || !RESULT_MEMBERS.has(name) || !isRead(member)) continue;
    if (blocks(context, member.object, name)) reads.push(site("task", member, member.property, [member.object]));
  }
  for (const pattern of index.of("ObjectPattern")) {
    const { parent } = pattern;
    const source =
      parent.type === "VariableDeclarator" ? parent.init : parent.type === "AssignmentExpression" ? parent.right : null;
    if (source === null) continue;
    for (const property of pattern.properties) {
      const name = property.type === "Property" ? keyName(property) : null;
      if (name === null || !RESULT_MEMBERS.has(name) || !blocks(context, source, name)) continue;
      reads.push(site("task", property, (property as TSESTree.Property).key, [source]));
    }
  }
  return reads;
}

function isRead(member: TSESTree.MemberExpression): boolean {
  const outer = wrapped(member);
  const { parent } = outer;
  if (parent?.type === "AssignmentExpression" && parent.left === outer) return false;
  // `x.result()` calls a method, which no task has.
  return !(parent?.type === "CallExpression" && parent.callee === outer);
}

/** What a call waits for when it is one of a task's own waits; `null` for other calls. */
export function taskWait(context: Context, call: TSESTree.CallExpression, callee: Callee): WaitSite | null {
  const { name, nameNode, receiver } = callee;
  if (receiver === null) return null;
  if (WAIT_MEMBERS.has(name)) {
    if (!blocks(context, receiver, name)) return null;
    const evidence = natureOf(context, receiver).kind === "task" ? "certain" : "name";
    return isTreatedAsPromise(context, call, evidence)
      ? null
      : site("task", call, nameNode, [receiver], call.arguments[0]);
  }
  if (GET_RESULT_MEMBERS.has(name)) return awaiterResult(context, call, callee);
  if (WAIT_ALL_MEMBERS.has(name) || WAIT_ANY_MEMBERS.has(name)) {
    const owner = dottedName(receiver);
    if (
      owner === null ||
      !TASK_TYPES.has(lastSegment(owner)) ||
      resolveCallable(context, call.callee).kind === "function"
    )
      return null;
    const { subjects, timeout } = listed(call);
    return site(WAIT_ALL_MEMBERS.has(name) ? "allTasks" : "anyTask", call, nameNode, subjects, timeout);
  }
  return name === GET_RESULTS_MEMBER ? operationResults(call, callee) : null;
}

/** `t.GetAwaiter().GetResult()`; `t.getResult()` of a task class. */
function awaiterResult(
  context: Context,
  call: TSESTree.CallExpression,
  { receiver, name, nameNode }: Callee,
): WaitSite | null {
  const inner = unwrap(receiver!);
  const getter = inner.type === "CallExpression" ? calleeOf(inner) : null;
  if (getter !== null && getter.receiver !== null && GET_AWAITER_MEMBERS.has(getter.name)) {
    // Two such names in a row are .NET's; only a value that surely is no task speaks against them.
    const task = configured(getter.receiver);
    return natureOf(context, task).kind === "none" ? null : site("task", call, nameNode, [task]);
  }
  const nature = natureOf(context, receiver!);
  return name === "getResult" && nature.kind === "task" && nature.isCertain
    ? site("task", call, nameNode, [receiver!])
    : null;
}

/** `t` in `t.ConfigureAwait(false)`. */
function configured(expression: TSESTree.Expression): TSESTree.Expression {
  const node = unwrap(expression);
  const callee = node.type === "CallExpression" ? calleeOf(node) : null;
  return callee !== null && callee.receiver !== null && /^[Cc]onfigureAwait$/.test(callee.name)
    ? callee.receiver
    : expression;
}

/** `promise.operation.getResults()`: WinRT's operation behind a promise. */
function operationResults(call: TSESTree.CallExpression, { receiver, nameNode }: Callee): WaitSite | null {
  const operation = unwrap(receiver!);
  if (operation.type !== "MemberExpression" || memberName(operation) !== WINRT_OPERATION_MEMBER) return null;
  return site("getResults", call, nameNode, [operation.object]);
}

/** The tasks or handles that a `WaitAll` is given, as a list or an array, and its time-out. */
export function listed(call: TSESTree.CallExpression): {
  subjects: TSESTree.Expression[];
  timeout: TSESTree.Node | undefined;
} {
  const [first, ...rest] = call.arguments;
  const literal = first === undefined ? undefined : unwrap(first);
  const expressions = (nodes: readonly (TSESTree.Node | null)[]): TSESTree.Expression[] =>
    nodes.flatMap((node) =>
      node === null ? [] : [(node.type === "SpreadElement" ? node.argument : node) as TSESTree.Expression],
    );
  if (literal?.type === "ArrayExpression") return { subjects: expressions(literal.elements), timeout: rest[0] };
  // After an array comes a time-out; a list of tasks has none.
  const isTimed =
    rest.length === 1 && !/^(?:Identifier|MemberExpression|CallExpression|SpreadElement)$/.test(unwrap(rest[0]!).type);
  return isTimed
    ? { subjects: expressions([first!]), timeout: rest[0] }
    : { subjects: expressions(call.arguments), timeout: undefined };
}

/**
 * Whether a member called `Result` or `Wait` of an expression is a task's. In .NET's spelling the name is a witness, so one more is
 * enough; in lower case it needs a certain task, or the call of an `xxxAsync` itself, and nothing in the file may assign it.
 */
function blocks(context: Context, object: TSESTree.Expression, name: string): boolean {
  const nature = natureOf(context, object);
  if (nature.kind === "none" || nature.kind === "unknown") return false;
  if (/^[A-Z]/.test(name)) return true;
  if (assignmentsOf(context, name).length > 0) return false;
  return (nature.kind === "task" && (nature.isCertain || context.host.trustsLowerCase)) || isAsyncNamed(nature);
}

function isAsyncNamed({ origin }: TaskNature): boolean {
  return origin?.type === "CallExpression" && /Async$/.test(calleeOf(origin)?.name ?? "");
}

/** Makes the record of a wait on tasks or handles. */
export function site(
  kind: WaitSite["kind"],
  node: TSESTree.Node,
  nameNode: TSESTree.Node,
  subjects: readonly TSESTree.Expression[],
  timeout: TSESTree.Node | undefined = undefined,
): WaitSite {
  return { kind, node, nameNode, subjects, operation: null, timeout: timeout ?? null };
}
