import { alike, errorFirst, type Dialect } from "../dialect.ts";

/**
 * `rimraf`, whose version 4 gives a promise and has no use for a callback: in the place of the options it is a wrong one. Version 5 is no
 * function any more. Source: its changelog, and runs of versions 4, 5 and 6 with callbacks.
 */
export const RIMRAF: Dialect = {
  name: "rimraf",
  starts: [{ kind: "module", modules: ["rimraf"] }],
  operations: new Map(
    alike("rimraf", {
      ...errorFirst(),
      awaited: { kind: "sameCall", gives: "value", since: "4.0.0" },
      dropped: {
        from: "4.0.0",
        does: "ignores",
        asOptions: { at: 1, does: "rejects" },
        self: { until: "5.0.0", members: ["sync"] },
      },
      returns: "nothing",
      isCallbackOptional: true,
    }),
  ),
};
