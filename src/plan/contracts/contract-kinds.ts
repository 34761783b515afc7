import { calleeOf, lastSegment } from "../../ast/names.ts";
import { typeNameOf } from "../../recognize/annotations.ts";
import type { Context } from "../../recognize/context.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { isReachableFromOutside } from "../../recognize/events/event-reach.ts";
import { fillIn, type RefusalCode } from "../codes.ts";
import { methodsOf, type TypeGraph } from "./contract-groups.ts";
import { groupOfCall } from "./contract-uses.ts";
import { eventGroupsOf, nameOfEvents, refusalOfEvents } from "./event-groups.ts";
import { eventEdits } from "./event-writing.ts";
import { facadeEdits } from "./pair-facade.ts";
import { nameOfPairs, pairGroupsOf, refusalOfPairs } from "./pair-groups.ts";
import { pairEdits, type DeclaredEdits } from "./pair-writing.ts";
import { beginName, type EventTwin } from "../planner-base.ts";
import type { Note, SiteTransformName, Target } from "../types.ts";
import type { ContractGroup } from "./contract-group.ts";
import type { FacadeHelpers } from "../facade/facade-helper-names.ts";
import { NOTES } from "../note-codes.ts";

/** The migration by which callers of each kind of group come to await. */
export const CALLER_TRANSFORMS: Readonly<Record<ContractGroup["kind"], SiteTransformName>> = {
  pair: "begin-end-to-async",
  events: "events-to-async",
};

/** The operations that some files declare in an old pattern. */
export function contractGroupsOf(files: readonly (readonly [string, Context])[], graph: TypeGraph): ContractGroup[] {
  return [...pairGroupsOf(files, graph), ...eventGroupsOf(files, graph)];
}

/** What keeps a group as it is, where that shows in its declarations. */
export function refusalOfGroup(group: ContractGroup, graph: TypeGraph, isFacade: boolean): RefusalCode | null {
  return group.kind === "pair" ? refusalOfPairs(group, graph) : refusalOfEvents(group, graph, isFacade);
}

/** The name of the awaitable operation; `null` where no name is free. */
export function chosenName(group: ContractGroup): string | null {
  return group.kind === "pair" ? nameOfPairs(group.places) : nameOfEvents(group.starterName);
}

/** Whether every type of a group has the awaitable method already. */
export function isAwaitable(group: ContractGroup): boolean {
  const name = chosenName(group)!;
  return group.places.every((each) => methodsOf(each, name).length > 0);
}

/** What decides how a method is written. */
export interface WritingChoices {
  readonly target: Target;
  readonly groups: readonly ContractGroup[];
  /** Gives the functions on which facades of the file stand; `null` where the members are not kept. */
  readonly helpers: (() => FacadeHelpers) | null;
}

/** Writes the awaitable method of a group into one of its files. `context` is another analysis of the file, with the same nodes. */
export function declaredEdits(
  context: Context,
  group: ContractGroup,
  { target, groups, helpers }: WritingChoices,
): DeclaredEdits {
  const file = context.source.filePath;
  if (group.kind === "events")
    return eventEdits(
      context,
      group.places.filter((each) => each.file === file).map((each) => ({ ...each, context })),
      helpers !== null,
    );
  const pairs = group.places.filter((each) => each.file === file).map((each) => ({ ...each, context }));
  const written = pairEdits(
    context,
    pairs,
    chosenName(group)!,
    { target, groups: groups.filter((each) => each.kind === "pair") },
    helpers !== null,
  );
  if ("refusal" in written || helpers === null) return written;
  const kept = facadeEdits(context, pairs, chosenName(group)!, helpers());
  return { ...written, edits: [...written.edits, ...kept.edits], notes: [...written.notes, ...kept.notes] };
}

/** The awaitable method of an event-based operation, where this run has written it; `null` for other operations. */
export function eventTwin(
  context: Context,
  { begin, receiver }: Operation,
  groups: readonly ContractGroup[],
): EventTwin | null {
  const written = groups.filter((group) => group.kind === "events").filter((group) => !isAwaitable(group));
  const group = receiver === null ? null : groupOfCall(context, calleeOf(begin)?.name ?? "", receiver, written);
  const typeName = receiver === null ? null : typeNameOf(context, receiver);
  // A type may offer less of it than others do.
  const design = (
    group?.places.find((place) => typeName !== null && place.typeName === lastSegment(typeName)) ?? group?.places[0]
  )?.design;
  if (design == null) return null;
  const { cancel, inputs, progress, shape } = design;
  return {
    inputs: inputs.length,
    values: shape.values.map(({ name }) => name),
    signal: cancel === null ? null : { cancel: cancel.name, takesState: cancel.takesState },
    progress: progress === null ? null : { event: progress.event.event, arity: progress.event.arity },
  };
}

/** What the awaitable methods that are called now do otherwise than what was done by hand. */
export function notesOfCalls(called: readonly Operation[]): Note[] {
  const code = "cancelled-by-signal";
  return called.flatMap((operation) =>
    (operation.event?.operation.cancels ?? []).map(({ call }) => ({
      code,
      range: call.range,
      message: fillIn(NOTES[code], beginName(operation)),
    })),
  );
}

/** Whether code that keeps the members of a group may cancel what is started here, by the user state that the awaitable method does not take. */
export function mayBeCancelled(
  context: Context,
  { begin, event, receiver }: Operation,
  groups: readonly ContractGroup[],
): boolean {
  const group = receiver === null ? null : groupOfCall(context, calleeOf(begin)?.name ?? "", receiver, groups);
  const isCancellable = group?.kind === "events" && group.places.some(({ design }) => design?.cancel != null);
  return isCancellable && (event?.subscription == null || isReachableFromOutside(context, event.subscription.object));
}
