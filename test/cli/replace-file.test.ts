import { chownSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as fs from "node:fs";
import { replaceFile } from "../../src/cli/files/replace-file.ts";
import { fakeMigrate } from "./support/fake-core.ts";
import { Workspace } from "./support/workspace.ts";

vi.mock("node:fs", { spy: true });
afterEach(() => void vi.restoreAllMocks());

function diskFull(): NodeJS.ErrnoException {
  return Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
}

describe("replaceFile", () => {
  it("leaves nothing but the new content", () => {
    const workspace = new Workspace({ "a.ts": "old" });
    replaceFile(workspace.path("a.ts"), Buffer.from("old"), Buffer.from("new"));
    expect(workspace.snapshot()).toEqual({ "a.ts": "new" });
  });

  it("leaves a file that was changed meanwhile, and no trace", () => {
    const workspace = new Workspace({ "a.ts": "edited" });
    expect(() => replaceFile(workspace.path("a.ts"), Buffer.from("old"), Buffer.from("new"))).toThrow(
      "it was changed after it was read",
    );
    expect(workspace.snapshot()).toEqual({ "a.ts": "edited" });
  });

  it.each(["writeFileSync", "fsyncSync", "renameSync"] as const)(
    "leaves everything as it was when %s fails",
    (name) => {
      const workspace = new Workspace({ "a.ts": "old" });
      const { atimeMs: _a, ...before } = statSync(workspace.path("a.ts"));
      vi.mocked(fs[name]).mockImplementationOnce(() => {
        throw diskFull();
      });
      expect(() => replaceFile(workspace.path("a.ts"), Buffer.from("old"), Buffer.from("new"))).toThrow("ENOSPC");
      const { atimeMs: _b, ...after } = statSync(workspace.path("a.ts"));
      expect({ ino: after.ino, mtimeMs: after.mtimeMs }).toEqual({ ino: before.ino, mtimeMs: before.mtimeMs });
      expect(workspace.snapshot()).toEqual({ "a.ts": "old" });
    },
  );

  it("keeps the owner where it may", () => {
    const workspace = new Workspace({ "a.ts": "old" });
    const file = workspace.path("a.ts");
    if (process.getuid?.() === 0) chownSync(file, 12345, 54321);
    const { uid, gid } = statSync(file);
    replaceFile(file, Buffer.from("old"), Buffer.from("new"));
    expect(statSync(file)).toMatchObject({ uid, gid });
  });

  it("replaces a file whose name leaves no room for a longer one", () => {
    const workspace = new Workspace();
    const file = workspace.path(`${"x".repeat(252)}.ts`);
    writeFileSync(file, "old");
    replaceFile(file, Buffer.from("old"), Buffer.from("new"));
    expect(readdirSync(workspace.root)).toEqual([`${"x".repeat(252)}.ts`]);
  });
});

describe("tapify migrate --write, when writing fails", () => {
  it("reports the file, leaves it, and writes the others", async () => {
    const workspace = new Workspace({ "a.ts": "BeginX();", "b.ts": "BeginX();" });
    vi.mocked(fs.renameSync).mockImplementationOnce(() => {
      throw diskFull();
    });
    const { code, stdout } = await fakeMigrate(workspace.root, "--write");
    expect(code).toBe(2);
    expect(stdout).toContain("a.ts\n  error cannot be written: ENOSPC: no space left on device");
    expect(stdout).toContain("2 files: 1 migrated, 0 refused, 0 unchanged, 1 error.");
    expect(workspace.snapshot()).toEqual({ "a.ts": "BeginX();", "b.ts": "await X();" });
  });

  it("reports a file that cannot be read, and migrates the others", async () => {
    const workspace = new Workspace({ "a.ts": "BeginX();", "b.ts": "BeginX();" });
    vi.mocked(fs.openSync).mockImplementationOnce(() => {
      throw Object.assign(new Error("EACCES: permission denied, open"), { code: "EACCES" });
    });
    const { code, stdout } = await fakeMigrate(workspace.root, "--write");
    expect(code).toBe(2);
    expect(stdout).toContain("a.ts\n  error cannot be read: EACCES: permission denied");
    expect(workspace.snapshot()).toEqual({ "a.ts": "BeginX();", "b.ts": "await X();" });
  });

  it.each(["SIGHUP", "SIGINT", "SIGTERM"] as const)("stops between two files on %s", async (signal) => {
    const workspace = new Workspace({ "a.ts": "BeginX();", "b.ts": "BeginX();" });
    const { renameSync } = await vi.importActual<typeof fs>("node:fs");
    vi.mocked(fs.renameSync).mockImplementationOnce((from, to) => {
      renameSync(from, to);
      process.kill(process.pid, signal);
    });
    const { code, stdout } = await fakeMigrate(workspace.root, "--write");
    expect(code).toBe(2);
    expect(stdout).toContain("b.ts\n  error not written: interrupted");
    expect(workspace.snapshot()).toEqual({ "a.ts": "await X();", "b.ts": "BeginX();" });
  });
});
