import { env } from "node:process";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { TracedRunner } from "../harness/run-traced.ts";
import { SEED } from "../harness/seeds.ts";
import { arbitraryGraph, printGraph, type Graph } from "./random-graph.ts";
import { expectSameProject } from "./random-same.ts";

/**
 * Projects that nobody wrote do the same after their migration. The seed is the same every time, so that a change fails for what it
 * changes; `npm run random` takes another for each run. `TAPIFY_SEED` takes a seed, and `TAPIFY_PROJECTS` more projects.
 */

const PROJECTS = Number(env["TAPIFY_PROJECTS"] ?? 100);

const runner = new TracedRunner();
afterAll(() => runner.stop());

it(
  `${PROJECTS} projects of seed ${SEED} do the same after their migration`,
  async () => {
    const tally = { migrated: 0, refused: 0, files: 0 };
    await fc.assert(
      fc.asyncProperty(
        arbitraryGraph.filter(({ functions }) => functions.some(({ wait }) => wait !== null)),
        async (graph) => {
          const { texts, refusals, migrations } = await expectSameProject(runner, printGraph(graph));
          tally.migrated += migrations;
          tally.refused += refusals.length;
          tally.files += Object.keys(texts).length;
        },
      ),
      {
        seed: SEED,
        numRuns: PROJECTS,
        endOnFailure: env["TAPIFY_SHRINK"] === undefined,
        reporter: (details) => {
          if (details.failed) throw new Error(report(details));
        },
      },
    );
    // Most of them change, in several files, and some of them cannot.
    expect(tally.migrated).toBeGreaterThan(PROJECTS / 2);
    expect(tally.refused).toBeGreaterThan(PROJECTS / 10);
    expect(tally.files).toBeGreaterThan(PROJECTS);
  },
  1_000 * 60 * 20,
);

/** The smallest project found, and what is wrong with what became of it. */
function report({ counterexample, errorInstance, seed }: fc.RunDetails<[Graph]>): string {
  const files = counterexample === null ? {} : printGraph(counterexample[0]);
  const texts = Object.entries(files)
    .filter(([path]) => /^(?:file|main)/u.test(path))
    .map(([path, text]) => `// ${path}\n${text}`);
  const { actual, expected } = errorInstance as { readonly actual?: unknown; readonly expected?: unknown };
  return `A project of TAPIFY_SEED=${seed} is not the same after its migration:\n${texts.join("\n")}\n${String(errorInstance)}\nExpected: ${JSON.stringify(expected)}\nActual: ${JSON.stringify(actual)}`;
}
