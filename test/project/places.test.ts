import { describe, expect, it } from "vitest";
import type { FileMigration } from "../../src/plan/migration.ts";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { TemporaryProject } from "./projects.ts";

/** What is said about a use in another file than the function's is said at that use, in that file. */

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
    "export interface Task extends PromiseLike<void> {\n  Wait(): void;\n}\nexport declare function request(): Task;\nexport declare function wait(): void;\n",
  "load.ts":
    'import { request } from "./task";\n\n// So that no line of another file is the same as one of this.\n\nexport function load(): void {\n  request().Wait();\n}\n',
};
const HEAD = 'import { load } from "./load";\n';
const WAIT = 'import { request } from "./task";\nexport function other(): void {\n  request().Wait();\n}\n';

function migrated(main: string): Readonly<Record<string, FileMigration>> {
  const project = TemporaryProject.of({ ...FILES, "main.ts": HEAD + main });
  expect(project.errors()).toEqual([]);
  return Object.fromEntries(
    [...migrateProject(project.config)].map(([file, migration]) => [file.slice(project.folder.length + 1), migration]),
  );
}

function refusalsIn(files: Readonly<Record<string, FileMigration>>): string[] {
  return Object.entries(files).flatMap(([path, { refusals }]) =>
    refusals.map(({ code, line, column, message }) => `${path}:${line}:${column} ${code} ${message}`),
  );
}

describe("a refusal", () => {
  it.each([
    [
      "a call that cannot be told",
      "const name = load;\nexport const all = [name];\n",
      "2:14",
      "function-used-as-value",
    ],
    [
      "an object pattern",
      'import * as loading from "./load";\n  export let { load: first } = loading;\n',
      "3:16",
      "callers-unknown",
    ],
    ["a value", "  export const all = [load];\n", "2:23", "function-used-as-value"],
  ])("for %s names its file, line and column at the wait", (_, main, place, code) => {
    const [refusal, ...others] = refusalsIn(migrated(main));
    expect(others).toEqual([]);
    expect(refusal).toMatch(new RegExp(`^load\\.ts:6:13 ${code} .*, in main\\.ts:${place}: `, "u"));
  });

  it("stands at the use itself in a file that waits as well, in linked code", () => {
    const refusals = refusalsIn(
      migrated(`export const all = [other];\n${WAIT.replace("  request", "  load();\n  request")}`),
    );
    expect(refusals).toEqual([
      expect.stringMatching(/^load\.ts:6:13 function-used-as-value .*, in main\.ts:2:21: /u),
      expect.stringMatching(/^main\.ts:2:21 function-used-as-value (?!.*hangs together)/u),
    ]);
  });
});

describe("a note", () => {
  const REGISTERED =
    'declare const button: { addEventListener(name: string, listener: () => void): void };\nbutton.addEventListener("click", load);\n';

  it("about a file without a wait names file, line and column at the wait", () => {
    const [site] = migrated(REGISTERED)["load.ts"]!.migrations;
    expect(site!.notes.map(({ code, line, message }) => `${line} ${code} ${message}`)).toEqual([
      expect.stringMatching(/^6 handler-now-async .*\(main\.ts:3:34\)$/u),
    ]);
  });

  it("about a file with a linked wait stands in that file", () => {
    const files = migrated(`${REGISTERED}${WAIT.replace("  request", "  load();\n  request")}`);
    expect(files["load.ts"]!.migrations.flatMap(({ notes }) => notes)).not.toContainEqual(
      expect.objectContaining({ code: "handler-now-async" }),
    );
    expect(files["main.ts"]!.migrations.flatMap(({ notes }) => notes)).toContainEqual(
      expect.objectContaining({ code: "handler-now-async", line: 3 }),
    );
  });
});
