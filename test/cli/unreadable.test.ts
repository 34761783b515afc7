import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { createServer } from "node:net";
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
  "FIFO (named pipe)": makeFifo,
  device: (path) => symlinkSync("/dev/zero", path),
  folder: (path) => void mkdirSync(path),
  socket: async (path) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => void server.close());
  },
};

function makeFifo(path: string): void {
  execFileSync("mkfifo", [path]);
}

/** All that a run says. */
async function said(workspace: Workspace, ...argv: string[]) {
  const { code, stdout, stderr } = await cli.runShared(workspace.root, argv);
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

describe.each(COMMANDS)("tapify %s, with what is no regular file", (command) => {
  it("as .gitignore files names each once, and goes on with the other folders", async () => {
    const workspace = new Workspace({ "a.ts": WAIT });
    workspace.git("init", "-q");
    for (const [index, make] of Object.values(SPECIALS).entries()) {
      workspace.write(`sub${index}/b.ts`, WAIT);
      await make(workspace.path(`sub${index}/.gitignore`));
    }
    const { code, text } = await said(workspace, command);
    expect(code).toBe(2);
    for (const [index, kind] of Object.keys(SPECIALS).entries())
      expect(count(text, `${workspace.path(`sub${index}/.gitignore`)} is a ${kind}`)).toBe(1);
    expect(text).toContain("a.ts");
    expect(text).not.toContain("b.ts");
    expect((await said(workspace, command, "sub0/b.ts")).text).toContain("b.ts");
  });

  it("as a .gitignore above the folder, or as .git/info/exclude, says so", async () => {
    const workspace = new Workspace({ "sub/b.ts": WAIT });
    workspace.git("init", "-q");
    makeFifo(workspace.path(".gitignore"));
    expect((await said(workspace, command, "sub")).text).toContain(
      `${workspace.path(".gitignore")} is a FIFO (named pipe)`,
    );
    const other = new Workspace({ "b.ts": WAIT });
    other.git("init", "-q", "--template=");
    mkdirSync(other.path(".git/info"));
    makeFifo(other.path(".git/info/exclude"));
    expect((await said(other, command)).text).toContain(`${other.path(".git/info/exclude")} is a FIFO (named pipe)`);
  });

  it.each(Object.keys(SPECIALS))("as a configuration that is extended is a usage error: %s", async (kind) => {
    const workspace = new Workspace({
      "tsconfig.json": '{ "extends": "./middle.json", "include": ["*.ts"] }',
      "middle.json": '{ "extends": "./base.json" }',
      "a.ts": WAIT,
    });
    await SPECIALS[kind]!(workspace.path("base.json"));
    const { code, text } = await said(workspace, command, "--project", "tsconfig.json");
    expect(code).toBe(2);
    expect(count(text, `${workspace.path("base.json")} is a ${kind}`)).toBe(1);
  });

  it("as the configuration that is named is a usage error", async () => {
    const workspace = new Workspace({ "a.ts": WAIT });
    makeFifo(workspace.path("pipe.json"));
    expect(await said(workspace, command, "--project", "pipe.json")).toEqual({
      code: 2,
      text: "tapify: --project pipe.json: is a FIFO (named pipe), and only regular files are read. Name a tsconfig.json.\n",
    });
  });

  it.each(["FIFO (named pipe)", "device"])("as a package.json goes on without it: %s", async (kind) => {
    const workspace = new Workspace({
      "tsconfig.json": JSON.stringify({ compilerOptions: { types: [], module: "Node16" } }),
      "a.ts": WAIT,
    });
    await SPECIALS[kind]!(workspace.path("package.json"));
    expect((await said(workspace, command, "--project", "tsconfig.json")).text).toContain("a.ts");
  });

  it("as sources that a source refers to names each once", async () => {
    const workspace = new Workspace({ "tsconfig.json": TSCONFIG.replace("{", '{ "files": ["a.ts"],') });
    const names = Object.keys(SPECIALS).map((kind, index) => [kind, `special${index}.ts`] as const);
    for (const [kind, name] of names) await SPECIALS[kind]!(workspace.path(name));
    workspace.write("a.ts", `${names.map(([, name]) => `/// <reference path="${name}" />\n`).join("")}${WAIT}`);
    const { code, text } = await said(workspace, command, "--project", "tsconfig.json", "a.ts");
    expect(code).toBe(2);
    for (const [kind, name] of names) expect(count(text, `${workspace.path(name)} is a ${kind}`)).toBe(1);
  });

  it("as a file that the project lists says so once", async () => {
    const workspace = new Workspace({
      "tsconfig.json": TSCONFIG.replace("{", '{ "files": ["a.ts", "special.ts"],'),
      "a.ts": WAIT,
    });
    makeFifo(workspace.path("special.ts"));
    const { code, text } = await said(workspace, command, "--project", "tsconfig.json", "a.ts");
    expect(code).toBe(2);
    expect(count(text, "is a FIFO (named pipe), and only regular files are read")).toBe(1);
    expect(text).toContain(workspace.path("special.ts"));
  });
});

describe.each(COMMANDS)("tapify %s", (command) => {
  it("passes over what has a script's name and is no file, and says so; named, it is a usage error", async () => {
    const workspace = new Workspace({ "a.ts": WAIT });
    makeFifo(workspace.path("pipe.ts"));
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
      // A project is migrated whole or not at all, and the bytes of a file are asked for only where it is changed.
      expect(count(text, "is not valid UTF-8")).toBe(command === "check" || options.length === 0 ? 1 : 0);
      if (command === "check" || options.length === 0) expect(text).toMatch(/a\.ts\n/);
    },
  );
});
