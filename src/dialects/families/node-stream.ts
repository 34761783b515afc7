import { alike, type Dialect } from "../dialect.ts";

/**
 * `stream` with callbacks. What the calls return is the last stream, or a function that takes listeners off. Source: the Node.js 20
 * reference, "Stream" and "Streams Promises API".
 */
export const NODE_STREAM: Dialect = {
  name: "Node.js streams",
  starts: [{ kind: "module", modules: ["stream"] }],
  operations: new Map(
    alike("finished pipeline", {
      delivery: { kind: "callback" },
      outcome: [{ role: "error", at: [{ in: "parameter", index: 0 }], none: "undefined" }],
      awaited: { kind: "member", of: "promises", gives: "value" },
      returns: "handle",
      // The last argument may be a stream.
      isCallbackOptional: true,
      throwsAtOnce: true,
    }),
  ),
};
