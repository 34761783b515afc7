import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { compareRuns, type CompareOptions } from "../harness/compare.ts";
import { type ProgramRun, runProgram } from "../harness/run-program.ts";
import {
  findUnusedPort,
  type ObjectStoreOptions,
  type RunningServer,
  startEchoServer,
  startObjectStore,
  startTextServer,
} from "../harness/servers.ts";
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

// The program sleeps for five seconds: all of its runs do so at once.
describe.concurrent("s3-begin-end", () => {
  const DATE = /\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/u;

  async function run(
    source: string,
    options: ObjectStoreOptions = {},
  ): Promise<ProgramRun & { effects: readonly string[] }> {
    const store = await startObjectStore(options);
    try {
      const program = await runProgram(source, {
        fileName: pathOf("s3-begin-end"),
        args: ["bucket"],
        env: { TAPIFY_S3_ENDPOINT: store.endpoint },
      });
      return { ...program, effects: store.effects };
    } finally {
      await store.stop();
    }
  }

  async function expectSame(
    before: string,
    after: string,
    store: ObjectStoreOptions,
    compare: CompareOptions,
  ): Promise<ProgramRun> {
    const runs = await Promise.all([run(before, store), run(after, store)]);
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
    const after = await expectSame(
      before,
      migrated("s3-begin-end", before),
      { deleteBucketsAfter },
      { ordered: false },
    );
    expect(after.stdout.filter((line) => line === "Caught exception calling EndPutObject:")).toHaveLength(
      4 - deleteBucketsAfter,
    );
  });

  it("lets the error surface that nothing observed before", async () => {
    const [before, after] = await Promise.all([
      run(sourceOf("s3-begin-end"), { deleteBucketsAfter: 2 }),
      run(migrated("s3-begin-end"), { deleteBucketsAfter: 2 }),
    ]);
    expect(before).toMatchObject({ exitCode: 0, uncaught: null });
    expect(before.stdout).toContain("Finished PutObject operation with simple callback.");
    expect(after).toMatchObject({ exitCode: 1, uncaught: "AmazonS3Exception: The specified bucket does not exist" });
    expect(after.stdout).not.toContain("Finished PutObject operation with simple callback.");
  });
});

describe("s3-tap-blocking-main", () => {
  const seed = "s3-tap-blocking-main";

  async function run(source: string): Promise<ProgramRun & { effects: readonly string[] }> {
    const store = await startObjectStore();
    onTestFinished(() => store.stop());
    const program = await runProgram(source, { fileName: pathOf(seed), env: { TAPIFY_S3_ENDPOINT: store.endpoint } });
    return { ...program, effects: store.effects };
  }

  it("awaits in Main, which is awaited where it is started, and does the same", async () => {
    const after = migrated(seed);
    expect(after).toContain("async function main(_args: string[]): Promise<void> {");
    expect(after).toContain("${(await response).Buckets.length}");
    expect(after).toContain("await main(process.argv.slice(2));");
    const runs = [await run(sourceOf(seed)), await run(after)] as const;
    expect(compareRuns(...runs).diff).toBe("");
    expect(runs[1]).toMatchObject({ exitCode: 0, stderr: "" });
    expect(runs[1].stdout).toEqual([expect.stringMatching(/^Number of buckets: \d+$/u)]);
  });

  it("leaves the program alone whose Main awaits already", () => {
    expect(migrateText(sourceOf("s3-tap-async-main"), { filePath: pathOf("s3-tap-async-main") })).toMatchObject({
      status: "unchanged",
      refusals: [],
    });
  });
});

describe("socket-client", () => {
  async function runBoth(
    start: () => Promise<RunningServer>,
  ): Promise<readonly (ProgramRun & { effects: readonly string[] })[]> {
    const runs = [];
    for (const source of [sourceOf("socket-client"), migrated("socket-client")]) {
      const server = await start();
      onTestFinished(() => server.stop());
      const program = await runProgram(source, { args: [String(server.port)] });
      // Every run has a server with a port of its own.
      runs.push({
        ...program,
        stdout: program.stdout.map((line) => line.replace(String(server.port), "PORT")),
        effects: server.effects,
      });
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
  const texts = Object.fromEntries(
    ["s3-begin-end", "s3-tap-blocking-main", "socket-client"].map((seed) => [pathOf(seed), migrated(seed)]),
  );
  expect(typeErrors(texts)).toEqual([]);
  for (const [path, text] of Object.entries(texts)) expect(migrateText(text, { filePath: path }).output).toBe(text);
});

describe("eap-client", () => {
  const run = (source: string, args: readonly string[], script: object): Promise<ProgramRun> =>
    runProgram(source, { fileName: pathOf("eap-client"), args, env: { TAPIFY_ASYNC_EXAMPLE: JSON.stringify(script) } });

  it.each<[name: string, args: readonly string[], script: object]>([
    ["both methods succeed", ["call", "hello", "2.5"], {}],
    ["the first is faster", ["call", "hello"], { Method1: [{ delay: 1 }] }],
    ["both fail", ["call", "", "-1"], {}],
    ["one fails", ["call", "hello"], { Method2: [{ error: "out of order", delay: 99 }] }],
    ["both are cancelled", ["cancel", "hello", "2"], {}],
    ["one succeeds although it was asked to cancel", ["cancel", "hello", "2"], { Method1: [{ ignoresCancel: true }] }],
    ["calls overlap", ["overlap", "three", "", "one"], {}],
    ["one of the calls that overlap is cancelled", ["overlap-cancel", "one", "one"], {}],
  ])("prints the same when %s", async (_, args, script) => {
    const [before, after] = await Promise.all([
      run(sourceOf("eap-client"), args, script),
      run(migrated("eap-client"), args, script),
    ]);
    expect(compareRuns(before, after).diff).toBe("");
    expect(after).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe("web-client", () => {
  const PAGES = {
    "/pieces": { body: ["Hello, ", "world"] },
    "/page": { body: "A page" },
    "/slow": { body: "at last", delay: 500 },
    "/broken": { body: "", status: 500 },
  };

  it.each<[name: string, args: readonly string[]]>([
    ["both downloads succeed", ["/pieces", "/page"]],
    ["the server refuses", ["/nothing", "/broken"]],
    ["the first download is cancelled", ["/slow", "/page", "cancel"]],
  ])("prints and asks for the same when %s", async (_, args) => {
    const runs = [];
    for (const source of [sourceOf("web-client"), migrated("web-client")]) {
      const server = await startTextServer(PAGES);
      onTestFinished(() => server.stop());
      const program = await runProgram(source, {
        fileName: pathOf("web-client"),
        args: args.map((arg) => (arg.startsWith("/") ? server.address + arg : arg)),
      });
      // Whether a request that is cancelled at once has left already is not for the program to say.
      const effects = server.effects.filter((effect) => !(args.includes("cancel") && effect === "GET /slow"));
      runs.push({ ...program, effects });
    }
    expect(compareRuns(runs[0]!, runs[1]!).diff).toBe("");
    expect(runs[1]).toMatchObject({ exitCode: 0, stderr: "" });
  });
});
