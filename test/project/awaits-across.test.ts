import { expect, it } from "vitest";
import { migrateProject, planAcross } from "../../src/project/migrate-project.ts";
import { Project } from "../../src/project/project.ts";
import { tapify, Workspace } from "../cli/support/workspace.ts";
import { TemporaryProject } from "./projects.ts";

/** What a migration makes of one file may hold an await that another file needs: both are planned together. */

const CHANNEL = `export interface IAsyncResult {
  readonly AsyncState: unknown;
}
export declare class Channel {
  BeginQuery(callback: ((ar: IAsyncResult) => void) | null, state: unknown): IAsyncResult;
  EndQuery(ar: IAsyncResult): string;
  QueryAsync(): Promise<string>;
  BeginWrite(text: string, callback: ((ar: IAsyncResult) => void) | null, state: unknown): IAsyncResult;
  EndWrite(ar: IAsyncResult): void;
  WriteAsync(text: string): Promise<void>;
}
`;

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
  "channel.d.ts": CHANNEL,
  "ask.ts": `import type { Channel } from "./channel";

export function ask(channel: Channel): string {
  return channel.EndQuery(channel.BeginQuery(null, null));
}
`,
  // The start of the Write is written anew, and with it the place where the await of ask() has to stand.
  "main.ts": `import { ask } from "./ask";
import type { Channel } from "./channel";

export function write(channel: Channel): void {
  const ar = channel.BeginWrite(ask(channel), null, null);
  channel.EndWrite(ar);
}
`,
};

const MIGRATED = {
  "ask.ts": `import type { Channel } from "./channel";

export async function ask(channel: Channel): Promise<string> {
  return await channel.QueryAsync();
}
`,
  "main.ts": `import { ask } from "./ask";
import type { Channel } from "./channel";

export async function write(channel: Channel): Promise<void> {
  await channel.WriteAsync(await ask(channel));
}
`,
};

it("plans an await in text that is written anew in another file", () => {
  const project = new Project(TemporaryProject.of(FILES).config);
  const planned = planAcross(project, "begin-end-to-async");
  expect(
    planned.map(({ operations: [operation], refusals }) => ({
      file: project.pathOf(project.fileOf(operation!.nameNode)),
      refused: refusals.map(({ code }) => code),
    })),
  ).toEqual([{ file: "ask.ts", refused: [] }]);
  expect(planned[0]!.operations).toHaveLength(2);
});

it("migrates both files in one run, and nothing in a second", () => {
  const project = TemporaryProject.of(FILES);
  const migrate = () => project.outcomeOf(migrateProject(project.config));
  expect(migrate()).toEqual({ texts: MIGRATED, refusals: [] });
  project.write(MIGRATED);
  expect(project.errors()).toEqual([]);
  expect(migrate()).toEqual({ texts: {}, refusals: [] });
});

it("does so on the command line", async () => {
  const workspace = new Workspace(FILES);
  const migrate = () => tapify(workspace.root, "migrate", "--project", "tsconfig.json", "--write");
  expect(await migrate()).toMatchObject({ code: 0 });
  expect(workspace.snapshot()).toEqual({ ...FILES, ...MIGRATED });
  expect(await migrate()).toMatchObject({ code: 0 });
  expect(workspace.snapshot()).toEqual({ ...FILES, ...MIGRATED });
});
