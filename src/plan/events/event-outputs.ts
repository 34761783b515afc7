import { COMPLETED_ARGS } from "../../dialects/eap.ts";
import type { Context } from "../../recognize/context.ts";
import type { CompletedEvent } from "../../recognize/events/completed-event.ts";
import { valuesOf } from "../../recognize/events/event-reads.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { givenByTwin, outputsOf, type Outputs } from "../../recognize/events/outputs.ts";
import { twinOf } from "../../recognize/twins/twins.ts";
import { lowerFirst } from "../naming.ts";
import { needsAdapter, tellsProgress } from "./event-adapter.ts";
import { tellsEnough } from "./event-twin.ts";
import type { FunctionNode } from "../../ast/source.ts";
import type { PlannerBase } from "../planner-base.ts";

/**
 * Lets a handler take its values out of what the twin gives: `e.Result` and `e.Total` become `const { result, total } = await …`. A
 * handler is written once, so the twins of all operations that it handles have to give the same members.
 *
 * @returns whether the twin is called for this operation because of that.
 */
export function takeOutputs(
  planner: PlannerBase,
  { callback }: Operation,
  event: CompletedEvent,
  given: Map<FunctionNode, Outputs>,
): boolean {
  const { operations } = planner;
  if (callback.kind !== "function" || event.handler === null) return false;
  if (given.has(callback.fn)) return true;
  const sharing = operations.filter((other) => other.callback.kind === "function" && other.callback.fn === callback.fn);
  const [outputs = null, ...others] = sharing.map((operation) => twinOutputs(planner, operation));
  if (outputs === null || others.some((other) => other === null || !isSame(outputs, other))) return false;
  given.set(callback.fn, outputs);
  return true;
}

/** What the twin of an operation gives, where the operation can be started by it. */
function twinOutputs({ context, eventTwin, target }: PlannerBase, operation: Operation): Outputs | null {
  const { event } = operation;
  if (event === null) return null;
  const known = eventTwin(operation);
  if (
    known !== null &&
    known.values.length > 1 &&
    twinOf(context, operation).exists === "yes" &&
    tellsEnough(context, operation, known)
  )
    return knownOutputs(context, operation, valuesOf(event));
  if (target === "adapter" || context.host.taskToPromise.kind === "never") return null;
  // What is forced goes without all that a twin does not tell, but for progress.
  if (target === "twin" ? tellsProgress(event) : needsAdapter(context, event)) return null;
  return outputsOf(context, operation);
}

/** What a twin that settles as an adapter does gives of the values that are asked for, by the names that an adapter would give them. */
function knownOutputs(context: Context, operation: Operation, asked: readonly string[]): Outputs | null {
  if (asked.length === 0) return null;
  const result = asked.find((name) => COMPLETED_ARGS.value.has(name));
  return {
    result: result === undefined ? null : lowerFirst(result),
    outs: asked.filter((name) => name !== result).map(lowerFirst),
    type: givenByTwin(context, operation)?.type ?? null,
  };
}

function isSame(left: Outputs, right: Outputs): boolean {
  return left.result === right.result && left.type === right.type && left.outs.join() === right.outs.join();
}
