import { refuse, statementOfCall } from "../planner-base.ts";
import type { Planner } from "../planner.ts";
import { type FunctionNode, type TSESTree, textOf } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { ResetEvent } from "../../recognize/waits/reset-events.ts";
import { eventsOfLinks, isSetInChain, isSetTooEarly } from "./chains.ts";
import { lostEvent, resetEventsIn } from "./state-events.ts";
import { callsReached } from "../../recognize/busy-waits/event-loop-calls.ts";
import { functionRun } from "../../recognize/busy-waits/loop-values.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { walk } from "../../ast/walk.ts";
import { operationsWith } from "./operations-by-callback.ts";
import { unwrap, memberName } from "../../ast/names.ts";
import { SET_MEMBERS } from "../../dialects/tap.ts";
import { contains } from "../../ast/flow.ts";

/** The events a callback sets. An event that is no variable of this file, or is set from elsewhere as well, cannot be resolved. */
export function eventsSetBy(planner: Planner, fn: FunctionNode, operation: Operation): ResetEvent[] | null {
  const { context } = planner;
  const counted = planner.facts.countdowns.get(operation)?.finish.wait?.event;
  const found = eventsOfLinks(planner, fn).filter((event) => event !== counted);
  const lost = lostEvent(planner, fn);
  if (lost !== null) {
    refuse(
      planner,
      operation,
      lost.isCounting ? "event-not-counted" : "event-used-elsewhere",
      lost.creation,
      lost.name,
    );
    return null;
  }
  const links = planner.links.from(fn);
  for (const event of found) {
    const calls = [...event.waits, ...event.resets];
    const isClosed =
      event.others.length === 0 &&
      event.additions.length === 0 &&
      event.startsUnset &&
      isSetInChain(planner, event, fn) &&
      !calls.some((call) => links.has(enclosingOf(call)));
    const isPlain =
      event.sets.every((set) => statementOfCall(set) !== null) &&
      calls.every((call) => call.arguments.length === 0 && statementOfCall(call) !== null);
    if (!isClosed || !isPlain) {
      const code = isClosed
        ? "event-wait-with-time-out"
        : event.isCounting
          ? "event-not-counted"
          : isSetTooEarly(planner, event, fn)
            ? "event-set-too-early"
            : "event-used-elsewhere";
      refuse(planner, operation, code, event.creation, event.name);
      return null;
    }
  }
  const own = [...found, ...(counted === undefined ? [] : [counted])];
  const reached = callsReached(context, [fn.body]).flatMap((call) => functionRun(context, call) ?? []);
  // What the functions do that it calls with events of the file was asked before.
  const unresolved =
    strangeSet(planner, fn.body, own) ??
    reached.map((body) => strangeSet(planner, body, resetEventsIn(planner))).find((set) => set !== null) ??
    null;
  if (unresolved !== null) {
    refuse(planner, operation, "event-not-followed", unresolved, textOf(context.source, unresolved));
    return null;
  }
  return found;
}

/** What sets an event in code that is none of these events; `null` where there is nothing like it. */
function strangeSet(
  { context, operations }: Planner,
  code: TSESTree.Node,
  events: readonly ResetEvent[],
): TSESTree.CallExpression | null {
  let found: TSESTree.CallExpression | null = null;
  walk(code, context.source.visitorKeys, (node) => {
    // A callback written in place has been looked at before.
    if (node !== code && operationsWith(operations, node).length > 0) return false;
    if (
      node.type !== "CallExpression" ||
      node.arguments.length > 0 ||
      events.some((event) => event.sets.includes(node))
    )
      return true;
    const callee = unwrap(node.callee);
    // Whatever it is called: somebody may block this thread until it is set, and a continuation would never get its turn.
    if (callee.type === "MemberExpression" && SET_MEMBERS.has(memberName(callee) ?? "")) found = node;
    return true;
  });
  return found;
}

/** The calls in a callback that set an event, and go. */
export function setsIn(
  { facts: { countdowns } }: Planner,
  fn: FunctionNode,
  operation: Operation,
  events: readonly ResetEvent[],
): TSESTree.CallExpression[] {
  const counted = countdowns.get(operation)?.finish.wait?.event;
  return [...events, ...(counted === undefined ? [] : [counted])].flatMap(({ sets }) =>
    sets.filter((set) => contains(fn, set)),
  );
}
