import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { calleeOf, dottedName } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { CONTINUATION_MEMBERS, LOOP_FUNCTIONS } from "../../dialects/waits.ts";
import { operationsOf } from "../begin-end/begin-end.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";

/** A function that is called when something has completed, and the call that registers it. */
export interface Continuation {
  readonly fn: FunctionNode;
  /** `task` in `task.ContinueWith(fn)`, the Begin of an operation's callback, `null` for a timer. */
  readonly of: TSESTree.Node | null;
  /** How the registration is named in a message: `BeginConnect`, `then`, `setTimeout`. */
  readonly registrar: string;
}

const continuations = new WeakMap<Context, ReadonlyMap<FunctionNode, readonly Continuation[]>>();

/** Where each function of a file is registered to be called on completion: callbacks of operations, of tasks and of timers. */
export function continuationsOf(context: Context): ReadonlyMap<FunctionNode, readonly Continuation[]> {
  let known = continuations.get(context);
  if (known === undefined) {
    const byFunction = new Map<FunctionNode, Continuation[]>();
    const add = (continuation: Continuation): void => {
      byFunction.set(continuation.fn, [...(byFunction.get(continuation.fn) ?? []), continuation]);
    };
    for (const { begin, callback, nameNode } of operationsOf(context)) {
      if (callback.kind === "function")
        add({ fn: callback.fn, of: begin, registrar: context.source.text.slice(...nameNode.range) });
    }
    for (const call of nodesOf(context.source).of("CallExpression")) {
      for (const continuation of registeredBy(context, call)) add(continuation);
    }
    continuations.set(context, (known = byFunction));
  }
  return known;
}

function registeredBy(context: Context, call: TSESTree.CallExpression): Continuation[] {
  const callee = calleeOf(call);
  if (callee === null || call.arguments.length === 0) return [];
  const isContinuation = callee.receiver !== null && CONTINUATION_MEMBERS.has(callee.name);
  if (!isContinuation && !LOOP_FUNCTIONS.has(dottedName(call.callee) ?? "")) return [];
  return call.arguments.flatMap((argument) => {
    const callable = resolveCallable(context, argument);
    return callable.kind === "function"
      ? [{ fn: callable.fn, of: isContinuation ? callee.receiver : null, registrar: callee.name }]
      : [];
  });
}

/** The functions around a node, inside out. */
export function functionsAround(node: TSESTree.Node): FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let unit = enclosingOf(node); unit.type !== "Program"; unit = enclosingOf(unit)) {
    if (isFunction(unit)) found.push(unit);
  }
  return found;
}
