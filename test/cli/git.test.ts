import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { describe, expect, it } from "vitest";
import { fakeMigrate } from "./support/fake-core.ts";
import { Workspace } from "./support/workspace.ts";

/** `tapify migrate --write` asks git about the tree; meanwhile, nothing runs that the repository names. */

const GOOD = "const r = BeginX();\n";
const MIGRATED = "const r = await X();\n";

/** Programs that leave a mark when they run. */
class Traps {
  readonly #folder = new Workspace({ "marks/none": "" });

  /** The path of a program that leaves its mark. A filter that cleans gives back what it reads; others end. */
  program(name: string): string {
    const path = this.#folder.path(name);
    if (!existsSync(path)) {
      const rest = name === "clean" ? "exec cat\n" : "";
      writeFileSync(path, `#!/bin/sh\n: > '${this.#folder.path("marks", name)}'\n${rest}`);
      chmodSync(path, 0o755);
    }
    return path;
  }

  /** The names of the programs that have run since this was last asked. */
  sprung(): string[] {
    const marks = readdirSync(this.#folder.path("marks")).filter((name) => name !== "none");
    for (const name of marks) rmSync(this.#folder.path("marks", name));
    return marks.sort();
  }
}

interface Case {
  readonly made: Workspace;
  readonly traps: Traps;
}

function setConfig(made: Workspace, config: Readonly<Record<string, string>>, ...where: string[]): void {
  for (const [name, value] of Object.entries(config)) made.git("config", ...where, name, value);
}

function addAttributes({ made }: Case, text: string, folder = ".git"): void {
  mkdirSync(made.path(folder, "info"), { recursive: true });
  appendFileSync(made.path(folder, "info/attributes"), `${text}\n`);
}

/** Puts a program where git calls it whenever it has written its index. */
function addHook({ made, traps }: Case, folder: string): void {
  mkdirSync(made.path(folder), { recursive: true });
  writeFileSync(made.path(folder, "post-index-change"), `#!/bin/sh\nexec '${traps.program("hook")}' < /dev/null\n`);
  chmodSync(made.path(folder, "post-index-change"), 0o755);
}

function addSubmodule({ made }: Case): void {
  const module = new Workspace({ "m.sub": "5" });
  module.commit();
  made.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module.root, "sub");
  made.git("commit", "-q", "-m", "with a submodule");
}

/** Has git compare contents with what it has kept, as it no longer knows the file's time. */
function touch(made: Workspace, ...paths: string[]): void {
  for (const path of paths) utimesSync(made.path(path), 1, 1);
}

/** What a repository can have git run for `git status`, and which programs those are. */
const SET: readonly (readonly [string, readonly string[], (set: Case) => void])[] = [
  ["a file monitor", ["monitor"], ({ made, traps }) => setConfig(made, { "core.fsmonitor": traps.program("monitor") })],
  [
    "a filter",
    ["clean"],
    (set) => {
      setConfig(set.made, { "filter.f.clean": set.traps.program("clean") });
      addAttributes(set, "*.txt filter=f");
    },
  ],
  [
    "a filter that is required",
    ["clean"],
    (set) => {
      setConfig(set.made, { "filter.f.clean": set.traps.program("clean"), "filter.f.required": "true" });
      addAttributes(set, "*.txt filter=f");
    },
  ],
  [
    "a filter that stays running",
    ["process"],
    (set) => {
      setConfig(set.made, { "filter.f.process": set.traps.program("process"), "filter.f.required": "true" });
      addAttributes(set, "*.txt filter=f");
    },
  ],
  ...["na=me", "a.b", 'quo"te', "it's $HOME", "FiLtEr.clean"].map((name): (typeof SET)[number] => [
    `a filter called ${name}`,
    ["clean"],
    (set) => {
      setConfig(set.made, { [`filter.${name}.clean`]: set.traps.program("clean") });
      addAttributes(set, `"*.txt" filter=${name.replaceAll(" ", "_")}`);
      if (name.includes(" ")) {
        // An attribute has no blanks; the name with one must not stand in the way.
        setConfig(set.made, { "filter.plain.clean": set.traps.program("clean") });
        addAttributes(set, "*.txt filter=plain");
      }
    },
  ]),
  [
    "a filter in a file that is included",
    ["clean"],
    (set) => {
      const more = set.made.path(".git/more");
      setConfig(set.made, { "filter.f.clean": set.traps.program("clean") }, "-f", more);
      setConfig(set.made, { "include.path": more });
      addAttributes(set, "*.txt filter=f");
    },
  ],
  [
    "a filter in a file that is included under a condition",
    ["clean"],
    (set) => {
      const more = set.made.path(".git/more");
      setConfig(set.made, { "filter.f.clean": set.traps.program("clean") }, "-f", more);
      setConfig(set.made, { [`includeIf.gitdir:${set.made.root}/.path`]: more });
      addAttributes(set, "*.txt filter=f");
    },
  ],
  [
    "a filter of one work tree",
    ["clean"],
    (set) => {
      setConfig(set.made, { "extensions.worktreeConfig": "true" });
      setConfig(set.made, { "filter.f.clean": set.traps.program("clean") }, "--worktree");
      addAttributes(set, "*.txt filter=f");
    },
  ],
  [
    "a filter that a file of the tree asks for",
    ["clean"],
    (set) => {
      set.made.write(".gitattributes", "*.txt filter=f\n");
      set.made.git("add", "-A");
      set.made.git("commit", "-q", "-m", "with attributes");
      setConfig(set.made, { "filter.f.clean": set.traps.program("clean") });
    },
  ],
  [
    "a submodule with a monitor and a filter",
    ["clean", "monitor"],
    (set) => {
      addSubmodule(set);
      const config = set.made.path(".git/modules/sub/config");
      const programs = { "core.fsmonitor": set.traps.program("monitor"), "filter.f.clean": set.traps.program("clean") };
      setConfig(set.made, programs, "-f", config);
      addAttributes(set, "*.sub filter=f", ".git/modules/sub");
      // As the configuration may ask for.
      setConfig(set.made, {
        "diff.ignoreSubmodules": "none",
        "submodule.sub.ignore": "none",
        "status.submoduleSummary": "true",
      });
      touch(set.made, "sub/m.sub");
    },
  ],
  ["a hook", ["hook"], (set) => addHook(set, ".git/hooks")],
  [
    "hooks elsewhere",
    ["hook"],
    (set) => {
      addHook(set, ".git/mine");
      setConfig(set.made, { "core.hooksPath": ".git/mine" });
    },
  ],
  [
    "a remote that objects are missing from",
    ["upload-pack"],
    (set) => {
      const { made, traps } = set;
      setConfig(made, {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": made.root,
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": traps.program("upload-pack"),
        "protocol.file.allow": "always",
      });
      const tree = made.git("rev-parse", "HEAD^{tree}").trim();
      rmSync(made.path(".git/objects", tree.slice(0, 2), tree.slice(2)));
    },
  ],
];

describe("tapify migrate --write, where the repository names programs", () => {
  it.each(SET)("does not run %s, as git status does", async (_name, sprung, set) => {
    const { made, traps } = createCase();
    set({ made, traps });
    touch(made, "a.ts", "b.txt");
    traps.sprung();
    await fakeMigrate(made.root, "a.ts", "--write");
    await fakeMigrate(made.root, "a.ts", "--write", "--allow-dirty");
    expect(traps.sprung()).toEqual([]);
    expect(made.read("a.ts")).toBe(MIGRATED);
    try {
      execFileSync("git", ["status"], { cwd: made.root, stdio: "ignore" });
    } catch {
      // Some of these programs do not answer as git expects.
    }
    expect(traps.sprung()).toEqual(sprung);
  });

  it("runs nothing else that a configuration can name", async () => {
    const { made, traps } = createCase();
    const names = [
      "core.pager",
      "pager.status",
      "core.editor",
      "core.sshCommand",
      "core.askPass",
      "core.alternateRefsCommand",
    ];
    names.push(
      "gpg.program",
      "diff.external",
      "diff.d.command",
      "diff.d.textconv",
      "merge.m.driver",
      "interactive.diffFilter",
    );
    names.push("pager.config", "pager.ls-files", "pager.check-attr", "filter.f.smudge");
    setConfig(made, Object.fromEntries(names.map((name) => [name, traps.program(name)])));
    const shell = ["alias.status", "alias.config", "alias.ls-files", "alias.check-attr", "credential.helper"];
    setConfig(made, Object.fromEntries(shell.map((name) => [name, `!${traps.program(name)}`])));
    addAttributes({ made, traps }, "* diff=d merge=m filter=f");
    touch(made, "a.ts", "b.txt");
    const { code, stderr } = await fakeMigrate(made.root, "a.ts", "--write");
    expect({ code, stderr, sprung: traps.sprung() }).toEqual({ code: 0, stderr: "", sprung: [] });
  });

  it("runs no git out of the repository, nor one that a package brings", async () => {
    const { made, traps } = createCase();
    const packages = new Workspace({ "node_modules/.bin/git": `#!/bin/sh\nexec '${traps.program("git")}'\n` });
    chmodSync(packages.path("node_modules/.bin/git"), 0o755);
    made.write("bin/git", packages.read("node_modules/.bin/git"));
    chmodSync(made.path("bin/git"), 0o755);
    made.git("add", "-A");
    made.git("commit", "-q", "-m", "with programs");
    const { PATH } = process.env;
    process.env["PATH"] = [made.path("bin"), packages.path("node_modules/.bin"), PATH].join(":");
    try {
      expect((await fakeMigrate(made.root, "a.ts", "--write")).code).toBe(0);
    } finally {
      process.env["PATH"] = PATH;
    }
    expect(traps.sprung()).toEqual([]);
  });
});

describe("what git says, without its filters", () => {
  it("leaves open whether a file has changed that has a filter; only that file", async () => {
    const { made } = createFiltered({ "c.txt": "c", "d.md": "d" });
    touch(made, "a.ts", "b.txt", "c.txt", "d.md");
    const { code, stdout, stderr } = await fakeMigrate(made.root, "a.ts", "--write");
    expect(code).toBe(2);
    expect(stdout).toContain("a.ts\n  error not written");
    expect(stderr).toContain(
      `nothing was written: it cannot be told whether files in ${made.root} have uncommitted changes`,
    );
    expect(stderr.match(/cannot tell: .*/g)).toEqual(["cannot tell: b.txt", "cannot tell: c.txt"]);
    expect(made.read("a.ts")).toBe(GOOD);
    // As the message says.
    made.git("status");
    expect((await fakeMigrate(made.root, "a.ts", "--write")).code).toBe(0);
  });

  it("calls a change a change, with filters or without", async () => {
    const { made } = createFiltered({});
    made.write("b.txt", "staged");
    made.git("add", "b.txt");
    touch(made, "b.txt");
    const { stderr } = await fakeMigrate(made.root, "a.ts", "--write");
    expect(stderr).toContain(
      `${made.root} has uncommitted changes. Commit or stash them, or pass --allow-dirty.\n  MM b.txt`,
    );
  });

  it("is about the tree that holds the files, whatever the configuration calls its tree", async () => {
    const { made } = createCase();
    const elsewhere = new Workspace({ "a.ts": GOOD, "b.txt": "b" });
    setConfig(made, { "core.worktree": elsewhere.root });
    made.write("new.txt", "");
    const { code, stderr } = await fakeMigrate(made.root, "a.ts", "--write");
    expect(code).toBe(2);
    expect(stderr).toContain("  ?? new.txt");
  });

  it("is about the submodule that holds the files", async () => {
    const set = createCase();
    addSubmodule(set);
    const { made } = set;
    made.write("sub/s.ts", GOOD);
    const { code, stderr } = await fakeMigrate(made.root, "sub/s.ts", "--write");
    expect(code).toBe(2);
    expect(stderr).toContain(`nothing was written: ${made.path("sub")} has uncommitted changes.`);
    // What is changed in a submodule is no change of what is around it.
    expect((await fakeMigrate(made.root, "a.ts", "--write")).code).toBe(0);
  });

  it("names what a killed run has left that has to be recovered elsewhere in the tree", async () => {
    const { made } = createCase({ "p/x.ts": "" });
    made.write("p/.tapify-journal", "{");
    const { code, stderr } = await fakeMigrate(made.root, "a.ts", "--write");
    expect(code).toBe(2);
    expect(stderr).toContain(`?? p/.tapify-journal (a run was cut short: tapify recover ${made.path("p")})`);
  });
});

describe("files that git cannot bring back", () => {
  it.each([
    ["--assume-unchanged", "a.ts"],
    ["--skip-worktree", "a.ts"],
  ])("are told of: %s", async (flag, path) => {
    const { made } = createCase({ "z.ts": GOOD });
    made.git("update-index", flag, path);
    const { code, stderr } = await fakeMigrate(made.root, "--write");
    expect(code).toBe(0);
    expect(stderr).toBe(
      `tapify: ${made.path(path)} is marked for git to overlook (assume-unchanged or skip-worktree): git cannot undo the change, only copies of your own can.\n`,
    );
    expect(made.read("a.ts")).toBe(MIGRATED);
  });

  it("are told of when git ignores them and they are named in full, with --allow-dirty as well", async () => {
    const { made } = createCase({ ".gitignore": "gen\n" });
    const message = (first: string) =>
      `${first} not among the files that git keeps: git cannot undo the change, only copies of your own can.\n`;
    made.write("gen/a.ts", GOOD);
    made.write("gen/b.ts", GOOD);
    const { code, stderr } = await fakeMigrate(made.root, "gen/a.ts", "gen/b.ts", "--write");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `tapify: ${message(`${made.path("gen/a.ts")} and 1 more file are`)}`,
    });
    made.write("gen/b.ts", GOOD);
    const allowed = await fakeMigrate(made.root, "gen/b.ts", "--write", "--allow-dirty");
    expect(allowed.stderr).toContain(message(`${made.path("gen/b.ts")} is`));
  });
});

/** A repository in which text files are kept in capitals. */
function createFiltered(files: Readonly<Record<string, string>>): Case {
  const made = createCase(files);
  setConfig(made.made, { "filter.f.clean": "tr a-z A-Z" });
  addAttributes(made, "*.txt filter=f");
  made.made.git("add", "--renormalize", ".");
  made.made.git("commit", "-q", "-m", "filtered");
  return made;
}

function createCase(files: Readonly<Record<string, string>> = {}): Case {
  const made = new Workspace({ "a.ts": GOOD, "b.txt": "b", ...files });
  made.commit();
  return { made, traps: new Traps() };
}
