import { calleeOf, dottedName, lastSegment, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { PROMISE_CONTINUATIONS } from "../../dialects/promise-apis.ts";
import {
  GET_AWAITER_MEMBERS,
  TASK_CONTINUATIONS,
  TASK_VIEWS,
  WAIT_ALL_MEMBERS,
  WHEN_ALL_MEMBERS,
} from "../../dialects/tap.ts";
import type { Context } from "../context.ts";
import { unwrappedTask } from "./task-calls.ts";
import { pushedInto } from "./task-collections.ts";

/** Something after which tasks are complete. */
export interface Completion {
  /** What has to be evaluated: an `await`, or a wait that blocks. */
  readonly node: TSESTree.Node;
  /** The tasks that are complete after it, and collections of such. */
  readonly subjects: readonly TSESTree.Node[];
}

const awaited = new WeakMap<Context, readonly Completion[]>();

/** The `await` expressions of a file with what each of them completes. */
export function awaitedCompletions(context: Context): readonly Completion[] {
  let known = awaited.get(context);
  if (known === undefined) {
    known = nodesOf(context.source)
      .of("AwaitExpression")
      .map((node) => ({ node, subjects: completedBy(context, node.argument) }));
    awaited.set(context, known);
  }
  return known;
}

/**
 * The expressions whose tasks are complete once an awaitable is: itself, what it continues or wraps, what `Promise.all` and
 * `Task.WhenAll` list, through variables that hold such.
 */
export function completedBy(context: Context, awaitable: TSESTree.Node, depth = 0): TSESTree.Node[] {
  const node = unwrap(awaitable);
  if (depth > 8) return [];
  const follow = (inner: TSESTree.Node): TSESTree.Node[] => completedBy(context, inner, depth + 1);
  if (node.type === "SpreadElement") return follow(node.argument);
  if (node.type === "ArrayExpression")
    return node.elements.flatMap((element) => (element === null ? [] : follow(element)));
  if (node.type === "Identifier") {
    const variable = variableOf(context.source, node);
    const value = variable === null ? null : onlyValueOf(variable);
    const held = value === null ? null : unwrap(value);
    if (held === null) return [node];
    return [
      node,
      ...(held.type === "ArrayExpression" ? [...follow(held), ...pushedInto(variable!).flatMap(follow)] : follow(held)),
    ];
  }
  if (node.type !== "CallExpression") return [node];
  const callee = calleeOf(node);
  const wrappedTask = unwrappedTask(context, node, callee);
  if (wrappedTask !== null) return [node, ...follow(wrappedTask)];
  if (callee === null || callee.receiver === null) return [node];
  if (isCombinator(callee.name, callee.receiver)) return [node, ...node.arguments.flatMap(follow)];
  const isContinued =
    PROMISE_CONTINUATIONS.has(callee.name) ||
    TASK_CONTINUATIONS.has(callee.name) ||
    TASK_VIEWS.has(callee.name) ||
    GET_AWAITER_MEMBERS.has(callee.name);
  return isContinued ? [node, ...follow(callee.receiver)] : [node];
}

/** `Promise.all`, `Promise.allSettled`, `Task.WhenAll`, `Task.WaitAll`: done when everything they are given is. */
function isCombinator(name: string, receiver: TSESTree.Expression): boolean {
  const owner = dottedName(receiver);
  if (owner === null) return false;
  return lastSegment(owner) === "Promise"
    ? name === "all" || name === "allSettled"
    : WHEN_ALL_MEMBERS.has(name) || WAIT_ALL_MEMBERS.has(name);
}
