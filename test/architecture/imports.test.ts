import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { linesOf } from "../../src/ast/lines.ts";
import { Workspace } from "../cli/support/workspace.ts";
import { ROOT } from "../harness/transpile.ts";
import { circlesOf, importGraph, upwardImports, type ImportGraph } from "./import-graph.ts";

/** The folders, and what the package offers, the lowest first: a file imports from its own folder and from lower ones. */
const LAYERS = [
  "src/addresses.ts",
  "src/count-leading.ts",
  "src/printable.ts",
  "src/nearest.ts",
  "src/files",
  "src/ast",
  "src/dialects",
  "src/recognize",
  "src/plan",
  "src/explain",
  "src/project",
  "rules",
  "transforms",
  "src/core.ts",
  "src/index.ts",
  "src/cli",
];

/** The length past which a file is to be looked at for a second idea. */
const LONGEST = 250;

const graph = importGraph(ROOT, ["src", "rules", "transforms"]);

describe("the imports of the package", () => {
  it("form no circle, those of types included", () => {
    expect(graph.size).toBeGreaterThan(300);
    expect(circlesOf(graph)).toEqual([]);
  });

  it("lead downwards only", () => {
    expect(upwardImports(graph, LAYERS)).toEqual([]);
  });
});

it("no file of the package is longer than 250 lines", () => {
  const lengths = [...graph.keys()].map((file) => {
    const lines = linesOf(readFileSync(join(ROOT, file), "utf8")).length - 1;
    return { file, lines };
  });
  expect(lengths.filter(({ lines }) => lines > LONGEST)).toEqual([]);
});

const FILES = {
  "low/a.ts": 'import type { B } from "../high/b.ts";\nexport type A = B;\n',
  "high/b.ts": 'export type { A as B } from "./c.ts";\n',
  "high/c.ts": 'export type A = import("../low/a.ts").A;\n',
  "high/d.ts": 'import "./e.ts";\nimport "./d.ts";\n',
  "high/e.ts": 'import "node:fs";\n',
};

describe("what looks at the imports", () => {
  const made = (): ImportGraph => importGraph(new Workspace(FILES).root, ["low", "high"]);

  it("finds a circle of types, through an export and an import type, and a file that imports itself", () => {
    expect(circlesOf(made())).toEqual([["high/b.ts", "high/c.ts", "low/a.ts"], ["high/d.ts"]]);
  });

  it("finds an import from a higher folder", () => {
    expect(upwardImports(made(), ["low", "high"])).toEqual(["low/a.ts -> high/b.ts"]);
  });
});
