import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tapify, Workspace } from "./support/workspace.ts";

const MONGO = `const { MongoClient } = require("mongodb");
const client = new MongoClient("x");
client.connect((error) => {
  console.log(error);
});
`;
const HANDLER = `exports.run = (input, context, callback) => {
  callback(null, input);
};
`;
const WAIT = `export function two(c: any) {
  const handle = c.BeginWrite(null, null);
  while (!handle.IsCompleted) {}
  return c.EndWrite(handle);
}
`;
const installed = (version: string): Record<string, string> => ({
  "node_modules/mongodb/package.json": JSON.stringify({ name: "mongodb", version }),
});

/** Runs with the cache and without, which has to be the same. */
async function checked({ root }: Workspace, ...options: string[]): Promise<string> {
  const plain = await tapify(root, "check", "--format", "json", ...options);
  const cached = await tapify(root, "check", "--format", "json", "--cache", ...options);
  expect(cached).toEqual(plain);
  const again = await tapify(root, "check", "--format", "json", "--cache", ...options);
  expect(again).toEqual(plain);
  return plain.stdout;
}

/** Puts into the cache that nothing was found, to see what is taken from there. */
function forget(workspace: Workspace, location = ".tapifycache"): void {
  const kept = JSON.parse(workspace.read(location)) as { entries: Record<string, { result: { messages: unknown[] } }> };
  for (const { result } of Object.values(kept.entries)) result.messages = [];
  writeFileSync(workspace.path(location), JSON.stringify(kept));
}

const count = async ({ root }: Workspace, ...options: string[]): Promise<number> => {
  const { stdout } = await tapify(root, "check", "--format", "json", "--cache", ...options);
  return (JSON.parse(stdout) as { messages: unknown[] }[]).reduce((sum, { messages }) => sum + messages.length, 0);
};

describe("tapify check --cache", () => {
  it("gives what a run without it gives, for each format, also after changes", async () => {
    const workspace = new Workspace({
      "a.js": MONGO,
      "b.ts": WAIT,
      "c.ts": "let x;\n",
      "d.ts": "c.BeginRead(; c.EndRead(r);\n",
      ...installed("5.0.0"),
    });
    const first = await checked(workspace);
    for (const format of ["stylish", "sarif", "json-with-metadata"]) await checked(workspace, "--format", format);
    workspace.write("b.ts", "let y;\n");
    workspace.write("e.ts", WAIT);
    expect(await checked(workspace)).not.toBe(first);
  });

  it("takes from it what has not changed", async () => {
    const workspace = new Workspace({ "b.ts": WAIT });
    expect(await count(workspace)).toBeGreaterThan(0);
    forget(workspace);
    expect(await count(workspace)).toBe(0);
    workspace.write("b.ts", `${WAIT}\n`);
    expect(await count(workspace)).toBeGreaterThan(0);
  });

  it.each([
    [
      "the version of a package that is installed",
      (workspace: Workspace) =>
        workspace.write("node_modules/mongodb/package.json", JSON.stringify({ name: "mongodb", version: "6.1.0" })),
    ],
    [
      "the version that a package.json asks for",
      (workspace: Workspace) => workspace.write("package.json", JSON.stringify({ dependencies: { jest: "29" } })),
    ],
    [
      "a deployment file",
      (workspace: Workspace) =>
        workspace.write("serverless.yml", "functions:\n  a:\n    handler: h.run\n    runtime: nodejs24.x\n"),
    ],
  ])("asks again when it is another: %s", async (_, change) => {
    const files = { "a.js": MONGO, "h.js": HANDLER, "a.test.js": 'it("x", (done) => {\n  done();\n});\n' };
    const workspace = new Workspace({
      ...files,
      ...installed("5.0.0"),
      "serverless.yml": "provider:\n  runtime: nodejs20.x\nfunctions:\n  a:\n    handler: h.run\n",
      ".gitignore": "node_modules\n",
    });
    await checked(workspace, "--preset", "all");
    const before = readFileSync(workspace.path(".tapifycache"), "utf8");
    change(workspace);
    await checked(workspace, "--preset", "all");
    expect(readFileSync(workspace.path(".tapifycache"), "utf8")).not.toBe(before);
  });

  it("finds out that a function is deployed, and that it is no more", async () => {
    const workspace = new Workspace({ "h.js": HANDLER });
    expect(await count(workspace)).toBe(0);
    workspace.write("serverless.yml", "functions:\n  a:\n    handler: h.run\n");
    expect(await count(workspace)).toBeGreaterThan(0);
    rmSync(workspace.path("serverless.yml"));
    expect(await count(workspace)).toBe(0);
  });

  it("finds out that a package is of a version that has no use for a callback", async () => {
    const workspace = new Workspace({ "a.js": MONGO, ...installed("3.0.0") });
    expect(await count(workspace)).toBe(0);
    workspace.write("node_modules/mongodb/package.json", JSON.stringify({ name: "mongodb", version: "6.0.0" }));
    expect(await count(workspace)).toBeGreaterThan(0);
  });

  it("forgets all where an option is another", async () => {
    const workspace = new Workspace({ "b.ts": WAIT });
    await count(workspace);
    forget(workspace);
    expect(await count(workspace, "--entry-points", "start")).toBeGreaterThan(0);
    forget(workspace);
    expect(await count(workspace, "--entry-points", "start", "--preset", "all")).toBeGreaterThan(0);
  });

  it("keeps results where it is told to, and begins anew with what is no cache", async () => {
    const workspace = new Workspace({ "b.ts": WAIT, "cache/kept.json": "no JSON" });
    expect(await count(workspace, "--cache-location", "cache/kept.json")).toBeGreaterThan(0);
    expect(workspace.read("cache/kept.json")).toContain('"b.ts"');
    expect(Object.keys(workspace.snapshot())).not.toContain(".tapifycache");
  });
});
