import { mkdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { discover } from "../../src/cli/files/discover.ts";
import { Workspace } from "./support/workspace.ts";

async function find(
  workspace: Workspace,
  paths: string[],
  { from = ".", declarations = false, linksAnywhere = false } = {},
) {
  const { files, skipped } = await discover(paths, { cwd: workspace.path(from), declarations, linksAnywhere });
  return { paths: files.map(({ path }) => path), skipped: skipped.map(({ path }) => path) };
}

describe("discover", () => {
  it("takes every script ending below the current folder, sorted, when there are no paths", async () => {
    const names = ["a.ts", "b.tsx", "c.mts", "d.cts", "e.js", "f.jsx", "g.mjs", "h.cjs", ".hidden/i.ts"];
    const workspace = new Workspace(
      Object.fromEntries([...names, "x.css", "y.json", "z.ts.map"].map((name) => [name, ""])),
    );
    expect((await find(workspace, [])).paths).toEqual([...names].sort());
  });

  it("leaves node_modules and declarations out of folders and globs", async () => {
    const workspace = new Workspace({
      "src/a.ts": "",
      "src/a.d.ts": "",
      "src/b.d.mts": "",
      "src/c.d.css.ts": "",
      "src/node_modules/p/i.js": "",
    });
    expect((await find(workspace, ["src"])).paths).toEqual(["src/a.ts"]);
    expect((await find(workspace, ["src/**/*"])).paths).toEqual(["src/a.ts"]);
    expect((await find(workspace, ["src"], { declarations: true })).paths).toEqual([
      "src/a.d.ts",
      "src/a.ts",
      "src/b.d.mts",
      "src/c.d.css.ts",
    ]);
  });

  it("skips node_modules and declarations that are named in full, and says so", async () => {
    const workspace = new Workspace({ "a.d.ts": "", "node_modules/p/i.js": "" });
    expect(await find(workspace, ["a.d.ts", "node_modules/p/i.js", "node_modules"])).toEqual({
      paths: [],
      skipped: ["a.d.ts", "node_modules/p/i.js", "node_modules"],
    });
  });

  it("skips a link that leads into node_modules", async () => {
    const workspace = new Workspace({ "node_modules/p/i.js": "" });
    symlinkSync(workspace.path("node_modules/p/i.js"), workspace.path("link.js"));
    symlinkSync(workspace.path("node_modules/p"), workspace.path("folder"));
    expect(await find(workspace, ["link.js", "folder"])).toEqual({ paths: [], skipped: ["link.js", "folder"] });
  });

  it("shows a path as it was asked for: relative or absolute", async () => {
    const workspace = new Workspace({ "p/a.ts": "", "q/b.ts": "" });
    expect((await find(workspace, ["../q", "a.ts"], { from: "p" })).paths).toEqual(["a.ts", "../q/b.ts"]);
    expect((await find(workspace, [workspace.path("q")], { from: "p" })).paths).toEqual([workspace.path("q/b.ts")]);
    expect((await find(workspace, [workspace.path("q/*.ts")], { from: "p" })).paths).toEqual([
      workspace.path("q/b.ts"),
    ]);
    expect((await find(workspace, ["../q/*.ts"], { from: "p" })).paths).toEqual(["../q/b.ts"]);
  });

  it("takes a file once, however often it is named", async () => {
    const workspace = new Workspace({ "src/a.ts": "" });
    symlinkSync(workspace.path("src"), workspace.path("alias"));
    symlinkSync(workspace.path("src/a.ts"), workspace.path("link.ts"));
    expect((await find(workspace, ["src/a.ts", "src", "./src/*.ts", "alias", "link.ts"])).paths).toEqual(["src/a.ts"]);
  });

  it("does not follow links met on the way, so that a circle ends", async () => {
    const workspace = new Workspace({ "src/a.ts": "" });
    symlinkSync(workspace.root, workspace.path("src/up"));
    symlinkSync(workspace.path("src/a.ts"), workspace.path("src/b.ts"));
    expect((await find(workspace, [])).paths).toEqual(["src/a.ts"]);
    expect((await find(workspace, ["src/b.ts"])).paths).toEqual(["src/b.ts"]);
  });

  it("does not follow named links that lead away, unless nothing is written", async () => {
    const workspace = new Workspace({ "p/src/a.ts": "", "p/lib/b.ts": "", "q/c.ts": "" });
    symlinkSync("../lib/b.ts", workspace.path("p/src/file.ts"));
    symlinkSync("../../q", workspace.path("p/src/folder"));
    symlinkSync("../q/c.ts", workspace.path("p/away.ts"));
    const named = ["src/file.ts", "src/folder", "src/folder/c.ts", "src/folder/*.ts", "away.ts"];
    expect(await find(workspace, [...named, "src/a.ts"], { from: "p" })).toEqual({
      paths: ["src/a.ts"],
      skipped: named,
    });
    // The three that are one file are taken once.
    expect((await find(workspace, named, { from: "p", linksAnywhere: true })).paths).toEqual([
      "src/file.ts",
      "src/folder/c.ts",
    ]);
    // Where the link leads to is asked for as well.
    expect((await find(workspace, ["src/file.ts", "lib"], { from: "p" })).skipped).toEqual([]);
    expect((await find(workspace, ["away.ts", "../q"], { from: "p" })).paths).toEqual(["away.ts"]);
    // A folder that is only a link to another does not ask for what is in that.
    expect((await find(workspace, ["away.ts", "src/folder"], { from: "p" })).paths).toEqual([]);
    // In a folder that is reached through a link itself, nothing is otherwise.
    symlinkSync("p", workspace.path("alias"));
    expect((await find(workspace, ["src", ".", workspace.path("alias/lib/b.ts")], { from: "alias" })).skipped).toEqual(
      [],
    );
    expect((await find(workspace, ["..", "../.."], { from: "alias/src" })).skipped).toEqual([]);
  });

  it("skips a link to what only declares, or is no script", async () => {
    const workspace = new Workspace({ "types.d.ts": "", "notes.txt": "", "a.ts": "" });
    symlinkSync("types.d.ts", workspace.path("declares.ts"));
    symlinkSync("notes.txt", workspace.path("notes.ts"));
    expect((await find(workspace, ["declares.ts", "notes.ts", "a.ts"])).skipped).toEqual(["declares.ts", "notes.ts"]);
  });

  it("takes a name with special characters as a name if there is such a file", async () => {
    const names = ["[id].ts", "a{b,c}.ts", "what?.ts", "!not.ts", "st*r.ts", "with space.ts"];
    const workspace = new Workspace({
      ...Object.fromEntries(names.map((name) => [name, ""])),
      "i.ts": "",
      "(group)/page.ts": "",
    });
    for (const name of names) expect((await find(workspace, [name])).paths).toEqual([name]);
    expect((await find(workspace, ["(group)"])).paths).toEqual(["(group)/page.ts"]);
    expect((await find(workspace, ["(group)/*.ts"])).paths).toEqual(["(group)/page.ts"]);
    expect((await find(workspace, ["\\[id\\].ts"])).paths).toEqual(["[id].ts"]);
  });

  it("reads globs with braces, classes, and exclusions", async () => {
    const workspace = new Workspace({ "src/a.ts": "", "src/a.test.ts": "", "lib/b.ts": "", "other/c.ts": "" });
    expect((await find(workspace, ["{src,lib}/**/*.ts"])).paths).toEqual(["lib/b.ts", "src/a.test.ts", "src/a.ts"]);
    expect((await find(workspace, ["src", "!**/*.test.ts"])).paths).toEqual(["src/a.ts"]);
    expect((await find(workspace, ["!src/**", "!other/**"])).paths).toEqual(["lib/b.ts"]);
    expect((await find(workspace, ["./src/[a-b].ts"])).paths).toEqual(["src/a.ts"]);
  });

  it("names every path that matches nothing", async () => {
    const workspace = new Workspace({ "src/a.ts": "", "notes.txt": "" });
    mkdirSync(workspace.path("empty"));
    await expect(
      find(workspace, ["src", "gone.ts", "empty", "src/*.jsx", "none/**/*.ts", "notes.txt"]),
    ).rejects.toThrow(
      /gone\.ts: no such file or folder.*\nempty: matches no .*\nsrc\/\*\.jsx: matches no .*\nnone\/\*\*\/\*\.ts: matches no .*\nnotes\.txt: is no TypeScript/,
    );
  });
});

describe("discover, with .gitignore", () => {
  it("honours nested files and the repository's, also above the given path", async () => {
    const workspace = new Workspace({
      ".gitignore": "dist\n*.gen.ts\n/packages/*/tmp/\n",
      "packages/p/.gitignore": "local.ts\n/only-here.ts\n",
      "packages/p/a.ts": "",
      "packages/p/a.gen.ts": "",
      "packages/p/local.ts": "",
      "packages/p/deep/local.ts": "",
      "packages/p/only-here.ts": "",
      "packages/p/deep/only-here.ts": "",
      "packages/p/dist/a.ts": "",
      "packages/p/tmp/a.ts": "",
      "packages/q/local.ts": "",
    });
    workspace.commit();
    const expected = ["packages/p/a.ts", "packages/p/deep/only-here.ts"];
    expect((await find(workspace, ["packages/p"])).paths).toEqual(expected);
    expect((await find(workspace, ["packages/p/**/*.ts"])).paths).toEqual(expected);
    expect((await find(workspace, [])).paths).toEqual([...expected, "packages/q/local.ts"]);
    expect((await find(workspace, [], { from: "packages/p/deep" })).paths).toEqual(["only-here.ts"]);
  });

  it("takes back what a later or deeper line takes back, as git does", async () => {
    const workspace = new Workspace({
      ".gitignore": "gen\n*.ts\n!keep.ts\n",
      "p/.gitignore": "!gen\n!gen/*.ts\n",
      "keep.ts": "",
      "drop.ts": "",
      "gen/keep.ts": "",
      "p/gen/x.ts": "",
      "p/x.ts": "",
    });
    workspace.git("init", "-q");
    const untracked = workspace.git("ls-files", "--others", "--exclude-standard", "*.ts").trim().split("\n");
    expect((await find(workspace, [])).paths).toEqual(untracked);
    expect(untracked).toEqual(["keep.ts", "p/gen/x.ts"]);
  });

  it("agrees with git on folders with special characters, comments, CRLF and trailing spaces", async () => {
    const workspace = new Workspace({
      "a[b] c/.gitignore": "# x.ts\r\nx.ts\r\n\r\ny.ts  \r\n!/deep/x.ts\r\n",
      "a[b] c/x.ts": "",
      "a[b] c/y.ts": "",
      "a[b] c/z.ts": "",
      "a[b] c/deep/x.ts": "",
      "ab c/x.ts": "",
    });
    workspace.git("init", "-q");
    const untracked = workspace
      .git("-c", "core.quotePath=false", "ls-files", "--others", "--exclude-standard", "*.ts")
      .trim()
      .split("\n");
    expect((await find(workspace, [])).paths).toEqual(untracked);
    expect(untracked).toEqual(["a[b] c/deep/x.ts", "a[b] c/z.ts", "ab c/x.ts"]);
  });

  it("reads .git/info/exclude, and stops at a repository within", async () => {
    const workspace = new Workspace({
      ".gitignore": "a.ts\n",
      "a.ts": "",
      "b.ts": "",
      "c.ts": "",
      "inner/.git/HEAD": "",
      "inner/a.ts": "",
    });
    workspace.git("init", "-q");
    workspace.write(".git/info/exclude", "b.ts\n");
    expect((await find(workspace, [])).paths).toEqual(["c.ts", "inner/a.ts"]);
  });

  it("works without a repository", async () => {
    const workspace = new Workspace({
      ".gitignore": "*.gen.ts\n",
      "src/.gitignore": "tmp/\n",
      "src/a.ts": "",
      "src/a.gen.ts": "",
      "src/tmp/a.ts": "",
    });
    expect((await find(workspace, ["src"])).paths).toEqual(["src/a.ts"]);
    expect((await find(workspace, [workspace.path("src")], { from: "src" })).paths).toEqual([
      workspace.path("src/a.gen.ts"),
      workspace.path("src/a.ts"),
    ]);
  });

  it("takes an ignored file that is named in full, and refuses an ignored folder", async () => {
    const workspace = new Workspace({ ".gitignore": "dist\n", "dist/sub/a.ts": "" });
    workspace.git("init", "-q");
    expect((await find(workspace, ["dist/sub/a.ts"])).paths).toEqual(["dist/sub/a.ts"]);
    await expect(find(workspace, ["dist"])).rejects.toThrow("dist: everything in it is ignored by .gitignore");
    await expect(find(workspace, ["dist/sub"])).rejects.toThrow("dist/sub: everything in it is ignored");
  });
});
