import { symlinkSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import * as fs from "node:fs";
import { tapify, Workspace, type RunResult } from "./support/workspace.ts";

/** Which files `tapify migrate --project` changes: those of the project that it was told, in that project's folder. */

vi.mock("node:fs", { spy: true });

const OPTIONS = '"strict": true, "types": [], "target": "ES2022", "module": "ES2022", "moduleResolution": "Bundler"';
const TASK = "export interface Task<T> extends PromiseLike<T> {\n  readonly Result: T;\n}\n";
const WAITS = `import type { Task } from "./task";\nexport const load = (task: Task<number>): number => task.Result;\n`;

function config(rest: string, options = ""): string {
  return `{ "compilerOptions": { ${options}${OPTIONS} }, ${rest} }\n`;
}

/** A project in the folder `p`, and what lies around it. */
function projectOf(files: Readonly<Record<string, string>>): Workspace {
  return new Workspace({ "p/tsconfig.json": config('"include": ["src"]'), "p/src/task.ts": TASK, ...files });
}

function migrate(made: Workspace, ...argv: string[]): Promise<RunResult> {
  return tapify(made.path("p"), "migrate", "--project", "tsconfig.json", "--write", ...argv);
}

/** The files that a run changed. */
async function changedBy(made: Workspace, ...argv: string[]): Promise<RunResult & { readonly changed: string[] }> {
  const before = made.snapshot();
  const result = await migrate(made, ...argv);
  const after = made.snapshot();
  expect(Object.keys(after)).toEqual(Object.keys(before));
  return { ...result, changed: Object.keys(after).filter((path) => after[path] !== before[path]) };
}

describe("what lies outside of the project's folder", () => {
  it.each([
    ["files", '"include": ["src"], "files": ["../outside.ts"]'],
    ["include", '"include": ["src", "../*.ts"]'],
  ])("is left and told of: by %s", async (_name, rest) => {
    const made = projectOf({
      "p/tsconfig.json": config(rest),
      "p/src/load.ts": WAITS,
      "outside.ts": WAITS.replace("./task", "./p/src/task"),
    });
    const { code, stderr, changed } = await changedBy(made);
    expect({ code, changed }).toEqual({ code: 0, changed: ["p/src/load.ts"] });
    expect(stderr).toContain(`${made.path("outside.ts")} was left alone: it is outside of the project's folder.\n`);
    // Named in full as well.
    expect((await migrate(made, "../outside.ts")).stderr).toContain(
      "../outside.ts was left alone: it is outside of the project's folder.\n",
    );
  });

  it("keeps what it calls from changing", async () => {
    const made = projectOf({
      "p/tsconfig.json": config('"include": ["src"], "files": ["../outside.ts"]'),
      "p/src/load.ts": WAITS,
      "outside.ts": `import { load } from "./p/src/load";\nimport type { Task } from "./p/src/task";\nexport const twice = (task: Task<number>): number => 2 * load(task);\n`,
    });
    const { stdout, changed } = await changedBy(made);
    expect(changed).toEqual([]);
    expect(stdout).toContain("src/load.ts\n  2:21 refused callers-unknown: load would have to become async");
  });

  it("is told of once, however many files it is", async () => {
    const made = projectOf({
      "p/tsconfig.json": config('"include": ["../q"]'),
      ...Object.fromEntries(["a", "b", "c"].map((name) => [`q/${name}.ts`, "export {};\n"])),
    });
    expect((await migrate(made)).stderr).toBe(
      `tapify: ${made.path("q/a.ts")} and 2 more were left alone: they are outside of the project's folder.\n`,
    );
  });

  it("is left behind symbolic links as well", async () => {
    const made = projectOf({ "p/src/load.ts": WAITS, "q/linked.ts": WAITS, "q/task.ts": TASK, "single.ts": WAITS });
    symlinkSync("../../q", made.path("p/src/folder"));
    symlinkSync("../../single.ts", made.path("p/src/single.ts"));
    const { code, stderr, changed } = await changedBy(made);
    expect({ code, changed }).toEqual({ code: 0, changed: ["p/src/load.ts"] });
    expect(stderr).toContain(
      "src/folder/linked.ts and 2 more were left alone: they are behind a symbolic link that leads out of the project's folder.\n",
    );
  });
});

describe("symbolic links in a project", () => {
  it("are followed to files in its folder", async () => {
    const made = projectOf({ "p/lib/load.ts": WAITS.replace("./task", "../src/task") });
    symlinkSync("../lib/load.ts", made.path("p/src/load.ts"));
    const { code, stderr, changed } = await changedBy(made);
    expect({ code, changed }).toEqual({ code: 0, changed: ["p/lib/load.ts"] });
    expect(stderr).not.toContain("left alone");
  });

  it("are no second file beside the one that they lead to", async () => {
    const made = projectOf({ "p/src/load.ts": WAITS, "p/src/z/task.ts": TASK });
    symlinkSync("load.ts", made.path("p/src/again.ts"));
    symlinkSync("z", made.path("p/src/a"));
    const { code, changed } = await changedBy(made);
    expect({ code, changed }).toEqual({ code: 0, changed: ["p/src/load.ts"] });
  });

  it("are left that lead to what only declares, or is no program by its name", async () => {
    const made = projectOf({ "p/load.d.ts": "export {};\n", "p/load.txt": "export {};\n" });
    symlinkSync("../load.d.ts", made.path("p/src/declares.ts"));
    symlinkSync("../load.txt", made.path("p/src/text.ts"));
    expect((await migrate(made)).stderr).toContain(
      "src/declares.ts and 1 more were left alone: they are a symbolic link to what is no program by its name.",
    );
  });
});

it("leaves node_modules, even if the project includes it", async () => {
  const made = projectOf({
    "p/tsconfig.json": config('"include": ["src", "node_modules/q"], "exclude": []'),
    "p/src/load.ts": WAITS,
    "p/node_modules/q/load.ts": WAITS.replace("./task", "../../src/task"),
  });
  const { stderr, changed } = await changedBy(made);
  expect(changed).toEqual(["p/src/load.ts"]);
  expect(stderr).toContain("node_modules/q/load.ts was left alone: it is in node_modules.\n");
});

describe("a composite project", () => {
  it.each([
    ["composite", '"composite": true, '],
    ["declaration", '"declaration": true, '],
    ["composite, whatever it says of declarations", '"composite": true, "declaration": false, '],
  ])("is a library: by %s", async (_name, options) => {
    const made = projectOf({ "p/tsconfig.json": config('"include": ["src"]', options), "p/src/load.ts": WAITS });
    const { stdout, changed } = await changedBy(made);
    expect(changed).toEqual([]);
    expect(stdout).toContain("refused exported-api");
    expect((await changedBy(made, "--allow-exports")).changed).toEqual(["p/src/load.ts"]);
  });

  it("is one by what it extends", async () => {
    const made = projectOf({
      "base.json": '{ "compilerOptions": { "composite": true } }\n',
      "p/tsconfig.json": config('"extends": "../base.json", "include": ["src"]'),
      "p/src/load.ts": WAITS,
    });
    expect((await changedBy(made)).changed).toEqual([]);
  });
});

describe("a project that refers to others", () => {
  const packages = {
    "p/tsconfig.json": '{ "files": [], "references": [{ "path": "a" }, { "path": "b/tsconfig.build.json" }] }\n',
    "p/a/tsconfig.json": config('"include": ["."], "references": [{ "path": "../c" }]', '"composite": true, '),
    "p/a/task.ts": TASK,
    "p/a/load.ts": WAITS,
    "p/b/tsconfig.build.json": config('"include": ["."]', '"composite": true, '),
    "p/b/other.ts": "export {};\n",
    "p/c/tsconfig.json": config('"files": ["c.ts"]', '"composite": true, '),
    "p/c/c.ts": "export {};\n",
  };

  it("and holds no files says which hold some", async () => {
    const made = new Workspace(packages);
    const { code, stdout, stderr } = await migrate(made);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      `tapify: ${made.path("p/tsconfig.json")} holds no files, it only refers to other projects. ` +
        `Pass --project ${made.path("p/a/tsconfig.json")} or ${made.path("p/b/tsconfig.build.json")} or ${made.path("p/c/tsconfig.json")}.\n`,
    );
  });

  it.each([
    ["a/load.ts", "a/tsconfig.json"],
    ["b", "b/tsconfig.build.json"],
    // Referred to by one that is referred to.
    ["c/c.ts", "c/tsconfig.json"],
  ])("and does not hold what was named says which does: %s", async (path, holder) => {
    const made = new Workspace(packages);
    const { code, stderr } = await migrate(made, path);
    expect(code).toBe(2);
    expect(stderr).toContain(`belongs to a project that ${made.path("p/tsconfig.json")} refers to`);
    expect(stderr).toContain(`Pass --project ${made.path("p", holder)}.\n`);
  });

  it("says so also where it holds files of its own", async () => {
    const made = new Workspace({
      ...packages,
      "p/tsconfig.json": config('"include": ["src"], "references": [{ "path": "b/tsconfig.build.json" }]'),
      "p/src/task.ts": TASK,
      "p/src/load.ts": WAITS,
    });
    const { code, stderr, changed } = await changedBy(made, "src", "b/other.ts");
    expect({ code, changed }).toEqual({ code: 2, changed: [] });
    expect(stderr).toContain(`${made.path("p/b/other.ts")} belongs to a project`);
    expect((await changedBy(made, "src")).changed).toEqual(["p/src/load.ts"]);
  });

  it("goes on with its own files, and may refer to what is not there", async () => {
    const made = projectOf({
      "p/tsconfig.json": config('"include": ["src"], "references": [{ "path": "gone" }, { "path": "." }]'),
      "p/src/load.ts": WAITS,
      "p/apart.ts": "export {};\n",
    });
    const { code, stderr, changed } = await changedBy(made, "src", "apart.ts");
    expect({ code, changed }).toEqual({ code: 0, changed: ["p/src/load.ts"] });
    expect(stderr).toContain("apart.ts was skipped: it is not part of the project.");
  });
});

it("is an error where it lists a file that is not there", async () => {
  const made = projectOf({
    "p/tsconfig.json": config('"include": ["src"], "files": ["src/gone.ts"]'),
    "p/src/load.ts": WAITS,
  });
  const { code, stderr, changed } = await changedBy(made);
  expect({ code, changed }).toEqual({ code: 2, changed: [] });
  expect(stderr).toBe(
    `tapify: ${made.path("p/tsconfig.json")} lists ${made.path("p/src/gone.ts")} in "files", which is no file. Take it out of the list, or add it.\n`,
  );
});

describe("a file that is not what was migrated", () => {
  it("keeps what somebody has written into it meanwhile", async () => {
    const made = projectOf({ "p/src/load.ts": WAITS, "p/src/other.ts": WAITS.replaceAll("load", "other") });
    const actual = await vi.importActual<typeof fs>("node:fs");
    const mine = `${WAITS}// mine\n`;
    // As soon as the compiler has read it.
    let descriptor: number | null = null;
    vi.mocked(fs.openSync).mockImplementation((path, ...how) => {
      const opened = actual.openSync(path, ...how);
      if (path === made.path("p/src/load.ts")) descriptor = opened;
      return opened;
    });
    vi.mocked(fs.closeSync).mockImplementation((closed) => {
      actual.closeSync(closed);
      if (closed !== descriptor) return;
      descriptor = null;
      made.write("p/src/load.ts", mine);
    });
    const { code, stderr } = await migrate(made);
    vi.mocked(fs.openSync).mockReset();
    vi.mocked(fs.closeSync).mockReset();
    expect(code).toBe(2);
    expect(stderr).toContain("nothing was migrated: src/load.ts was changed while it was. Run tapify again.");
    expect(made.read("p/src/load.ts")).toBe(mine);
    expect(made.read("p/src/other.ts")).toBe(WAITS.replaceAll("load", "other"));
  });

  it("is not decoded as what it is not", async () => {
    const made = projectOf({ "p/src/load.ts": WAITS });
    const latin1 = Buffer.from(`${WAITS}// \xe9\n`, "latin1");
    made.write("p/src/load.ts", latin1);
    const { code, stderr, changed } = await changedBy(made);
    expect({ code, changed }).toEqual({ code: 2, changed: [] });
    expect(stderr).toContain("nothing was migrated: src/load.ts cannot be read: is not valid UTF-8.");
  });
});
