import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ProgramRun, runProgram } from "../harness/run-program.ts";
import { findUnusedPort, startTextServer, type TextPage, type TextServer } from "../harness/servers.ts";
import { typeErrors } from "../harness/typecheck.ts";

/** The ports of event-based clients, before any migration, do what the originals do. */

const SEEDS = ["eap-client", "web-client"] as const;
type Seed = (typeof SEEDS)[number];

const TIMEOUT = 60_000;

const sourceOf = (seed: Seed): string =>
  readFileSync(new URL(`../../fixtures/seeds/${seed}.ts`, import.meta.url), "utf8");

it("the ports type-check", { timeout: TIMEOUT }, () => {
  const files = Object.fromEntries(SEEDS.map((seed) => [`fixtures/seeds/${seed}.ts`, sourceOf(seed)]));
  expect(typeErrors(files)).toEqual([]);
});

describe("eap-client", { timeout: TIMEOUT }, () => {
  async function run(args: readonly string[], script: object = {}): Promise<ProgramRun> {
    return runProgram(sourceOf("eap-client"), { args, env: { TAPIFY_ASYNC_EXAMPLE: JSON.stringify(script) } });
  }

  const called = (text: string, value: string): string[] => [
    `Calling Method1 with '${text}' and Method2 with ${value}.`,
    "The methods have been called. IsBusy: True",
  ];
  const METHOD_2 = "Method2 has completed.";
  const METHOD_1 = "Method1 returned 5, the out value is HELLO.";
  const COMPLETED = "Both methods have completed. IsBusy: False";
  const EMPTY = "The value cannot be an empty string. (Parameter 'param')";

  it.each<[name: string, args: readonly string[], script: object, expected: readonly string[]]>([
    ["both methods succeed", ["call", "hello", "2.5"], {}, [...called("hello", "2.5"), METHOD_2, METHOD_1, COMPLETED]],
    [
      "the first is faster",
      ["call", "hello"],
      { Method1: [{ delay: 1 }] },
      [...called("hello", "1.5"), METHOD_1, METHOD_2, COMPLETED],
    ],
    [
      "both fail",
      ["call", "", "-1"],
      {},
      [
        ...called("", "-1"),
        `Method1 failed: ${EMPTY}`,
        "Method2 failed: The value cannot be negative. (Parameter 'param')",
        COMPLETED,
      ],
    ],
    [
      "one fails as the script says",
      ["call", "hello"],
      { Method2: [{ error: "out of order", delay: 99 }] },
      [...called("hello", "1.5"), METHOD_1, "Method2 failed: out of order", COMPLETED],
    ],
    [
      "both are cancelled",
      ["cancel", "hello", "2"],
      {},
      [
        ...called("hello", "2"),
        "Cancellation has been requested.",
        "Method1 was cancelled.",
        "Method2 was cancelled.",
        COMPLETED,
      ],
    ],
    [
      "one succeeds although it was asked to cancel",
      ["cancel", "hello", "2"],
      { Method1: [{ ignoresCancel: true }] },
      [...called("hello", "2"), "Cancellation has been requested.", "Method2 was cancelled.", METHOD_1, COMPLETED],
    ],
  ])("when %s", async (_, args, script, expected) => {
    expect(await run(args, script)).toMatchObject({ stdout: expected, stderr: "", exitCode: 0 });
  });

  const started = (count: number): string[] =>
    Array.from({ length: count }, (__, index) => `Call ${index} has been started.`);
  const ALL = "All calls have completed. IsBusy: False";

  it("tells calls that overlap apart", async () => {
    const expected = [
      ...started(3),
      `Call 1 failed: ${EMPTY}`,
      "Call 2 ('one') returned 3, the out value is ONE.",
      "Call 0 ('three') returned 5, the out value is THREE.",
      ALL,
    ];
    expect(await run(["overlap", "three", "", "one"])).toMatchObject({ stdout: expected, exitCode: 0 });
  });

  it("cancels one of the calls that overlap", async () => {
    const expected = [...started(2), "Call 0 was cancelled.", "Call 1 ('one') returned 3, the out value is ONE.", ALL];
    expect(await run(["overlap-cancel", "one", "one"])).toMatchObject({ stdout: expected, exitCode: 0 });
  });

  it("says how it is called", async () => {
    expect((await run([])).stdout).toEqual([
      "Usage: call|cancel <text> <number>, or overlap|overlap-cancel <text> <text> ...",
    ]);
    expect((await run(["begin", "hello"])).stdout).toEqual(["Unknown command: begin"]);
  });
});

describe("web-client", { timeout: TIMEOUT }, () => {
  const PAGES: Readonly<Record<string, TextPage>> = {
    "/pieces": { body: ["Hello, ", "world"] },
    "/page": { body: "A page" },
    "/slow": { body: "at last", delay: 500 },
    "/broken": { body: "", status: 500 },
  };

  async function run(...args: readonly string[]): Promise<ProgramRun & { readonly server: TextServer }> {
    const server = await startTextServer(PAGES);
    onTestFinished(() => server.stop());
    const addresses = args.map((arg) => (arg.startsWith("/") ? server.address + arg : arg));
    return { ...(await runProgram(sourceOf("web-client"), { args: addresses })), server };
  }

  const BUSY = "Downloading. IsBusy: True";
  const ON_ITS_WAY = "The page is on its way.";
  const SHOWN = ["The page has 6 characters:", "A page"];

  it("downloads a string with progress, then shows a page", async () => {
    const result = await run("/pieces", "/page");
    expect(result).toMatchObject({
      stdout: [
        BUSY,
        "Downloaded 7 of -1 bytes, 0 % complete.",
        "Downloaded 12 of -1 bytes, 0 % complete.",
        "Downloaded 12 of 12 bytes, 100 % complete.",
        "Hello, world",
        ON_ITS_WAY,
        ...SHOWN,
      ],
      stderr: "",
      exitCode: 0,
    });
    expect(result.server.effects).toEqual(["GET /pieces", "GET /page"]);
  });

  it("prints what its handlers find when the server refuses", async () => {
    const { stdout, exitCode } = await run("/nothing", "/broken");
    expect({ stdout, exitCode }).toEqual({
      stdout: [
        BUSY,
        "The download failed: The remote server returned an error: (404) Not Found.",
        ON_ITS_WAY,
        "The page cannot be shown: The remote server returned an error: (500) Internal Server Error. 500",
      ],
      exitCode: 0,
    });
  });

  it("prints what its handlers find when nobody listens", async () => {
    const address = `http://127.0.0.1:${await findUnusedPort()}/`;
    const { stdout, exitCode } = await run(address, address);
    const message = "Unable to connect to the remote server";
    expect({ stdout, exitCode }).toEqual({
      stdout: [
        BUSY,
        `The download failed: ${message}`,
        ON_ITS_WAY,
        `The page cannot be shown: ${message} (no response)`,
      ],
      exitCode: 0,
    });
  });

  it("prints that the download was cancelled, and goes on", async () => {
    const { stdout, exitCode } = await run("/slow", "/page", "cancel");
    expect({ stdout, exitCode }).toEqual({
      stdout: [BUSY, "The download was cancelled.", ON_ITS_WAY, ...SHOWN],
      exitCode: 0,
    });
  });

  it("says how it is called", async () => {
    expect((await run()).stdout).toEqual(["Usage: web-client <address> [<address> of a page to show] [cancel]"]);
  });
});
