import { expect, it } from "vitest";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { TemporaryProject } from "./projects.ts";

/** A method may be called through a class that only has the same shape: then who calls it cannot be told. */

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
  "worker.ts":
    "export class Worker {\n  run(): void {}\n}\nexport function start(worker: Worker): void {\n  worker.run();\n}\n",
  "upload.ts":
    'import { request } from "./task";\nexport class Upload {\n  run(): void {\n    request().Wait();\n  }\n}\n',
};
const IMPORTS = 'import { Upload } from "./upload";\nimport { start, Worker } from "./worker";\n';

function outcomeOf(main: string) {
  const project = TemporaryProject.of({ ...FILES, "main.ts": IMPORTS + main });
  expect(project.errors()).toEqual([]);
  return project.outcomeOf(migrateProject(project.config));
}

it.each([
  ["an argument", "start(new Upload());\nstart(new Worker());\n"],
  ["an element", "const workers: Worker[] = [new Upload()];\nworkers.forEach(start);\n"],
  [
    "another array",
    "const uploads = [new Upload()];\nconst workers: readonly Worker[] = uploads;\nworkers.forEach(start);\n",
  ],
  ["what is called for", "function make(): Worker {\n  return new Upload();\n}\nstart(make());\n"],
  ["a cast", "start(new Upload() as Worker);\n"],
  ["an object", "const upload: { run(): void } = new Upload();\nstart(upload);\n"],
])("refuses: %s", (_, main) => {
  const { texts, refusals } = outcomeOf(main);
  expect(texts).toEqual({});
  expect(refusals).toEqual([expect.stringMatching(/^upload\.ts:.* callers-unknown$/u)]);
});

it("takes two classes of one shape for what they are, where neither is used for the other", () => {
  const { texts, refusals } = outcomeOf(
    "export function main(): void {\n  start(new Worker());\n  new Upload().run();\n}\n",
  );
  expect(refusals).toEqual([]);
  expect(texts).toEqual({
    "upload.ts": FILES["upload.ts"]
      .replace("  run(): void", "  async run(): Promise<void>")
      .replace("request().Wait()", "await request()"),
    "main.ts": `${IMPORTS}export async function main(): Promise<void> {\n  start(new Worker());\n  await new Upload().run();\n}\n`,
  });
});
