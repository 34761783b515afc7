import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { LARGEST_FILE, readRegularFile, UnreadableFile } from "../../src/files/read-file.ts";
import { buildCli, type BuiltCli } from "./support/built-cli.ts";
import { Workspace } from "./support/workspace.ts";

/** Only regular files are read, and what cannot be read keeps nothing else from being dealt with. Run apart: what hangs must not hang the tests. */

let cli: BuiltCli;
beforeAll(() => {
  cli = buildCli();
});
afterAll(() => cli.remove());

const WAIT = "export async function load(task: Task<number>): Promise<number> {\n  return task.Result;\n}\n";
const TSCONFIG = JSON.stringify({ compilerOptions: { types: [], target: "ES2022", module: "ES2022" } });
const COMMANDS = ["check", "migrate"] as const;

/** What is no regular file, by what messages call it. */
const SPECIALS: Readonly<Record<string, (path: string) => Promise<void> | void>> = {
  "FIFO (named pipe)": (path) => void execFileSync("mkfifo", [path]),
  device: (path) => symlinkSync("/dev/zero", path),
  folder: (path) => void mkdirSync(path),
  socket: async (path) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => void server.close());
  },
};
const EACH = COMMANDS.flatMap((command) => Object.keys(SPECIALS).map((kind) => [command, kind] as const));

const STYLISH = join(
  dirname(createRequire(import.meta.url).resolve("eslint/package.json")),
  "lib/cli-engine/formatters/stylish.js",
);

/** All that a run says. */
async function said(workspace: Workspace, ...argv: string[]) {
  const { code, stdout, stderr } = await cli.run(workspace.root, argv);
  return { code, text: stdout + stderr };
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

describe("readRegularFile", () => {
  it("reads regular files, also empty ones, those of the system, and through links", () => {
    const workspace = new Workspace({ "a.txt": "text", "empty.txt": "", "long.txt": "x".repeat(100_000) });
    symlinkSync("a.txt", workspace.path("link.txt"));
    expect(readRegularFile(workspace.path("link.txt")).toString()).toBe("text");
    expect(readRegularFile(workspace.path("empty.txt"))).toHaveLength(0);
    expect(readRegularFile(workspace.path("long.txt"))).toHaveLength(100_000);
    expect(readRegularFile("/proc/self/status").toString()).toMatch(/^Name:/);
  });

  it("reads no more than it is told, and tells of a missing file as the system does", () => {
    const workspace = new Workspace({ "a.txt": "12345" });
    expect(readRegularFile(workspace.path("a.txt"), 5)).toHaveLength(5);
    expect(() => readRegularFile(workspace.path("a.txt"), 4)).toThrow(UnreadableFile);
    expect(() => readRegularFile("/proc/self/status", 4)).toThrow(UnreadableFile);
    expect(() => readRegularFile(workspace.path("gone.txt"))).toThrow("ENOENT");
  });
});

describe.each(EACH)("tapify %s, with a %s", (command, kind) => {
  const make = SPECIALS[kind]!;

  it("as a .gitignore says so once, and goes on with the other folders", async () => {
    const workspace = new Workspace({ "a.ts": WAIT, "sub/b.ts": WAIT });
    workspace.git("init", "-q");
    await make(workspace.path("sub/.gitignore"));
    const { code, text } = await said(workspace, command);
    expect(code).toBe(2);
    expect(count(text, `${workspace.path("sub/.gitignore")} is a ${kind}`)).toBe(1);
    expect(text).toContain("a.ts");
    expect(text).not.toContain("b.ts");
    expect((await said(workspace, command, "sub/b.ts")).text).toContain("b.ts");
  });

  it("above the folder, or as .git/info/exclude, says so", async () => {
    const workspace = new Workspace({ "sub/b.ts": WAIT });
    workspace.git("init", "-q");
    await make(workspace.path(".gitignore"));
    expect((await said(workspace, command, "sub")).text).toContain(`${workspace.path(".gitignore")} is a ${kind}`);
    const other = new Workspace({ "b.ts": WAIT });
    other.git("init", "-q", "--template=");
    mkdirSync(other.path(".git/info"));
    await make(other.path(".git/info/exclude"));
    expect((await said(other, command)).text).toContain(`${other.path(".git/info/exclude")} is a ${kind}`);
  });

  it("as a configuration, or one that is extended, is a usage error", async () => {
    const workspace = new Workspace({
      "tsconfig.json": '{ "extends": "./middle.json", "include": ["*.ts"] }',
      "middle.json": '{ "extends": "./base.json" }',
      "a.ts": WAIT,
    });
    await make(workspace.path("base.json"));
    const extended = await said(workspace, command, "--project", "tsconfig.json");
    expect(extended.code).toBe(2);
    expect(count(extended.text, `${workspace.path("base.json")} is a ${kind}`)).toBe(1);
    const named = await said(workspace, command, "--project", "base.json");
    expect(named).toMatchObject({ code: 2, text: expect.stringContaining(`base.json: is a ${kind}`) as string });
  });

  it("as a package.json goes on without it", async () => {
    const workspace = new Workspace({
      "tsconfig.json": JSON.stringify({ compilerOptions: { types: [], module: "Node16" } }),
      "a.ts": WAIT,
    });
    await make(workspace.path("package.json"));
    // By a name, ESLint would look for a formatter in the folder first, and Node reads its package.json for that.
    const format = command === "check" ? ["--format", STYLISH] : [];
    expect((await said(workspace, command, "--project", "tsconfig.json", ...format)).text).toContain("a.ts");
  });

  it("as a source of a project, or one that a source refers to, says so once", async () => {
    const workspace = new Workspace({
      "tsconfig.json": TSCONFIG.replace("{", '{ "files": ["a.ts", "special.ts"],'),
      "a.ts": WAIT,
    });
    await make(workspace.path("special.ts"));
    const { code, text } = await said(workspace, command, "--project", "tsconfig.json", "a.ts");
    expect(code).toBe(2);
    expect(count(text, `is a ${kind}, and only regular files are read`)).toBe(1);
    expect(text).toContain(workspace.path("special.ts"));
    workspace.write("b.ts", `/// <reference path="special.ts" />\n${WAIT}`);
    workspace.write("tsconfig.json", TSCONFIG.replace("{", '{ "files": ["b.ts"],'));
    const referred = await said(workspace, command, "--project", "tsconfig.json", "b.ts");
    expect(referred).toMatchObject({ code: 2, text: expect.stringContaining(`is a ${kind}`) as string });
  });
});

describe.each(COMMANDS)("tapify %s", (command) => {
  it("passes over what has a script's name and is no file, and says so; named, it is a usage error", async () => {
    const workspace = new Workspace({ "a.ts": WAIT });
    execFileSync("mkfifo", [workspace.path("pipe.ts")]);
    symlinkSync("pipe.ts", workspace.path("link.ts"));
    const { text } = await said(workspace, command);
    expect(text).toContain("pipe.ts was skipped: it is a FIFO (named pipe), and only regular files are read.");
    expect(text).toContain("a.ts");
    for (const name of ["pipe.ts", "link.ts"])
      expect(await said(workspace, command, name)).toEqual({
        code: 2,
        text: `tapify: ${name}: is a FIFO (named pipe), and only regular files are read. Name a file, a folder or a glob.\n`,
      });
  });

  it.each([[[]], [["--project", "tsconfig.json"]]])(
    "names each file that is too large, or not UTF-8, once: %j",
    async (options) => {
      const workspace = new Workspace({
        "tsconfig.json": TSCONFIG,
        "a.ts": WAIT,
        "bytes.ts": Buffer.from("task.Result \xff", "latin1"),
        "large.ts": "",
      });
      truncateSync(workspace.path("large.ts"), LARGEST_FILE + 1);
      const { code, text } = await said(workspace, command, ...options);
      expect(code).toBe(2);
      expect(count(text, "is larger than 512 MB, which is the most that is read")).toBe(1);
      expect(count(text, "is not valid UTF-8")).toBe(1);
      // A project is migrated whole or not at all.
      if (command === "check" || options.length === 0) expect(text).toMatch(/a\.ts\n/);
    },
  );
});
