import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixtures, migrate } from "./fixtures.ts";

/** A file of tests that is migrated holds the same tests, and they pass as they did: its own test runner says so. */

const run = promisify(execFile);
const VITEST = resolve("node_modules/vitest/vitest.mjs");
const RUNTIME = pathToFileURL(resolve("fixtures/runtime/index.ts")).href;
// The folder is among the caches of node_modules, where the runner does not look by itself.
const CONFIG = `export default { test: { include: ["*.test.ts"], exclude: [] } };\n`;

const files = fixtures.filter(
  ({ input, output }) =>
    input !== output && /from "vitest"/u.test(input) && /from "\.\.\/runtime\/index\.ts"/u.test(input),
);

interface Outcome {
  readonly name: string;
  readonly status: string;
}

let folder = "";
beforeAll(async () => {
  await mkdir("node_modules/.cache", { recursive: true });
  folder = await mkdtemp(resolve("node_modules/.cache/test-files-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(files)("$name", (fixture) => {
  it("passes before and after", async () => {
    const before = await outcomes("before", fixture.input);
    const after = await outcomes("after", migrate(fixture, fixture.input).output);
    expect(before.length).toBeGreaterThan(0);
    expect(before.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(after).toEqual(before);
  });
});

it("there are files of tests", () => {
  expect(files.length).toBeGreaterThan(0);
});

/** What the runner reports of the tests in a text, in the order of the text. */
async function outcomes(name: string, text: string): Promise<Outcome[]> {
  const root = join(folder, name);
  await mkdir(root, { recursive: true });
  await writeFile(join(root, "program.test.ts"), text.replace("../runtime/index.ts", RUNTIME));
  await writeFile(join(root, "vitest.config.mjs"), CONFIG);
  const report = join(root, "report.json");
  // A test that fails makes the runner fail, and the report tells which.
  await run(process.execPath, [VITEST, "run", "--root", root, "--reporter=json", `--outputFile=${report}`]).catch(
    () => {},
  );
  const { testResults } = JSON.parse(await readFile(report, "utf8")) as {
    testResults: readonly { assertionResults: readonly { fullName: string; status: string }[] }[];
  };
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({ name: fullName, status })),
  );
}
