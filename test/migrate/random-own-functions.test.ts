import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { env } from "node:process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { SEED } from "../harness/seeds.ts";
import { ROOT } from "../harness/transpile.ts";
import { arbitraryOwnProgram, printOwnProgram } from "./random-own-functions.ts";

/**
 * Programs of functions with a callback of their own do the same when they return promises instead. `TAPIFY_SEED` takes another seed, and
 * `TAPIFY_PROGRAMS` more programs.
 */
const PROGRAMS = Number(env["TAPIFY_PROGRAMS"] ?? 200);

const programs = fc.sample(arbitraryOwnProgram, { seed: SEED, numRuns: PROGRAMS }).map((program) => {
  const before = printOwnProgram(program);
  const { output, refusals } = migrateText(before, { filePath: "program.cjs", transforms: ["callbacks-to-async"] });
  return { before, after: output, codes: refusals.map(({ code }) => code) };
});

it(`${PROGRAMS} programs of seed ${SEED} do the same`, { timeout: 600_000 }, () => {
  const input = JSON.stringify(programs.flatMap(({ after, before }) => [before, after]));
  const { stderr, stdout } = spawnSync(process.execPath, [join(ROOT, "test/harness/callback-host.mjs")], {
    encoding: "utf8",
    input,
    maxBuffer: 2 ** 28,
  });
  expect(stderr).toBe("");
  const traces = JSON.parse(stdout) as string[][];
  for (const [index, { after, before }] of programs.entries()) {
    const [expected, actual] = [traces[2 * index]!, traces[2 * index + 1]!];
    // An error that a callback threw ended the program; now it may be told to the callers, who go on.
    const end = expected.findIndex((line) => line.startsWith("uncaught"));
    const [told, seen] = end === -1 ? [expected, actual] : [expected.slice(0, end), actual.slice(0, end)];
    expect(seen, `${before}\nbecame\n${after}`).toEqual(told);
  }
});

it("most of the programs are migrated, and again nothing is left to do", () => {
  const migrated = programs.filter(({ after, before }) => after !== before);
  expect(migrated.length).toBeGreaterThan(programs.length / 2);
  for (const { after } of migrated)
    expect(migrateText(after, { filePath: "program.cjs", transforms: ["callbacks-to-async"] }).output).toBe(after);
  expect(programs.flatMap(({ codes }) => codes)).not.toContain("check-failed");
});
