import { chmodSync, chownSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import * as fs from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ownProcess } from "../../src/cli/files/process-id.ts";
import { holdingInterrupts } from "../../src/cli/interrupts.ts";
import { createJournal } from "../../src/cli/journal/journal-file.ts";
import { writeTogether, type NewContent } from "../../src/cli/journal/write-together.ts";
import { tapify, Workspace } from "./support/workspace.ts";

vi.mock("node:fs", { spy: true });
const actual = await vi.importActual<typeof fs>("node:fs");
afterEach(() => void vi.resetAllMocks());

const BEFORE = { "a.ts": "a", "src/b.ts": "b", "src/c.ts": "c" };
const AFTER = { "a.ts": "a!", "src/b.ts": "b!", "src/c.ts": "c!" };
const never = () => false;

function contentsOf(made: Workspace, paths: readonly string[] = Object.keys(BEFORE)): NewContent[] {
  return paths.map((path) => {
    const text = made.read(path);
    return { file: made.path(path), before: Buffer.from(text), after: Buffer.from(`${text}!`) };
  });
}

/** Makes one call of a function of `node:fs` do something else. @param call which one, counting from 1 */
function replaceCall(name: "renameSync" | "writeFileSync" | "linkSync", call: number, act: () => void): void {
  const original = actual[name] as (...args: unknown[]) => unknown;
  let calls = 0;
  vi.mocked(fs[name] as (...args: unknown[]) => unknown).mockImplementation((...args) => {
    if (++calls === call) act();
    return original(...args);
  });
}

function fail(): never {
  throw Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
}

describe("writeTogether", () => {
  it("writes all files, keeps modes and owners, and leaves nothing else", async () => {
    const made = new Workspace(BEFORE);
    chmodSync(made.path("a.ts"), 0o750);
    if (process.getuid?.() === 0) chownSync(made.path("a.ts"), 12345, 54321);
    const { mode, uid, gid } = statSync(made.path("a.ts"));
    expect(await writeTogether(made.root, contentsOf(made), never)).toBeNull();
    expect(made.snapshot()).toEqual(AFTER);
    expect(statSync(made.path("a.ts"))).toMatchObject({ mode, uid, gid });
  });

  it("writes what a link in the folder leads to, and leaves the link", async () => {
    const made = new Workspace(BEFORE);
    symlinkSync("src/b.ts", made.path("link.ts"));
    expect(await writeTogether(made.root, contentsOf(made, ["link.ts"]), never)).toBeNull();
    expect(readlinkSync(made.path("link.ts"))).toBe("src/b.ts");
    expect(made.read("src/b.ts")).toBe("b!");
  });

  it.each([
    ["a file that lies outside", (made: Workspace) => made.path("../outside.ts")],
    ["a link that leads outside", (made: Workspace) => made.path("link.ts")],
  ])("writes nothing for %s", async (_name, nameOf) => {
    const around = new Workspace({ "outside.ts": "o", "p/a.ts": "a" });
    symlinkSync(around.path("outside.ts"), around.path("p/link.ts"));
    const file = nameOf({ path: (name: string) => around.path("p", name) } as Workspace);
    const contents = [...contentsOf(around, ["p/a.ts"]), { file, before: Buffer.from("o"), after: Buffer.from("x") }];
    expect(await writeTogether(around.path("p"), contents, never)).toEqual({
      file,
      message: `cannot be written: it lies outside of the project's folder, ${around.path("p")}`,
      kept: new Set(),
    });
    expect(around.snapshot()).toMatchObject({ "outside.ts": "o", "p/a.ts": "a" });
  });

  it.each([
    ["a copy cannot be written", "writeFileSync", 4],
    ["the first file cannot be replaced", "renameSync", 1],
    ["the last file cannot be replaced", "renameSync", 3],
  ] as const)("leaves everything as it was when %s", async (_name, call, count) => {
    const made = new Workspace(BEFORE);
    replaceCall(call, count, fail);
    const failed = await writeTogether(made.root, contentsOf(made), never);
    expect(failed).toMatchObject({ message: "cannot be written: EIO: i/o error", kept: new Set() });
    expect(made.snapshot()).toEqual(BEFORE);
  });

  it("leaves everything as it was when the journal cannot be written", async () => {
    const made = new Workspace(BEFORE);
    replaceCall("writeFileSync", 1, fail);
    const failed = await writeTogether(made.root, contentsOf(made), never);
    expect(failed).toEqual({ file: null, message: "cannot be written: EIO: i/o error", kept: new Set() });
    expect(made.snapshot()).toEqual(BEFORE);
  });

  it("does without hard links", async () => {
    const made = new Workspace(BEFORE);
    replaceCall("linkSync", 1, () => {
      throw Object.assign(new Error("EPERM: operation not permitted, link"), { code: "EPERM" });
    });
    expect(await writeTogether(made.root, contentsOf(made), never)).toBeNull();
    expect(made.snapshot()).toEqual(AFTER);
  });

  it("writes nothing when a file is changed under way, and leaves that one", async () => {
    const made = new Workspace(BEFORE);
    const contents = contentsOf(made);
    replaceCall("renameSync", 2, () => made.write("src/c.ts", "mine"));
    const failed = await writeTogether(made.root, contents, never);
    expect(failed).toMatchObject({ file: made.path("src/c.ts"), kept: new Set() });
    expect(failed!.message).toBe("cannot be written: it was changed after it was read. Run tapify again");
    expect(made.snapshot()).toEqual({ ...BEFORE, "src/c.ts": "mine" });
  });

  it("keeps the journal where something cannot be taken back, for tapify recover", async () => {
    const made = new Workspace(BEFORE);
    // The second file cannot be replaced, and then the first can neither.
    let renamed = 0;
    vi.mocked(fs.renameSync).mockImplementation((from, to) => (++renamed > 1 ? fail() : actual.renameSync(from, to)));
    const failed = await writeTogether(made.root, contentsOf(made), never);
    expect(failed).toMatchObject({ file: made.path("src/b.ts"), kept: new Set([made.path("a.ts")]) });
    vi.resetAllMocks();
    // As long as this process runs, nobody else goes on with it unasked.
    expect((await tapify(made.root, "recover")).code).toBe(2);
    expect((await tapify(made.root, "recover", "--force")).code).toBe(0);
    expect(made.snapshot()).toEqual(AFTER);
  });

  it.each(["SIGHUP", "SIGINT", "SIGTERM"] as const)("gives up on %s while copies are made", async (signal) => {
    const made = new Workspace(BEFORE);
    replaceCall("writeFileSync", 3, () => process.kill(process.pid, signal));
    const failed = await holdingInterrupts((isInterrupted) =>
      writeTogether(made.root, contentsOf(made), isInterrupted),
    );
    expect(failed).toEqual({ file: made.path("src/b.ts"), message: "not written: interrupted", kept: new Set() });
    expect(made.snapshot()).toEqual(BEFORE);
  });

  it.each(["SIGHUP", "SIGINT", "SIGTERM"] as const)("goes on on %s once files are replaced", async (signal) => {
    const made = new Workspace(BEFORE);
    replaceCall("renameSync", 1, () => process.kill(process.pid, signal));
    expect(
      await holdingInterrupts((isInterrupted) => writeTogether(made.root, contentsOf(made), isInterrupted)),
    ).toBeNull();
    expect(made.snapshot()).toEqual(AFTER);
  });

  it("writes nothing while another run does", async () => {
    const made = new Workspace(BEFORE);
    createJournal(made.root, { process: ownProcess(), changes: [] });
    const before = made.snapshot();
    expect(await writeTogether(made.root, contentsOf(made), never)).toEqual({
      file: null,
      message: `not written: another run of tapify writes in ${made.root}`,
      kept: new Set(),
    });
    expect(made.snapshot()).toEqual(before);
  });
});
