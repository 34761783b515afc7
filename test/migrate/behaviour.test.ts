import { afterAll, describe, expect, it } from "vitest";
import { TracedRunner, type TracedRun } from "../harness/run-traced.ts";
import { fixtures, migrate } from "./fixtures.ts";
import { isScripted, variantsOf, withVariant } from "./variants.ts";

/** Programs do the same things in the same order after their migration, whatever their operations do. */

const runner = new TracedRunner();
afterAll(() => runner.stop());

const programs = fixtures.filter(({ input, output }) => input !== output && isScripted(input));

describe.each(programs)("$name", (fixture) => {
  const { output } = migrate(fixture, fixture.input);

  it.each(variantsOf(fixture.input))("does the same: %s", async (variant) => {
    const before = await run(withVariant(fixture.input, variant));
    const after = await run(withVariant(output, variant));
    // What is said to differ must differ, so that the fixtures tell no more than the truth.
    if (fixture.differs[variant] === undefined) expect(after).toEqual(before);
    else expect(after).not.toEqual(before);
  });
});

async function run(text: string): Promise<TracedRun> {
  const traced = await runner.run(text.replace(/^(?:\uFEFF|#!.*)/u, ""));
  // A program that an error has ended waits for nothing any more.
  return traced.uncaught === null ? traced : { ...traced, isStalled: false };
}
