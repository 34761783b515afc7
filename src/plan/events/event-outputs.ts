import type { CompletedEvent } from "../../recognize/events/completed-event.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { outputsOf, type Outputs } from "../../recognize/events/outputs.ts";
import { needsAdapter, tellsProgress } from "./event-adapter.ts";
import type { Planner } from "../planner.ts";

/**
 * Lets a handler take its values out of what the twin gives: `e.Result` and `e.Total` become `const { result, total } = await …`. A
 * handler is written once, so the twins of all operations that it handles have to give the same members.
 *
 * @returns whether the twin is called for this operation because of that.
 */
export function takeOutputs(planner: Planner, { callback }: Operation, event: CompletedEvent): boolean {
  const { given, operations } = planner;
  if (callback.kind !== "function" || event.handler === null) return false;
  if (given.has(callback.fn)) return true;
  const sharing = operations.filter((other) => other.callback.kind === "function" && other.callback.fn === callback.fn);
  const [outputs = null, ...others] = sharing.map((operation) => twinOutputs(planner, operation));
  if (outputs === null || others.some((other) => other === null || !isSame(outputs, other))) return false;
  given.set(callback.fn, outputs);
  return true;
}

/** What the twin of an operation gives, where the operation can be started by it. */
function twinOutputs({ context, target }: Planner, operation: Operation): Outputs | null {
  const { event } = operation;
  if (event === null || target === "adapter" || context.host.taskToPromise.kind === "never") return null;
  // What is forced goes without all that a twin does not tell, but for progress.
  if (target === "twin" ? tellsProgress(event) : needsAdapter(context, event)) return null;
  return outputsOf(context, operation);
}

function isSame(left: Outputs, right: Outputs): boolean {
  return left.result === right.result && left.type === right.type && left.outs.join() === right.outs.join();
}
