import { afterAll, describe, expect, it } from "vitest";
import { TracedRunner, type TracedRun } from "../harness/run-traced.ts";
import { fixtures, migrate } from "./fixtures.ts";

/** Programs that block do the same in the same order when they await instead, and end as they did. */

const runner = new TracedRunner();
afterAll(() => runner.stop());

const programs = fixtures.filter(
  ({ transform, input, output }) => transform === "blocking-to-await" && input !== output && runsHere(input),
);

/** Whether everything that a text calls is in it or in the runtime, and it starts something; tests start in their own runner. */
function runsHere(text: string): boolean {
  return (
    /from "\.\.\/runtime\/index\.ts"/u.test(text) &&
    !/from "vitest"/u.test(text) &&
    !/^declare /mu.test(text) &&
    /^(?:await |void )?\w+\(|^try/mu.test(text)
  );
}

describe.each(programs)("$name", (fixture) => {
  it("does the same", async () => {
    const before = await run(fixture.input);
    const after = await run(migrate(fixture, fixture.input).output);
    expect(before.trace.length).toBeGreaterThan(0);
    // What is said to differ must differ, so that the fixtures tell no more than the truth.
    if (fixture.differs["as written"] === undefined) expect(after).toEqual(before);
    else expect(after).not.toEqual(before);
  });
});

it("most of the shapes really run", () => {
  expect(programs.length).toBeGreaterThanOrEqual(15);
});

async function run(text: string): Promise<TracedRun> {
  const traced = await runner.run(text.replace(/^(?:\uFEFF|#!.*)/u, ""));
  return traced.uncaught === null ? traced : { ...traced, isStalled: false };
}
