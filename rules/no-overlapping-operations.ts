import { overlapsOf, type Overlap } from "../src/recognize/events/event-overlaps.ts";
import { eventName } from "../src/recognize/events/event-subscriptions.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

// An object has one completed event for all its operations. Where it runs one at a time, a second start throws; where it runs several, their
// completions come in any order, and only the user state, a key that must be unique among all that are pending, tells which one it is.
const messages = {
  exclusive:
    "A `{{type}}` runs one operation at a time: the one of line {{line}} is pending until the event loop has raised `{{event}}`, so this `{{start}}` throws. Start it in the handler, or on an object of its own.",
  exclusiveLoop:
    "A `{{type}}` runs one operation at a time: that of the first round is pending until the event loop has raised `{{event}}`, so `{{start}}` throws in the second. Start the next one in the handler, or give each an object of its own.",
  indistinct:
    "The operation of line {{line}} is still pending: `{{event}}` is raised for both in any order, and its handler does not ask for the user state, so it cannot tell them apart. Pass each a key of its own and compare it, or start this one in the handler.",
  indistinctLoop:
    "Each round starts an operation while those before are pending: `{{event}}` is raised for all in any order, and its handler does not ask for the user state, so it cannot tell them apart. Pass each a key of its own and compare it.",
  sameKey:
    "The operation of line {{line}} is pending with the same user state `{{key}}`: the handler of `{{event}}` cannot tell them apart, and objects that check throw here. Pass each a key of its own.",
  sameKeyLoop:
    "All rounds pass the same user state `{{key}}`: the handler of `{{event}}` cannot tell them apart, and objects that check throw in the second round. Pass each a key of its own.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "no-overlapping-operations",
  type: "problem",
  description: "disallow starting an event-based operation again while it is pending and cannot be told apart",
  recommended: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "eventStart",
  *reports(analysis) {
    for (const overlap of overlapsOf(analysis)) yield reportOf(overlap);
  },
});

function reportOf({ earlier, operation, reason, starter }: Overlap): RuleReport<MessageId> {
  const [subscription] = operation.subscriptions;
  const event = subscription === undefined ? starter.name.replace(/Async$/, "Completed") : eventName(subscription);
  const node = starter.nameNode;
  const messageId: MessageId = earlier === null ? `${reason.kind}Loop` : reason.kind;
  const line: Record<string, string> = earlier === null ? {} : { line: String(earlier.call.loc.start.line) };
  switch (reason.kind) {
    case "exclusive":
      return { node, messageId, data: { ...line, event, start: starter.name, type: reason.type } };
    case "sameKey":
      return { node, messageId, data: { ...line, event, key: reason.key } };
    default:
      return { node, messageId, data: { ...line, event } };
  }
}
