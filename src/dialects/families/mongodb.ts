import { alike, errorFirst, type Dialect, type Maker, type OperationForm } from "../dialect.ts";

/** From version 5 on the driver gives promises, and never calls a callback. */
const OPERATION: OperationForm = {
  ...errorFirst("result"),
  awaited: { kind: "sameCall", gives: "value", since: "4.0.0" },
  dropped: { from: "5.0.0", does: "ignores" },
  returns: "nothing",
  isCallbackOptional: true,
};

const MODULES = ["mongodb"];
const CLIENT: readonly Maker[] = [
  { kind: "export", how: "new", modules: MODULES, names: ["MongoClient"] },
  { kind: "export", how: "call", modules: MODULES, names: ["MongoClient.connect", "connect"], gives: "outcome" },
  { kind: "itself", names: ["connect"], gives: "outcome" },
];
const DATABASE: readonly Maker[] = [{ kind: "method", names: ["db"], of: CLIENT }];
const COLLECTION: readonly Maker[] = [
  { kind: "method", names: ["collection"], of: DATABASE },
  { kind: "method", names: ["collection", "createCollection"], of: DATABASE, gives: "outcome" },
];
const CURSOR: readonly Maker[] = [
  { kind: "method", names: ["aggregate", "find", "listIndexes"], of: COLLECTION },
  { kind: "method", names: ["aggregate", "listCollections"], of: DATABASE },
  {
    kind: "itself",
    names: ["batchSize", "collation", "filter", "hint", "limit", "map", "maxTimeMS", "project", "skip", "sort"],
  },
];

function part(name: string, starts: Dialect["starts"], operations: string): Dialect {
  return { name, starts, operations: new Map(alike(operations, OPERATION)) };
}

/**
 * The driver of MongoDB. Source: its changes in version 5 ("Optional callback support migrated to mongodb-legacy"), and runs of version 6
 * with callbacks.
 */
export const MONGODB: readonly Dialect[] = [
  part("MongoDB", [{ kind: "module", modules: MODULES }], "MongoClient.connect connect"),
  part("MongoDB clients", [{ kind: "made", by: CLIENT }], "close connect"),
  part(
    "MongoDB databases",
    [{ kind: "made", by: DATABASE }],
    "collections command createCollection createIndex dropCollection dropDatabase renameCollection stats",
  ),
  part(
    "MongoDB collections",
    [{ kind: "made", by: COLLECTION }],
    `bulkWrite countDocuments createIndex createIndexes deleteMany deleteOne distinct drop dropIndex dropIndexes
    estimatedDocumentCount findOne findOneAndDelete findOneAndReplace findOneAndUpdate indexes indexExists insertMany insertOne isCapped
    options rename replaceOne stats updateMany updateOne`,
  ),
  part("MongoDB cursors", [{ kind: "made", by: CURSOR }], "close count hasNext next toArray"),
];
