import { describe, expect, it } from "vitest";
import { DIALECTS } from "../../src/dialects/families/index.ts";
import { namesOfFamily } from "../../src/dialects/family-names.ts";
import { migrateText } from "../../src/core.ts";
import { tapify, Workspace } from "./support/workspace.ts";

const MIXED = `import { readFile } from "node:fs";
import { lookup } from "node:dns";
export function load(path: string): void {
  readFile(path, "utf8", (error, text) => {
    if (error) return console.error(error);
    console.log(text);
  });
}
export function find(host: string): void {
  lookup(host, (error, address) => {
    if (error) return console.error(error);
    console.log(address);
  });
}
export async function copy(c: any) {
  const r = c.BeginRead(null, null);
  return c.EndRead(r);
}
`;

const NESTED = `import { readFile } from "node:fs";
import { lookup } from "node:dns";
export function load(path: string): void {
  readFile(path, "utf8", (error, text) => {
    if (error) return console.error(error);
    lookup(text, (problem, address) => {
      if (problem) return console.error(problem);
      console.log(address);
    });
  });
}
`;

const operations = (stdout: string): string[] =>
  (
    JSON.parse(stdout) as { files: { migrations: { operation: string }[]; refusals: { code: string }[] }[] }
  ).files.flatMap(({ migrations, refusals }) => [
    ...migrations.map(({ operation }) => operation),
    ...refusals.map(({ code }) => code),
  ]);

describe("tapify migrate --family", () => {
  it.each([
    [["fs"], ["readFile"]],
    [["dns"], ["lookup"]],
    [["begin-end"], ["Read"]],
    [["fs,begin-end"], ["readFile", "Read"]],
    [
      ["fs", "--family", "dns"],
      ["readFile", "lookup"],
    ],
    [["events"], []],
    [["waits"], []],
    [["own-callbacks"], []],
  ])("%j migrates only operations of these families", async (family, expected) => {
    const { root } = new Workspace({ "a.ts": MIXED });
    const { code, stdout } = await tapify(root, "migrate", "--family", ...family, "--format", "json");
    expect(code).toBe(0);
    expect(operations(stdout)).toEqual(expected);
  });

  it("leaves the text of other operations as it is, and says nothing of them", async () => {
    const workspace = new Workspace({ "a.ts": MIXED });
    const { stdout } = await tapify(workspace.root, "migrate", "--family", "dns", "--write");
    expect(stdout).toContain("1 place in 1 file migrated.");
    const text = workspace.read("a.ts");
    expect(text).toContain("await dnsPromises.lookup(host)");
    expect(text).toContain('readFile(path, "utf8", (error, text) => {');
    expect(text).toContain("c.BeginRead(null, null)");
    expect((await tapify(workspace.root, "migrate", "--family", "dns")).stdout).toContain("1 unchanged");
  });

  it.each(["fs", "dns"])("takes along what only changes together with %s", async (family) => {
    const { root } = new Workspace({ "a.ts": NESTED });
    const { stdout } = await tapify(root, "migrate", "--family", family, "--format", "json");
    expect(operations(stdout)).toEqual(["readFile", "lookup"]);
  });

  it("takes the modules that --callbacks names", async () => {
    const text = `import { load } from "./store.js";
export function show(): void {
  load("a", (error: unknown, value: unknown) => {
    if (error) return console.error(error);
    console.log(value);
  });
}
`;
    const { root } = new Workspace({ "a.ts": text });
    const callbacks = ["--callbacks", "./store.js:load=same-call"];
    const { stdout } = await tapify(root, "migrate", "--family", "./store.js", ...callbacks, "--format", "json");
    expect(operations(stdout)).toEqual(["load"]);
  });

  it("applies to one place and to a project as well", async () => {
    const workspace = new Workspace({
      "a.ts": MIXED,
      "tsconfig.json": '{"compilerOptions":{"types":[],"skipLibCheck":true},"files":["a.ts"]}',
    });
    const one = await tapify(workspace.root, "migrate", "--family", "fs", "--only", "a.ts:10");
    expect(one.stderr).toContain("a.ts:10 holds nothing that a migration takes up.");
    const project = await tapify(workspace.root, "migrate", "--family", "begin-end", "-p", ".", "--format", "json");
    expect(operations(project.stdout)).toEqual(["Read"]);
  });

  it.each([
    ["mongo", 'tapify: --family cannot be "mongo". Did you mean "mongodb"? It is one of: begin-end, events, waits,'],
    ["begin_end", '--family cannot be "begin_end". Did you mean "begin-end"?'],
    ["toString", '--family cannot be "toString".'],
    ["fs,,dns", "--family takes names with commas between them: --family A,B."],
  ])("answers %s with what is wrong", async (family, message) => {
    const { root } = new Workspace({ "a.ts": MIXED });
    const { code, stdout, stderr } = await tapify(root, "migrate", "--family", family);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("says which migration a family needs", async () => {
    const { root } = new Workspace({ "a.ts": MIXED });
    const { code, stderr } = await tapify(root, "migrate", "--family", "fs", "--transform", "events-to-async");
    expect(code).toBe(2);
    expect(stderr).toContain("--family fs needs --transform callbacks-to-async.");
  });
});

describe("the names of families", () => {
  it("are there for every family", () => {
    for (const dialect of DIALECTS) {
      const names = [...namesOfFamily(dialect)];
      expect(names.length, dialect.name).toBeGreaterThan(0);
      for (const name of names) expect(name).toMatch(/^[@a-z][\w./@-]*$/i);
    }
  });

  it("are checked where a program gives them", () => {
    const filePath = "a.ts";
    expect(() => migrateText("", { filePath, onlyFamilies: ["mongo"] })).toThrow('Did you mean "mongodb"?');
    expect(() => migrateText("", { filePath, onlyFamilies: "fs" as never })).toThrow("takes an array of names");
  });
});
