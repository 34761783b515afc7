import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject, developedWith, type Scratch } from "./support/scratch.ts";

// TypeScript 7 has no compiler API, on which the parser is built; the package brings a version that has one. It also bundles
// ts-api-utils: that takes any version as its peer, so npm would install it where it finds the project's.
describe("in a project on TypeScript 7", { timeout: 600_000 }, () => {
  let project: Scratch;
  beforeAll(() => {
    project = createProject({ ...developedWith("eslint"), typescript: "7.0.2" });
    project.copy("fixtures/seeds/s3-begin-end.ts", "src/s3-begin-end.ts");
  }, 600_000);
  afterAll(() => project.remove());

  it("leaves the project's TypeScript alone", () => {
    expect(JSON.parse(project.read("node_modules/typescript/package.json"))).toMatchObject({ version: "7.0.2" });
  });

  // As it was installed: by its name, not by its path.
  const program = process.platform === "win32" ? "tapify.cmd" : "tapify";

  it("has its program", () => {
    expect(existsSync(join(project.root, "node_modules/.bin", program))).toBe(true);
  });

  it("checks", () => {
    const { code, stdout, stderr } = project.node("node_modules/.bin/tapify", "check", "src", "--format", "json");
    expect(stderr).toBe("");
    expect(code).toBe(1);
    const [{ messages }] = JSON.parse(stdout) as [{ messages: { ruleId: string; line: number }[] }];
    const loop =
      project
        .read("src/s3-begin-end.ts")
        .split("\n")
        .findIndex((line) => line.includes("while (!asyncResult.IsCompleted)")) + 1;
    expect(messages).toContainEqual(expect.objectContaining({ ruleId: "tapify/no-busy-wait", line: loop }));
  });

  it("migrates", () => {
    const { code, stdout } = project.node("node_modules/.bin/tapify", "migrate", "--write", "src");
    expect(stdout).toContain("1 migrated");
    expect(code).toBe(0);
    expect(project.read("src/s3-begin-end.ts")).toContain("    response = await client.PutObjectAsync(request);");
  });
});
