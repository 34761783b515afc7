import { operationsWith } from "./operations-by-callback.ts";
import { alwaysLeaves, contains } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { ResetEvent } from "../../recognize/waits/reset-events.ts";
import type { Planner } from "../planner.ts";
import { resetEventsIn } from "./state-events.ts";

/**
 * Chains: a callback whose last act is to begin the next operation. Its callback continues in place, so the chain becomes a sequence
 * of awaits in the first callback, and whoever waits for the last link waits for the first.
 */

/** The operation begun elsewhere whose callback begins this one; `null` where there is none, or more than one. */
export function previousLink({ operations }: Planner, operation: Operation): Operation | null {
  const starter = enclosingOf(operation.begin);
  const before = operationsWith(operations, starter).filter(({ begin }) => !contains(starter, begin));
  return before.length === 1 && before[0] !== operation ? before[0]! : null;
}

/** Where an operation begins, and where the links before it begin, into whose functions its callback may come with theirs. */
export function placesOf({ operations }: Planner, operation: Operation): readonly [TSESTree.Node, ...TSESTree.Node[]] {
  const places: [TSESTree.Node, ...TSESTree.Node[]] = [operation.begin];
  for (const place of places) {
    for (const { begin } of operationsWith(operations, enclosingOf(place)))
      if (!places.includes(begin)) places.push(begin);
  }
  return places;
}

/** The events that a callback sets, or a callback that continues in place in it. */
export function eventsOfLinks(planner: Planner, fn: FunctionNode): ResetEvent[] {
  const links = planner.links.from(fn);
  return resetEventsIn(planner).filter((event) => event.sets.some((set) => links.has(enclosingOf(set))));
}

/** Whether an event is set in links of one chain only: in these callbacks, or in those whose chain leads to the first of them. */
export function isSetInChain(planner: Planner, event: ResetEvent, fn: FunctionNode): boolean {
  const links = planner.links.from(fn);
  for (const link of links) {
    for (const operation of operationsWith(planner.operations, link)) {
      const previous = previousLink(planner, operation);
      if (previous?.callback.kind === "function") links.add(previous.callback.fn);
    }
  }
  return event.sets.every((set) => links.has(enclosingOf(set)));
}

/**
 * Whether the next link begins only on paths on which the event is not set by this one: whoever waits would go on before the chain
 * is done. Both may be in branches of one condition, or the event is set in the handler of the block that begins the link, or before
 * a way out.
 */
export function isSetInsteadOf(set: TSESTree.Node, begin: TSESTree.Node): boolean {
  for (let child = set, ancestor = set.parent; ancestor; child = ancestor, ancestor = ancestor.parent) {
    if (!contains(ancestor, begin)) {
      const isWayOut =
        ancestor.type === "IfStatement" && child !== ancestor.test && alwaysLeaves(child as TSESTree.Statement);
      if (isWayOut && ancestor.range[1] <= begin.range[0]) return true;
      continue;
    }
    if (ancestor.type === "IfStatement") return child !== ancestor.test && !contains(ancestor.test, begin);
    return ancestor.type === "TryStatement" && child === ancestor.handler && contains(ancestor.block, begin);
  }
  return false;
}

/** Whether a callback sets an event on a path on which it begins an operation whose callback sets it as well. */
export function isSetTooEarly({ operations }: Planner, event: ResetEvent, fn: FunctionNode): boolean {
  const own = event.sets.filter((set) => enclosingOf(set) === fn);
  const later = event.sets.flatMap((set) => operationsWith(operations, enclosingOf(set)));
  return later.some(({ begin }) => enclosingOf(begin) === fn && own.some((set) => !isSetInsteadOf(set, begin)));
}

/** Whether anybody sees when a callback is done: it sets an event, or the handle of its operation is waited for as well. */
export function isWaitedFor(planner: Planner, fn: FunctionNode): boolean {
  const isOwn = ({ callback }: Operation): boolean => callback.kind === "function" && callback.fn === fn;
  return (
    eventsOfLinks(planner, fn).length > 0 ||
    planner.operations.some(
      (operation) => isOwn(operation) && operation.handleUses.some((use) => !contains(fn, use.node)),
    )
  );
}
