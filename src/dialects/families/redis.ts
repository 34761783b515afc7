import { alike, errorFirst, type Dialect, type Maker } from "../dialect.ts";

/** In the legacy mode of version 4, callbacks are called as before. */
const CLIENT: readonly Maker[] = [
  { kind: "export", how: "call", modules: ["redis"], names: ["createClient"], without: "legacyMode" },
  { kind: "itself", names: ["duplicate"] },
  { kind: "itself", names: ["connect"], gives: "outcome" },
];

/**
 * Clients of Redis: the commands whose names are the same before and after version 4, which gives promises and never calls a callback.
 * Source: its guide "v3 to v4 migration", and runs of version 4 with callbacks.
 */
export const REDIS: Dialect = {
  name: "Redis clients",
  starts: [{ kind: "made", by: CLIENT }],
  operations: new Map(
    alike("append decr del exists get incr keys persist rename set ttl type", {
      ...errorFirst("reply"),
      awaited: { kind: "sameCall", gives: "value", since: "4.0.0" },
      dropped: { from: "4.0.0", does: "ignores" },
      returns: "handle",
      isCallbackOptional: true,
    }),
  ),
};
