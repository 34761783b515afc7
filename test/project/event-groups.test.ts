import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { ROOT } from "../harness/transpile.ts";
import { type Expected, TemporaryProject } from "./projects.ts";

/** A class with a completed event changes with its callers in all files of a project, or in none. */

const SHOW = readFileSync(join(ROOT, "fixtures/projects/events/src/show.ts"), "utf8");
const MAIN =
  'import { Fetcher } from "./fetcher.ts";\nimport { show, showBy } from "./show.ts";\n\nshow("first");\nshowBy(new Fetcher(), "second");\n';

/** What becomes of the class when the file of its callers has another text. */
function migrated(show: string): Expected {
  const project = TemporaryProject.copyOf("events");
  for (const name of ["keep.ts", "keeper.ts"]) rmSync(join(project.folder, "src", name));
  project.write({ "src/main.ts": MAIN, "src/show.ts": show });
  expect(project.errors()).toEqual([]);
  const outcome = project.outcomeOf(migrateProject(project.config, { transforms: ["contract-to-async"] }));
  project.write(outcome.texts);
  expect(project.errors()).toEqual([]);
  return outcome;
}

it("changes in all files", () => {
  const { refusals, texts } = migrated(SHOW);
  expect(refusals).toEqual([]);
  expect(Object.keys(texts).toSorted()).toEqual(["src/fetcher.ts", "src/fetching.ts", "src/main.ts", "src/show.ts"]);
});

it.each([
  [
    "a caller adds its handler late",
    'export function late(fetcher: Fetcher): void {\n  fetcher.FetchAsync("late");\n  fetcher.add_FetchCompleted((_sender, e) => trace(e.Result));\n}\n',
  ],
  [
    "a caller cannot be seen through",
    'export function by(name: "FetchAsync", fetcher: Fetcher): void {\n  fetcher[name]("computed");\n}\n',
  ],
  [
    "a shape is asked for that it has",
    'export function start(starting: { FetchAsync(name: string): void }): void {\n  starting.FetchAsync("shape");\n}\n\nstart(new Fetcher());\n',
  ],
  [
    "a type picks its members",
    'type Starting = Pick<Fetcher, "FetchAsync">;\n\nexport function start(starting: Starting): void {\n  starting.FetchAsync("picked");\n}\n',
  ],
  [
    "a class derives from it",
    "export class Loud extends Fetcher {\n  override FetchAsync(name: string, userState?: unknown): void {\n    super.FetchAsync(name.toUpperCase(), userState);\n  }\n}\n",
  ],
])("changes nowhere where %s", (_, added) => {
  const { refusals, texts } = migrated(`${SHOW}\n${added}`);
  expect(texts).toEqual({});
  expect(refusals.length).toBeGreaterThan(0);
  for (const refusal of refusals)
    expect(refusal).toMatch(/:\d+:\d+ (?:pair-still-called|would-not-compile|event-not-private)$/u);
});

it("changes nowhere where a file calls it by another name", () => {
  const { refusals, texts } = migrated(
    SHOW.replace("{ Fetcher }", "{ Fetcher as Source }").replace("new Fetcher()", "new Source()"),
  );
  expect(texts).toEqual({});
  expect(refusals).toEqual(["src/fetcher.ts:10:3 would-not-compile", "src/fetching.ts:5:3 would-not-compile"]);
});
