import { alike, errorFirst, type AwaitedForm, type Dialect, type Maker, type OperationForm } from "../dialect.ts";

const SAME: AwaitedForm = { kind: "sameCall", gives: "value" };

function same(...values: readonly string[]): OperationForm {
  return { ...errorFirst(...values), awaited: SAME, returns: "nothing", isCallbackOptional: true };
}

const MODULES = ["pg"];
const POOL: readonly Maker[] = [
  { kind: "export", how: "new", modules: MODULES, names: ["Pool", "native.Pool"] },
  { kind: "export", how: "new", modules: ["pg-pool"], names: ["", "default"] },
];
const CLIENT: readonly Maker[] = [
  { kind: "export", how: "new", modules: MODULES, names: ["Client", "native.Client"] },
  { kind: "method", names: ["connect"], of: POOL, gives: "outcome" },
];

/** Clients and pools of `pg`, which give a promise where they are given no callback. Source: its documentation, "Queries" and "Pooling". */
export const PG: readonly Dialect[] = [
  {
    name: "Clients of pg",
    starts: [{ kind: "made", by: CLIENT }],
    operations: new Map([...alike("connect end", same()), ...alike("query", same("result"))]),
  },
  {
    name: "Pools of pg",
    starts: [{ kind: "made", by: POOL }],
    // The function that gives a client back comes third, and to an await as a method of the client.
    operations: new Map([
      ...alike("connect", same("client")),
      ...alike("end", same()),
      ...alike("query", same("result")),
    ]),
  },
];
