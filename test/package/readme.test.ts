import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPage, sectionsOf } from "../docs/support/markdown.ts";
import { createProject, developedWith, type CommandResult, type Scratch } from "./support/scratch.ts";

/** What README.md tells a newcomer to paste works as it stands there, in an empty folder. */

const sections = sectionsOf(readPage("README.md"));
const blocksOf = (title: string) => sections.find((section) => section.title === title)!.blocks;

const POLL =
  "export async function read(client) {\n  const r = client.BeginRead(null, null);\n  while (!r.IsCompleted) {}\n  return client.EndRead(r);\n}\n";
const ENDINGS = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"];

describe("README.md in an empty folder", { timeout: 600_000 }, () => {
  let project: Scratch;
  beforeAll(() => {
    // The packages of the install line, from npm's cache; jiti and oxlint are named further down on the page.
    const [install] = blocksOf("Install");
    const names = install!.code.trim().split(" ").slice(3);
    expect(names).toEqual(["eslint", "typescript-eslint", "eslint-plugin-tapify"]);
    project = createProject({ ...developedWith("eslint", "oxlint", "typescript-eslint"), typescript: "6.0.3" });
    project.write("tsconfig.json", '{ "compilerOptions": { "types": [] }, "include": ["src"] }');
    for (const ending of ENDINGS)
      project.write(
        `src/${ending}.${ending}`,
        ending.includes("t")
          ? POLL.replace("client)", "client: any)")
          : POLL.replace(/^export /, ending === "cjs" ? "" : "$&"),
      );
  }, 600_000);
  afterAll(() => project.remove());

  const eslint = (...options: readonly string[]): CommandResult =>
    project.node("node_modules/eslint/bin/eslint.js", "--format", "json", ...options, "src");

  /** The endings of the files in which a rule finds something. */
  function found({ stdout }: CommandResult, rule: string): string[] {
    const results = JSON.parse(stdout) as {
      filePath: string;
      messages: { ruleId: string | null; fatal?: boolean }[];
    }[];
    expect(results.flatMap(({ messages }) => messages.filter(({ fatal }) => fatal === true))).toEqual([]);
    return results
      .filter(({ messages }) => messages.some(({ ruleId }) => ruleId === rule))
      .map(({ filePath }) => filePath.split(".").at(-1)!)
      .toSorted();
  }

  const configs = blocksOf("ESLint").filter(({ code }) => /^\/\/ eslint\.config\.\w+$/m.test(code));

  it("has three configurations", () => {
    expect(configs.map(({ code }) => code.split("\n", 1)[0])).toEqual([
      "// eslint.config.mjs",
      "// eslint.config.cjs",
      "// eslint.config.mjs",
    ]);
  });

  it.each([0, 1])("finds the loop in files of all endings: configuration %i", (index) => {
    const { code } = configs[index]!;
    const name = code.split("\n", 1)[0]!.slice(3);
    project.write(`${index}/${name}`, code);
    expect(found(eslint("--config", `${index}/${name}`), "tapify/no-busy-wait")).toEqual(ENDINGS.toSorted());
  });

  it("has types, and offers migrations", () => {
    project.write("eslint.config.mjs", configs[2]!.code);
    const result = eslint();
    const typed = ["cts", "mts", "ts", "tsx"];
    expect(found(result, "tapify/no-busy-wait")).toEqual(typed);
    expect(found(result, "tapify/prefer-await-over-begin-end")).toEqual(typed);
  });

  it("finds it with oxlint", () => {
    project.write(".oxlintrc.json", blocksOf("Oxlint").find(({ info }) => info === "json")!.code);
    const { stdout } = project.node("node_modules/oxlint/bin/oxlint", "--format", "json", "src/js.js");
    expect(stdout).toContain("tapify(no-busy-wait)");
  });

  it("finds it with the package's own program, as npx starts it", () => {
    const { code, stdout } = project.node("node_modules/.bin/eslint-plugin-tapify", "check", "src");
    expect(stdout).toContain("tapify/no-busy-wait");
    expect(code).toBe(1);
    expect(project.node("node_modules/.bin/tapify", "--version").code).toBe(0);
  });

  it("has code for other tools that compiles and runs", () => {
    const [block] = blocksOf("For other tools");
    const compilerOptions = { strict: true, module: "nodenext", target: "es2023", types: [], skipLibCheck: true };
    project.write("tool/tsconfig.json", JSON.stringify({ compilerOptions }));
    project.write("tool/tool.mts", block!.code);
    const tsc = project.node("node_modules/typescript/bin/tsc", "-p", "tool");
    expect(tsc.stdout).toBe("");
    const { code, stdout, stderr } = project.node("tool/tool.mjs");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("await c.ReadAsync()");
    expect(stdout).toMatch(/^migrated /m);
  });
});
