import { isPascalCase } from "../ast/names.ts";
import type { Context } from "../recognize/context.ts";
import type { ControlCall } from "../recognize/events/control-call.ts";
import type { EventOperation } from "../recognize/events/event-operation.ts";
import { showsCompletion } from "../recognize/events/event-handlers.ts";
import { eventOperationsOf, handlerOf } from "../recognize/events/event-operations.ts";
import { eventSitesOf } from "../recognize/events/event-sites.ts";
import { isPromiseAdapter } from "../recognize/begin-end/adapters.ts";
import { headOf, ownCode } from "./parts.ts";
import type { OutcomePart, Recognised } from "./recognised.ts";

/** The starts of a file of which a completed event tells; an event whose starter is out of sight by itself. */
export function recognisedEvents(context: Context): Recognised[] {
  return eventOperationsOf(context).flatMap((operation) =>
    operation.starters.length > 0
      ? operation.starters.map((starter) => recognised(context, operation, starter))
      : [recognised(context, operation, null)],
  );
}

function recognised(context: Context, operation: EventOperation, starter: ControlCall | null): Recognised {
  const { subscriptions, removals, progress, cancels } = operation;
  const site = starter === null ? undefined : eventSitesOf(context).find(({ begin }) => begin === starter.call);
  const handlers = subscriptions.map((subscription) => handlerOf(context, subscription));
  const handler = site?.event?.handler ?? handlers.find((each) => each !== null) ?? null;
  const { source } = context;
  const nodes = [...subscriptions, ...removals, ...progress].map(({ node }) => node);
  return {
    kind: "event",
    dialect: "completed events",
    nameNode: starter?.nameNode ?? subscriptions[0]!.nameNode,
    delivery: deliveryOf(operation),
    outcome: (handler?.reads ?? []).map(({ role, name, nameNode }): OutcomePart => ({ role, name, node: nameNode })),
    witnesses: witnessesOf(context, operation),
    parts: [
      ...(starter === null ? [] : ownCode(source, starter.call)),
      ...[...nodes, ...cancels.map(({ call }) => call)].flatMap((node) => ownCode(source, node)),
      ...handlers.flatMap((each) => (each === null ? [] : [headOf(each.fn)])),
    ],
    untouched: whyUntouched(operation, starter, site === undefined ? null : isPromiseAdapter(context, site)),
  };
}

function deliveryOf({ subscriptions }: EventOperation): string {
  const [first, ...more] = subscriptions;
  if (first === undefined) return "A completed event that nobody listens to in this file.";
  return more.length === 0
    ? `A handler of ${first.event} is called.`
    : `Handlers of ${first.event} are called: ${subscriptions.length} are added to it.`;
}

/** @param isAdapter whether its handler settles a promise; `null` where it is no site of a migration */
function whyUntouched(
  { subscriptions }: EventOperation,
  starter: ControlCall | null,
  isAdapter: boolean | null,
): string | null {
  if (isAdapter === true) return "It stands in a promise that its handler settles.";
  if (isAdapter === false) return null;
  if (starter === null) return "No call in this file starts it.";
  return subscriptions.length === 0
    ? "No handler is added to its completed event in this file."
    : "Its handler settles a completion source, whose task is awaited already.";
}

function witnessesOf(context: Context, operation: EventOperation): string[] {
  const { starters, subscriptions, cancels, busyReads } = operation;
  const handlers = subscriptions.flatMap((subscription) => handlerOf(context, subscription) ?? []);
  const isDotNet =
    starters.some(({ name }) => isPascalCase(name)) && subscriptions.some(({ event }) => isPascalCase(event));
  return [
    ...(starters.length > 0 && subscriptions.length > 0 ? ["The same object is started and has the event."] : []),
    ...(handlers.some((each) => showsCompletion(each, "args"))
      ? ["The handler asks for an error, a cancellation or a state, or its arguments have the type of such."]
      : []),
    ...(cancels.length + busyReads.length > 0 ? ["The object is cancelled, or asked whether it is busy."] : []),
    ...(isDotNet ? ["Starter and event are spelled as .NET spells them."] : []),
  ];
}
