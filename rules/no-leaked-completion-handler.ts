import { functionName } from "../src/ast/functions.ts";
import { calleeOf } from "../src/ast/names.ts";
import { leakedHandlersOf, placeOf, type LeakedHandler } from "../src/recognize/events/event-leaks.ts";
import { eventName, type Subscription } from "../src/recognize/events/event-subscriptions.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

// A completed event tells of every operation of its object, not of one. A handler that is added for one operation and stays is called for all
// later ones: with somebody else's result, once more for each operation there has been, and with all that it has closed over kept in memory.
const messages = {
  call: "Each call of {{fn}} adds a handler to `{{event}}`, and nothing removes one: the next completion calls those of all earlier operations, too. Remove it when its operation is over, or subscribe once.",
  loop: "Each round of the loop adds a handler to `{{event}}`, and nothing removes one: the next completion calls those of all earlier rounds, too. Remove it when its operation is over, or subscribe before the loop.",
  removesNothing:
    "This is a new function, and not the handler that `{{event}}` has been given in line {{line}}, so nothing is removed. Keep the function that is added, and remove that one.",
  leaves:
    "This `return` leaves the handler subscribed to `{{event}}`: the removal in line {{line}} is not reached, and the next completion calls this handler again. Remove it on every path.",
  skips:
    "Not every path through this handler of `{{event}}` gets to its removal; on the others the next completion calls it again. Remove it on every path.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "no-leaked-completion-handler",
  type: "problem",
  description: "disallow handlers of a completed event that are added for each operation and never removed",
  recommended: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "eventOperation",
  *reports(analysis) {
    for (const leak of leakedHandlersOf(analysis)) yield reportOf(leak);
  },
});

function reportOf(leak: LeakedHandler): RuleReport<MessageId> {
  const node = placeOf(leak);
  const event = eventName(leak.subscription);
  switch (leak.kind) {
    case "removesNothing":
      return { node, messageId: leak.kind, data: { event, line: lineOf(leak.subscription) } };
    case "kept":
      return leak.exit === null
        ? { node, messageId: "skips", data: { event } }
        : { node, messageId: "leaves", data: { event, line: lineOf(leak.removal) } };
    case "loop":
      return { node, messageId: leak.kind, data: { event } };
    default: {
      const name = leak.fn === null ? null : functionName(leak.fn);
      return { node, messageId: leak.kind, data: { event, fn: name === null ? "this function" : `\`${name}\`` } };
    }
  }
}

function lineOf({ nameNode, node }: Subscription): string {
  const place = node.type === "CallExpression" ? (calleeOf(node)?.nameNode ?? nameNode) : nameNode;
  return String(place.loc.start.line);
}
