import { env } from "node:process";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Target } from "../../src/plan/types.ts";
import { TracedRunner } from "../harness/run-traced.ts";
import { arbitraryCountdown, printCountdown } from "./random-countdowns.ts";
import { differenceIn } from "./random-differences.ts";
import { arbitraryEvents } from "./random-events-model.ts";
import { printEvents } from "./random-events-print.ts";
import { inKinds, type Kind, KINDS, type Kinds } from "./random-kinds.ts";
import { printProgram, type PrintedProgram } from "./random-print.ts";
import { arbitraryProgram } from "./random-programs.ts";

/**
 * Random programs of each kind that `random.test.ts` leaves out. Where the kind is known to be migrated wrongly, the program that shows it
 * is found by its seed, and the test is an expected failure: it fails once the fault is mended, and `isFaulty` goes. `TAPIFY_SEED` takes
 * another seed and `TAPIFY_PROGRAMS` more programs, to look for faults; the tests that are expected to fail may then not do so.
 */

const SEED = Number(env["TAPIFY_SEED"] ?? 1);

type Source = "Begin and End" | "events" | "countdowns";

interface Case {
  readonly kind: Kind;
  readonly source: Source;
  readonly target: Exclude<Target, "auto">;
  /** So many programs of the seed are made; where there is a fault, the last of them shows it. */
  readonly programs: number;
  readonly isFaulty?: true;
}

const CASES: readonly Case[] = [
  { kind: "throwing call", source: "Begin and End", target: "twin", programs: 8, isFaulty: true },
  { kind: "throwing call", source: "events", target: "adapter", programs: 40 },
  { kind: "mutable operands", source: "Begin and End", target: "twin", programs: 3, isFaulty: true },
  { kind: "mutable operands", source: "events", target: "adapter", programs: 40 },
  { kind: "line starts", source: "Begin and End", target: "twin", programs: 3, isFaulty: true },
  { kind: "line starts", source: "events", target: "twin", programs: 19, isFaulty: true },
  { kind: "line starts", source: "countdowns", target: "adapter", programs: 40 },
  { kind: "throwing starts", source: "Begin and End", target: "adapter", programs: 4, isFaulty: true },
  { kind: "throwing starts", source: "events", target: "adapter", programs: 33, isFaulty: true },
  { kind: "throwing starts", source: "Begin and End", target: "twin", programs: 40 },
  { kind: "one tick", source: "Begin and End", target: "twin", programs: 23, isFaulty: true },
  { kind: "one tick", source: "events", target: "adapter", programs: 40 },
  { kind: "namespaces", source: "Begin and End", target: "twin", programs: 1, isFaulty: true },
  { kind: "namespaces", source: "events", target: "adapter", programs: 8, isFaulty: true },
  { kind: "decorators", source: "Begin and End", target: "twin", programs: 3, isFaulty: true },
  { kind: "decorators", source: "events", target: "adapter", programs: 1, isFaulty: true },
  { kind: "own names", source: "Begin and End", target: "twin", programs: 1, isFaulty: true },
  { kind: "own names", source: "events", target: "adapter", programs: 10, isFaulty: true },
  { kind: "annotated constants", source: "Begin and End", target: "twin", programs: 1, isFaulty: true },
  { kind: "annotated constants", source: "events", target: "adapter", programs: 6, isFaulty: true },
  { kind: "plain JavaScript", source: "Begin and End", target: "twin", programs: 6, isFaulty: true },
  { kind: "plain JavaScript", source: "events", target: "adapter", programs: 40 },
  { kind: "plain JavaScript", source: "countdowns", target: "twin", programs: 40 },
];

const runner = new TracedRunner();
afterAll(() => runner.stop());

describe.each(CASES)("$kind, $source, $target", ({ kind, source, target, programs, isFaulty }) => {
  const count = Number(env["TAPIFY_PROGRAMS"] ?? programs);
  let made: readonly PrintedProgram[];
  let difference: string | null = null;

  beforeAll(async () => {
    made = fc.sample(programsOf(source, target, new Set([kind])), { seed: SEED, numRuns: count });
    for (const [index, printed] of made.entries()) {
      difference = await differenceIn(runner, printed, target, kind);
      if (difference !== null) {
        if (env["TAPIFY_PROGRAMS"] !== undefined)
          console.log(`${kind}, ${source}, ${target}, seed ${SEED}: program ${index + 1} differs:\n${difference}`);
        break;
      }
    }
  }, 3_600_000);

  it("is made", () => {
    expect(made.some(({ text }) => SIGNS[kind].test(text))).toBe(true);
  });

  const same = isFaulty ? it.fails : it;
  same(`is the same after its migration in ${count} programs of seed ${SEED}`, () => {
    expect(difference).toBeNull();
  });
});

it("every kind is looked at", () => {
  expect([...new Set(CASES.map(({ kind }) => kind))].toSorted()).toEqual(KINDS.toSorted());
});

/** By which a program of the kind is told. */
const SIGNS: Record<Kind, RegExp> = {
  "throwing call": /\bfail\((?:error|e\.Error)\)/u,
  "mutable operands": /count \+|\[count\]|count > 2|\{ count \}/u,
  "line starts": /^\s*;?[[(`].*[^;]$/mu,
  "throwing starts": /try \{\n\s*\S+\.(?:Begin\w+|\w+Async)\(/u,
  "one tick": /completesSynchronously/u,
  namespaces: /^namespace \w+ \{/mu,
  decorators: /^\s+@told$/mu,
  "own names": /const (run\d+) = \(text: string\): void => trace\("own", text\);/u,
  "annotated constants": /\w+: (?:AsyncCallback|\w+CompletedEventHandler) = \(/u,
  "plain JavaScript": /\w/u,
};

function programsOf(source: Source, target: Target, kinds: Kinds): fc.Arbitrary<PrintedProgram> {
  const component = target === "twin" ? "ScriptedEventsWithTwins" : "ScriptedEvents";
  switch (source) {
    case "Begin and End":
      return arbitraryProgram
        .map((program) => printProgram(program, kinds))
        .filter(({ text }) => text.includes(".Begin"));
    case "events":
      return arbitraryEvents(target).map((program) => printEvents(program, component, kinds));
    case "countdowns":
      return arbitraryCountdown.map((program) => inKinds(printCountdown(program, component), kinds));
  }
}
