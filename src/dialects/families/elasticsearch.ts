import { alike, errorFirst, type Dialect, type Maker } from "../dialect.ts";

const CLIENT: readonly Maker[] = [
  { kind: "export", how: "new", modules: ["@elastic/elasticsearch"], names: ["Client"] },
];

/**
 * The client of Elasticsearch, whose version 8 gives promises, of the body alone, and never calls a callback. Source: its guide "Release
 * notes 8.0.0".
 */
export const ELASTICSEARCH: Dialect = {
  name: "Elasticsearch clients",
  starts: [
    { kind: "made", by: CLIENT },
    { kind: "made", by: [{ kind: "member", of: CLIENT }] },
  ],
  operations: new Map(
    alike(
      `bulk count create delete deleteByQuery exists explain get getMapping getSettings health index info mget msearch ping putMapping
      putSettings putTemplate refresh reindex scroll search update updateByQuery`,
      {
        ...errorFirst("result"),
        // The callback was given the whole response, with its status.
        awaited: { kind: "none", gives: "value" },
        dropped: { from: "8.0.0", does: "ignores" },
        returns: "handle",
        isCallbackOptional: true,
      },
    ),
  ),
};
