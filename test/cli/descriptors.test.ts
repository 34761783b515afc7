import { execFile } from "node:child_process";
import * as childProcess from "node:child_process";
import * as fs from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { replaceFile } from "../../src/cli/files/replace-file.ts";
import { runGit } from "../../src/cli/git/run-git.ts";
import { journalsIn } from "../../src/cli/journal/journal-file.ts";
import { writeTogether } from "../../src/cli/journal/write-together.ts";
import { isOutOfDescriptors } from "../../src/files/descriptors.ts";
import { readRegularFile } from "../../src/files/read-file.ts";
import { buildCli, type BuiltCli } from "./support/built-cli.ts";
import { tapify, Workspace, type RunResult } from "./support/workspace.ts";

/** A file that cannot be opened for now is waited for: another thread, or another program, closes one of its own meanwhile. */

vi.mock("node:fs", { spy: true });
vi.mock("node:child_process", { spy: true });
afterEach(() => void vi.resetAllMocks());

const WAIT = "export async function load(task: Task<number>): Promise<number> {\n  return task.Result;\n}\n";

/** Has a function fail for the lack of a descriptor, as often as is told, before it works. */
function failing<Name extends "openSync" | "readdirSync">(name: Name, code: "EMFILE" | "ENFILE", times: number): void {
  for (let count = 0; count < times; count++)
    vi.mocked(fs[name]).mockImplementationOnce(() => {
      throw Object.assign(new Error(`${code}: too many open files, open`), { code });
    });
}

describe.each(["EMFILE", "ENFILE"] as const)("what meets %s", (code) => {
  it("is read", () => {
    const workspace = new Workspace({ "a.ts": "text" });
    failing("openSync", code, 3);
    expect(readRegularFile(workspace.path("a.ts")).toString()).toBe("text");
    expect(fs.openSync).toHaveBeenCalledTimes(4);
  });

  it("is walked through", async () => {
    const workspace = new Workspace({ "a.ts": WAIT });
    failing("readdirSync", code, 2);
    const { stdout, stderr } = await tapify(workspace.root, "migrate");
    expect(stdout).toContain("1 to migrate");
    expect(stderr).toBe("");
  });

  it("is replaced, alone and together with others", async () => {
    const workspace = new Workspace({ "a.ts": "old" });
    const [file, old, now] = [workspace.path("a.ts"), Buffer.from("old"), Buffer.from("new")];
    failing("openSync", code, 2);
    replaceFile(file, old, now);
    expect(workspace.read("a.ts")).toBe("new");
    failing("openSync", code, 2);
    expect(await writeTogether(workspace.root, [{ file, before: now, after: old }], () => false)).toBeNull();
    expect(workspace.snapshot()).toEqual({ "a.ts": "old" });
  });

  it("is no folder without a journal", () => {
    const workspace = new Workspace({ ".tapify-journal": "" });
    failing("readdirSync", code, 2);
    expect(journalsIn(workspace.root)).toEqual([workspace.path(".tapify-journal")]);
  });

  it("is asked of git again", () => {
    const workspace = new Workspace({ "a.ts": "text" });
    workspace.git("init", "-q");
    vi.mocked(childProcess.execFileSync).mockImplementationOnce(() => {
      throw Object.assign(new Error(`spawnSync git ${code}`), { code });
    });
    expect(runGit(workspace.root, ["status", "--porcelain"])).toBe("?? a.ts\n");
  });
});

it("knows what else fails by nothing but its own code", () => {
  expect(isOutOfDescriptors(Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT" }))).toBe(false);
  expect(isOutOfDescriptors("EMFILE")).toBe(false);
});

/** So few that Node itself opens most of them. */
const FEW = 40;
const FILES = 60;

describe(`with ${FEW} descriptors`, () => {
  let cli: BuiltCli;
  beforeAll(() => {
    cli = buildCli();
  });
  afterAll(() => cli.remove());

  function run(workspace: Workspace, argv: readonly string[]): Promise<RunResult> {
    const command = [`ulimit -n ${FEW}; exec "$0" "$@"`, process.execPath, join(cli.dist, "src/cli/bin.js"), ...argv];
    return new Promise((resolve) => {
      execFile(
        "bash",
        ["-c", ...command],
        { cwd: workspace.root, maxBuffer: 2 ** 28, timeout: 100_000 },
        (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
  }

  function many(): Workspace {
    const files = Array.from({ length: FILES }, (_, index) => [
      `d${index}/f${index}.ts`,
      WAIT.replace("load", `load${index}`),
    ]);
    const workspace = new Workspace({
      ...(Object.fromEntries(files) as Record<string, string>),
      // It goes to a thread, which opens files of its own.
      "large.ts": `${WAIT}${"// \n".repeat(150_000)}`,
      "tsconfig.json": '{ "compilerOptions": { "types": [] } }',
    });
    workspace.git("init", "-q");
    workspace.git("add", ".");
    workspace.git("commit", "-q", "-m", "all");
    return workspace;
  }

  it.each([[["check"]], [["check", "--preset", "all", "--project", "tsconfig.json"]]])(
    "tapify %j ends",
    async (argv) => {
      const { code, stdout, stderr } = await run(many(), [...argv, "--format", "json"]);
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      const results = JSON.parse(stdout) as { messages: { ruleId: string | null }[] }[];
      expect(results.filter(({ messages }) => messages.some(({ ruleId }) => ruleId !== null))).toHaveLength(FILES + 1);
    },
  );

  it.each([[[]], [["--project", "tsconfig.json"]]])("tapify migrate --write %j asks git and writes", async (argv) => {
    const workspace = many();
    const { code, stdout, stderr } = await run(workspace, ["migrate", "--write", ...argv]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`${FILES + 1} files: ${FILES + 1} migrated, 0 refused, 0 unchanged, 0 errors.`);
    expect(workspace.read("d0/f0.ts")).toContain("await");
  });
});
