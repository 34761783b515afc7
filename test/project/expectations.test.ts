import { expect, it } from "vitest";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { TemporaryProject } from "./projects.ts";

/** What a test expects to be thrown is expected as a rejection, once, whichever of the functions that are called there became async. */

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
  "testing.d.ts":
    "declare function it(name: string, body: () => void | Promise<void>): void;\ndeclare function expect(value: unknown): { toThrow(): void; readonly rejects: { toThrow(): Promise<void> } };\n",
  "job.ts":
    'import { request } from "./task";\nexport class Job {\n  run(): void {\n    request().Wait();\n  }\n}\nexport class Upload extends Job {\n  override run(): void {\n    super.run();\n    request().Wait();\n  }\n}\n',
};

function outcomeOf(test: string) {
  const project = TemporaryProject.of({
    ...FILES,
    "job.test.ts": `import { type Job, Upload } from "./job";\n${test}`,
  });
  expect(project.errors()).toEqual([]);
  return project.outcomeOf(migrateProject(project.config));
}

it("adapts an expectation once for a method and its override", () => {
  const { texts, refusals } = outcomeOf(
    'it("fails", () => {\n  const job: Job = new Upload();\n  expect(job.run.bind(job)).toThrow();\n});\n',
  );
  expect(refusals).toEqual([]);
  expect(texts["job.test.ts"]).toBe(
    'import { type Job, Upload } from "./job";\nit("fails", async () => {\n  const job: Job = new Upload();\n  await expect(job.run.bind(job)).rejects.toThrow();\n});\n',
  );
  expect(texts["job.ts"]).toContain("await super.run();");
});

it("refuses what is bound for a call that nothing is expected of", () => {
  const { texts, refusals } = outcomeOf(
    'it("runs", () => {\n  const job: Job = new Upload();\n  [job.run.bind(job)].forEach((run) => run());\n});\n',
  );
  expect(texts).toEqual({});
  expect(refusals).not.toEqual([]);
  expect(refusals.every((refusal) => refusal.endsWith("function-used-as-value"))).toBe(true);
});
