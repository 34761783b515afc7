import { isAlwaysBefore } from "../../ast/flow.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { continuationsOf, functionsAround } from "../tasks/continuations.ts";
import { eventUses } from "./events.ts";
import type { TaskNature } from "../tasks/task-nature.ts";

/** Why a wait can never end: what would end it needs the thread that waits. */
export type Deadlock =
  /** The event is set only in functions that the event loop calls. */
  | {
      readonly kind: "setter";
      readonly setters: readonly TSESTree.CallExpression[];
      readonly registrars: readonly string[];
    }
  /** The task is the promise of an async function of this file. */
  | { readonly kind: "promise"; readonly fn: FunctionNode };

/** Why waiting for an event can never end, where that is certain; `null` otherwise. */
export function eventDeadlock(context: Context, event: TSESTree.Node): Deadlock | null {
  const { setters, escapes, isInitiallySet } = eventUses(context, event);
  if (setters.length === 0 || escapes || isInitiallySet) return null;
  const registrars = setters.map((setter) => loopRegistrar(context, setter));
  if (registrars.includes(null)) return null;
  return { kind: "setter", setters, registrars: [...new Set(registrars as string[])] };
}

/** Why waiting for a task can never end: an async function goes on after its first `await` only when the thread is free. */
export function taskDeadlock(context: Context, nature: TaskNature): Deadlock | null {
  const { fn } = nature;
  if (nature.kind !== "promise" || fn === null) return null;
  return nodesOf(context.source)
    .of("AwaitExpression")
    .some((node) => functionsAround(node)[0] === fn)
    ? { kind: "promise", fn }
    : null;
}

/** What registered the code around a node to be called by the event loop; `null` where it may also run in other ways. */
function loopRegistrar(context: Context, node: TSESTree.Node): string | null {
  for (const fn of functionsAround(node)) {
    const [registration] = continuationsOf(context).get(fn) ?? [];
    if (registration !== undefined) return isCalledDirectly(context, fn) ? null : registration.registrar;
    if (
      fn.async &&
      nodesOf(context.source)
        .of("AwaitExpression")
        .some((suspension) => isAlwaysBefore(suspension, node))
    )
      return "await";
  }
  return null;
}

/** Whether some call in the file calls the function itself. */
function isCalledDirectly(context: Context, fn: FunctionNode): boolean {
  return nodesOf(context.source)
    .of("CallExpression")
    .some((call) => {
      const callable = resolveCallable(context, call.callee);
      return callable.kind === "function" && callable.fn === fn;
    });
}
