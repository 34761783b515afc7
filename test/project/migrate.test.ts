import { describe, expect, it } from "vitest";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { ProjectError } from "../../src/project/project-error.ts";
import { inOtherLayout, withoutMark } from "../harness/layouts.ts";
import { runProject } from "../harness/run-project.ts";
import type { ProgramRun } from "../harness/run-program.ts";
import { expectedOf, projectNames, TemporaryProject } from "./projects.ts";

/** Waits, operations and events at the bottom of whole projects become awaits all the way up, or stay with a reason. */

describe.each(projectNames)("%s", (name) => {
  it("becomes what is expected, compiles, and stays so when it is migrated again", () => {
    const project = TemporaryProject.copyOf(name);
    expect(project.errors()).toEqual([]);
    const outcome = project.outcomeOf(migrateProject(project.config));
    const expected = expectedOf(name);
    expect(outcome.texts).toEqual(expected.texts);
    expect(outcome.refusals).toEqual(expected.refusals);

    project.write(outcome.texts);
    expect(project.errors()).toEqual([]);
    const again = project.outcomeOf(migrateProject(project.config));
    expect(again.texts).toEqual({});
    expect(again.refusals.map(codeOf).toSorted()).toEqual(outcome.refusals.map(codeOf).toSorted());
  });
});

it.each(projectNames)("%s becomes the same with CRLF, tabs and a byte order mark", (name) => {
  const project = TemporaryProject.copyOf(name);
  const files = Object.fromEntries(
    Object.entries(project.texts()).map(([path, text]) => [path, inOtherLayout(text, path)]),
  );
  project.write(Object.fromEntries(Object.entries(files).map(([path, { text }]) => [path, text])));
  const outcome = project.outcomeOf(migrateProject(project.config));
  const expected = expectedOf(name);
  expect(outcome.texts).toEqual(
    Object.fromEntries(
      Object.entries(expected.texts).map(([path, text]) => [path, withoutMark(files[path]!.layOut(text))]),
    ),
  );
  expect(outcome.refusals).toEqual(
    expected.refusals.map((refusal) =>
      refusal.replace(
        /^(.+):(\d+):(\d+) /u,
        (_, path: string, line: string, column: string) =>
          `${path}:${line}:${files[path]!.columnOf(Number(line), Number(column))} `,
      ),
    ),
  );
});

function codeOf(refusal: string): string {
  return refusal.split(" ").at(-1)!;
}

describe("running", () => {
  async function runBoth(name: string, isCommonJs = false): Promise<readonly [ProgramRun, ProgramRun]> {
    const project = TemporaryProject.copyOf(name);
    const options = { main: `fixtures/projects/${name}/src/main.ts`, isCommonJs };
    const before = await runProject(project.sources(), options);
    project.write(project.outcomeOf(migrateProject(project.config)).texts);
    return [before, await runProject(project.sources(), options)];
  }

  it("an application prints the same", async () => {
    const [before, after] = await runBoth("shop");
    expect(after).toEqual(before);
    expect(after).toMatchObject({ exitCode: 0, stderr: "" });
    expect(after.stdout.at(-1)).toBe("paper: 10");
  });

  it.each(["contracts", "events"])(
    "%s that are implemented in other files than they are called in do the same",
    async (name) => {
      const [before, after] = await runBoth(name);
      expect(after).toEqual(before);
      expect(after).toMatchObject({ exitCode: 0, stderr: "" });
    },
  );

  it("operations and events that are reached through interfaces, barrels and other names do the same", async () => {
    const [before, after] = await runBoth("feeds");
    expect(after).toEqual(before);
    expect(after).toMatchObject({ exitCode: 0, stderr: "" });
    expect(after.stdout).toContain("no title, gone");
  });

  it("errors arrive in the same handlers, and one that nobody handles ends the program", async () => {
    const [before, after] = await runBoth("errors");
    expect(after.stdout).toEqual(before.stdout);
    expect([before.uncaught, after.uncaught]).toEqual([
      expect.stringContaining("AggregateException"),
      "Error: nothing to load",
    ]);
    expect([before.exitCode, after.exitCode]).toEqual([1, 1]);
  });

  it("a program that is no module is started without an await", async () => {
    const [before, after] = await runBoth("start", true);
    expect(after).toEqual(before);
    expect(after.stdout).toEqual(["start: 5"]);
    expect(expectedOf("start").texts["src/main.ts"]).toContain("main().catch(");
  });
});

describe("a library", () => {
  it("changes what it exports when it may, and says so", () => {
    const project = TemporaryProject.copyOf("library");
    const migrated = migrateProject(project.config, { allowExports: true });
    const outcome = project.outcomeOf(migrated);
    expect(outcome.refusals).toEqual([]);
    expect(outcome.texts["src/reader.ts"]).toContain("async read(): Promise<string> {\n    return await this.#task;");
    expect(outcome.texts["src/sum.ts"]).toContain("await one(names[0]!) + await sum(names.slice(1))");
    project.write(outcome.texts);
    expect(project.errors()).toEqual([]);
  });

  it("changes what it exports for operations and events as well", () => {
    const project = TemporaryProject.copyOf("parcels");
    const outcome = project.outcomeOf(migrateProject(project.config, { allowExports: true }));
    expect(outcome.refusals).toEqual([]);
    expect(outcome.texts["src/courier.ts"]).toContain(
      "export async function deliver(name: string): Promise<string> {\n  return `${name}: ${await ask(",
    );
    expect(outcome.texts["src/courier.ts"]).toContain(
      "async where(): Promise<string> {\n    return await this.#query();",
    );
    // Nobody in the project calls it, so nobody is seen to ignore what it gives.
    expect(outcome.texts["src/news.ts"]).toContain("export function announce(name: string): void {");
    project.write(outcome.texts);
    expect(project.errors()).toEqual([]);
  });
});

describe("a contract in a declaration file", () => {
  const apm = `export interface IAsyncResult { readonly AsyncState: unknown }
export type AsyncCallback = (ar: IAsyncResult) => void;
export interface Asking {
  BeginAsk(callback: AsyncCallback | null, state: unknown): IAsyncResult;
  EndAsk(ar: IAsyncResult): string;
}
export declare class Channel implements Asking {
  BeginAsk(callback: AsyncCallback | null, state: unknown): IAsyncResult;
  EndAsk(ar: IAsyncResult): string;
}
`;
  const relay = `import type { Asking, AsyncCallback, Channel, IAsyncResult } from "./apm.js";

export class Relay implements Asking {
  constructor(private readonly channel: Channel) {}

  BeginAsk(callback: AsyncCallback | null, state: unknown): IAsyncResult {
    return this.channel.BeginAsk(callback, state);
  }

  EndAsk(ar: IAsyncResult): string {
    return this.channel.EndAsk(ar);
  }
}
`;
  const compilerOptions = { strict: true, types: [], target: "ES2022", module: "ES2022", moduleResolution: "Bundler" };

  it("stays, and with it what implements it", () => {
    const project = TemporaryProject.of({
      "tsconfig.json": JSON.stringify({ compilerOptions }),
      "apm.d.ts": apm,
      "relay.ts": relay,
    });
    const outcome = project.outcomeOf(migrateProject(project.config, { transforms: ["contract-to-async"] }));
    expect(outcome.texts).toEqual({});
    expect(outcome.refusals).toEqual(["relay.ts:6:3 may-override"]);
  });

  it("keeps nothing from changing that does not implement it", () => {
    const project = TemporaryProject.of({
      "tsconfig.json": JSON.stringify({ compilerOptions }),
      "apm.d.ts": apm,
      "relay.ts": relay.replace(" implements Asking", ""),
    });
    const outcome = project.outcomeOf(migrateProject(project.config, { transforms: ["contract-to-async"] }));
    expect(Object.keys(outcome.texts)).toEqual(["relay.ts"]);
    expect(outcome.texts["relay.ts"]).toContain("async AskAsync(): Promise<string> {");
    project.write(outcome.texts);
    expect(project.errors()).toEqual([]);
  });
});

describe("a contract whose callers are called in other files", () => {
  const shared = {
    "tsconfig.json": JSON.stringify({
      compilerOptions: { strict: true, types: [], target: "ES2022", module: "ES2022", moduleResolution: "Bundler" },
    }),
    "apm.d.ts":
      "export interface IAsyncResult { readonly AsyncState: unknown }\nexport type AsyncCallback = (ar: IAsyncResult) => void;\nexport declare class Pipe {\n  BeginAsk(callback: AsyncCallback | null, state: unknown): IAsyncResult;\n  EndAsk(ar: IAsyncResult): string;\n}\n",
    "relay.ts":
      'import type { AsyncCallback, IAsyncResult, Pipe } from "./apm.js";\n\nexport class Relay {\n  constructor(private readonly pipe: Pipe) {}\n\n  BeginAsk(callback: AsyncCallback | null, state: unknown): IAsyncResult {\n    return this.pipe.BeginAsk(callback, state);\n  }\n\n  EndAsk(ar: IAsyncResult): string {\n    return this.pipe.EndAsk(ar);\n  }\n}\n',
    "ask.ts":
      'import type { Relay } from "./relay";\n\nexport function ask(relay: Relay): void {\n  const ar = relay.BeginAsk(null, null);\n  relay.EndAsk(ar);\n}\n',
  };

  it("is awaited there as well", () => {
    const project = TemporaryProject.of({
      ...shared,
      "main.ts":
        'import { ask } from "./ask";\nimport type { Relay } from "./relay";\n\nexport function main(relay: Relay): void {\n  ask(relay);\n}\n',
    });
    const { texts, refusals } = project.outcomeOf(
      migrateProject(project.config, { transforms: ["contract-to-async"] }),
    );
    expect(refusals).toEqual([]);
    expect(texts["main.ts"]).toContain(
      "export async function main(relay: Relay): Promise<void> {\n  await ask(relay);",
    );
    expect(texts["ask.ts"]).toContain("  await relay.AskAsync();");
    project.write(texts);
    expect(project.errors()).toEqual([]);
  });

  it("says at the call what becomes of a file that only calls the caller", () => {
    const project = TemporaryProject.of({
      ...shared,
      "main.ts":
        'import { ask } from "./ask";\nimport type { Relay } from "./relay";\n\nexport function main(relay: Relay): void {\n  setTimeout(() => {\n    ask(relay);\n  }, 1);\n}\n',
    });
    const notes = [...migrateProject(project.config, { transforms: ["contract-to-async"] }).values()].flatMap(
      ({ migrations }) => migrations.flatMap((each) => each.notes),
    );
    expect(notes.filter(({ code }) => code === "handler-now-async")).toEqual([
      { code: "handler-now-async", line: 4, message: expect.stringMatching(/ \(main\.ts:5\)$/u) as string },
    ]);
  });

  it("stays where one of those cannot await", () => {
    const project = TemporaryProject.of({
      ...shared,
      "main.ts":
        'import { ask } from "./ask";\nimport type { Relay } from "./relay";\n\nexport class Main {\n  constructor(relay: Relay) {\n    ask(relay);\n  }\n}\n',
    });
    const { texts, refusals } = project.outcomeOf(
      migrateProject(project.config, { transforms: ["contract-to-async"] }),
    );
    expect(texts).toEqual({});
    expect(refusals).toEqual(["relay.ts:6:3 pair-still-called"]);
  });
});

describe("the files that are asked for", () => {
  it("are those in which waits are looked for; callers follow wherever they are", () => {
    const project = TemporaryProject.copyOf("boundaries");
    const file = `${project.folder}/src/lists.ts`;
    const outcome = project.outcomeOf(migrateProject(project.config, { files: [file] }));
    expect(Object.keys(outcome.texts)).toEqual(["src/lists.ts"]);
    expect(outcome.refusals).toEqual([]);
  });
});

describe("projects that cannot be loaded", () => {
  it.each([
    ["a configuration that does not parse", { "tsconfig.json": '{ "include": [' }],
    [
      "an option that does not exist",
      { "tsconfig.json": '{ "compilerOptions": { "module": "Fortran" } }', "a.ts": "" },
    ],
    ["a base that does not exist", { "tsconfig.json": '{ "extends": "./missing.json" }', "a.ts": "" }],
  ])("%s", (_, files) => {
    const project = TemporaryProject.of(files as Record<string, string>);
    expect(() => migrateProject(project.config)).toThrow(ProjectError);
  });

  it("a file that does not parse", () => {
    const project = TemporaryProject.of({
      "tsconfig.json": '{ "compilerOptions": { "strict": true, "types": [], "target": "ES2022" } }',
      "load.ts": "export const load = 1;\n",
      "broken.ts": 'import { load } from "./load";\nexport const value = load(;\n',
    });
    expect(() => migrateProject(project.config)).toThrow(/broken\.ts:2:27 does not parse: /u);
  });
});
