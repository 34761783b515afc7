import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject, type Scratch } from "./support/scratch.ts";

describe("in a project with the oldest ESLint and TypeScript that are supported", { timeout: 600_000 }, () => {
  let project: Scratch;
  beforeAll(() => {
    project = createProject({ eslint: "9.38.0", typescript: "5.9.3" });
    project.copy("fixtures/seeds/s3-begin-end.ts", "src/s3-begin-end.ts");
  }, 600_000);
  afterAll(() => project.remove());

  it("shares the project's TypeScript", () => {
    const script = `console.log(require(require.resolve("typescript", { paths: [require.resolve("eslint-plugin-tapify")] })).version)`;
    expect(project.node("-p", script).stdout).toContain("5.9.3");
  });

  it("is a plugin for ESLint 9.38", () => {
    project.write(
      "eslint.config.mjs",
      `import tapify from "eslint-plugin-tapify";
import { createRequire } from "node:module";
const parser = createRequire(import.meta.resolve("eslint-plugin-tapify"))("@typescript-eslint/parser");
export default [{ files: ["**/*.ts"], languageOptions: { parser } }, tapify.configs.recommended, tapify.configs.migration];
`,
    );
    const { code, stdout, stderr } = project.node("node_modules/eslint/bin/eslint.js", "--format", "json", "src");
    expect(stderr).toBe("");
    expect(code).toBe(1);
    const [{ messages }] = JSON.parse(stdout) as [{ messages: { ruleId: string; suggestions?: object[] }[] }];
    const found = messages.map(({ ruleId }) => ruleId);
    expect(found).toContain("tapify/no-busy-wait");
    expect(found).toContain("tapify/no-blocking-wait");
    expect(messages.find(({ ruleId }) => ruleId === "tapify/prefer-await-over-begin-end")?.suggestions).toHaveLength(1);
  });

  it("has a program that checks and migrates", () => {
    const program = "node_modules/eslint-plugin-tapify/dist/src/cli/bin.js";
    const check = project.node(program, "check", "src");
    expect(check.stdout).toContain("tapify/no-busy-wait");
    expect(check.code).toBe(1);
    const migrate = project.node(program, "migrate", "src");
    expect(migrate.stdout).toContain("+    response = await client.PutObjectAsync(request);");
    expect(migrate.code).toBe(0);
  });
});
