import { env } from "node:process";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { TARGETS, type Target } from "../../src/plan/types.ts";
import { TracedRunner } from "../harness/run-traced.ts";
import { SEED } from "../harness/seeds.ts";
import { typeErrors } from "../harness/typecheck.ts";
import { arbitraryCountdown, printCountdown } from "./random-countdowns.ts";
import { arbitraryEvents } from "./random-events-model.ts";
import { printEvents } from "./random-events-print.ts";
import { printProgram, type PrintedProgram } from "./random-print.ts";
import { arbitraryProgram } from "./random-programs.ts";
import { expectSame, migrateRandom } from "./random-same.ts";
import { Tally } from "./random-tally.ts";

const PROGRAMS = Number(env["TAPIFY_PROGRAMS"] ?? 1000);
/** So many programs show every shape. */
const ENOUGH = 500;

type KindName = "Begin and End" | "events" | "countdowns";

/** One kind of programs, and its share of all. */
interface Kind {
  readonly name: KindName;
  readonly share: number;
  readonly programs: fc.Arbitrary<PrintedProgram>;
}

function kindsOf(target: Target): readonly Kind[] {
  const component = target === "twin" ? "ScriptedEventsWithTwins" : "ScriptedEvents";
  return [
    {
      name: "Begin and End",
      share: 0.6,
      programs: arbitraryProgram.map((program) => printProgram(program)).filter(({ text }) => text.includes(".Begin")),
    },
    { name: "events", share: 0.4, programs: arbitraryEvents(target).map((program) => printEvents(program, component)) },
    {
      name: "countdowns",
      share: 0.15,
      programs: arbitraryCountdown.map((program) => printCountdown(program, component)),
    },
  ];
}

/**
 * Tests that programs of one kind, which nobody wrote, do the same after their migration to each target. The seed is the same every time, so
 * that a change fails for what it changes; `npm run random` takes another for each run. `TAPIFY_SEED` takes a seed, and `TAPIFY_PROGRAMS`
 * more programs for each target.
 */
export function testRandomPrograms(kindName: KindName): void {
  const runner = new TracedRunner();
  afterAll(() => runner.stop());

  const suites = TARGETS.filter((target) => target !== "auto").flatMap((target) =>
    kindsOf(target)
      .filter(({ name }) => name === kindName)
      .map((kind) => ({ target, ...kind, count: Math.round(PROGRAMS * kind.share) })),
  );

  describe.each(suites)(`$target, $name, seed ${SEED}`, ({ target, name, programs, count }) => {
    const tally = new Tally();

    it(`does the same in ${count} programs`, { timeout: 3_600_000 }, async () => {
      const property = fc.asyncProperty(programs, async (printed) => {
        const migration = migrateRandom(printed.text, target);
        tally.add(printed, migration);
        await expectSame(runner, printed, migration, target);
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
      const [before, after] = [0, 1].map((parity) =>
        errors.map(placedError).filter(({ index }) => index % 2 === parity),
      );
      // A program may be faulty as it was made up: a class that nothing uses, a `case` that cannot be.
      expect(
        after!.filter(
          ({ index, message }) => !before!.some((other) => other.index === index - 1 && other.message === message),
        ),
      ).toEqual([]);
    });
  });
}

/** The smallest program found, before and after its migration, and how its runs differ. */
function report(
  { counterexample, errorInstance, numShrinks }: fc.RunDetails<[PrintedProgram]>,
  target: Target,
): string {
  const text = counterexample === null ? "" : counterexample[0].text;
  const { output, refusals } = migrateRandom(text, target);
  return [
    `A program of TAPIFY_SEED=${SEED}, made smaller ${numShrinks} times, does not do the same after its migration to ${target}:`,
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

/** The number of the text that an error is in, and what it says without its place. */
function placedError(error: string): { readonly index: number; readonly message: string } {
  const [, index, message] = /random-(\d+)\.ts\S* (.*)/su.exec(error)!;
  return { index: Number(index), message: message! };
}
