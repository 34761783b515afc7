import { afterAll, describe, expect, it } from "vitest";
import { TracedRunner, type TracedRun } from "../harness/run-traced.ts";
import { fixtures, migrate } from "./fixtures.ts";

/** Programs do the same in the same order once the pairs that they declare have become awaitable methods, and end as they did. */

const runner = new TracedRunner();
afterAll(() => runner.stop());

const programs = fixtures.filter(
  ({ transform, input, output }) => transform === "contract-to-async" && input !== output && runsHere(input),
);

/** Whether everything that a text calls is in it or in the runtime, and it tells what it does. */
function runsHere(text: string): boolean {
  return (
    /import \{[^}]*\btrace\b[^}]*\} from "\.\.\/runtime\/index\.ts"/u.test(text) && !/^declare |from "\.\//mu.test(text)
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
  expect(programs.length).toBeGreaterThanOrEqual(8);
});

async function run(text: string): Promise<TracedRun> {
  const traced = await runner.run(text.replace(/^(?:\uFEFF|#!.*)/u, ""));
  return traced.uncaught === null ? traced : { ...traced, isStalled: false };
}
