import { expect } from "vitest";
import type { FileMigration } from "../../src/plan/migration.ts";
import type { Target } from "../../src/plan/types.ts";
import type { TracedRunner } from "../harness/run-traced.ts";
import { typeErrors } from "../harness/typecheck.ts";
import { fileNameOf, type Kind } from "./random-kinds.ts";
import type { PrintedProgram } from "./random-print.ts";
import { expectSame, expectSameRun, migrateRandom } from "./random-same.ts";

type Expectation = (
  runner: TracedRunner,
  printed: PrintedProgram,
  migration: FileMigration,
  target: Target,
  filePath: string,
) => void | Promise<void>;

/** What a kind must not change, where that is something else than what a program does. */
const EXPECTATIONS: Partial<Record<Kind, Expectation>> = {
  "annotated constants": expectSameTypeErrors,
  "one tick": expectSameTotal,
  "throwing starts": expectSameStarts,
};

/** How a program differs from what it was before its migration. */
export interface Difference {
  readonly before: string;
  readonly after: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * Migrates a program of one kind.
 * @returns how it differs from what it was, or `null`
 * @throws what is no difference, such as an error of the tool itself
 */
export async function differenceIn(
  runner: TracedRunner,
  printed: PrintedProgram,
  target: Target,
  kind: Kind,
): Promise<Difference | null> {
  const filePath = fileNameOf(new Set([kind]));
  const migration = migrateRandom(printed.text, target, filePath);
  try {
    await (EXPECTATIONS[kind] ?? expectSame)(runner, printed, migration, target, filePath);
    return null;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "AssertionError") throw error;
    const { actual, expected } = error as { readonly actual?: unknown; readonly expected?: unknown };
    return { before: printed.text, after: migration.output, expected, actual };
  }
}

/** A difference, for whoever has to find out why. */
export function textOf({ before, after, expected, actual }: Difference): string {
  return [before, "It became:", after, "Expected:", told(expected), "Actual:", told(actual)].join("\n");
}

function told(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** Errors that a program did not have before; what nothing uses was not used before. */
function expectSameTypeErrors(
  _runner: TracedRunner,
  { text: before }: PrintedProgram,
  { output }: FileMigration,
): void {
  const errors = typeErrors({ "fixtures/seeds/random-before.ts": before, "fixtures/seeds/random-after.ts": output })
    .filter((error) => !/TS61(?:33|92|96|98)/u.test(error))
    .map((error) => /random-(before|after)\.ts\S* (.*)/su.exec(error)!.slice(1));
  const messages = (when: string): readonly string[] =>
    errors.flatMap(([at, message]) => (at === when ? message! : []));
  expect(messages("after").filter((message) => !messages("before").includes(message))).toEqual([]);
}

/** What follows an await never runs in the turn of the start, so only what comes out at the end can be the same. */
async function expectSameTotal(
  runner: TracedRunner,
  { text: before }: PrintedProgram,
  { output }: FileMigration,
): Promise<void> {
  const [expected, actual] = await Promise.all([runner.run(before), runner.run(output)]);
  const totals = (trace: readonly string[]): readonly string[] => trace.filter((line) => line.startsWith("total "));
  if (expected.uncaught === null && !expected.isStalled) expect(totals(actual.trace)).toEqual(totals(expected.trace));
}

/** A start that throws is caught where it was, or a note says so; a program that was migrated in part goes its own way. */
async function expectSameStarts(
  runner: TracedRunner,
  { text: before }: PrintedProgram,
  { status, output, migrations, refusals }: FileMigration,
): Promise<void> {
  const isNoted = migrations.some(({ notes }) => notes.some(({ code }) => code === "begin-errors-now-caught"));
  if (status !== "migrated" || refusals.length > 0 || isNoted) return;
  await expectSameRun(runner, before, output, "first refused");
}
