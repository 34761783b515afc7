import { alike, errorFirst, type Dialect, type Maker, type OperationForm } from "../dialect.ts";

/** The packages that have such databases, and the versions that have the promises of abstract-level 2. */
const PACKAGES = [
  ["level", "9.0.0", ["Level"]],
  ["classic-level", "2.0.0", ["ClassicLevel"]],
  ["memory-level", "2.0.0", ["MemoryLevel"]],
  ["browser-level", "2.0.0", ["BrowserLevel"]],
] as const;

function operation(from: string): OperationForm {
  return {
    ...errorFirst("value"),
    // A key that is missing was an error, and is no value now.
    awaited: { kind: "none", gives: "value" },
    dropped: { from, does: "ignores" },
    returns: "nothing",
    isCallbackOptional: true,
  };
}

function databases(module: string, names: readonly string[]): readonly Maker[] {
  return [
    { kind: "export", how: "new", modules: [module], names },
    { kind: "export", how: "call", modules: [module], names: [""] },
    { kind: "itself", names: ["sublevel"] },
  ];
}

/** Databases of `level` and its kin. Source: "Upgrade guide" of abstract-level 2, which calls no callback. */
export const LEVEL: readonly Dialect[] = PACKAGES.map(([module, from, names]) => ({
  name: `Databases of ${module}`,
  starts: [{ kind: "made", by: databases(module, names) }],
  operations: new Map(alike("batch clear close del get getMany open put", operation(from))),
}));
