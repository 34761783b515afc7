import { classOf } from "../../ast/functions.ts";
import { calleeOf, unwrap, wrapped } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { ResetEvent } from "../../recognize/waits/reset-events.ts";
import { resetEventsIn } from "../callbacks/state-events.ts";
import type { PlannerBase } from "../planner-base.ts";
import type { Counter } from "./counter.ts";

/** The events of a file that count their signals: each is a counter, and the wait for its last one at the same time. */
export function signalledEvents(planner: PlannerBase): readonly Counter[] {
  return resetEventsIn(planner).flatMap((event) => (event.isCounting ? (counterOf(event) ?? []) : []));
}

function counterOf(event: ResetEvent): Counter | null {
  const [initial, ...others] = event.creation.arguments;
  const declarator = event.variable?.defs[0]?.node ?? null;
  if (initial === undefined || initial.type === "SpreadElement" || others.length > 0) return null;
  if (declarator !== null && declarator.type !== "VariableDeclarator") return null;
  const changes = [...event.sets, ...event.additions, ...event.resets].map(objectOf);
  return {
    uses: new Set([...changes, ...event.waits.map(objectOf)]),
    writes: changes,
    initial,
    declarator,
    owner: event.field === null || event.field.static ? null : classOf(event.field),
    constructed: null,
    // It goes with the wait.
    member: null,
    event,
  };
}

function objectOf(call: TSESTree.CallExpression): TSESTree.Node {
  return unwrap(calleeOf(call)!.receiver!);
}

/** What gives a counter another value at a place that stands for it: the assignment, or the call of the event. */
export function writtenBy({ event }: Counter, write: TSESTree.Node): TSESTree.Node {
  const parent = wrapped(write).parent!;
  return event === null ? parent : wrapped(parent).parent!;
}
