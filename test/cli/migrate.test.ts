import { execFileSync } from "node:child_process";
import { chmodSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { migrate } from "../../src/cli/migrate/command.ts";
import { fakeCore, fakeMigrate } from "./support/fake-core.ts";
import { recordingIo, Workspace } from "./support/workspace.ts";

const GOOD = "const r = BeginX();\n";
const MIGRATED = "const r = await X();\n";
const REFUSED = "\nBeginRefused();\n";
const BROKEN = "\n\nBeginSyntax(;\n";

describe("tapify migrate, without --write", () => {
  it("shows a diff, the findings and the numbers, and changes nothing", async () => {
    const workspace = new Workspace({ "a.ts": GOOD, "b.ts": REFUSED, "c.ts": "let x;\n" });
    const before = workspace.snapshot();
    const { code, stdout, stderr } = await fakeMigrate(workspace.root);
    expect(stdout).toBe(`--- a/a.ts
+++ b/a.ts
@@ -1,1 +1,1 @@
-const r = BeginX();
+const r = await X();

a.ts
  1 migrated X (begin-end-to-async)
    1 note begin-errors-now-caught: Errors of Begin are caught now.

b.ts
  2:1 refused work-in-poll-loop: The loop does work.
    Move the work out of the loop.

3 files: 1 to migrate, 1 refused, 1 unchanged, 0 errors.
1 place in 1 file to migrate.
1 place in 1 file refused: see "refused" above.
Nothing was written. Next: read the diff, and pass --write to write the files.
`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(workspace.snapshot()).toEqual(before);
  });

  it("shows a diff that git applies, whatever the line ends and the names", async () => {
    const files = {
      "src/crlf.ts": "a;\r\nBeginX();\r\nb;\r\n",
      "src/bom.ts": "\uFEFFBeginX();\n",
      "src/no end.ts": "BeginX();",
      "src/[é].ts": "BeginX();\n// \u2028 \f\n",
    };
    const workspace = new Workspace(files);
    workspace.git("init", "-q");
    const { stdout } = await fakeMigrate(workspace.root);
    execFileSync("git", ["apply", "-p1"], { cwd: workspace.root, input: stdout });
    for (const [path, text] of Object.entries(files))
      expect(workspace.read(path)).toBe(text.replace("BeginX", "await X"));
  });

  it("shows no diff of a file outside the current folder that would apply elsewhere", async () => {
    const workspace = new Workspace({ "p/a.ts": "", "q/b.ts": GOOD });
    const { stdout } = await fakeMigrate(workspace.path("p"), "../q");
    expect(stdout).toContain(`--- ${workspace.path("q/b.ts")}\n+++ ${workspace.path("q/b.ts")}\n`);
    expect(stdout).toContain("\n../q/b.ts\n  1 migrated X");
  });

  it("exits with 1 for a refusal only with --fail-on-refusal", async () => {
    const workspace = new Workspace({ "a.ts": GOOD + REFUSED });
    expect((await fakeMigrate(workspace.root)).code).toBe(0);
    expect((await fakeMigrate(workspace.root, "--fail-on-refusal")).code).toBe(1);
    expect((await fakeMigrate(workspace.root, "--fail-on-refusal", "--format", "json")).code).toBe(1);
  });

  it("reports a file that does not parse, or cannot be migrated for a defect, and goes on", async () => {
    const workspace = new Workspace({ "a.ts": BROKEN, "b.ts": GOOD, "c.ts": "BeginCrash();" });
    const { code, stdout } = await fakeMigrate(workspace.root, "--fail-on-refusal");
    expect(code).toBe(2);
    expect(stdout).toContain("a.ts\n  3:7 error does not parse: Expression expected.\n");
    expect(stdout).toContain(
      "c.ts\n  error tapify failed on this file, which is a defect of tapify: RangeError: the core tripped\n",
    );
    expect(stdout).toContain("3 files: 1 to migrate, 0 refused, 0 unchanged, 2 errors.");
  });

  it("reports files that are not UTF-8, and leaves them alone", async () => {
    const latin1 = Buffer.from("BeginX('\xe9');", "latin1");
    const workspace = new Workspace({
      "a.ts": latin1,
      "b.ts": Buffer.from("\uFEFFBeginX();", "utf16le"),
      "c.ts": GOOD,
    });
    const { code, stdout } = await fakeMigrate(workspace.root, "--write");
    expect(code).toBe(2);
    expect(stdout.match(/error cannot be read: is not valid UTF-8/g)).toHaveLength(2);
    expect(workspace.snapshot()).toMatchObject({ "a.ts": latin1.toString("latin1"), "c.ts": MIGRATED });
  });

  it("loads the analysis only when a file passes the text test", async () => {
    const workspace = new Workspace({ "a.ts": "let x;" });
    const { core, loads } = fakeCore();
    await migrate([], recordingIo(workspace.root).io, core);
    expect(loads()).toBe(0);
    workspace.write("a.ts", GOOD);
    await migrate([], recordingIo(workspace.root).io, core);
    expect(loads()).toBe(1);
  });

  it("hands on the options", async () => {
    const workspace = new Workspace({ "a.ts": GOOD });
    const { core, seen } = fakeCore();
    await migrate(
      ["--host", "puerts", "--target", "adapter", "--transform", "begin-end-to-async", "--yield-in-polls", "--facade"],
      recordingIo(workspace.root).io,
      core,
    );
    await migrate([], recordingIo(workspace.root).io, core);
    const filePath = workspace.path("a.ts");
    expect(seen).toEqual([
      {
        filePath,
        transforms: ["begin-end-to-async"],
        host: "puerts",
        target: "adapter",
        yieldInPolls: true,
        facade: true,
      },
      {
        filePath,
        transforms: [
          "contract-to-async",
          "begin-end-to-async",
          "events-to-async",
          "blocking-to-await",
          "callbacks-to-async",
        ],
        host: "none",
        target: "auto",
        yieldInPolls: false,
        facade: false,
      },
    ]);
  });

  it("shows colours and progress on a terminal only", async () => {
    const workspace = new Workspace({ "a.ts": GOOD });
    const terminal = recordingIo(workspace.root, { isTTY: true });
    await migrate([], terminal.io, fakeCore().core);
    expect(terminal.written.stdout).toContain("\u001B[32m+const r = await X();\u001B[39m\n");
    expect(terminal.written.stderr).toMatch(/^\r\u001B\[Kreading 0\/1 a\.ts(.*)\r\u001B\[K$/s);
    const plain = recordingIo(workspace.root, { isTTY: true, env: { NO_COLOR: "1" } });
    await migrate([], plain.io, fakeCore().core);
    expect(plain.written.stdout).not.toContain("\u001B");
  });
});

describe("tapify migrate --format json", () => {
  it("has exactly the documented keys", async () => {
    const workspace = new Workspace({
      "a.ts": `\uFEFF${GOOD}`,
      "b.ts": REFUSED,
      "c.ts": "let x;\n",
      "d.ts": BROKEN,
      "e.ts": Buffer.from([0xff]),
    });
    const { code, stdout } = await fakeMigrate(workspace.root, "--format", "json");
    expect(code).toBe(2);
    const migration = {
      transform: "begin-end-to-async",
      operation: "X",
      line: 1,
      notes: [{ code: "begin-errors-now-caught", line: 1, message: "Errors of Begin are caught now." }],
    };
    const refusal = {
      code: "work-in-poll-loop",
      line: 2,
      column: 1,
      message: "The loop does work.",
      hint: "Move the work out of the loop.",
    };
    expect(JSON.parse(stdout)).toStrictEqual({
      summary: { files: 5, migrated: 1, refused: 1, unchanged: 1, errors: 2 },
      files: [
        { path: "a.ts", status: "migrated", migrations: [migration], refusals: [], output: `\uFEFF${MIGRATED}` },
        { path: "b.ts", status: "refused", migrations: [], refusals: [refusal] },
        { path: "c.ts", status: "unchanged", migrations: [], refusals: [] },
        {
          path: "d.ts",
          status: "error",
          migrations: [],
          refusals: [],
          error: { message: "does not parse: Expression expected.", line: 3, column: 7 },
        },
        {
          path: "e.ts",
          status: "error",
          migrations: [],
          refusals: [],
          error: { message: expect.stringContaining("not valid UTF-8") as string, line: null, column: null },
        },
      ],
    });
  });

  it("keeps notes to the user off stdout", async () => {
    const workspace = new Workspace({ "a.ts": GOOD, "b.d.ts": "" });
    const { stdout, stderr } = await fakeMigrate(workspace.root, "a.ts", "b.d.ts", "--format", "json", "--write");
    expect(JSON.parse(stdout)).toMatchObject({ summary: { files: 1, migrated: 1 } });
    expect(stderr).toContain("b.d.ts was skipped: it only declares");
    expect(stderr).toContain(`${workspace.root} is not under git`);
  });
});

describe("tapify migrate --write", () => {
  it("writes what changes, keeps line ends, byte order mark and mode, and is done after one run", async () => {
    const workspace = new Workspace({ "a.ts": "\uFEFFBeginX();\r\n// é\r\n", "b.ts": REFUSED, "c.ts": GOOD });
    chmodSync(workspace.path("c.ts"), 0o755);
    workspace.commit();
    const { code, stdout, stderr } = await fakeMigrate(workspace.root, "--write");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).not.toContain("@@");
    expect(stdout).toContain("3 files: 2 migrated, 1 refused, 0 unchanged, 0 errors.");
    expect(workspace.read("a.ts")).toBe("\uFEFFawait X();\r\n// é\r\n");
    expect(workspace.read("c.ts")).toBe(MIGRATED);
    expect(statSync(workspace.path("c.ts")).mode & 0o777).toBe(0o755);
    workspace.git("commit", "-qam", "migrated");
    expect((await fakeMigrate(workspace.root, "--write")).stdout).toContain("0 migrated");
    expect(workspace.git("status", "--porcelain")).toBe("");
  });

  it("writes through a link and leaves the link a link", async () => {
    const workspace = new Workspace({ "real/a.ts": GOOD });
    symlinkSync("real/a.ts", workspace.path("link.ts"));
    await fakeMigrate(workspace.root, "--write", "link.ts");
    expect(readlinkSync(workspace.path("link.ts"))).toBe("real/a.ts");
    expect(workspace.read("real/a.ts")).toBe(MIGRATED);
  });

  it.each([
    ["changed", (workspace: Workspace) => workspace.write("other/z.txt", "changed")],
    ["staged", (workspace: Workspace) => (workspace.write("other/z.txt", "changed"), workspace.git("add", "-A"))],
    ["untracked", (workspace: Workspace) => workspace.write("new.txt", "")],
  ])("writes nothing while the tree has %s files, unless allowed", async (_kind, soil) => {
    const workspace = new Workspace({ "src/a.ts": GOOD, "other/z.txt": "" });
    workspace.commit();
    soil(workspace);
    const before = workspace.snapshot();
    const { code, stdout, stderr } = await fakeMigrate(workspace.root, "src", "--write");
    expect(code).toBe(2);
    expect(stderr).toContain(
      `nothing was written: ${workspace.root} has uncommitted changes. Commit or stash them, or pass --allow-dirty.`,
    );
    expect(stdout).toContain("src/a.ts\n  error not written");
    expect(workspace.snapshot()).toEqual(before);
    expect((await fakeMigrate(workspace.root, "src", "--write", "--allow-dirty")).code).toBe(0);
    expect(workspace.read("src/a.ts")).toBe(MIGRATED);
  });

  it("asks the repository of the file, not that of the current folder", async () => {
    const here = new Workspace({ "dirty.txt": "" });
    here.git("init", "-q");
    const there = new Workspace({ "a.ts": GOOD });
    there.commit();
    expect((await fakeMigrate(here.root, there.path("a.ts"), "--write")).code).toBe(0);
    expect(there.read("a.ts")).toBe(MIGRATED);
  });

  it("writes to none of two trees when one has uncommitted changes", async () => {
    const workspace = new Workspace({ "a.ts": GOOD });
    workspace.commit();
    const dirty = new Workspace({ "b.ts": GOOD });
    dirty.git("init", "-q");
    expect((await fakeMigrate(workspace.root, "a.ts", dirty.path("b.ts"), "--write")).code).toBe(2);
    expect(workspace.read("a.ts")).toBe(GOOD);
  });

  it("does not mind a dirty tree when there is nothing to write", async () => {
    const workspace = new Workspace({ "a.ts": "let x;" });
    workspace.git("init", "-q");
    expect(await fakeMigrate(workspace.root, "--write")).toMatchObject({ code: 0, stderr: "" });
  });

  it("writes nothing when git cannot tell", async () => {
    const workspace = new Workspace({ "a.ts": GOOD, ".git/HEAD": "nonsense" });
    const { code, stderr } = await fakeMigrate(workspace.root, "--write");
    expect(code).toBe(2);
    expect(stderr).toContain(`git cannot say whether ${workspace.root} has uncommitted changes`);
    expect(workspace.read("a.ts")).toBe(GOOD);
  });

  it("never writes to node_modules or declarations, even if they are named", async () => {
    const workspace = new Workspace({ "node_modules/p/i.ts": GOOD, "a.d.ts": GOOD, "src/a.ts": GOOD });
    const { code, stderr } = await fakeMigrate(workspace.root, "--write", "node_modules/p/i.ts", "a.d.ts", "src");
    expect(code).toBe(0);
    expect(stderr).toContain("node_modules/p/i.ts was skipped: it is in node_modules.");
    expect(stderr).toContain("a.d.ts was skipped: it only declares, so there is nothing to migrate.");
    expect(workspace.snapshot()).toEqual({ "node_modules/p/i.ts": GOOD, "a.d.ts": GOOD, "src/a.ts": MIGRATED });
  });
});
