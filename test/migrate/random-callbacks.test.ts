import { spawnSync } from "node:child_process";
import { env, execPath } from "node:process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { SEED } from "../harness/seeds.ts";
import { ROOT } from "../harness/transpile.ts";
import { arbitraryCallbacks } from "./random-callbacks.ts";

const PROGRAMS = Number(env["TAPIFY_PROGRAMS"] ?? 1000);

/** Programs with callbacks that a seed makes do the same in the same order when they await. All of them run in one process. */
it(`${PROGRAMS} programs with callbacks do the same afterwards`, () => {
  const texts = fc.sample(arbitraryCallbacks, { numRuns: PROGRAMS, seed: SEED });
  const migrated = texts.flatMap((before) => {
    const { output, status } = migrateText(before, { filePath: "program.cjs", transforms: ["callbacks-to-async"] });
    return status === "migrated" ? [{ before, after: output }] : [];
  });
  const logs = run(migrated.flatMap(({ before, after }) => [before, after]));
  const different = migrated.flatMap(({ before, after }, index) => {
    const [old, now] = [logs[2 * index]!, logs[2 * index + 1]!];
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ before, after, old, now }];
  });
  const [smallest] = different.toSorted((a, b) => a.before.length - b.before.length);
  const shown =
    smallest && `${smallest.before}\n${smallest.after}\n${smallest.old.join("\n")}\n--\n${smallest.now.join("\n")}`;
  expect(different.length, `seed ${SEED}\n${shown}`).toBe(0);
  expect(migrated.length).toBeGreaterThan(PROGRAMS / 3);
});

function run(texts: readonly string[]): readonly (readonly string[])[] {
  const args = ["--import", "./scripts/typescript.js", "test/harness/callback-programs-child.ts"];
  const { stderr, stdout } = spawnSync(execPath, args, {
    cwd: ROOT,
    encoding: "utf8",
    input: JSON.stringify(texts),
    maxBuffer: 2 ** 28,
    timeout: 300_000,
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as readonly (readonly string[])[];
}
