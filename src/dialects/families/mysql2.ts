import { alike, errorFirst, type AwaitedForm, type Dialect, type Maker, type OperationForm } from "../dialect.ts";

function through(...values: readonly string[]): OperationForm {
  const awaited: AwaitedForm = { kind: "through", method: "promise", gives: values.length > 0 ? "elements" : "value" };
  // A query can be listened to as well.
  return { ...errorFirst(...values), awaited, returns: "handle", isCallbackOptional: true };
}

const MODULES = ["mysql2"];
const POOL: readonly Maker[] = [{ kind: "export", how: "call", modules: MODULES, names: ["createPool"] }];
const CONNECTION: readonly Maker[] = [
  { kind: "export", how: "call", modules: MODULES, names: ["createConnection"] },
  { kind: "method", names: ["getConnection"], of: POOL, gives: "outcome" },
];

/**
 * Connections and pools of `mysql2`, whose `promise()` gives the same with promises: of a query, for its rows and fields. Source: its
 * documentation, "Using Promise Wrapper", and `lib/promise`. `end` has another outcome there.
 */
export const MYSQL2: readonly Dialect[] = [
  {
    name: "Connections of mysql2",
    starts: [{ kind: "made", by: CONNECTION }],
    operations: new Map([
      ...alike("execute query", through("results", "fields")),
      ...alike("beginTransaction commit connect ping rollback", through()),
    ]),
  },
  {
    name: "Pools of mysql2",
    starts: [{ kind: "made", by: POOL }],
    operations: new Map(alike("execute query", through("results", "fields"))),
  },
];
