import { expect, it } from "vitest";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { TemporaryProject } from "./projects.ts";

/** What a call gives may be a promise although one of the functions that it may mean gives none: then an await at the call would wait for it. */

const FILES = {
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      strict: true,
      types: [],
      lib: ["ES2023"],
      target: "ES2022",
      module: "ES2022",
      moduleResolution: "Bundler",
      noEmit: true,
    },
  }),
  "task.ts":
    "export interface Task extends PromiseLike<void> {\n  Wait(): void;\n}\nexport declare function request(): Task;\n",
  "jobs.ts":
    'import { request } from "./task";\n' +
    "export interface Job {\n  run(): void | Promise<void>;\n}\n" +
    "export class Slow {\n  run(): void {\n    request().Wait();\n  }\n}\n" +
    "export class Late {\n  async run(): Promise<void> {\n    await null;\n  }\n}\n" +
    "export function work(): void {\n  request().Wait();\n}\n",
};

function outcomeOf(main: string, jobs = FILES["jobs.ts"]) {
  const project = TemporaryProject.of({ ...FILES, "jobs.ts": jobs, "main.ts": main });
  expect(project.errors()).toEqual([]);
  return project.outcomeOf(migrateProject(project.config));
}

const KEPT = "  const running = job.run();\n  Number(1);\n  await running;\n}\n";

it.each([
  [
    "an interface",
    `import type { Job } from "./jobs";\nexport async function both(job: Job): Promise<void> {\n${KEPT}`,
    FILES["jobs.ts"].replaceAll(/class (\w+)/gu, "class $1 implements Job"),
  ],
  [
    "a union",
    `import type { Late, Slow } from "./jobs";\nexport async function both(job: Late | Slow): Promise<void> {\n${KEPT}`,
    undefined,
  ],
])("refuses a call by way of %s whose promise is kept", (_, main, jobs) => {
  const { texts, refusals } = outcomeOf(main, jobs);
  expect(texts["main.ts"]).toBeUndefined();
  expect(refusals).toContainEqual(expect.stringMatching(/^jobs\.ts:.* promise-kept$/u));
});

it("awaits a call of a function that says it gives nothing", () => {
  const { texts, refusals } = outcomeOf(
    'import { work } from "./jobs";\nexport function main(): void {\n  const done = work();\n  Number(done);\n}\n',
  );
  expect(refusals).toEqual([]);
  expect(texts["main.ts"]).toBe(
    'import { work } from "./jobs";\nexport async function main(): Promise<void> {\n  const done = await work();\n  Number(done);\n}\n',
  );
});
