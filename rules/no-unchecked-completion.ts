import { uncheckedReadsOf } from "../src/recognize/events/event-unchecked.ts";
import { eventName } from "../src/recognize/events/event-subscriptions.ts";
import { createRule } from "./create-rule.ts";

// A completed event is raised once, whatever has become of the operation: its arguments say what. There is a result only where there is
// neither an error nor a cancellation, and asking for it elsewhere throws. The handler is called by the event loop, so the exception
// reaches nobody who waits for the operation.
const messages = {
  errorUnasked:
    "`{{event}}` is raised for a failure, too, and `{{value}}` throws then: the exception ends in the event loop, and whoever waits for the outcome never gets one. Check `{{member}}` first.",
  errorPresent:
    "A path on which `{{member}}` is set leads here, where `{{value}}` throws: the exception ends in the event loop. Leave the handler once the failure is dealt with.",
  cancelUnasked:
    "This operation can be cancelled, and `{{event}}` is raised then, too: `{{value}}` throws into the event loop. Check `{{member}}` first.",
  cancelPresent:
    "A path on which `{{member}}` is true leads here, where `{{value}}` throws: the exception ends in the event loop. Leave the handler once the cancellation is dealt with.",
};

export default createRule<keyof typeof messages, Record<never, never>>({
  name: "no-unchecked-completion",
  type: "problem",
  description: "disallow reading the result of an event-based operation before its error has been checked",
  recommended: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "eventHandler",
  *reports(analysis) {
    for (const { cause, member, read, subscription } of uncheckedReadsOf(analysis)) {
      yield {
        node: read.nameNode,
        messageId: cause,
        data: { event: eventName(subscription), member, value: read.name },
      };
    }
  },
});
