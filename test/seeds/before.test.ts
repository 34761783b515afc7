import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { compareRuns } from "../harness/compare.ts";
import { type ProgramRun, runProgram } from "../harness/run-program.ts";
import {
  findUnusedPort,
  type ObjectStore,
  type ObjectStoreOptions,
  requestIdOf,
  startEchoServer,
  startObjectStore,
} from "../harness/servers.ts";
import { typeErrors } from "../harness/typecheck.ts";

/** The ports of the seed programs, before any migration, do what the originals do. */

const SEEDS = ["s3-begin-end", "s3-tap-async-main", "s3-tap-blocking-main", "socket-client"] as const;
type Seed = (typeof SEEDS)[number];

// The port of document 000 sleeps for five seconds.
const TIMEOUT = 60_000;

const NO_BUCKET = "AmazonS3Exception: The specified bucket does not exist";
const DATE = /\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/u;
const LINE = "-".repeat(79);
const SHORT_LINE = "-".repeat(50);
const UNDERLINE = "-".repeat(17);

const sourceOf = (seed: Seed): string =>
  readFileSync(new URL(`../../fixtures/seeds/${seed}.ts`, import.meta.url), "utf8");

async function runWithStore(
  seed: Seed,
  { args = [], ...options }: ObjectStoreOptions & { readonly args?: readonly string[] } = {},
): Promise<{ readonly run: ProgramRun; readonly store: ObjectStore }> {
  const store = await startObjectStore(options);
  try {
    const env = { TAPIFY_S3_ENDPOINT: store.endpoint };
    const run = await runProgram(sourceOf(seed), { fileName: `fixtures/seeds/${seed}.ts`, args, env });
    return { run, store };
  } finally {
    await store.stop();
  }
}

function runSocketClient(port: number): Promise<ProgramRun> {
  return runProgram(sourceOf("socket-client"), { args: [String(port)] });
}

it("the ports type-check", { timeout: TIMEOUT }, () => {
  const files = Object.fromEntries(SEEDS.map((seed) => [`fixtures/seeds/${seed}.ts`, sourceOf(seed)]));
  expect(typeErrors(files)).toEqual([]);
});

describe.concurrent("s3-begin-end", { timeout: TIMEOUT }, () => {
  const begun = [
    LINE,
    "Performing the following async PutObject operations:",
    '"simple callback", "callback with client", and "callback with state"...',
    "",
    "PutObject with simple callback (Key: Item2-Async-simple).",
    "PutObject with client callback (Key: Item3-Async-client).",
    "PutObject with state callback (Key: Item3-Async-state).",
    "",
    "Finished PutObject operation with simple callback.",
    SHORT_LINE,
    "asyncResult.IsCompleted: true",
    "",
    "",
  ];
  const synchronous = [
    LINE,
    "Performing synchronous PutObject operation for Item0-Synchronous.",
    "Finished PutObject operation for Item0-Synchronous.",
    "Service Response:",
    UNDERLINE,
    `Request ID: ${requestIdOf("bucket", "Item0-Synchronous")}`,
    "",
    LINE,
    "Performing async PutObject operation and waiting for response (Key: Item1-Async-wait).",
  ];
  const waitedFor = (requestId: string): string[] => [
    "Finished Async PutObject operation for Item1-Async-wait.",
    "Service Response:",
    UNDERLINE,
    `Request ID: ${requestId}`,
    "",
  ];
  const calledBack = (message: string, key: string): string[] => [
    message,
    SHORT_LINE,
    "Service Response:",
    UNDERLINE,
    `Request ID: ${requestIdOf("bucket", key)}`,
    "",
    "",
  ];

  it("puts five objects and prints each result", async () => {
    const { run, store } = await runWithStore("s3-begin-end", { args: ["bucket"] });
    const expected = [
      ...synchronous,
      ...waitedFor(requestIdOf("bucket", "Item1-Async-wait")),
      ...begun,
      ...calledBack(
        "Finished PutObject operation with client callback. Service Version: 2006-03-01",
        "Item3-Async-client",
      ),
      ...calledBack("Finished PutObject operation with state callback that started at <varies>", "Item3-Async-state"),
    ];
    expect(compareRuns({ stdout: expected, exitCode: 0 }, run, { varying: [DATE] }).diff).toBe("");
    expect(run.stderr).toBe("");
    expect(Object.fromEntries(store.objects)).toEqual({
      "bucket/Item0-Synchronous": "Put S3 object synchronously.",
      "bucket/Item1-Async-wait": "Put S3 object asynchronously; wait for response.",
      "bucket/Item2-Async-simple": "Put S3 object asynchronously; use simple callback.",
      "bucket/Item3-Async-client": "Put S3 object asynchronously; use callback with client.",
      "bucket/Item3-Async-state": "Put S3 object asynchronously; use callback with state.",
    });
  });

  it("prints what its handlers catch when the bucket goes away", async () => {
    const { run } = await runWithStore("s3-begin-end", { args: ["bucket"], deleteBucketsAfter: 1 });
    const caught = ["Caught exception calling EndPutObject:", NO_BUCKET];
    expect(run).toMatchObject({
      stdout: [
        ...synchronous,
        ...caught,
        ...waitedFor(requestIdOf("bucket", "Item0-Synchronous")),
        ...begun,
        ...caught,
        ...caught,
      ],
      exitCode: 0,
    });
  });

  it("is ended by the synchronous call when the bucket is missing", async () => {
    const { run } = await runWithStore("s3-begin-end", { args: ["other"] });
    expect(run).toMatchObject({ stdout: synchronous.slice(0, 2), uncaught: NO_BUCKET, exitCode: 1 });
  });

  it("asks for a bucket", async () => {
    const { run, store } = await runWithStore("s3-begin-end");
    expect(run.stdout).toEqual(["You must supply the name of an existing Amazon S3 bucket."]);
    expect(store.effects).toEqual([]);
  });
});

describe.each(["s3-tap-async-main", "s3-tap-blocking-main"] as const)("%s", { timeout: TIMEOUT }, (seed) => {
  it("prints the number of buckets", async () => {
    const { run } = await runWithStore(seed, { buckets: ["one", "two"] });
    expect(run).toMatchObject({ stdout: ["Number of buckets: 2"], stderr: "", exitCode: 0 });
  });

  it("is ended by a service that cannot be reached", async () => {
    const env = { TAPIFY_S3_ENDPOINT: `http://127.0.0.1:${await findUnusedPort()}` };
    const run = await runProgram(sourceOf(seed), { env });
    const error = "A WebException with status ConnectFailure was thrown.";
    expect(run).toMatchObject({
      stdout: [],
      uncaught: seed.includes("blocking")
        ? `AggregateException: One or more errors occurred. (${error})`
        : `AmazonServiceException: ${error}`,
      exitCode: 1,
    });
  });
});

describe("socket-client", { timeout: TIMEOUT }, () => {
  it("sends, receives until the server closes the connection, and prints the response", async () => {
    const server = await startEchoServer();
    onTestFinished(() => server.stop());
    const run = await runSocketClient(server.port);
    expect(run).toMatchObject({
      stdout: [
        `Socket connected to 127.0.0.1:${server.port}`,
        "Sent 19 bytes to server.",
        "Response received : This is a test<EOF>",
      ],
      stderr: "",
      exitCode: 0,
    });
    expect(server.effects).toEqual(["connected", "received This is a test<EOF>"]);
  });

  it("prints what its handler catches when the connection is refused, and then waits for ever", async () => {
    const run = await runSocketClient(await findUnusedPort());
    expect(run).toMatchObject({
      stdout: ["SocketException: No connection could be made because the target machine actively refused it."],
      uncaught: expect.stringMatching(/^DeadlockError: WaitHandle\.WaitOne /u),
    });
  });

  it("prints what its handler catches when the connection is reset, and then waits for ever", async () => {
    const server = await startEchoServer({ reset: true });
    onTestFinished(() => server.stop());
    const run = await runSocketClient(server.port);
    expect(run).toMatchObject({
      stdout: [
        `Socket connected to 127.0.0.1:${server.port}`,
        "Sent 19 bytes to server.",
        "SocketException: An existing connection was forcibly closed by the remote host.",
      ],
      uncaught: expect.stringMatching(/^DeadlockError: WaitHandle\.WaitOne /u),
    });
  });
});
