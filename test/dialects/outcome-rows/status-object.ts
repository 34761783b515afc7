import { alike, type Dialect } from "../../../src/dialects/dialect.ts";

const result = (member: string) => [{ in: "parameter", index: 0, member }] as const;

/** A callback that is given one object: its status says what came of the operation, and a state comes back in it. */
export const STATUS_OBJECT: Dialect = {
  name: "Add-ins of an office",
  starts: [{ kind: "global", path: "Office.context" }],
  operations: new Map(
    alike("mailbox.getCallbackTokenAsync mailbox.item.body.getAsync mailbox.item.subject.setAsync", {
      delivery: { kind: "callback" },
      outcome: [
        {
          role: "status",
          at: result("status"),
          failed: { path: "Office.AsyncResultStatus.Failed", text: "failed" },
          succeeded: { path: "Office.AsyncResultStatus.Succeeded", text: "succeeded" },
        },
        { role: "value", name: "value", at: result("value"), type: "string" },
        { role: "error", at: result("error"), none: "undefined" },
        { role: "state", at: result("asyncContext") },
      ],
      carrier: "asyncContext",
      awaited: { kind: "adapter", gives: "value" },
      throwsAtOnce: true,
      returns: "nothing",
    }),
  ),
};
