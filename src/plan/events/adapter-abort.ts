import type { Context } from "../../recognize/context.ts";
import type { AbortListener } from "../../recognize/events/abort-listener.ts";
import { spliced, text, type Text } from "../write/text.ts";
import type { Subscription } from "../../recognize/events/event-subscriptions.ts";

/** The call that makes a signal cancel the operation, or the one that undoes it. */
export function abortText(
  { source }: Context,
  { call, nameNode, listener }: AbortListener,
  name: string,
  action: "add" | "remove",
): Text {
  if (action === "add") return spliced(source.text, call.range, [{ range: listener.range, text: name }]);
  return text`${spliced(
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
  receiver: Text,
  name: string,
): Text {
  return spliced(source.text, node.range, [
    { range: [node.range[0], object.range[1]], text: receiver },
    { range: handler!.range, text: name },
  ]);
}
