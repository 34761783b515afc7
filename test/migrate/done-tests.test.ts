import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transpile } from "../harness/transpile.ts";
import { fixtures, migrate, type Fixture } from "./fixtures.ts";

/** Tests that are told by `done` when they are over hold the same tests as async functions: what passed passes, and what has to fail fails. */

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const RUNNERS = {
  mocha: { main: join(dirname(require.resolve("mocha/package.json")), "bin/mocha.js") },
  vitest: { main: resolve("node_modules/vitest/vitest.mjs") },
  "node:test": { main: null },
} as const;
type Runner = keyof typeof RUNNERS;

/** Makes the functions of node:test globals, under the names that other runners have for them. */
const GLOBALS = `import test from "node:test";\nconst { after, afterEach, before, beforeEach, describe, it } = test;\nObject.assign(globalThis, { after, afterEach, before, beforeEach, describe, it, test });\n`;

const suites = fixtures.filter(({ name, input, output }) => name.startsWith("done-") && input !== output);
const refused = fixtures.filter(({ name, input, output }) => name.startsWith("done-") && input === output);
// Jest is no dependency of this package.
const runnable = suites.filter(({ input }) => !input.includes('"@jest/globals"'));

/** The runner for which a suite is written. */
function runnerOf({ input }: Fixture): Runner {
  return input.includes('from "vitest"') ? "vitest" : input.includes('from "node:test"') ? "node:test" : "mocha";
}

let folder = "";
beforeAll(async () => {
  await mkdir("node_modules/.cache", { recursive: true });
  folder = await mkdtemp(resolve("node_modules/.cache/done-tests-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(runnable)("$name", (fixture) => {
  const runner = runnerOf(fixture);
  const { output } = migrate(fixture, fixture.input);

  it("passes before and after", async () => {
    const before = await outcomes(fixture, fixture.input, runner);
    expect(before.filter(({ status }) => status === "passed").length).toBeGreaterThan(0);
    expect(before.filter(({ status }) => status === "failed")).toEqual([]);
    expect(await outcomes(fixture, output, runner)).toEqual(before);
  });

  it.runIf(runner === "mocha" && !/\bimport\b[^;]*"mocha"/u.test(fixture.input))(
    "passes by other runners after",
    async () => {
      for (const other of ["vitest", "node:test"] as const) {
        const after = await outcomes(fixture, output.replaceAll(/ *this\.timeout\(.*\n/gu, ""), other);
        expect(after.filter(({ status }) => status === "passed").length).toBeGreaterThan(0);
        expect(after.filter(({ status }) => status === "failed")).toEqual([]);
      }
    },
  );

  it.each(mutants(fixture.input))("fails as before where an assertion is wrong: %#", async (mutant) => {
    const failed = (found: readonly Outcome[]): readonly Outcome[] => found.filter(({ status }) => status === "failed");
    const after = failed(await outcomes(fixture, migrate(fixture, mutant).output, runner));
    expect(after.length).toBeGreaterThan(0);
    // Vitest passed whatever was asserted later.
    const before = failed(await outcomes(fixture, mutant, runner));
    expect(before).toEqual(runner === "vitest" ? [] : after);
  });
});

it("has suites for each runner, and at least a third as many that are refused", () => {
  expect(new Set(runnable.map(runnerOf))).toEqual(new Set(Object.keys(RUNNERS)));
  expect(refused.length * 3).toBeGreaterThanOrEqual(suites.length);
});

/** A text with one of its assertions turned round, for each of them. */
function mutants(text: string): string[] {
  const turned = [
    [/\bassert\.strictEqual\(/gu, "assert.notStrictEqual("],
    [/\bassert\.equal\(/gu, "assert.notEqual("],
    [/\)\.toBe\(/gu, ").not.toBe("],
  ] as const;
  return turned.flatMap(([assertion, other]) =>
    [...text.matchAll(assertion)]
      .filter(({ index }) => !/\.skip\(.*\n.*$/u.test(text.slice(0, index)))
      .map(({ 0: found, index }) => text.slice(0, index) + other + text.slice(index + found.length)),
  );
}

interface Outcome {
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
}

let number = 0;

/** What a runner reports of the tests in a text, in the order of the text. */
async function outcomes({ path }: Fixture, text: string, runner: Runner): Promise<Outcome[]> {
  const root = join(folder, String(number++));
  await mkdir(root);
  const isTyped = path.endsWith(".ts") && runner !== "vitest";
  const name = `suite.test${isTyped ? ".mjs" : /\.\w+$/u.exec(path)![0]}`;
  const files = {
    [name]: isTyped ? transpile(text, path) : text,
    "a.txt": "text of a",
    "b.json": '{ "b": 1 }',
    "globals.mjs": GLOBALS,
    "setup.mjs": "Object.assign(globalThis, { after: afterAll, before: beforeAll });\n",
    "vitest.config.mjs": `export default { test: { include: ["${name}"], exclude: [], globals: true, setupFiles: "setup.mjs" } };\n`,
  };
  for (const [file, content] of Object.entries(files)) await writeFile(join(root, file), content);
  const { main } = RUNNERS[runner];
  const argv =
    runner === "mocha"
      ? [main!, "--reporter", "json", "--reporter-option", "output=report.json", "--timeout", "3000", name]
      : runner === "vitest"
        ? [main!, "run", "--root", root, "--reporter=json", "--outputFile=report.json"]
        : ["--import", "./globals.mjs", "--test-reporter=tap", name];
  // A test that fails makes the runner fail, and its report tells which.
  const { stdout } = await run(process.execPath, argv, { cwd: root }).catch(
    (error: unknown) => error as { stdout: string },
  );
  if (runner === "node:test") return ofTap(stdout);
  return runner === "mocha"
    ? ofMocha(JSON.parse(await readFile(join(root, "report.json"), "utf8")))
    : ofVitest(JSON.parse(await readFile(join(root, "report.json"), "utf8")));
}

interface MochaTest {
  readonly fullTitle: string;
  readonly err: object;
  readonly pending?: boolean;
}

function ofMocha({ failures, tests }: Record<"failures" | "tests", readonly MochaTest[]>): Outcome[] {
  // A hook that fails is no test.
  const hooks = failures.filter(({ fullTitle }) => tests.every((each) => each.fullTitle !== fullTitle));
  return [...tests, ...hooks].map(({ err, fullTitle, pending }) => ({
    name: fullTitle,
    status: pending === true ? "skipped" : Object.keys(err).length > 0 ? "failed" : "passed",
  }));
}

function ofVitest({
  testResults,
}: {
  testResults: readonly { assertionResults: readonly { fullName: string; status: string }[] }[];
}): Outcome[] {
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      name: fullName,
      status: status === "passed" || status === "failed" ? status : "skipped",
    })),
  );
}

function ofTap(text: string): Outcome[] {
  return [...text.matchAll(/^ *(?<not>not )?ok \d+ - (?<name>.*?)(?<skip> # SKIP.*)?$/gmu)].map(({ groups }) => ({
    name: groups!["name"]!,
    status: groups!["skip"] !== undefined ? "skipped" : groups!["not"] === undefined ? "passed" : "failed",
  }));
}
