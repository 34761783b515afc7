import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Workspace } from "../cli/support/workspace.ts";
import { ProgramHost } from "../harness/program-host.ts";
import { ROOT, transpile } from "../harness/transpile.ts";
import { fixtures, migrate } from "./fixtures.ts";

/** Programs with callbacks do the same in the same order when they await instead, each in a folder of its own. */

/** Tests with `done` are run by their runners, in `done-tests.test.ts`. */
const programs = fixtures.filter(
  ({ name, path, input, output }) =>
    path.startsWith("fixtures/callbacks/") && !name.startsWith("done-") && input !== output,
);

/** What the programs are started with: nothing, and the name of a file that does not exist. */
const ARGUMENTS = [[], ["missing.txt"]];

/** A package, or a module of one, under the name by which programs know it. */
function installed(name: string, from: string): [string, string] {
  return [
    `node_modules/${name}/index.js`,
    `module.exports = require(${JSON.stringify(join(ROOT, "node_modules", from))});`,
  ];
}

/** Packages that programs use, as small as they can be; those that are installed here are themselves. */
const PACKAGES = Object.fromEntries([
  ...readdirSync(join(ROOT, "test/migrate/packages")).map((file) => [
    `node_modules/${file.replace(/\.cjs$/u, "").replace("+", "/")}/index.js`,
    readFileSync(join(ROOT, "test/migrate/packages", file), "utf8"),
  ]),
  installed("graceful-fs", "graceful-fs"),
  installed("async", "async-3"),
  installed("async/mapSeries", "async-3/mapSeries"),
  ["node_modules/async/package.json", JSON.stringify({ exports: { ".": "./index.js", "./*": "./*/index.js" } })],
]) as Record<string, string>;

const host = new ProgramHost();
afterAll(() => host.stop());

describe.each(programs)("$path", (fixture) => {
  it.each(ARGUMENTS)("does the same with the arguments %j", async (...args: string[]) => {
    const before = await run(fixture.path, fixture.input, args);
    const after = await run(fixture.path, migrate(fixture, fixture.input).output, args);
    expect(before.stdout).not.toBe("");
    expect(after).toEqual(before);
  });
});

it("most of the shapes really run", () => {
  expect(programs.length).toBeGreaterThanOrEqual(12);
});

async function run(
  path: string,
  text: string,
  args: readonly string[],
): Promise<{ status: number | null; stdout: string; error: string }> {
  const isTyped = path.endsWith(".ts");
  const name = isTyped ? "program.mjs" : `program${/\.\w+$/.exec(path)![0]}`;
  const workspace = new Workspace({ [name]: isTyped ? transpile(text, path) : text, ...PACKAGES });
  const { status, stdout, stderr } = await host.run({
    cwd: workspace.root,
    file: workspace.path(name),
    preloads: [],
    argv: args,
  });
  // The message of an error that ends the process, without the places.
  const error = /\bError: [^\]\n]*/u.exec(stderr)?.[0] ?? "";
  return { status, stdout, error };
}
