import { describe, expect, it } from "vitest";
import { tapify, Workspace } from "./support/workspace.ts";

const POLL =
  "export function poll(client) {\n  const r = client.BeginRead(null, null);\n  while (!r.IsCompleted) {}\n  client.EndRead(r);\n}\n";
const TYPED = POLL.replace("client)", "client: any)");
const STRICT = JSON.stringify({ compilerOptions: { target: "es2022", module: "esnext", types: [] } });

describe("--project", () => {
  it.each(["check", "migrate"])("names a folder, or is called -p: tapify %s", { timeout: 300_000 }, async (command) => {
    const workspace = new Workspace({ "app/tsconfig.json": STRICT, "app/a.ts": TYPED, "b.ts": TYPED });
    const first = await tapify(workspace.root, command, "--project", "app/tsconfig.json", "app");
    expect(first.stdout).toContain("a.ts");
    expect(await tapify(workspace.root, command, "-p", "app", "app")).toEqual(first);
    expect(await tapify(workspace.root, command, "-papp/", "app")).toEqual(first);
  });

  it.each(["check", "migrate"])("does not name a folder without a configuration: tapify %s", async (command) => {
    const workspace = new Workspace({ "app/a.ts": TYPED });
    const { code, stdout, stderr } = await tapify(workspace.root, command, "-p", "app", "app");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      `tapify: --project app: this folder has no tsconfig.json and no jsconfig.json${command === "migrate" ? " and no package.json" : ""}. Name a configuration, or a folder that has one.\n`,
    );
  });

  it.each([
    ["that breaks off", '{ "compilerOptions": {', "'}' expected"],
    ["with a value that is none", '{ "compilerOptions": { "target": "es2099" } }', "--target"],
    ["that extends nothing", '{ "extends": "./gone.json" }', "gone.json"],
    ["that lists a file that is not there", '{ "files": ["a.ts", "gone.ts"] }', 'gone.ts in "files"'],
    ["that holds nothing", '{ "files": [], "references": [{ "path": "./app" }] }', "only refers to other projects"],
  ])("is one error, the same for check as for migrate: one %s", async (_, config, message) => {
    const workspace = new Workspace({
      "tsconfig.json": config,
      "a.ts": TYPED,
      "b.ts": TYPED,
      "app/tsconfig.json": STRICT,
      "app/a.ts": TYPED,
    });
    const check = await tapify(workspace.root, "check", "-p", ".");
    expect({ code: check.code, stdout: check.stdout }).toEqual({ code: 2, stdout: "" });
    expect(check.stderr).toContain(message);
    expect(check.stderr.match(/^tapify:/gm)).toHaveLength(1);
    expect(await tapify(workspace.root, "migrate", "-p", ".")).toEqual(check);
  });
});

describe("--project with JavaScript", () => {
  it.each(["tsconfig.json", "jsconfig.json"])("finds in it what the rules find: %s", async (config) => {
    const workspace = new Workspace({ [config]: "{}", "a.js": POLL });
    const { code, stdout } = await tapify(workspace.root, "check", "-p", ".");
    expect(stdout).toContain("tapify/no-busy-wait");
    expect(code).toBe(1);
  });

  it("says of a configuration that does not take JavaScript what lets it", async () => {
    const workspace = new Workspace({ "tsconfig.json": "{}", "a.js": POLL });
    for (const paths of [[], ["a.js"]]) {
      const { code, stderr } = await tapify(workspace.root, "migrate", "-p", ".", ...paths);
      expect(code).toBe(2);
      expect(stderr).toContain("No inputs were found in config file");
      expect(stderr).toContain('JavaScript belongs to it with "allowJs".');
    }
  });
});
