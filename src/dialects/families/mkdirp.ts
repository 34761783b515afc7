import { alike, errorFirst, type Dialect } from "../dialect.ts";

/**
 * `mkdirp`, whose version 1 gives a promise and takes no callback: in the place of the options it is a wrong one. Version 3 is no function
 * any more. Source: its changelog, and runs of versions 1, 2 and 3 with callbacks.
 */
export const MKDIRP: Dialect = {
  name: "mkdirp",
  starts: [{ kind: "module", modules: ["mkdirp"] }],
  operations: new Map(
    alike("mkdirp", {
      ...errorFirst("made"),
      awaited: { kind: "sameCall", gives: "value", since: "1.0.0" },
      dropped: {
        from: "1.0.0",
        does: "ignores",
        asOptions: { at: 1, does: "rejects", before: { version: "2.0.0", does: "throws" } },
        self: { until: "3.0.0", members: ["sync"] },
      },
      returns: "nothing",
      isCallbackOptional: true,
    }),
  ),
};
