import { describe, expect, it } from "vitest";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { TemporaryProject } from "./projects.ts";

/** Operations and events of a project are migrated with its types and with all who call them, and what brings a compiler error anywhere is taken back. */

function outcomeOf(project: TemporaryProject, options: Parameters<typeof migrateProject>[1] = {}) {
  return [...migrateProject(project.config, options)].flatMap(([file, migration]) => ({
    ...migration,
    path: file.slice(project.folder.length + 1),
  }));
}

describe("a twin that another file declares", () => {
  it("is called in place of a pair and of a starter with its event", () => {
    const files = outcomeOf(TemporaryProject.copyOf("twins"));
    const outputs = Object.fromEntries(files.map(({ path, output }) => [path, output]));
    expect(outputs["src/fetch.ts"]).toContain("await storage.FetchAsync(name)");
    expect(outputs["src/download.ts"]).toContain("downloader.DownloadStringTaskAsync(address)");
    expect(outputs["src/remove.ts"]).toContain("await new Promise<number>(");
  });
});

describe("what brings a compiler error to another file", () => {
  it("is taken back with the error, and the rest of its file is migrated", () => {
    const files = outcomeOf(TemporaryProject.copyOf("twins"));
    const count = files.find(({ path }) => path === "src/count.ts")!;
    expect(count.refusals.map(({ transform, code, line, message }) => ({ transform, code, line, message }))).toEqual([
      {
        transform: "begin-end-to-async",
        code: "would-not-compile",
        line: 4,
        message: expect.stringContaining("src/size.ts:7:14 Type 'number' is not assignable to type 'Promise<number>'"),
      },
    ]);
    expect(count.migrations.map(({ line }) => line)).toEqual([9]);
  });

  it("is taken back alone where the other file has plans of its own", () => {
    const project = TemporaryProject.copyOf("twins");
    const size = project.sources()["fixtures/projects/twins/src/size.ts"]!;
    project.write({
      "src/size.ts": `${size}\nexport function again(storage: Storage): void {\n  const ar = storage.BeginFetch("six", null, null);\n  storage.EndFetch(ar);\n}\n`,
    });
    const files = outcomeOf(project);
    expect(files.find(({ path }) => path === "src/size.ts")).toMatchObject({ status: "migrated", refusals: [] });
    expect(files.find(({ path }) => path === "src/count.ts")!.refusals.map(({ code }) => code)).toEqual([
      "would-not-compile",
    ]);
  });
});

describe("the order of migrations", () => {
  it("does not matter to the types: what an earlier one makes async is so for a later one", () => {
    const project = TemporaryProject.copyOf("twins");
    project.write({
      "src/task.ts": "export interface Task<T> extends PromiseLike<T> {\n  readonly Result: T;\n}\n",
      "src/both.ts":
        'import type { Storage } from "./storage.js";\nimport type { Task } from "./task.ts";\n\nexport function both(storage: Storage, task: Task<string>): void {\n  const ar = storage.BeginFetch("one", null, null);\n  while (!ar.IsCompleted) {}\n  storage.EndFetch(ar);\n  task.Result.trim();\n}\n',
    });
    const [both] = outcomeOf(project).filter(({ path }) => path === "src/both.ts");
    expect(both!.refusals).toEqual([]);
    expect(both!.migrations.map(({ transform, line }) => [transform, line])).toEqual([
      ["begin-end-to-async", 5],
      ["blocking-to-await", 8],
    ]);
    expect(both!.output).toContain(
      'export async function both(storage: Storage, task: Task<string>): Promise<void> {\n  await storage.FetchAsync("one");\n  (await task).trim();\n}',
    );
  });
});
