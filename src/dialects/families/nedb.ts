import { alike, errorFirst, type Dialect, type Maker, type OperationForm } from "../dialect.ts";

function suffixed(...values: readonly string[]): OperationForm {
  return {
    ...errorFirst(...values),
    awaited: { kind: "suffixed", suffix: "Async", gives: values.length > 1 ? "members" : "value", since: "3.0.0" },
    returns: "nothing",
    isCallbackOptional: true,
  };
}

const DATASTORE: readonly Maker[] = [
  { kind: "export", how: "new", modules: ["@seald-io/nedb"], names: ["", "default"] },
];
const CURSOR: readonly Maker[] = [
  { kind: "method", names: ["count", "find", "findOne"], of: DATASTORE },
  { kind: "itself", names: ["limit", "projection", "skip", "sort"] },
];

/** Databases of `@seald-io/nedb`: beside each method with a callback there is one with a promise. Source: its README and `lib/datastore.js`. */
export const NEDB: readonly Dialect[] = [
  {
    name: "NeDB",
    starts: [{ kind: "made", by: DATASTORE }],
    operations: new Map([
      ...alike("compactDatafile dropDatabase ensureIndex loadDatabase removeIndex", suffixed()),
      ...alike("find", suffixed("docs")),
      ...alike("findOne", suffixed("doc")),
      ...alike("insert", suffixed("newDoc")),
      ...alike("count", suffixed("count")),
      ...alike("remove", suffixed("numRemoved")),
      ...alike("update", suffixed("numAffected", "affectedDocuments", "upsert")),
    ]),
  },
  {
    name: "NeDB cursors",
    starts: [{ kind: "made", by: CURSOR }],
    operations: new Map(alike("exec", suffixed("docs"))),
  },
];
