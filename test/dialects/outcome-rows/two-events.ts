import { alike, type Dialect } from "../../../src/dialects/dialect.ts";

/** The call gives an object, of which one event tells a success and one a failure. */
export const TWO_EVENTS: Dialect = {
  name: "Stores of records",
  starts: [{ kind: "made", by: [{ kind: "method", names: ["objectStore"], of: null }] }],
  operations: new Map(
    alike("get put", {
      delivery: { kind: "events", success: "success", failure: "error" },
      outcome: [
        {
          role: "value",
          name: "result",
          at: [
            { in: "object", member: "result" },
            { in: "parameter", index: 0, member: "target.result" },
          ],
        },
        {
          role: "error",
          at: [
            { in: "object", member: "error" },
            { in: "parameter", index: 0, member: "target.error" },
          ],
        },
      ],
      awaited: { kind: "adapter", gives: "value" },
      throwsAtOnce: true,
      returns: "handle",
    }),
  ),
};
