import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NestingError, TOO_DEEP } from "../../src/ast/nesting.ts";
import { migrateText } from "../../src/plan/migrate.ts";
import { buildCli, type BuiltCli } from "./support/built-cli.ts";
import { Workspace } from "./support/workspace.ts";

/** A text on which the stack overflows is one message, and keeps nothing else from being dealt with. */

let cli: BuiltCli;
beforeAll(() => {
  cli = buildCli();
});
afterAll(() => cli.remove());

const WAIT = "export async function load(task: Task<number>): Promise<number> {\n  return task.Result;\n}\n";
const DEPTH = 20_000;

/** Texts in which something nests: in brackets, to one side, and without any sign of it. */
const DEEP: Readonly<Record<string, string>> = {
  parentheses: `${WAIT}let x = ${"(".repeat(DEPTH)}1${")".repeat(DEPTH)};\n`,
  arrays: `${WAIT}let x = ${"[".repeat(DEPTH)}1${"]".repeat(DEPTH)};\n`,
  sum: `${WAIT}let x = ${"1 + ".repeat(DEPTH)}1;\n`,
  calls: `${WAIT}a${".b()".repeat(DEPTH)};\n`,
  alternatives: `${WAIT}${"if (a) {} else ".repeat(DEPTH)}{}\n`,
  blocks: `${WAIT}${"{".repeat(DEPTH)}${"}".repeat(DEPTH)}\n`,
  types: `${WAIT}type T = ${"Array<".repeat(DEPTH)}1${">".repeat(DEPTH)};\n`,
};

/** Texts that are long and nothing else. */
const LONG: Readonly<Record<string, string>> = {
  line: `${WAIT}let x = [${"1, ".repeat(200_000)}];\n`,
  name: `${WAIT}let ${"x".repeat(600_000)};\n`,
};

function named(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${name}.ts`, text]));
}

function workspaceOf(texts: Readonly<Record<string, string>>): Workspace {
  return new Workspace({
    ...named(texts),
    "good.ts": WAIT,
    "tsconfig.json": '{ "compilerOptions": { "types": [], "noLib": true }, "include": ["*.ts"] }',
  });
}

describe("migrateText", () => {
  it.each(Object.keys(DEEP))("throws an error of its own for a text that is too deep: %s", (name) => {
    expect(() => migrateText(DEEP[name]!, { filePath: "a.ts" })).toThrow(NestingError);
  });

  it("migrates a text of very many statements", () => {
    const { status } = migrateText(`${"x();\n".repeat(150_000)}${WAIT}`, { filePath: "a.ts" });
    expect(status).toBe("migrated");
  });
});

describe("files that are too deep", () => {
  it.each([[[]], [["--preset", "all"]], [["--project", "tsconfig.json"]]])(
    "are one message each of tapify check %j, and the others are checked",
    async (options) => {
      const { code, stdout, stderr } = await cli.runShared(workspaceOf(DEEP).root, [
        "check",
        "--format",
        "json",
        ...options,
      ]);
      expect(code).toBe(1);
      const results = JSON.parse(stdout) as { filePath: string; messages: { message: string; ruleId: string }[] }[];
      for (const { filePath, messages } of results) {
        if (filePath.endsWith("good.ts")) expect(messages[0]!.ruleId).toBe("tapify/no-blocking-wait");
        else expect(messages.map(({ message }) => message)).toEqual([`The file ${TOO_DEEP}.`]);
      }
      expect(results).toHaveLength(Object.keys(DEEP).length + 1);
      expect(stderr).not.toContain("    at ");
    },
  );

  it("are one message each of tapify migrate, and the others are migrated", async () => {
    const workspace = workspaceOf(DEEP);
    const { code, stdout } = await cli.runShared(workspace.root, ["migrate", "--write", "--allow-dirty"]);
    expect(code).toBe(2);
    expect(stdout.split(TOO_DEEP)).toHaveLength(Object.keys(DEEP).length + 1);
    for (const name of Object.keys(DEEP)) expect(workspace.read(`${name}.ts`)).toBe(DEEP[name]);
    expect(workspace.read("good.ts")).toContain("await");
  });

  it.each(Object.keys(DEEP))("keep their project from being migrated, and are named: %s", async (name) => {
    const workspace = workspaceOf({ [name]: DEEP[name]! });
    expect(await cli.runShared(workspace.root, ["migrate", "--write", "--project", "tsconfig.json"])).toEqual({
      code: 2,
      stdout: "",
      stderr: `tapify: ${workspace.path(`${name}.ts`)} ${TOO_DEEP}.\n`,
    });
  });
});

describe("files with lines that are very long", () => {
  it.each([[[]], [["--project", "tsconfig.json"]]])("are migrated like others: %j", async (options) => {
    const workspace = workspaceOf(LONG);
    const { code } = await cli.runShared(workspace.root, ["migrate", "--write", "--allow-dirty", ...options]);
    expect(code).toBe(0);
    for (const name of ["good", ...Object.keys(LONG)]) expect(workspace.read(`${name}.ts`)).toContain("await task");
  });
});
