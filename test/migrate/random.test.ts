import { env } from "node:process";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import type { FileMigration } from "../../src/plan/migration.ts";
import { TARGETS, type Target } from "../../src/plan/types.ts";
import { TracedRunner } from "../harness/run-traced.ts";
import { typeErrors } from "../harness/typecheck.ts";
import { arbitraryCountdown, printCountdown } from "./random-countdowns.ts";
import { arbitraryEvents } from "./random-events-model.ts";
import { printEvents } from "./random-events-print.ts";
import { printProgram, type PrintedProgram } from "./random-print.ts";
import { arbitraryProgram } from "./random-programs.ts";
import { Tally } from "./random-tally.ts";
import { type Variant, withVariant } from "./variants.ts";

/**
 * Programs that nobody wrote do the same after their migration. The seed is the same every time, so that a change fails for what it
 * changes; `TAPIFY_SEED` takes another, and `TAPIFY_PROGRAMS` more programs for each target.
 */

const SEED = Number(env["TAPIFY_SEED"] ?? 1);
const PROGRAMS = Number(env["TAPIFY_PROGRAMS"] ?? 1000);
/** So many programs show every shape. */
const ENOUGH = 500;
const VARIANTS: readonly Variant[] = [
  "as written",
  "in reverse",
  "first fails",
  "second fails",
  "all fail",
  "first cancelled",
  "all cancelled",
];

/** One kind of programs, and its share of all. */
interface Kind {
  readonly name: string;
  readonly share: number;
  readonly programs: fc.Arbitrary<PrintedProgram>;
}

function kindsOf(target: Target): readonly Kind[] {
  const component = target === "twin" ? "ScriptedEventsWithTwins" : "ScriptedEvents";
  return [
    {
      name: "Begin and End",
      share: 0.6,
      programs: arbitraryProgram.map(printProgram).filter(({ text }) => text.includes(".Begin")),
    },
    { name: "events", share: 0.4, programs: arbitraryEvents(target).map((program) => printEvents(program, component)) },
    {
      name: "countdowns",
      share: 0.15,
      programs: arbitraryCountdown.map((program) => printCountdown(program, component)),
    },
  ];
}

const runner = new TracedRunner();
afterAll(() => runner.stop());

const suites = TARGETS.filter((target) => target !== "auto").flatMap((target) =>
  kindsOf(target).map((kind) => ({ target, ...kind, count: Math.round(PROGRAMS * kind.share) })),
);

describe.each(suites)(`$target, $name, seed ${SEED}`, ({ target, name, programs, count }) => {
  const tally = new Tally();

  it(`does the same in ${count} programs`, { timeout: 3_600_000 }, async () => {
    const property = fc.asyncProperty(programs, async (printed) => {
      const migration = migrate(printed.text, target);
      tally.add(printed, migration);
      await expectSame(printed, migration, target);
    });
    // Each target has programs of its own.
    const details = await fc.check(property, { seed: target === "adapter" ? SEED : -SEED, numRuns: count });
    if (details.failed) throw new Error(report(details, target));
    console.log(`${target}, ${name}, seed ${SEED}: ${tally.summary()}`);
  });

  it("is done to most programs", () => {
    expect(tally.migrated).toBeGreaterThan((tally.programs * 3) / 5);
  });

  it.skipIf(count < ENOUGH / 2)("is done to every shape", () => {
    expect(tally.refusedShapes()).toEqual([]);
  });

  it("gives programs that type-check", () => {
    const texts = tally.texts.flatMap((text, index) => [[`fixtures/seeds/random-${index}.ts`, text] as const]);
    // What nothing uses was not used before.
    const errors = typeErrors(Object.fromEntries(texts)).filter((error) => !/TS61(?:33|92)/u.test(error));
    const [before, after] = [0, 1].map((parity) => errors.map(placedError).filter(({ index }) => index % 2 === parity));
    // A program may be faulty as it was made up: a class that nothing uses, a `case` that cannot be.
    expect(
      after!.filter(
        ({ index, message }) => !before!.some((other) => other.index === index - 1 && other.message === message),
      ),
    ).toEqual([]);
  });
});

/** A program that was migrated does the same as before, and there is nothing left to do. */
async function expectSame(
  { text: before, shapes }: PrintedProgram,
  { status, output, refusals }: FileMigration,
  target: Target,
): Promise<void> {
  expect(refusals.map(({ code }) => code)).not.toContain("check-failed");
  if (status !== "migrated") return;
  expect(migrate(output, target).output).toBe(output);
  // In a program that was migrated in part, a wait that stays holds up what follows the awaits.
  if (refusals.length > 0) return;
  // An error that comes before the Set in a `try` leaves nobody to set the event, so the program hung; a promise is settled in any case.
  const variants = variantsOf(before).filter((variant) => isTold(variant, shapes, target));
  await Promise.all(variants.map((variant) => expectSameRun(before, output, variant)));
}

/** The variants that differ: in a small program the second call of an operation cannot fail, say. */
function variantsOf(text: string): readonly Variant[] {
  const texts = VARIANTS.map((variant) => withVariant(text, variant).replaceAll(/(?<="error":)"[^"]*"/gu, "failed"));
  return VARIANTS.filter((_, index) => texts.indexOf(texts[index]!) === index);
}

/** Whether a program is asked to do the same in a variant: what it lost before, or did not ask for, is another way now. */
function isTold(variant: Variant, shapes: ReadonlySet<string>, target: Target): boolean {
  if (/cancelled$/u.test(variant))
    return (
      target === "adapter" &&
      [...shapes].some((shape) => shape.startsWith("asking")) &&
      !shapes.has("cancellation unasked")
    );
  return !isFailure(variant) || !(shapes.has("set in try") || shapes.has("asking: nothing"));
}

function isFailure(variant: Variant): boolean {
  return /fails?$/u.test(variant);
}

async function expectSameRun(before: string, after: string, variant: Variant): Promise<void> {
  const [expected, actual] = await Promise.all([
    runner.run(withVariant(before, variant)),
    runner.run(withVariant(after, variant)),
  ]);
  if (!isFailure(variant)) expect(expected.uncaught).toBeNull();
  // An error that a callback lets escape ended the program on the spot. It still ends it, but only where the callback is awaited: what
  // the program does until then, and in the `finally` blocks on its way out, comes on top, and another error may be the first.
  const isCrash = expected.uncaught !== null;
  const trace = isCrash ? actual.trace.slice(0, expected.trace.length) : actual.trace;
  expect({ variant, trace, isCrash: actual.uncaught !== null }).toEqual({ variant, trace: expected.trace, isCrash });
}

/** The smallest program found, before and after its migration, and how its runs differ. */
function report(
  { counterexample, errorInstance, numShrinks, seed }: fc.RunDetails<[PrintedProgram]>,
  target: Target,
): string {
  const text = counterexample === null ? "" : counterexample[0].text;
  const { output, refusals } = migrate(text, target);
  return [
    `A program of seed ${seed}, made smaller ${numShrinks} times, does not do the same after its migration to ${target}:`,
    text,
    "It became:",
    output,
    ...refusals.map(({ code, line }) => `${code} in line ${line}`),
    differenceOf(errorInstance),
  ].join("\n");
}

/** What `expect` says of two traces, as far as it says more than that they differ. */
function differenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { actual, expected } = error as { readonly actual?: unknown; readonly expected?: unknown };
  return `${error.message}\nExpected: ${JSON.stringify(expected, null, 2)}\nActual: ${JSON.stringify(actual, null, 2)}`;
}

function migrate(text: string, target: Target): FileMigration {
  return migrateText(text, { filePath: "fixtures/seeds/random.ts", target });
}

/** The number of the text that an error is in, and what it says without its place. */
function placedError(error: string): { readonly index: number; readonly message: string } {
  const [, index, message] = /random-(\d+)\.ts\S* (.*)/su.exec(error)!;
  return { index: Number(index), message: message! };
}
