import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, chownSync, lstatSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { hashOf } from "../../src/cli/files/content.ts";
import { ownProcess, processOf, type ProcessId } from "../../src/cli/files/process-id.ts";
import { temporaryName } from "../../src/cli/files/temporary-file.ts";
import { createJournal, journalsIn, readJournal, takeOver } from "../../src/cli/journal/journal-file.ts";
import { formatJournal, type Change } from "../../src/cli/journal/journal.ts";
import { fakeMigrate } from "./support/fake-core.ts";
import { EVIL, hostileIn } from "./support/hostile-names.ts";
import { tapify, Workspace } from "./support/workspace.ts";

/** What `tapify recover`, and any run that writes, makes of what a run has left that was cut short. */

// A number that no process gets: it is larger than the largest that Linux gives.
const ENDED: ProcessId = { pid: 4_194_305, started: "abc", host: ownProcess().host };
const OLD = "BeginX();\n";
const NEW = "await X();\n";

function hash(text: string): string {
  return hashOf(Buffer.from(text));
}

/** What a run leaves that is killed when the files of `written` have their new texts. */
class CutShort extends Workspace {
  readonly changes: readonly Change[];

  constructor(paths: readonly string[], written: readonly string[], process: ProcessId = ENDED) {
    super(Object.fromEntries(paths.map((path) => [path, written.includes(path) ? NEW : OLD])));
    this.changes = paths.map((path) => ({
      path,
      before: hash(OLD),
      after: hash(NEW),
      newCopy: temporaryName(process),
      oldCopy: temporaryName(process),
    }));
    for (const change of this.changes) {
      if (!written.includes(change.path)) this.write(this.beside(change, "newCopy"), NEW);
      this.write(this.beside(change, "oldCopy"), OLD);
    }
    this.write(".tapify-journal", formatJournal({ process, changes: this.changes }));
  }

  /** The path of a copy. */
  beside({ path, ...copies }: Change, copy: "newCopy" | "oldCopy"): string {
    return path.replace(/[^/]*$/, copies[copy]);
  }
}

describe("tapify recover", () => {
  it("finishes what was begun", async () => {
    const made = new CutShort(["a.ts", "src/b.ts", "src/c.ts"], ["a.ts"]);
    chmodSync(made.path("src", made.changes[1]!.newCopy), 0o640);
    const { code, stdout, stderr } = await tapify(made.root, "recover");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      `A run of tapify that was cut short in ${made.root} was finished; for that, 2 files had to be written.\n` +
        `  ${made.path("src/b.ts")}\n  ${made.path("src/c.ts")}\n`,
    );
    expect(made.snapshot()).toEqual({ "a.ts": NEW, "src/b.ts": NEW, "src/c.ts": NEW });
    expect(statSync(made.path("src/b.ts")).mode & 0o777).toBe(0o640);
    expect((await tapify(made.root, "recover")).stdout).toBe(`There is nothing to recover in ${made.root}.\n`);
  });

  it("takes back what cannot be finished, as a new text is gone", async () => {
    const made = new CutShort(["a.ts", "b.ts", "c.ts"], ["a.ts"]);
    rmSync(made.path(made.changes[2]!.newCopy));
    const { code, stdout } = await tapify(made.root, "recover");
    expect(code).toBe(0);
    expect(stdout).toContain("was taken back; for that, 1 file had to be written.");
    expect(made.snapshot()).toEqual({ "a.ts": OLD, "b.ts": OLD, "c.ts": OLD });
  });

  it("takes back what cannot be finished, as a copy holds something else", async () => {
    const made = new CutShort(["a.ts", "b.ts"], ["a.ts"]);
    made.write(made.changes[1]!.newCopy, "await X(); // and more");
    expect((await tapify(made.root, "recover")).code).toBe(0);
    expect(made.snapshot()).toEqual({ "a.ts": OLD, "b.ts": OLD });
  });

  it("leaves a file that somebody has changed before it was written, and takes the others back", async () => {
    const made = new CutShort(["a.ts", "b.ts", "c.ts"], ["a.ts"]);
    made.write("b.ts", "mine");
    const { code, stdout } = await tapify(made.root, "recover");
    expect(code).toBe(0);
    expect(stdout).toContain(`  ${made.path("b.ts")} was changed or removed since, and is left as it is\n`);
    expect(made.snapshot()).toEqual({ "a.ts": OLD, "b.ts": "mine", "c.ts": OLD });
  });

  it("leaves a file that somebody has changed after it was written, and finishes the others", async () => {
    const made = new CutShort(["a.ts", "b.ts", "c.ts"], ["a.ts", "b.ts"]);
    made.write("b.ts", "mine");
    expect((await tapify(made.root, "recover")).stdout).toContain("was finished; for that, 1 file had to be written");
    expect(made.snapshot()).toEqual({ "a.ts": NEW, "b.ts": "mine", "c.ts": NEW });
  });

  it("does nothing where neither way leads to an end, and says which files stand in it", async () => {
    const made = new CutShort(["a.ts", "b.ts", "c.ts"], ["a.ts"]);
    made.write("b.ts", "mine");
    rmSync(made.path(made.changes[0]!.oldCopy));
    rmSync(made.path(made.changes[2]!.newCopy));
    const before = made.snapshot();
    const { code, stdout, stderr } = await tapify(made.root, "recover");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("can neither be finished nor taken back:\n  a.ts was written, and its old text is gone\n");
    expect(stderr).toContain("  b.ts was changed or removed since\n  c.ts was not written, and its new text is gone\n");
    expect(stderr).toContain("git restore");
    expect(made.snapshot()).toEqual(before);
    // As it was told to: with the old text there again, nothing of the run is left.
    made.write("a.ts", OLD);
    expect((await tapify(made.root, "recover")).code).toBe(0);
    expect(made.snapshot()).toEqual({ "a.ts": OLD, "b.ts": "mine", "c.ts": OLD });
  });

  it("finds journals in the folder, below it and above it", async () => {
    const made = new Workspace();
    const inner = new CutShort(["a.ts"], []);
    mkdirSync(made.path("packages/p/deep"), { recursive: true });
    renameSync(inner.root, made.path("packages/p/q"));
    expect((await tapify(made.path("packages"), "recover")).code).toBe(0);
    expect(made.snapshot()).toEqual({ "packages/p/q/a.ts": NEW });

    const outer = new CutShort(["src/deep/a.ts"], []);
    expect((await tapify(outer.root, "recover", "src/deep")).code).toBe(0);
    expect(outer.snapshot()).toEqual({ "src/deep/a.ts": NEW });
  });

  it("removes what killed runs have left, and nothing else", async () => {
    const made = new Workspace();
    const kept = [temporaryName(), ".tapify-1-abc.tmp", ".tapify-mine.tmp", "a.tmp", `x${temporaryName(ENDED)}`];
    const leftovers = [temporaryName(ENDED), `src/deep/${temporaryName(ENDED)}`];
    for (const path of [...kept, ...leftovers]) made.write(path, "");
    symlinkSync("a.tmp", made.path(temporaryName(ENDED)));
    mkdirSync(made.path(temporaryName(ENDED)));
    const entries = () => Object.keys(made.snapshot()).sort();
    expect((await tapify(made.root, "recover")).stdout).toBe("Removed 2 temporary files.\n");
    expect(entries()).toEqual([...kept].sort());
    // This process runs, which another one with its number may do as well.
    expect((await tapify(made.root, "recover", "--force")).stdout).toBe("Removed 1 temporary file.\n");
    expect(entries()).toEqual(kept.slice(1).sort());
  });
});

describe("names in a journal", () => {
  it.each([true, false])("are shown escaped, whether it can be worked by: %s", async (canBe) => {
    const made = new CutShort([`${EVIL}/a.ts`, "b.ts"], ["b.ts"]);
    if (!canBe) for (const change of made.changes) rmSync(made.path(made.beside(change, "oldCopy")));
    if (!canBe) rmSync(made.path(made.beside(made.changes[0]!, "newCopy")));
    const { code, stdout, stderr } = await tapify(made.root, "recover");
    expect(code).toBe(canBe ? 0 : 2);
    expect(stdout + stderr).toContain("all well.\\r/a.ts");
    expect(hostileIn(stdout + stderr)).toEqual([]);
    expect(stdout + stderr).not.toMatch(/^0 files/m);
  });
});

describe("a journal that nothing is done by", () => {
  async function expectLeft(made: Workspace, message: string | RegExp): Promise<void> {
    const before = made.snapshot();
    const { code, stdout, stderr } = await tapify(made.root, "recover");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toContain(made.path(".tapify-journal"));
    // Nor is anything else written beside it.
    made.write("z.ts", OLD);
    const next = await fakeMigrate(made.root, "--write");
    expect(next.code).toBe(2);
    expect(next.stderr).toMatch(message);
    expect(made.snapshot()).toEqual({ ...before, "z.ts": OLD });
  }

  it("breaks off", async () => {
    const made = new CutShort(["a.ts", "b.ts"], ["a.ts"]);
    made.write(".tapify-journal", made.read(".tapify-journal").slice(0, 300));
    await expectLeft(made, 'breaks off, or was never whole. Nothing was done about it: see with "git status"');
  });

  it("is of another version", async () => {
    const made = new CutShort(["a.ts", "b.ts"], ["a.ts"]);
    made.write(".tapify-journal", made.read(".tapify-journal").replace('"version": 1', '"version": 2'));
    await expectLeft(made, "is of another version of tapify (2, not 1)");
  });

  it("leads out of its folder", async () => {
    const outside = new Workspace({ "x.ts": OLD });
    const made = new CutShort(["a.ts", "b.ts"], ["a.ts"]);
    const path = `../${outside.root.split("/").at(-1)}/x.ts`;
    outside.write(made.changes[1]!.newCopy, NEW);
    const before = outside.snapshot();
    made.write(".tapify-journal", made.read(".tapify-journal").replace("b.ts", path));
    await expectLeft(made, "names a path that leads out of its folder");
    expect(outside.snapshot()).toEqual(before);
  });

  it("leads through a symbolic link", async () => {
    const outside = new Workspace({ "x.ts": OLD });
    const made = new CutShort(["a.ts", "sub/x.ts"], ["a.ts"]);
    outside.write(made.changes[1]!.newCopy, NEW);
    const before = outside.snapshot();
    rmSync(made.path("sub"), { recursive: true });
    symlinkSync(outside.root, made.path("sub"));
    await expectLeft(made, 'names a file behind a symbolic link: "sub/x.ts"');
    expect(outside.snapshot()).toEqual(before);
  });

  it("names a file that is a symbolic link by now: it counts as changed", async () => {
    const outside = new Workspace({ "x.ts": OLD });
    const made = new CutShort(["a.ts", "b.ts"], ["a.ts"]);
    rmSync(made.path("b.ts"));
    symlinkSync(outside.path("x.ts"), made.path("b.ts"));
    expect((await tapify(made.root, "recover")).code).toBe(0);
    expect(made.read("a.ts")).toBe(OLD);
    expect(outside.snapshot()).toEqual({ "x.ts": OLD });
    expect(lstatSync(made.path("b.ts")).isSymbolicLink()).toBe(true);
  });

  it("is a link, or a folder", async () => {
    const elsewhere = new CutShort(["a.ts"], []);
    const made = new Workspace();
    symlinkSync(elsewhere.path(".tapify-journal"), made.path(".tapify-journal"));
    await expectLeft(made, "is a symbolic link, and only regular files are read");
    const other = new Workspace({ ".tapify-journal/x": "" });
    await expectLeft(other, "is a folder, and only regular files are read");
  });

  it.skipIf(process.getuid?.() !== 0)("belongs to another user", async () => {
    const made = new CutShort(["a.ts"], []);
    chownSync(made.path(".tapify-journal"), 12345, 12345);
    await expectLeft(made, "belongs to another user");
    // A folder's own user may have begun what root finishes.
    chownSync(made.root, 12345, 12345);
    expect((await tapify(made.root, "recover")).code).toBe(0);
  });

  it("belongs to a process that has not ended", async () => {
    const child = await startProcess();
    const made = new CutShort(["a.ts", "b.ts"], ["a.ts"], child.id);
    await expectLeft(made, `belongs to a run of tapify that has not ended: process ${child.id.pid}.`);
    await child.end();
    expect((await tapify(made.root, "recover")).code).toBe(0);
    expect(made.snapshot()).toEqual({ "a.ts": NEW, "b.ts": NEW, "z.ts": OLD });
  });

  it("belongs to another machine", async () => {
    const made = new CutShort(["a.ts", "b.ts"], ["a.ts"], { ...ENDED, host: "0" });
    await expectLeft(made, /on another machine or in another container, process 4194305 there\. .*recover --force/);
    expect((await tapify(made.root, "recover", "--force")).code).toBe(0);
    expect(made.snapshot()).toEqual({ "a.ts": NEW, "b.ts": NEW, "z.ts": OLD });
  });
});

describe("a process", () => {
  it("is not taken for one that had its number before", async () => {
    const child = await startProcess();
    const made = new CutShort(["a.ts"], [], { ...child.id, started: "abc" });
    // Only Linux tells when a process has started.
    const isTold = child.id.started !== "0";
    expect((await tapify(made.root, "recover")).code).toBe(isTold ? 0 : 2);
    await child.end();
  });
});

describe("several runs at once", () => {
  it("have one journal", () => {
    const made = new Workspace();
    const journal = { process: ownProcess(), changes: [] };
    expect(createJournal(made.root, journal)).toBe(made.path(".tapify-journal"));
    expect(createJournal(made.root, journal)).toBeNull();
    expect(Object.keys(made.snapshot())).toEqual([".tapify-journal"]);
  });

  it("recover once, and none begins to write meanwhile", () => {
    const made = new CutShort(["a.ts"], []);
    const [first, second] = [readJournal(made.path(".tapify-journal"))!, readJournal(made.path(".tapify-journal"))!];
    const taken = takeOver(first)!;
    expect(takeOver(second)).toBeNull();
    expect(createJournal(made.root, { process: ownProcess(), changes: [] })).toBeNull();
    expect(journalsIn(made.root)).toEqual([taken.file]);
    expect(readJournal(taken.file)!.owner).toEqual(ownProcess());
  });

  it("do not recover the journal of a run that has begun after they have looked", () => {
    const made = new CutShort(["a.ts"], []);
    const looked = readJournal(made.path(".tapify-journal"))!;
    made.write(".tapify-journal", formatJournal({ process: ownProcess(), changes: [] }));
    expect(takeOver(looked)).toBeNull();
    expect(journalsIn(made.root)).toEqual([made.path(".tapify-journal")]);
  });
});

async function startProcess(): Promise<{ readonly id: ProcessId; readonly end: () => Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child, "spawn");
  const end = async (): Promise<void> => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { id: processOf(child.pid!), end };
}
