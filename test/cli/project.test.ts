import { chmodSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { writeMigrated } from "../../src/cli/migrate/write.ts";
import type { FileOutcome } from "../../src/cli/migrate/outcome.ts";
import { tapify, Workspace } from "./support/workspace.ts";

/** `tapify migrate --project`: which files it looks at, which it changes, and that it changes all of what hangs together or nothing. */

const CONFIG =
  '{ "compilerOptions": { "strict": true, "types": [], "target": "ES2022", "module": "ES2022", "moduleResolution": "Bundler" }, "include": ["src"] }\n';
const FILES = {
  "tsconfig.json": CONFIG,
  "src/task.ts": "export interface Task<T> extends PromiseLike<T> {\n  readonly Result: T;\n}\n",
  "src/load.ts":
    'import type { Task } from "./task";\n\nexport function load(task: Task<number>): number {\n  return task.Result;\n}\n',
  "src/main.ts":
    'import { load } from "./load";\nimport type { Task } from "./task";\n\nexport function main(task: Task<number>): number {\n  return load(task) + 1;\n}\n',
  "src/other.ts":
    'import type { Task } from "./task";\n\nexport class Other {\n  constructor(task: Task<number>) {\n    console.log(task.Result);\n  }\n}\n\ndeclare const console: { log(value: number): void };\n',
};
const MIGRATED = {
  "src/load.ts":
    'import type { Task } from "./task";\n\nexport async function load(task: Task<number>): Promise<number> {\n  return await task;\n}\n',
  "src/main.ts":
    'import { load } from "./load";\nimport type { Task } from "./task";\n\nexport async function main(task: Task<number>): Promise<number> {\n  return await load(task) + 1;\n}\n',
};

function workspace(): Workspace {
  const made = new Workspace(FILES);
  made.commit();
  return made;
}

describe("tapify migrate --project", () => {
  it("shows what becomes of the whole project, callers in other files included, and writes nothing", async () => {
    const made = workspace();
    const { code, stdout, stderr } = await tapify(made.root, "migrate", "--project", "tsconfig.json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("--- a/src/main.ts\n+++ b/src/main.ts\n");
    expect(stdout).toContain("+  return await load(task) + 1;\n");
    expect(stdout).toContain("src/load.ts\n  4 migrated task.Result (blocking-to-await)\n");
    expect(stdout).toContain(
      "src/other.ts\n  4:14 refused function-cannot-be-async: constructor would have to become async",
    );
    expect(stdout).toContain("4 files: 2 to migrate, 1 refused, 1 unchanged, 0 errors.\n");
    expect(made.snapshot()).toEqual(FILES);
  });

  it("takes paths in which to look for waits; files outside of them follow", async () => {
    const made = workspace();
    const { code, stdout } = await tapify(
      made.root,
      "migrate",
      "--project",
      "tsconfig.json",
      "src/load.ts",
      "--format",
      "json",
    );
    expect(code).toBe(0);
    const { summary, files } = JSON.parse(stdout) as {
      summary: object;
      files: { path: string; status: string; output?: string; migrations: object[] }[];
    };
    expect(summary).toEqual({ files: 2, migrated: 2, refused: 0, unchanged: 0, errors: 0 });
    expect(files.map(({ path, status, output }) => [path, status, output])).toEqual(
      Object.entries(MIGRATED).map(([path, text]) => [path, "migrated", text]),
    );
    // What follows has no wait of its own.
    expect(files[1]!.migrations).toEqual([]);
  });

  it("looks at nothing but the paths", async () => {
    const made = workspace();
    const { stdout } = await tapify(made.root, "migrate", "--project", "tsconfig.json", "src/main.ts");
    expect(stdout).toContain("1 file: 0 to migrate, 0 refused, 1 unchanged, 0 errors.\n");
  });

  it("writes all of it, once", async () => {
    const made = workspace();
    expect((await tapify(made.root, "migrate", "--project", "tsconfig.json", "--write")).code).toBe(0);
    expect(made.snapshot()).toEqual({ ...FILES, ...MIGRATED });
    made.git("commit", "-qam", "migrated");
    expect((await tapify(made.root, "migrate", "--project", "tsconfig.json", "--write")).stdout).toContain(
      "0 migrated",
    );
    expect(made.git("status", "--porcelain")).toBe("");
  });

  it("writes nothing while the tree has changes of its own, unless allowed", async () => {
    const made = workspace();
    made.write("notes.txt", "");
    const { code, stderr } = await tapify(made.root, "migrate", "--project", "tsconfig.json", "--write");
    expect(code).toBe(2);
    expect(stderr).toContain(`nothing was written: ${made.root} has uncommitted changes.`);
    expect(made.snapshot()).toEqual({ ...FILES, "notes.txt": "" });
    expect((await tapify(made.root, "migrate", "--project", "tsconfig.json", "--write", "--allow-dirty")).code).toBe(0);
    expect(made.snapshot()).toEqual({ ...FILES, ...MIGRATED, "notes.txt": "" });
  });

  it("leaves what a library exports alone, unless allowed, and fails on a refusal when asked to", async () => {
    const made = workspace();
    made.write("tsconfig.json", CONFIG.replace('"strict"', '"declaration": true, "strict"'));
    const refused = await tapify(made.root, "migrate", "--project", "tsconfig.json", "--fail-on-refusal");
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(
      "src/load.ts\n  3:8 refused exported-api: load would have to become async, but the project is a library that exports it",
    );
    expect((await tapify(made.root, "migrate", "--project", "tsconfig.json", "--allow-exports")).stdout).toContain(
      "2 to migrate",
    );
  });

  it.each([
    ["no such configuration", ["--project", "missing.json"], /missing\.json/u],
    ["no such path", ["--project", "tsconfig.json", "src/missing.ts"], /src\/missing\.ts/u],
  ])("is a usage error: %s", async (_, argv, message) => {
    const made = workspace();
    const { code, stdout, stderr } = await tapify(made.root, "migrate", ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  it.each([
    ["a configuration that does not parse", { "tsconfig.json": "{" }, /tsconfig\.json/u],
    ["a project without files", { "tsconfig.json": CONFIG.replace("src", "lib") }, /No inputs were found/u],
    ["a file that does not parse", { "src/broken.ts": "const x = (;\n" }, /broken\.ts:1:12 does not parse/u],
  ])("is a usage error: %s", async (_, files, message) => {
    const made = workspace();
    for (const [path, text] of Object.entries(files as Record<string, string>)) made.write(path, text);
    const before = made.snapshot();
    const { code, stderr } = await tapify(
      made.root,
      "migrate",
      "--project",
      "tsconfig.json",
      "--write",
      "--allow-dirty",
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(made.snapshot()).toEqual(before);
  });

  it("says of a file that was named and is none of the project's that nothing becomes of it", async () => {
    const made = new Workspace({ ...FILES, "apart.ts": FILES["src/load.ts"] });
    const { code, stdout, stderr } = await tapify(made.root, "migrate", "--project", "tsconfig.json", "apart.ts");
    expect(code).toBe(0);
    expect(stderr).toContain("apart.ts was skipped: it is not part of the project.");
    expect(stdout).toContain("0 files: 0 to migrate");
  });
});

describe("writing together", () => {
  function outcomeOf(made: Workspace, path: keyof typeof MIGRATED, original: string = FILES[path]): FileOutcome {
    return {
      file: made.path(path),
      path,
      original: { text: original, hasBom: false },
      outcome: { status: "migrated", output: MIGRATED[path], migrations: [], refusals: [] },
    };
  }

  it("takes back what was written when another file cannot be", async () => {
    const made = workspace();
    // Somebody has changed the second file since it was read, so it must not be written.
    const result = await writeMigrated(
      [outcomeOf(made, "src/load.ts"), outcomeOf(made, "src/main.ts", "// read before\n")],
      false,
      made.root,
    );
    expect(made.snapshot()).toEqual(FILES);
    expect(
      result.outcomes.map(({ outcome }) => (outcome.status === "error" ? outcome.error.message : outcome.status)),
    ).toEqual([
      "not written, as src/main.ts cannot be and they change together",
      expect.stringMatching(/^cannot be written: /u),
    ]);
    // One by one, the first stays written.
    await writeMigrated([outcomeOf(made, "src/load.ts"), outcomeOf(made, "src/main.ts", "// read before\n")], false);
    expect(made.snapshot()).toEqual({ ...FILES, "src/load.ts": MIGRATED["src/load.ts"] });
  });

  // Root writes everywhere.
  it.skipIf(process.getuid?.() === 0)("leaves nothing half done where a file is write-protected", async () => {
    const made = workspace();
    made.write(
      "src/z/last.ts",
      'import { load } from "../load";\nimport type { Task } from "../task";\nexport const last = (task: Task<number>): number => load(task);\n',
    );
    made.commit();
    chmodSync(made.path("src/z"), 0o555);
    chmodSync(made.path("src/z/last.ts"), 0o444);
    const before = made.snapshot();
    const { code, stdout } = await tapify(made.root, "migrate", "--project", "tsconfig.json", "--write");
    chmodSync(made.path("src/z"), 0o755);
    expect(code).toBe(2);
    expect(stdout).toContain("not written, as src/z/last.ts cannot be and they change together");
    expect(made.snapshot()).toEqual(before);
  });
});
