import { ESLint } from "eslint";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createConfig } from "../../src/cli/check/config.ts";
import { tapify, Workspace } from "./support/workspace.ts";

const FIXTURES = new URL("../../fixtures/blocking/", import.meta.url);
const inputs = readdirSync(FIXTURES).filter((name) => /\.input\.\w+$/.test(name));

const OTHERS = {
  "nothing.ts": "export const sum = (a: number, b: number): number => a + b;",
  "turned-on.ts": "/* eslint tapify/no-mutation-while-pending: error */ export const a = {};",
  "broken.ts": "while (!r.IsCompleted) {} export const = 1;",
  "broken.js": "while (!r.IsCompleted) {} const a = {",
  "element.js": "export default () => <p />; while (!r.IsCompleted) {}",
  "element.ts": "export default () => <p />; while (!r.IsCompleted) {}",
};

/** None of them parses, and no rule has a word in them. */
const WITHOUT_WORDS = {
  "clean.ts": "export const = 1;",
  "clean.js": "const a = {",
};

describe("the files that tapify check passes over", () => {
  it("are those in which linting them all finds nothing either, if they parse", async () => {
    const workspace = new Workspace({
      ...Object.fromEntries(inputs.map((name) => [name, readFileSync(new URL(name, FIXTURES), "utf8")])),
      ...OTHERS,
      ...WITHOUT_WORDS,
    });
    const { code, stdout } = await tapify(workspace.root, "check", "--preset", "all", "--format", "json");
    expect(code).toBe(1);
    const all = JSON.parse(stdout) as ESLint.LintResult[];
    const unparsed = new Set(Object.keys(WITHOUT_WORDS).map((name) => workspace.path(name)));
    const results = all.filter(({ filePath }) => !unparsed.has(filePath));

    const eslint = new ESLint({
      cwd: workspace.root,
      overrideConfigFile: true,
      overrideConfig: createConfig({ preset: "all", settings: { host: "none" }, project: null }),
      globInputPaths: false,
    });
    const linted = JSON.parse(
      JSON.stringify(await eslint.lintFiles(results.map(({ filePath }) => filePath))),
    ) as ESLint.LintResult[];
    expect(results).toEqual(linted);
    const rulesOf = (name: string) =>
      all.find(({ filePath }) => filePath === workspace.path(name))!.messages.map(({ ruleId }) => ruleId);
    // A file that does not parse has one message, of no rule.
    expect(Object.keys({ ...OTHERS, ...WITHOUT_WORDS }).map((name) => [name, ...rulesOf(name)])).toEqual([
      ["nothing.ts"],
      ["turned-on.ts"],
      ["broken.ts", null],
      ["broken.js", null],
      ["element.js", "tapify/no-busy-wait"],
      ["element.ts", null],
      ["clean.ts"],
      ["clean.js"],
    ]);
  });
});
