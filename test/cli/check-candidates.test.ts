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
  "broken.ts": "export const = 1;",
  "broken.js": "const a = {",
  "element.js": "export default () => <p />;",
  "element.ts": "export default () => <p />;",
};

describe("the files that tapify check passes over", () => {
  it("are those in which linting them all finds nothing either", async () => {
    const workspace = new Workspace({
      ...Object.fromEntries(inputs.map((name) => [name, readFileSync(new URL(name, FIXTURES), "utf8")])),
      ...OTHERS,
    });
    const { code, stdout } = await tapify(workspace.root, "check", "--preset", "all", "--format", "json");
    expect(code).toBe(1);
    const results = JSON.parse(stdout) as ESLint.LintResult[];

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
    const messagesOf = (name: string) => results.find(({ filePath }) => filePath === workspace.path(name))!.messages;
    expect(Object.keys(OTHERS).map((name) => [name, messagesOf(name).length])).toEqual([
      ["nothing.ts", 0],
      ["turned-on.ts", 0],
      ["broken.ts", 1],
      ["broken.js", 1],
      ["element.js", 0],
      ["element.ts", 1],
    ]);
  });
});
