import { env } from "node:process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { SEED } from "../harness/seeds.ts";
import { runPrograms } from "../harness/callback-programs.ts";
import { arbitraryCompositions } from "./random-compositions.ts";

const PROGRAMS = Number(env["TAPIFY_PROGRAMS"] ?? 500);
const LIBRARIES = ["async-2", "async-3", "neo-async"];

/** Programs that a seed makes do with statements what they did with the library, in its two majors and with neo-async. All run in one process. */
it(`${PROGRAMS} programs with the library async do the same without it`, () => {
  const texts = fc.sample(arbitraryCompositions, { numRuns: PROGRAMS, seed: SEED });
  const migrated = texts.flatMap((before, index) => {
    const { output, status } = migrateText(before, { filePath: "program.cjs", transforms: ["callbacks-to-async"] });
    return status === "migrated" ? [{ before, after: output, library: LIBRARIES[index % LIBRARIES.length]! }] : [];
  });
  const logs = runPrograms(
    migrated.flatMap(({ after, before, library }) => [before, after].map((text) => ({ text, library }))),
  );
  const different = migrated.flatMap(({ after, before, library }, index) => {
    const [old, now] = [logs[2 * index]!, logs[2 * index + 1]!];
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ before, after, library, old, now }];
  });
  const [smallest] = different.toSorted((a, b) => a.before.length - b.before.length);
  const shown =
    smallest &&
    `${smallest.library}\n${smallest.before}\n${smallest.after}\n${smallest.old.join("\n")}\n--\n${smallest.now.join("\n")}`;
  expect(different.length, `seed ${SEED}\n${shown}`).toBe(0);
  expect(migrated.length).toBeGreaterThan(PROGRAMS / 3);
});
