import type { Context } from "../../recognize/context.ts";
import type { AbortListener } from "../../recognize/events/abort-listener.ts";
import { renderRange } from "../edits.ts";
import type { Subscription } from "../../recognize/events/event-subscriptions.ts";

/** The name of the error with which an adapter rejects after a cancellation. */
export const ABORT_ERROR = "AbortError";

/** The call that makes a signal cancel the operation, or the one that undoes it. */
export function abortText(
  { source }: Context,
  { call, nameNode, listener }: AbortListener,
  name: string,
  action: "add" | "remove",
): string {
  if (action === "add") return renderRange(source.text, call.range, [{ range: listener.range, text: name }]);
  return `${renderRange(
    source.text,
    [call.range[0], listener.range[1]],
    [
      { range: nameNode.range, text: "removeEventListener" },
      { range: listener.range, text: name },
    ],
  )})`;
}

/** The subscription as written, on the object of the start and with another handler. */
export function adderText(
  { source }: Context,
  { node, object, handler }: Subscription,
  receiver: string,
  name: string,
): string {
  return renderRange(source.text, node.range, [
    { range: [node.range[0], object.range[1]], text: receiver },
    { range: handler!.range, text: name },
  ]);
}
