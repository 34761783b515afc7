import { env } from "node:process";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { TracedRunner } from "../harness/run-traced.ts";
import { type Kind, toJavaScript } from "../migrate/random-kinds.ts";
import { arbitraryGraph, type Graph, printGraph } from "./random-graph.ts";
import { expectSameProject } from "./random-same.ts";

/**
 * Random projects of each kind that `random.test.ts` leaves out. `TAPIFY_SEED` takes another seed and `TAPIFY_PROJECTS` more projects of
 * every kind, to look for faults.
 */

const SEED = Number(env["TAPIFY_SEED"] ?? 1);
const PROJECTS = Number(env["TAPIFY_PROJECTS"] ?? 6);
/** Of so many projects, half are of their kind at least. */
const MADE = 50;

type Files = Readonly<Record<string, string>>;

/** Whether a project is of a kind. The others need what functions of a project do not have: handlers, starts and results of operations. */
const SIGNS: Partial<Record<Kind, (files: Files) => boolean>> = {
  "mutable operands": holds(/^let (count\d+) = 0;[^]*\1 \+= 1;[^]*sum \+= \1 \+ 1 \+ .*\) \+ \1;/mu),
  "line starts": (files) => sourcesOf(files).every(([, text]) => !/;$/mu.test(text)),
  namespaces: holds(/^export namespace N\d+ \{\n {2}export function /mu),
  decorators: holds(/^ {2}@told\d+$/mu),
  "own names": holds(/\bf(\d+)\b.* \{\n[^}]*const f\1 = \(m: number\): number => m \+ 1;/u),
  "annotated constants": holds(/^export const f\d+: \(n: number\) => number = \(n\) => \{/mu),
  "plain JavaScript": (files) => {
    const plain = sourcesOf(files).filter(([path]) => path.endsWith(".js"));
    return plain.length > 0 && plain.every(([, text]) => toJavaScript(text) === text);
  },
};
const KINDS = Object.keys(SIGNS) as readonly Kind[];

function sourcesOf(files: Files): readonly (readonly [string, string])[] {
  return Object.entries(files).filter(([path]) => /^(?:file\d+|main)\./u.test(path));
}

function holds(sign: RegExp): (files: Files) => boolean {
  return (files) => sourcesOf(files).some(([, text]) => sign.test(text));
}

/** The first projects of a kind. */
function projectsOf(kind: Kind, seed: number, count: number): readonly Files[] {
  const waiting = arbitraryGraph.filter(({ functions }: Graph) => functions.some(({ wait }) => wait !== null));
  return fc.sample(waiting, { seed, numRuns: count }).map((graph) => printGraph(graph, new Set([kind])));
}

const runner = new TracedRunner();
afterAll(() => runner.stop());

describe.each(KINDS)("%s", (kind) => {
  it(`are made by seed ${SEED}`, () => {
    const ofKind = projectsOf(kind, SEED, MADE).filter((files) => SIGNS[kind]!(files));
    expect(ofKind.length).toBeGreaterThanOrEqual(MADE / 2);
  });

  it(`are the same after their migration in ${PROJECTS} projects of seed ${SEED}`, { timeout: 3_600_000 }, async () => {
    let migrations = 0;
    for (const files of projectsOf(kind, SEED, PROJECTS))
      migrations += (await expectSameProject(runner, files)).migrations;
    expect(migrations).toBeGreaterThan(0);
  });
});
