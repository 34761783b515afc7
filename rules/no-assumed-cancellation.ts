import { textOf } from "../src/ast/source.ts";
import { assumedCancellationsOf } from "../src/recognize/events/event-cancellation.ts";
import { eventName } from "../src/recognize/events/event-subscriptions.ts";
import { createRule } from "./create-rule.ts";

// A cancellation is a request. The call returns at once and never fails; what has become of the operation, success included, is told by its
// completed event, which the event loop raises when the current code has returned. Until then the operation is pending and its object busy.
const messages = {
  restarted:
    "`{{cancel}}` in line {{line}} only asks: the operation is pending until the event loop has raised `{{event}}`, and may still succeed. `{{place}}` overlaps with it, and throws where only one may run. Start the next one in the handler of `{{event}}`.",
  settled:
    "`{{cancel}}` in line {{line}} only asks: the operation is pending until the event loop has raised `{{event}}`, and may still succeed. `{{place}}` tells its outcome before there is one. Leave that to the handler of `{{event}}`.",
  freed:
    "`{{cancel}}` in line {{line}} only asks: the operation is pending until the event loop has raised `{{event}}`. With `{{place}}` reset, the next one is started beside it. Leave that to the handler of `{{event}}`.",
};

export default createRule<keyof typeof messages, Record<never, never>>({
  name: "no-assumed-cancellation",
  type: "problem",
  description: "disallow treating an event-based operation as over once its cancellation has been asked for",
  recommended: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "eventCancel",
  *reports(analysis) {
    for (const { cancel, kind, operation, place } of assumedCancellationsOf(analysis)) {
      const [subscription] = operation.subscriptions;
      const event =
        subscription === undefined
          ? operation.starters[0]!.name.replace(/Async$/, "Completed")
          : eventName(subscription);
      yield {
        node: place,
        messageId: kind,
        data: {
          cancel: cancel.name,
          line: String(cancel.call.loc.start.line),
          event,
          place: textOf(analysis.source, place),
        },
      };
    }
  },
});
