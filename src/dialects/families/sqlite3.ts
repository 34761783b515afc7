import { alike, errorFirst, type AwaitedForm, type Dialect, type Maker, type OperationForm } from "../dialect.ts";

const PROMISIFIED: AwaitedForm = { kind: "promisify", gives: "value" };

/** What the call returns is the object itself, for the next one. */
function promisified(...values: readonly string[]): OperationForm {
  return { ...errorFirst(...values), awaited: PROMISIFIED, returns: "handle", isCallbackOptional: true };
}

const VERBOSE: readonly Maker[] = [{ kind: "export", how: "call", modules: ["sqlite3"], names: ["verbose"] }];
const DATABASE: readonly Maker[] = [
  { kind: "export", how: "new", modules: ["sqlite3"], names: ["Database", "cached.Database"] },
  { kind: "method", how: "new", names: ["Database"], of: VERBOSE },
];
const STATEMENT: readonly Maker[] = [{ kind: "method", names: ["prepare"], of: DATABASE }];

/**
 * `sqlite3`, which knows callbacks alone. What `run` has done is told by `this`, which no promise gives: callbacks that read it stay.
 * Source: its "API Documentation", "Control Flow" left aside, as calls in a row are refused.
 */
export const SQLITE3: readonly Dialect[] = [
  {
    name: "Databases of sqlite3",
    starts: [{ kind: "made", by: DATABASE }],
    operations: new Map([
      ...alike("close exec loadExtension run", promisified()),
      ...alike("get", promisified("row")),
      ...alike("all", promisified("rows")),
    ]),
  },
  {
    name: "Statements of sqlite3",
    starts: [{ kind: "made", by: STATEMENT }],
    operations: new Map([
      ...alike("finalize reset run", promisified()),
      ...alike("get", promisified("row")),
      ...alike("all", promisified("rows")),
    ]),
  },
];
