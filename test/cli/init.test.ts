import { describe, expect, it } from "vitest";
import { NEW_CONFIG } from "../../src/cli/init/new-config.ts";
import { PRESETS } from "../../rules/presets.ts";
import { readPage } from "../docs/support/markdown.ts";
import { tapify, Workspace } from "./support/workspace.ts";

/** Runs `tapify init --write` on one configuration, and gives its new text. */
async function initialised(name: string, text: string): Promise<string> {
  const workspace = new Workspace({ [name]: text });
  const { code, stdout, stderr } = await tapify(workspace.root, "init", "--write");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`+++ b/${name}`);
  expect(stdout).toMatch(/\nWritten\. Next: npm install --save-dev eslint-plugin-tapify\n$/);
  // A second run has nothing to do.
  expect((await tapify(workspace.root, "init", "--write")).stdout).toBe(`${name} has the plugin already.\n`);
  return workspace.read(name);
}

describe("tapify init", () => {
  it("shows the difference first, and writes nothing", async () => {
    const text = 'import js from "@eslint/js";\n\nexport default [js.configs.recommended];\n';
    const workspace = new Workspace({ "eslint.config.js": text });
    expect(await tapify(workspace.root, "init")).toEqual({
      code: 0,
      stdout: `--- a/eslint.config.js
+++ b/eslint.config.js
@@ -1,3 +1,4 @@
 import js from "@eslint/js";
+import tapify from "eslint-plugin-tapify";
 
-export default [js.configs.recommended];
+export default [js.configs.recommended, tapify.configs.recommended];

Nothing was written. Next: tapify init --write
`,
      stderr: "",
    });
    expect(workspace.read("eslint.config.js")).toBe(text);
  });

  it.each([
    [
      "an array over several lines, with a comma and a comment at the end",
      "eslint.config.mjs",
      'import a from "a";\nimport b from "b";\n\nexport default [\n  a,\n  { rules: {} }, // ours\n];\n',
      'import a from "a";\nimport b from "b";\nimport tapify from "eslint-plugin-tapify";\n\nexport default [\n  a,\n  { rules: {} }, // ours\n  tapify.configs.recommended,\n];\n',
    ],
    [
      "a call with an array, and CRLF",
      "eslint.config.js",
      'import { defineConfig } from "eslint/config";\r\nexport default defineConfig([\r\n\ta,\r\n]);\r\n',
      'import { defineConfig } from "eslint/config";\r\nimport tapify from "eslint-plugin-tapify";\r\nexport default defineConfig([\r\n\ta,\r\n\ttapify.configs.recommended,\r\n]);\r\n',
    ],
    [
      "a call with arguments, in TypeScript, where the name is taken",
      "eslint.config.ts",
      'import tseslint from "typescript-eslint";\nconst tapify = 1;\nexport default tseslint.config(tseslint.configs.strict, { rules: {} }) satisfies unknown;\n',
      'import tseslint from "typescript-eslint";\nimport tapifyPlugin from "eslint-plugin-tapify";\nconst tapify = 1;\nexport default tseslint.config(tseslint.configs.strict, { rules: {} }, tapifyPlugin.configs.recommended) satisfies unknown;\n',
    ],
    [
      "CommonJS, with a directive and a constant",
      "eslint.config.cjs",
      '"use strict";\nconst js = require("@eslint/js");\nconst all = [\n  js.configs.recommended // the last\n];\nmodule.exports = all;\n',
      '"use strict";\nconst js = require("@eslint/js");\nconst tapify = require("eslint-plugin-tapify");\nconst all = [\n  js.configs.recommended, // the last\n  tapify.configs.recommended\n];\nmodule.exports = all;\n',
    ],
    [
      "an empty array without imports, after a comment",
      "eslint.config.js",
      "// Ours.\nexport default [];\n",
      '// Ours.\nimport tapify from "eslint-plugin-tapify";\n\nexport default [tapify.configs.recommended];\n',
    ],
  ])("adds the plugin to %s", async (_, name, before, after) => {
    expect(await initialised(name, before)).toBe(after);
  });

  it("never runs a configuration", async () => {
    const text = await initialised("eslint.config.js", 'throw new Error("run");\nexport default [];\n');
    expect(text).toContain("[tapify.configs.recommended]");
  });

  it.each([
    "export default createConfig();\n",
    "export default async () => [];\n",
    "module.exports = { rules: {} };\n",
    "exports.a = 1;\n",
    "const a = b;\nexport default a;\n",
  ])("says what to add to another form: %j", async (text) => {
    const workspace = new Workspace({ "eslint.config.js": text });
    const { code, stdout, stderr } = await tapify(workspace.root, "init", "--write");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("eslint.config.js is of a form that tapify init does not change. Add these lines to it:");
    expect(stderr).toContain("\ntapify.configs.recommended,\n");
    expect(workspace.read("eslint.config.js")).toBe(text);
  });

  it("adds the plugin and its rules to .oxlintrc.json, and keeps what is there", async () => {
    const before = { plugins: ["unicorn"], jsPlugins: ["other"], rules: { "no-var": "error" } };
    const text = await initialised(".oxlintrc.json", JSON.stringify(before, null, 4));
    expect(JSON.parse(text)).toEqual({
      plugins: ["unicorn"],
      jsPlugins: ["other", "eslint-plugin-tapify"],
      rules: { "no-var": "error", ...PRESETS.recommended },
    });
    expect(text).toMatch(/^\{\n {4}"plugins"/);
  });

  it("leaves an .oxlintrc.json with comments to its owner", async () => {
    const workspace = new Workspace({ ".oxlintrc.json": "{ // ours\n}\n" });
    const { code, stderr } = await tapify(workspace.root, "init", "--write");
    expect(code).toBe(2);
    expect(stderr).toContain('"eslint-plugin-tapify"');
    expect(workspace.read(".oxlintrc.json")).toBe("{ // ours\n}\n");
  });

  it("writes the configuration of the README where there is none", async () => {
    const workspace = new Workspace();
    const { code, stdout } = await tapify(workspace.root, "init", "--write");
    expect(code).toBe(0);
    expect(stdout).toMatch(/Next: npm install --save-dev eslint typescript-eslint eslint-plugin-tapify\n$/);
    expect(workspace.read("eslint.config.mjs")).toBe(NEW_CONFIG);
    expect(readPage("README.md")).toContain(`\`\`\`js\n// eslint.config.mjs\n${NEW_CONFIG}\`\`\``);
  });

  it.each([
    [{ ".eslintrc.json": "{}" }, "Turn it into a flat one first: npx @eslint/migrate-config .eslintrc.json"],
    [{ "eslint.config.js": "export default [;\n" }, "eslint.config.js:1:17 does not parse: "],
  ])("stops at %j", async (files, message) => {
    const workspace = new Workspace(files);
    const { code, stdout, stderr } = await tapify(workspace.root, "init", "--write");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
