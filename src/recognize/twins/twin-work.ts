import { contains } from "../../ast/flow.ts";
import { calleeOf, memberName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { FunctionNode } from "../../ast/source.ts";
import { PROMISE_CONTINUATIONS, PROMISE_FACTORIES } from "../../dialects/promise-apis.ts";
import { GET_AWAITER_MEMBERS, RESULT_MEMBERS, WAIT_MEMBERS } from "../../dialects/tap.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import type { Declaration } from "../declarations.ts";

/** Beyond so many functions it is not followed what a function calls. */
const MANY = 50;

/** What a function calls, through the functions of the file. */
interface Work {
  /** The names of all calls. */
  readonly names: ReadonlySet<string>;
  /** The names of calls of what is not in this file. */
  readonly outside: ReadonlySet<string>;
}

/**
 * Whether waiting for a twin can do any good, as far as the file shows both: the blocking one does more than compute, and the twin does not
 * just do the same under another name. A function that calls nothing outside of the file waits for nothing.
 */
export function isWorthAwaiting(context: Context, blocking: Declaration, twin: Declaration): boolean {
  const own = blocking.fn === null ? null : workOf(context, blocking.fn);
  if (own !== null && own.outside.size === 0) return false;
  if (twin.fn === null || (blocking.fn !== null && blocksOn(context, blocking.fn, twin.fn))) return true;
  const other = workOf(context, twin.fn);
  const name = blocking.fn === null ? null : nameOf(blocking);
  if (name !== null && other.names.has(name)) return false;
  return [...other.outside].some(
    (call) => !own?.outside.has(call) && !PROMISE_FACTORIES.has(call) && !PROMISE_CONTINUATIONS.has(call),
  );
}

/** Whether a member of a task blocks until it is complete, or leads to what does. */
function isBlocking(name: string): boolean {
  return RESULT_MEMBERS.has(name) || WAIT_MEMBERS.has(name) || GET_AWAITER_MEMBERS.has(name);
}

/** Whether a function blocks until a task is complete that another function of the file gives. */
function blocksOn(context: Context, fn: FunctionNode, task: FunctionNode): boolean {
  return nodesOf(context.source)
    .of("MemberExpression")
    .some((member) => {
      const awaited = unwrap(member.object);
      if (!contains(fn.body, member) || !isBlocking(memberName(member) ?? "")) return false;
      if (awaited.type !== "CallExpression") return false;
      const callable = resolveCallable(context, awaited.callee);
      return callable.kind === "function" && callable.fn === task;
    });
}

function nameOf({ fn, node }: Declaration): string | null {
  const named = "key" in node ? (node.key as { name?: unknown }).name : fn?.id?.name;
  return typeof named === "string" ? named : null;
}

function workOf(context: Context, root: FunctionNode): Work {
  const names = new Set<string>();
  const outside = new Set<string>();
  const seen = new Set<FunctionNode>([root]);
  for (const fn of seen) {
    for (const call of [
      ...nodesOf(context.source).of("CallExpression"),
      ...nodesOf(context.source).of("NewExpression"),
    ]) {
      if (!contains(fn.body, call)) continue;
      const name = calleeOf(call)?.name ?? "";
      names.add(name);
      const callable = call.type === "CallExpression" ? resolveCallable(context, call.callee) : null;
      if (callable?.kind !== "function") outside.add(name);
      else if (seen.size < MANY) seen.add(callable.fn);
    }
  }
  return { names, outside };
}
