import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { ROOT } from "../harness/transpile.ts";
import { Workspace } from "../cli/support/workspace.ts";

const script = async (name: string): Promise<unknown> => import(pathToFileURL(join(ROOT, "scripts", name)).href);
const { trialPage } = (await script("trial-page.js")) as { trialPage(trial: object, known: string | null): string };
const { brokenIn } = (await script("trial-syntax.js")) as { brokenIn(path: string, ...files: string[]): string[] };

const migration = (line: number) => ({
  transform: "callbacks-to-async",
  operation: "readFile",
  line,
  notes: [{ code: "throw-now-rejects" }],
});
const TRIAL = {
  name: "some/project",
  commit: "abc",
  options: ["--host", "none"],
  report: {
    summary: { files: 3, migrated: 1, errors: 1 },
    files: [
      {
        path: "a.js",
        status: "migrated",
        migrations: Array.from({ length: 25 }, (_, index) => migration(index + 1)),
        refusals: [{ code: "code-follows" }],
      },
      { path: "b.js", status: "error", migrations: [], refusals: [], error: { message: "does not parse: x", line: 1 } },
    ],
  },
  broken: [],
  command: "npm test",
  before: { exit: "0", counts: ["3 passing"] },
  after: { exit: "0", counts: ["3 passing"] },
};

describe("the page of a trial", () => {
  const page = trialPage(TRIAL, null);

  it("has the numbers, the own tests, and ten places to be read", () => {
    expect(page).toContain("| places | 26: 25 migrated, 1 refused |");
    expect(page).toContain("| own tests after | `npm test`: exit 0; 3 passing |");
    expect(page).toContain("| `code-follows` | 1 |");
    expect(page).toContain("- `b.js`: does not parse: x");
    expect(page.match(/\| not read \|/g)).toHaveLength(10);
  });

  it("keeps what people have written into it", () => {
    const written = page.replace("Not written yet.", "One call by hand.").replaceAll("| not read |", "| right |");
    const again = trialPage({ ...TRIAL, commit: "def" }, written);
    expect(again).toContain("| commit | `def` |");
    expect(again).toContain("One call by hand.");
    expect(again.match(/\| right \|/g)).toHaveLength(10);
    expect(trialPage(TRIAL, page)).toBe(page);
  });
});

describe("a trial", () => {
  it("tells a file that parsed before and does not any more", () => {
    const workspace = new Workspace({
      "good.js": "f();\n",
      "bad.js": "f(;\n",
      "good.ts": "let a: x;\n",
      "bad.ts": "let a: ;\n",
    });
    const at = (name: string) => workspace.path(name);
    expect(brokenIn("a", at("good.js"), at("good.js"))).toEqual([]);
    expect(brokenIn("a", at("bad.js"), at("bad.js"))).toEqual([]);
    expect(brokenIn("a", at("good.js"), at("bad.js"))[0]).toMatch(/^a: ./);
    expect(brokenIn("a", at("good.ts"), at("bad.ts"))[0]).toMatch(/^a: ./);
  });

  it("runs on a copy, and writes a page", () => {
    const source =
      'const fs = require("fs");\nmodule.exports = function load(file) {\n  fs.readFile(file, (error, data) => {\n    if (error) return console.error(error);\n    console.log(data);\n  });\n};\n';
    const workspace = new Workspace({ "project/a.js": source });
    const argv = [
      join(ROOT, "scripts/trial.js"),
      workspace.path("project"),
      "--output",
      workspace.path("pages"),
      "--command",
      "node -e 'console.log(\"1 passing\")'",
    ];
    execFileSync(process.execPath, argv, { stdio: "pipe" });
    expect(workspace.read("project/a.js")).toBe(source);
    expect(workspace.read("pages/project.md")).toMatch(
      /\| places \| 1: 1 migrated, 0 refused \|[^]*exit 0; 1 passing \|[^]*exit 0; 1 passing \|/,
    );
  });
});
