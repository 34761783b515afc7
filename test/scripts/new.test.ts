import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "prettier";
import { describe, expect, it } from "vitest";
import { Workspace } from "../cli/support/workspace.ts";
import { ROOT } from "../harness/transpile.ts";
import { typeErrors } from "../harness/typecheck.ts";

const KEPT = ["rules/index.ts", "rules/presets.ts", "src/dialects/families/index.ts", "docs/rules/require-end.md"];

/** What `npm run new` does in a copy of what it reads. */
function runNew(...argv: string[]) {
  const workspace = new Workspace(
    Object.fromEntries(KEPT.map((path) => [path, readFileSync(join(ROOT, path), "utf8")])),
  );
  workspace.write("fixtures/events/known.input.ts", "");
  const before = workspace.snapshot();
  const script = join(ROOT, "scripts/new.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...argv, "--root", workspace.root], {
    encoding: "utf8",
  });
  const after = workspace.snapshot();
  const written = Object.entries(after).filter(([path, text]) => text !== before[path]);
  return { status, stdout, stderr, files: Object.fromEntries(written) };
}

async function isFormatted(path: string, text: string): Promise<boolean> {
  return check(text, { filepath: path, printWidth: 120 });
}

async function expectSound(files: Readonly<Record<string, string>>): Promise<void> {
  const code = Object.entries(files).filter(([path]) => path.endsWith(".ts"));
  expect(typeErrors(Object.fromEntries(code))).toEqual([]);
  for (const [path, text] of code) expect([path, await isFormatted(path, text)]).toEqual([path, true]);
}

describe("npm run new", () => {
  it("writes a rule that compiles, and whose test says what to write", async () => {
    const { status, stdout, files } = runNew("rule", "no-made-up-thing");
    expect(status).toBe(0);
    expect(Object.keys(files).toSorted()).toEqual([
      "docs/rules/no-made-up-thing.md",
      "rules/index.ts",
      "rules/no-made-up-thing.ts",
      "rules/presets.ts",
      "test/rules/no-made-up-thing.test.ts",
    ]);
    await expectSound(files);
    expect(files["rules/index.ts"]).toMatch(
      /from "\.\/no-leaked-completion-handler\.ts";\nimport noMadeUpThing from "\.\/no-made-up-thing\.ts";\n/,
    );
    expect(files["rules/index.ts"]).toMatch(
      /noLeakedCompletionHandler,\n {2}"no-made-up-thing": noMadeUpThing,\n {2}"no-mutation/,
    );
    expect(files["rules/presets.ts"]!.match(/no-made-up-thing/g)).toHaveLength(1);
    expect(files["rules/presets.ts"]).toMatch(
      / {2}all: \{\n {4}\.\.\.recommended,\n {4}"tapify\/no-made-up-thing": "error",\n/,
    );
    expect(files["test/rules/no-made-up-thing.test.ts"]).toContain('expect.fail("Write these tests: ');
    expect(stdout).toContain("rules/no-made-up-thing.ts\n");
    expect(stdout).toContain("npm run docs");
  });

  it("puts what comes last behind all others", async () => {
    const { files } = runNew("rule", "zealous-wait");
    await expectSound(files);
    expect(files["rules/index.ts"]).toMatch(/validOperationContract,\n {2}"zealous-wait": zealousWait,\n\};\n$/);
  });

  it("writes a family that compiles, its line, and its first fixture", async () => {
    const { status, files } = runNew("family", "node-made-up");
    expect(status).toBe(0);
    expect(Object.keys(files).toSorted()).toEqual([
      "fixtures/callbacks/node-made-up.input.mjs",
      "fixtures/callbacks/node-made-up.output.mjs",
      "src/dialects/families/index.ts",
      "src/dialects/families/node-made-up.ts",
    ]);
    await expectSound(files);
    expect(files["src/dialects/families/index.ts"]).toMatch(/DIALECTS[^;]*\bNODE_MADE_UP\b/);
    expect(files["fixtures/callbacks/node-made-up.output.mjs"]).toMatch(/^\/\/ Write here what a careful maintainer/);
  });

  it("writes a shape into the folder of its migration", () => {
    const { status, files } = runNew("shape", "events/made-up");
    expect(status).toBe(0);
    expect(files).toEqual({
      "fixtures/events/made-up.input.ts": expect.stringMatching(/^\/\/ Write which shape this is/),
      "fixtures/events/made-up.output.ts": expect.stringMatching(/^\/\/ Write here what a careful maintainer/),
    });
  });

  it.each([
    [["rule"], "Usage: npm run new -- rule NAME"],
    [["toString", "a"], "There is no toString to add. It is one of: rule, family, shape."],
    [["rule", "NoThing"], "NoThing is no name in kebab-case"],
    [["rule", "../no"], "../no is no name in kebab-case"],
    [["rule", "require-end"], "docs/rules/require-end.md exists."],
    [["family", "Node"], "Node is no name in kebab-case"],
    [["shape", "made-up"], "A shape is named with the folder of its migration: begin-end/NAME"],
    [["shape", "events/a/b"], "A shape is named with the folder of its migration"],
    [["shape", "events/known"], "fixtures/events/known.input.ts exists."],
  ])("refuses %j and writes nothing", (argv, message) => {
    const { status, stderr, files } = runNew(...argv);
    expect({ status, files }).toEqual({ status: 2, files: {} });
    expect(stderr).toContain(message);
  });
});
