import { alike, errorFirst, type Dialect } from "../dialect.ts";

/**
 * `glob`, whose version 9 gives a promise and never calls a callback, and whose version 10 is no function any more. Source: its changelog,
 * and runs of versions 9, 10 and 11 with callbacks.
 */
export const GLOB: Dialect = {
  name: "glob",
  starts: [{ kind: "module", modules: ["glob"] }],
  operations: new Map(
    alike("glob", {
      ...errorFirst("matches"),
      awaited: { kind: "sameCall", gives: "value", since: "9.0.0" },
      dropped: { from: "9.0.0", does: "ignores", self: { until: "10.0.0", members: ["hasMagic", "sync"] } },
      returns: "handle",
      isCallbackOptional: true,
      valuesAfterError: "undefined",
    }),
  ),
};
