import { describe, expect, it } from "vitest";
import type { FileMigration } from "../../src/plan/migration.ts";
import { migrateProject, type ProjectOptions } from "../../src/project/migrate-project.ts";
import { TemporaryProject } from "./projects.ts";

/** What becomes of operations and events depends on who names their functions anywhere in the project. */

const compilerOptions = {
  strict: true,
  types: [],
  lib: ["ES2023"],
  target: "ES2022",
  module: "ES2022",
  moduleResolution: "Bundler",
  noEmit: true,
};

const API = `export interface IAsyncResult {
  readonly AsyncState: unknown;
  readonly IsCompleted: boolean;
}
export declare class Storage {
  BeginFetch(name: string, callback: ((ar: IAsyncResult) => void) | null, state: unknown): IAsyncResult;
  EndFetch(ar: IAsyncResult): string;
  FetchAsync(name: string): Promise<string>;
}
export interface FetchedArgs {
  readonly Cancelled: boolean;
  readonly Error: Error | null;
  readonly Result: string;
}
export declare class Fetcher {
  readonly FetchCompleted: { add(handler: (sender: unknown, e: FetchedArgs) => void): void };
  FetchAsync(name: string): void;
  FetchTaskAsync(name: string): Promise<string>;
}
export declare const Thread: { Sleep(milliseconds: number): void };
export declare function write(...values: unknown[]): void;
`;

/** A function that begins an operation with a callback that others could name. */
const CALLBACK = `import { type IAsyncResult, type Storage, write } from "./api";

export function begin(storage: Storage): void {
  storage.BeginFetch("one", onFetched, storage);
}

export function onFetched(ar: IAsyncResult): void {
  const storage = ar.AsyncState as Storage;
  try {
    write(storage.EndFetch(ar));
  } catch (error) {
    write(error);
  }
}
`;

const EVENT = `import { Fetcher, write } from "./api";

export function start(name: string): void {
  const fetcher = new Fetcher();
  fetcher.FetchCompleted.add((_sender, e) => {
    if (e.Error) write(e.Error);
    else write(e.Result);
  });
  fetcher.FetchAsync(name);
}
`;

const POLL = `import type { Storage } from "./api";

function fetch(storage: Storage): string {
  const ar = storage.BeginFetch("one", null, null);
  while (!ar.IsCompleted) {}
  return storage.EndFetch(ar);
}

export default fetch;
`;

function migrated(
  files: Readonly<Record<string, string>>,
  { chosen, ...options }: ProjectOptions & { readonly chosen?: string; readonly declaration?: boolean } = {},
): Readonly<Record<string, FileMigration>> {
  const { declaration = false, ...others } = options;
  const project = TemporaryProject.of({
    "tsconfig.json": JSON.stringify({ compilerOptions: { ...compilerOptions, declaration } }),
    "api.d.ts": API,
    ...files,
  });
  expect(project.errors()).toEqual([]);
  const all = migrateProject(project.config, {
    ...others,
    ...(chosen === undefined ? {} : { files: [`${project.folder}/${chosen}`] }),
  });
  project.write(project.outcomeOf(all).texts);
  expect(project.errors()).toEqual([]);
  return Object.fromEntries([...all].map(([file, migration]) => [file.slice(project.folder.length + 1), migration]));
}

const codesOf = (migration: FileMigration | undefined): string[] => migration!.refusals.map(({ code }) => code);
const notesOf = (migration: FileMigration | undefined): string[] =>
  migration!.migrations.flatMap(({ notes }) => notes.map(({ code }) => code));

describe("a callback that its file exports", () => {
  it("continues in place where nobody else names it", () => {
    const files = migrated({
      "load.ts": CALLBACK,
      "main.ts": 'import { begin } from "./load";\nimport { Storage } from "./api";\n\nbegin(new Storage());\n',
    });
    expect(files["load.ts"]!.output).toContain(
      'export async function begin(storage: Storage): Promise<void> {\n  try {\n    write(await storage.FetchAsync("one"));',
    );
    expect(files["main.ts"]!.output).toContain("\nvoid begin(new Storage());");
  });

  it("stays where another file calls it as well", () => {
    const files = migrated({
      "load.ts": CALLBACK,
      "main.ts":
        'import { onFetched as done } from "./load";\nimport type { IAsyncResult } from "./api";\n\nexport const ended = (ar: IAsyncResult): void => done(ar);\n',
    });
    expect(codesOf(files["load.ts"])).toEqual(["callback-used-elsewhere"]);
  });

  it("stays where it implements what another file declares", () => {
    const callback = CALLBACK.replace("import {", 'import type { Listener } from "./listener";\nimport {')
      .replace(
        "export function onFetched(ar: IAsyncResult): void {",
        "export const listener: Listener = { onFetched(ar: IAsyncResult): void {",
      )
      .replace(/\}\n$/u, "} };\n")
      .replace('"one", onFetched', '"one", (ar) => listener.onFetched(ar)');
    const files = migrated({
      "load.ts": callback,
      "listener.ts":
        'import type { IAsyncResult } from "./api";\n\nexport interface Listener {\n  onFetched(ar: IAsyncResult): void;\n}\n',
    });
    expect(files["load.ts"]!.output).toContain("onFetched(ar: IAsyncResult): void {");
    expect(files["listener.ts"]!.status).toBe("unchanged");
  });

  it("stays in a library, whose users may name it", () => {
    expect(codesOf(migrated({ "load.ts": CALLBACK }, { declaration: true })["load.ts"])).toEqual([
      "callback-used-elsewhere",
    ]);
    expect(codesOf(migrated({ "load.ts": CALLBACK }, { declaration: true, allowExports: true })["load.ts"])).toEqual([
      "callback-used-elsewhere",
    ]);
  });
});

describe("a function that only starts something", () => {
  it("becomes async where every caller in every file drops what it gives", () => {
    const files = migrated({
      "load.ts": EVENT,
      "page.ts":
        'import * as loading from "./load";\n\nexport const click = (): void => {\n  loading.start("a");\n};\n',
      "index.ts": 'export { start as begin } from "./load";\n',
      "main.ts": 'import { begin } from "./index";\n\nbegin("b");\n',
    });
    expect(files["load.ts"]!.output).toContain("export async function start(name: string): Promise<void> {");
    expect(files["page.ts"]!.output).toContain('\n  void loading.start("a");');
    expect(files["main.ts"]!.output).toContain('\nvoid begin("b");');
  });

  it.each([
    ["nobody is seen to call it", "export {};\n"],
    [
      "a caller looks at what it gives",
      'import { start } from "./load";\n\nexport const started = start("a") === undefined;\n',
    ],
    ["a caller catches what it throws", 'import { start } from "./load";\n\ntry {\n  start("a");\n} catch {}\n'],
    ["it is passed on", 'import { start } from "./load";\n\n["a"].forEach(start);\n'],
  ])("starts the rest beside itself where %s", (_, main) => {
    const files = migrated({ "load.ts": EVENT, "main.ts": main });
    expect(files["load.ts"]!.output).toContain("export function start(name: string): void {");
    expect(files["load.ts"]!.output).toContain("void (async (");
    expect(files["main.ts"]!.status).toBe("unchanged");
  });

  it("stays where a caller in another file sleeps until it is done", () => {
    const begin = CALLBACK.replace("onFetched, storage);", 'onFetched, storage);\n  write("begun");');
    const files = migrated({
      "load.ts": begin,
      "main.ts":
        'import { begin } from "./load";\nimport { Storage, Thread, write } from "./api";\n\nfunction all(): void {\n  begin(new Storage());\n}\n\nall();\nThread.Sleep(100);\nwrite("done");\n',
    });
    expect(codesOf(files["load.ts"])).toEqual(["sleep-unresolved"]);
  });
});

describe("a function that waits", () => {
  it("is awaited under whatever name it has been exported, and no caller is left to the reader", () => {
    const main =
      'import load from "./load";\nimport * as loading from "./load";\nimport { Storage, write } from "./api";\n\nwrite(load(new Storage()).length, loading.default(new Storage()));\n';
    const files = migrated({ "load.ts": POLL, "main.ts": main });
    expect(files["main.ts"]!.output).toContain(
      "write((await load(new Storage())).length, await loading.default(new Storage()));",
    );
    expect(notesOf(files["load.ts"])).toEqual([]);
  });

  it("takes its callers along when only its own file is asked for", () => {
    const main =
      'import load from "./load";\nimport { Storage } from "./api";\n\nexport function twice(): string {\n  const ar = new Storage().BeginFetch("two", null, null);\n  return load(new Storage()) + new Storage().EndFetch(ar);\n}\n';
    const files = migrated({ "load.ts": POLL, "main.ts": main }, { chosen: "load.ts" });
    expect(files["main.ts"]!.output).toContain("export async function twice(): Promise<string> {");
    expect(files["main.ts"]!.output).toContain('BeginFetch("two", null, null)');
    expect(files["main.ts"]!.output).toContain("return await load(new Storage()) + ");
  });

  it("tells of what a library exports", () => {
    const files = migrated({ "load.ts": POLL }, { declaration: true, allowExports: true });
    expect(notesOf(files["load.ts"])).toEqual(["export-now-async"]);
  });

  it("stays where a caller keeps it from changing, which another callee of that caller is free of", () => {
    const other = POLL.replaceAll("fetch(", "ask(").replace("default fetch", "default ask");
    const main =
      'import ask from "./ask";\nimport load from "./load";\nimport { Storage, write } from "./api";\n\nexport const lengths = ["a"].map(() => load(new Storage()).length);\nwrite(load(new Storage()), ask(new Storage()));\n';
    const files = migrated({ "load.ts": POLL, "ask.ts": other, "main.ts": main });
    expect(codesOf(files["load.ts"])).toEqual(["function-used-as-value"]);
    expect(files["load.ts"]!.status).toBe("refused");
    expect(files["ask.ts"]!.status).toBe("migrated");
    expect(files["main.ts"]!.output).toContain("write(load(new Storage()), await ask(new Storage()));");
  });
});
