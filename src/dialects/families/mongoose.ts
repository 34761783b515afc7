import {
  alike,
  errorFirst,
  type Dialect,
  type Maker,
  type OperationForm,
  type WithDroppedCallback,
} from "../dialect.ts";

/** From version 7 on Mongoose takes no callbacks; some functions say so at once, and some by a rejected promise. */
function operation(does: WithDroppedCallback): OperationForm {
  return {
    ...errorFirst("result"),
    awaited: { kind: "sameCall", gives: "value", since: "5.0.0" },
    dropped: { from: "7.0.0", does },
    returns: "handle",
    isCallbackOptional: true,
  };
}

const MODULES = ["mongoose"];
const CONNECTION: readonly Maker[] = [
  { kind: "export", how: "call", modules: MODULES, names: ["createConnection"] },
  { kind: "export", how: "call", modules: MODULES, names: ["connect"], gives: "outcome" },
];
const MODEL: readonly Maker[] = [
  { kind: "export", how: "call", modules: MODULES, names: ["model"] },
  { kind: "method", names: ["model"], of: CONNECTION },
];
const FINDERS = ["findById", "findByIdAndUpdate", "findOne", "findOneAndUpdate"];
const DOCUMENT: readonly Maker[] = [
  { kind: "instance", of: MODEL },
  { kind: "method", names: [...FINDERS, "create"], of: MODEL, gives: "outcome" },
  { kind: "itself", names: ["save"], gives: "outcome" },
];
const QUERY_METHODS = [
  ...[...FINDERS, "aggregate", "count", "countDocuments", "deleteMany", "deleteOne", "distinct", "exists", "find"],
  ...["findByIdAndDelete", "findOneAndDelete", "findOneAndReplace", "replaceOne", "updateMany", "updateOne", "where"],
];
const CHAIN = [
  ...[
    "and",
    "collation",
    "equals",
    "find",
    "gt",
    "gte",
    "in",
    "lean",
    "limit",
    "lt",
    "lte",
    "ne",
    "nin",
    "or",
    "populate",
  ],
  ...["project", "regex", "select", "session", "setOptions", "skip", "sort", "where"],
];
const QUERY: readonly Maker[] = [
  { kind: "method", names: QUERY_METHODS, of: MODEL },
  { kind: "itself", names: [...CHAIN, "distinct"] },
];
/** Without a callback a query is sent when it is awaited, or told to. */
const QUERIES = { unsent: { isSentByAwait: true, chain: CHAIN, sentBy: "exec()" } };

type Operations = ReturnType<typeof alike>;

function part(name: string, by: readonly Maker[], ...operations: readonly Operations[]): Dialect {
  return { name, starts: [{ kind: "made", by }], operations: new Map(operations.flat()) };
}

/**
 * Mongoose. Source: its guide "Migrating from 6.x to 7.x", and runs of version 8 with callbacks, which throws for queries and rejects for
 * what sends at once.
 */
export const MONGOOSE: readonly Dialect[] = [
  {
    name: "Mongoose",
    starts: [{ kind: "module", modules: MODULES }],
    operations: new Map(alike("connect disconnect", operation("rejects"))),
  },
  part(
    "Mongoose models",
    MODEL,
    alike(
      `aggregate countDocuments deleteMany deleteOne distinct estimatedDocumentCount find findById findByIdAndDelete findByIdAndUpdate
      findOne findOneAndDelete findOneAndUpdate`,
      { ...operation("throws"), ...QUERIES },
    ),
    alike("bulkWrite create insertMany populate", operation("rejects")),
    alike("updateMany updateOne", { ...operation("rejects"), ...QUERIES }),
  ),
  part("Mongoose documents", DOCUMENT, alike("populate save", operation("rejects"))),
  part("Mongoose queries", QUERY, alike("exec", operation("rejects"))),
];
