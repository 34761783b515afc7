import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { compareRuns, type CompareOptions } from "../harness/compare.ts";
import { type ProgramRun, runProgram } from "../harness/run-program.ts";
import { findUnusedPort, type ObjectStoreOptions, type RunningServer, startEchoServer, startObjectStore } from "../harness/servers.ts";
import { typeErrors } from "../harness/typecheck.ts";

/** The ports of the seed programs really run, before and after their migration, against servers that are the same for both. */

const SIMPLE_CALLBACK_BEGIN = "asyncResult = client.BeginPutObject(request, simpleCallback, null);";

function pathOf(seed: string): string {
  return `fixtures/seeds/${seed}.ts`;
}

function sourceOf(seed: string): string {
  return readFileSync(new URL(`../../${pathOf(seed)}`, import.meta.url), "utf8");
}

function migrated(seed: string, source = sourceOf(seed)): string {
  return migrateText(source, { filePath: pathOf(seed) }).output;
}

describe("s3-begin-end", () => {
  const DATE = /\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/u;

  async function run(source: string, options: ObjectStoreOptions = {}): Promise<ProgramRun & { effects: readonly string[] }> {
    const store = await startObjectStore(options);
    onTestFinished(() => store.stop());
    const program = await runProgram(source, { fileName: pathOf("s3-begin-end"), args: ["bucket"], env: { TAPIFY_S3_ENDPOINT: store.endpoint } });
    return { ...program, effects: store.effects };
  }

  async function expectSame(before: string, after: string, store: ObjectStoreOptions, compare: CompareOptions): Promise<ProgramRun> {
    const runs = [await run(before, store), await run(after, store)] as const;
    expect(compareRuns(...runs, { varying: [DATE], ...compare }).diff).toBe("");
    return runs[1];
  }

  it("prints and stores the same", async () => {
    // The three last operations overlap, and so do their lines.
    const after = await expectSame(sourceOf("s3-begin-end"), migrated("s3-begin-end"), {}, { ordered: false });
    expect(after).toMatchObject({ exitCode: 0, stderr: "" });
  });

  // Without the callback that calls no End, whose errors surface only after the migration.
  it.each([1, 2, 3])("catches what fails after %i puts in the same handlers", async (deleteBucketsAfter) => {
    const before = sourceOf("s3-begin-end").replace(SIMPLE_CALLBACK_BEGIN, "");
    expect(before).not.toContain(SIMPLE_CALLBACK_BEGIN);
    const after = await expectSame(before, migrated("s3-begin-end", before), { deleteBucketsAfter }, { ordered: false });
    expect(after.stdout.filter((line) => line === "Caught exception calling EndPutObject:")).toHaveLength(4 - deleteBucketsAfter);
  });

  it("lets the error surface that nothing observed before", async () => {
    const before = await run(sourceOf("s3-begin-end"), { deleteBucketsAfter: 2 });
    const after = await run(migrated("s3-begin-end"), { deleteBucketsAfter: 2 });
    expect(before).toMatchObject({ exitCode: 0, uncaught: null });
    expect(before.stdout).toContain("Finished PutObject operation with simple callback.");
    expect(after).toMatchObject({ exitCode: 1, uncaught: "AmazonS3Exception: The specified bucket does not exist" });
    expect(after.stdout).not.toContain("Finished PutObject operation with simple callback.");
  });
});

describe("socket-client", () => {
  async function runBoth(start: () => Promise<RunningServer>): Promise<readonly (ProgramRun & { effects: readonly string[] })[]> {
    const runs = [];
    for (const source of [sourceOf("socket-client"), migrated("socket-client")]) {
      const server = await start();
      onTestFinished(() => server.stop());
      const program = await runProgram(source, { args: [String(server.port)] });
      // Every run has a server with a port of its own.
      runs.push({ ...program, stdout: program.stdout.map((line) => line.replace(String(server.port), "PORT")), effects: server.effects });
    }
    return runs;
  }

  it("prints and sends the same", async () => {
    const [before, after] = await runBoth(() => startEchoServer());
    expect(compareRuns(before!, after!).diff).toBe("");
    expect(after).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it.each([
    ["refused", async () => ({ port: await findUnusedPort(), effects: [], stop: async () => {} })],
    ["reset", () => startEchoServer({ reset: true })],
  ] as const)("catches in the same handler that the connection was %s", async (_, start) => {
    const [before, after] = await runBoth(start);
    // On .NET the program then waits for ever; its migration goes on.
    expect(compareRuns(before!, after!, { asPrefix: true }).diff).toBe("");
    expect(before!.stdout.at(-1)).toMatch(/^SocketException: /u);
  });
});

it("the migrated seed programs type-check and are left alone by a second run", () => {
  const texts = Object.fromEntries(["s3-begin-end", "socket-client"].map((seed) => [pathOf(seed), migrated(seed)]));
  expect(typeErrors(texts)).toEqual([]);
  for (const [path, text] of Object.entries(texts)) expect(migrateText(text, { filePath: path }).output).toBe(text);
});
