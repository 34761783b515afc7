import { unsentRequestsOf } from "../src/recognize/operations/unsent-requests.ts";
import { createRule } from "./create-rule.ts";

// Such a call only describes what is to be done. It is sent by a callback, or when the object that it gives is told to: a write that nobody
// sends is lost, and nothing says so.
const messages = {
  dropped: "`{{name}}` only makes a request, and nothing sends it. Call `{{sentBy}}` on it, and await that.",
  awaited:
    "`await` sends nothing: `{{name}}` gives a request, which is no promise. Await what its `{{sentBy}}` gives instead.",
  chained: "`{{name}}` gives a request, which is no promise and is not sent. Call its `{{sentBy}}` first.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "no-unsent-request",
  type: "problem",
  description: "disallow requests and queries that are made and never sent",
  recommended: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "describedOperation",
  *reports(analysis) {
    for (const { operation, unsent, use } of unsentRequestsOf(analysis))
      yield { node: operation.nameNode, messageId: use, data: { name: operation.name, sentBy: unsent.sentBy } };
  },
});
