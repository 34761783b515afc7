import { expect } from "vitest";
import { migrateProject } from "../../src/project/migrate-project.ts";
import type { TracedRunner } from "../harness/run-traced.ts";
import { type Expected, TemporaryProject } from "./projects.ts";
import { joined } from "./random-graph.ts";

/** Never the outcome: the planner knows beforehand what compiles, and contradicts itself nowhere. */
const DEFECTS = ["check-failed", "does-not-settle", "would-not-compile"];

/** What became of a project, and how many migrations that took. */
export interface ProjectOutcome extends Expected {
  readonly migrations: number;
}

/** Migrates a project and expects that it compiles, stays as it is then, and does the same as before. */
export async function expectSameProject(
  runner: TracedRunner,
  files: Readonly<Record<string, string>>,
): Promise<ProjectOutcome> {
  const project = TemporaryProject.of(files);
  try {
    const first = migrateProject(project.config);
    const { texts, refusals } = project.outcomeOf(first);
    const outcome = { texts, refusals, migrations: [...first.values()].flatMap(({ migrations }) => migrations).length };
    expect(refusals.filter((refusal) => DEFECTS.some((code) => refusal.endsWith(code)))).toEqual([]);
    if (Object.keys(texts).length === 0) return outcome;
    project.write(texts);
    expect(project.errors()).toEqual([]);
    expect(project.outcomeOf(migrateProject(project.config)).texts).toEqual({});
    const [before, after] = await Promise.all([runner.run(joined(files)), runner.run(joined({ ...files, ...texts }))]);
    expect(before.uncaught).toBeNull();
    expect(after).toEqual(before);
    return outcome;
  } finally {
    project.remove();
  }
}
