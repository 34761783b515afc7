import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject, developedWith, type Scratch } from "./support/scratch.ts";

const SEED = "fixtures/seeds/socket-client.ts";
const TRANSFORM = "node_modules/eslint-plugin-tapify/dist/transforms/begin-end-to-async.js";

describe("in a project with the newest ESLint, oxlint and jscodeshift", { timeout: 600_000 }, () => {
  let project: Scratch;
  beforeAll(() => {
    project = createProject({
      ...developedWith("eslint", "jscodeshift", "oxlint", "typescript-eslint"),
      typescript: "6.0.3",
    });
    project.copy(SEED, "src/socket-client.ts");
  }, 600_000);
  afterAll(() => project.remove());

  it("is a plugin for ESLint 10, with types that defineConfig takes", () => {
    project.write(
      "eslint.config.ts",
      `import { defineConfig } from "eslint/config";
import tapify from "eslint-plugin-tapify";
import tseslint from "typescript-eslint";

export default defineConfig([
  { files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } },
  tapify.configs.recommended,
  { extends: [tapify.configs.migration, tapify.configs.all, tapify.configs["recommended-type-checked"]] },
  { plugins: { tapify }, extends: ["tapify/migration"], rules: { "tapify/no-blocking-wait": ["error", { allowSleep: true }] } },
]);
// @ts-expect-error There is no such preset.
tapify.configs.strict;
`,
    );
    const types = project.node(
      "node_modules/typescript/bin/tsc",
      ...[
        "--noEmit",
        "--strict",
        "--module",
        "nodenext",
        "--target",
        "es2023",
        "--types",
        "",
        "--skipLibCheck",
        "false",
        "eslint.config.ts",
      ],
    );
    expect(
      types.stdout
        .split("\n")
        .filter((line) => line.includes("eslint.config.ts") || line.includes("eslint-plugin-tapify")),
    ).toEqual([]);

    // ESLint itself needs a further package for a configuration in TypeScript.
    project.write("eslint.config.mjs", project.read("eslint.config.ts"));
    expect(
      rulesFound(
        project.node("node_modules/eslint/bin/eslint.js", "-c", "eslint.config.mjs", "--format", "json", "src").stdout,
      ),
    ).toEqual(["tapify/no-blocking-wait", "tapify/prefer-await-over-begin-end"]);
  });

  it("is the plugin itself for require()", () => {
    const { stdout, stderr } = project.node(
      "-e",
      `const plugin = require("eslint-plugin-tapify"); console.log(plugin.meta.namespace, Object.keys(plugin.rules).length > 0, plugin.configs.recommended.plugins.tapify === plugin)`,
    );
    expect(stdout.trim()).toBe("tapify true true");
    expect(stderr).toBe("");
  });

  it("exports the core", () => {
    project.write(
      "core.mjs",
      `import { readFileSync } from "node:fs";
import { analyze, migrateText, operationsOf, parse } from "eslint-plugin-tapify/core";
const text = readFileSync("src/socket-client.ts", "utf8");
const stems = operationsOf(analyze(parse(text, "socket-client.ts"))).map(({ stem }) => stem);
const { status } = migrateText(text, { filePath: "socket-client.ts" });
console.log(JSON.stringify({ stems, status }));
`,
    );
    expect(JSON.parse(project.node("core.mjs").stdout)).toEqual({
      stems: ["Connect", "Send", "Receive", "Receive"],
      status: "migrated",
    });
  });

  it("is a JS plugin for oxlint", () => {
    project.write(
      ".oxlintrc.json",
      JSON.stringify({
        jsPlugins: ["eslint-plugin-tapify"],
        categories: { correctness: "off" },
        rules: { "tapify/no-blocking-wait": "error", "tapify/prefer-await-over-begin-end": "warn" },
      }),
    );
    const { stdout } = project.node("node_modules/oxlint/bin/oxlint", "--format", "json", "src");
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { code: string; labels: { span: { line: number } }[] }[];
    };
    const lines = project.read("src/socket-client.ts").split("\n");
    const waits = lines.flatMap((line, index) => (line.includes(".WaitOne()") ? [index + 1] : []));
    const found = diagnostics
      .filter(({ code }) => code === "tapify(no-blocking-wait)")
      .map(({ labels }) => labels[0]!.span.line);
    expect(found.sort((a, b) => a - b)).toEqual(waits);
    expect(diagnostics.map(({ code }) => code)).toContain("tapify(prefer-await-over-begin-end)");
  });

  // jscodeshift compiles transforms and all that they load with Babel, unless it is told not to.
  it.each(["--babel", "--no-babel"])("has a transform that jscodeshift runs with %s", (option) => {
    const path = `migrated${option}/socket-client.ts`;
    project.copy(SEED, path);
    const { code, stdout } = project.node(
      "node_modules/jscodeshift/bin/jscodeshift.js",
      "-t",
      TRANSFORM,
      "--parser=ts",
      option,
      path,
    );
    expect(stdout).toMatch(/^0 errors$/m);
    expect(stdout).toMatch(/^1 ok$/m);
    expect(code).toBe(0);
    // The same text as the program writes.
    const { stdout: report } = project.node(
      "node_modules/eslint-plugin-tapify/dist/src/cli/bin.js",
      "migrate",
      "--format",
      "json",
      "src",
    );
    expect(project.read(path)).toBe((JSON.parse(report) as { files: { output: string }[] }).files[0]!.output);
    expect(project.read(path)).toContain("await client.ConnectAsync(remoteEP);");
  });
});

/** The rules in ESLint's JSON report, each once, sorted. */
function rulesFound(report: string): (string | null)[] {
  const results = JSON.parse(report) as { messages: { ruleId: string | null }[] }[];
  return [...new Set(results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId)))].sort();
}
