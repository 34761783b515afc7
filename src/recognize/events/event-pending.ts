import { atomsOf } from "../../ast/conditions.ts";
import { contains, loopAround } from "../../ast/flow.ts";
import { enclosingOf, type Enclosing } from "../../ast/functions.ts";
import { calleeOf } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { waysOut, type Step } from "../../ast/paths.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { replacementsOf, suspensionsIn } from "./event-late.ts";
import { isBusyRead } from "./event-operations.ts";
import { groupBy } from "../group-by.ts";
import type { EventOperation } from "./event-operation.ts";

/** What is known at a point of a path of the operations that a function has started on an object. */
export type PendingState =
  /** It has started none, or they are known to be over. */
  | "idle"
  | "pending"
  /** It has asked for the one in progress to be cancelled. */
  | "cancelling"
  /** They may be over, or not. */
  | "unclear";

/** Calls that may let time pass until an operation is over: they block, or run the event loop. */
const WAITING = /block|delay|doevents|join|loop|poll|pump|sleep|spin|(?<!a)sync|wait|yield/i;

/**
 * Follows an operation of an object along every path through a piece of code.
 *
 * @param places the nodes of interest beside the starts and cancellations: what is asked of each is in which states it is reached.
 * @returns the states in which each start, each cancellation and each of the `places` is reached.
 */
export function pendingStates(
  context: Context,
  unit: Enclosing,
  operation: EventOperation,
  places: Iterable<TSESTree.Node> = [],
): ReadonlyMap<TSESTree.Node, ReadonlySet<PendingState>> {
  const isHere = (call: TSESTree.Node): boolean => enclosingOf(call) === unit;
  const starters = operation.starters.filter(({ call }) => isHere(call));
  const starts = new Set<TSESTree.Node>(starters.map(({ call }) => call));
  const cancels = new Set<TSESTree.Node>(operation.cancels.flatMap(({ call }) => (isHere(call) ? [call] : [])));
  const arrivals = new Map([...starts, ...cancels, ...places].map((node) => [node, new Set<PendingState>()]));
  const objects = [...operation.starters, ...operation.cancels]
    .filter(({ call }) => isHere(call))
    .map(({ object }) => object);
  const replacements = new Set(objects.flatMap((object) => [...replacementsOf(context, object)]));
  const waits = callsIn(context, unit).filter(
    (call) => !starts.has(call) && !cancels.has(call) && WAITING.test(calleeOf(call)?.name ?? "wait"),
  );
  const pauses = new Set<TSESTree.Node>([...suspensionsIn(context, unit), ...waits]);
  const step = (event: TSESTree.Node, state: PendingState): Step<PendingState> => {
    arrivals.get(event)?.add(state);
    if (starts.has(event)) return { next: "pending", thrown: state };
    const next = cancels.has(event)
      ? "cancelling"
      : replacements.has(event)
        ? "idle"
        : pauses.has(event) && state !== "idle"
          ? "unclear"
          : state;
    return { next, thrown: next };
  };
  const refine = (test: TSESTree.Expression, isTrue: boolean, state: PendingState): PendingState => {
    const busy = atomsOf(test, isTrue).find(({ node }) => isBusyRead(context, node, operation.objectKey));
    if (busy !== undefined) return busy.value ? state : "idle";
    // What else is asked may be whether it is over; the test of a loop that starts is there for the rounds.
    const isLoopTest = [...starts].some((start) => loopTests(start).some((loop) => contains(loop, test)));
    return state === "idle" || isLoopTest ? state : "unclear";
  };
  waysOut<PendingState>(context.source, unit, {
    initial: "idle",
    events: new Set([...arrivals.keys(), ...replacements, ...pauses]),
    step,
    refine,
    doubt: "inFavour",
  });
  return arrivals;
}

const callsByUnit = new WeakMap<Context, ReadonlyMap<Enclosing, readonly TSESTree.CallExpression[]>>();

/** The calls that a piece of code makes itself, in source order. */
function callsIn(context: Context, unit: Enclosing): readonly TSESTree.CallExpression[] {
  let known = callsByUnit.get(context);
  if (known === undefined)
    callsByUnit.set(context, (known = groupBy(nodesOf(context.source).of("CallExpression"), enclosingOf)));
  return known.get(unit) ?? [];
}

function loopTests(start: TSESTree.Node): TSESTree.Node[] {
  const loop = loopAround(start);
  return loop !== null && "test" in loop && loop.test !== null ? [loop.test] : [];
}
