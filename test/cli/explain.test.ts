import { describe, expect, it } from "vitest";
import { STRATEGIES } from "../../src/plan/strategies.ts";
import { tapify, Workspace } from "./support/workspace.ts";

const POLL = `function put(client: AmazonS3Client, request: PutObjectRequest): PutObjectResponse {
  const ar = client.BeginPutObject(request, null, null);
  while (!ar.IsCompleted) {
    drawSpinner();
  }
  return client.EndPutObject(ar);
}
`;

const EVENT = `export function load(client: WebClient, address: string): void {
  client.DownloadStringCompleted.connect((sender, e) => {
    if (e.Error !== null) return;
    show(e.Result);
  });
  client.DownloadStringAsync(address);
}
`;

const NODE = `import { readFile } from "node:fs";

function show(path: string, callback: (text: string) => void): void {
  readFile(path, "utf8", (err, data) => {
    if (err) {
      console.error(err);
      return;
    }
    callback(data);
  });
  console.log("started");
}

function copy(path: string): void {
  readFile(path, "utf8", (err, data) => {
    if (err) throw err;
    console.log(data);
  });
}
`;

const WAIT = `async function read(task: Task<string>): Promise<string> {
  return task.Result;
}
function pause(): void {
  System.Threading.Thread.Sleep(10);
}
`;

const CONTRACT = `export interface IStore {
  BeginSave(name: string, callback: AsyncCallback, state: unknown): IAsyncResult;
  EndSave(handle: IAsyncResult): number;
}
`;

const OWN = `import { readFile } from "node:fs";

function load(path: string, callback: (err: Error | null, text?: string) => void) {
  readFile(path, "utf8", (err, text) => {
    if (err) return callback(err);
    callback(null, text.trim());
  });
}

load("a", (err, text) => {
  if (err) throw err;
  console.log(text);
});

function drop(path: string, callback: (err: Error | null) => void): void {
  unlink(path, callback);
  if (path === "") callback(new Error("no path"));
}
`;

const HANDLER = `import { readFile } from "node:fs";

export const handler = (event, context) => {
  if (event.path === undefined) return context.fail(new TypeError("no path"));
  readFile(event.path, "utf8", (err, text) => {
    if (err) return context.fail(err);
    context.succeed(text);
  });
};

export const other = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  readFile(event.path, callback);
};
`;

const TESTS = `import { readFile, unlink } from "node:fs";
import { it } from "mocha";

it("reads", (done) => {
  readFile("a", (err) => {
    if (err) return done(err);
    done();
  });
});

it("waits", (done) => {
  setTimeout(done, 10);
});

it("goes", gone);
function gone(done) {
  unlink("a", done);
}
`;

/** What `--json` prints, as far as tests read it. */
interface Report {
  readonly place: { readonly path: string; readonly line: number; readonly column: number | null };
  readonly sites: readonly {
    readonly kind: string;
    readonly dialect: string;
    readonly name: string;
    readonly line: number;
    readonly column: number;
    readonly delivery: string;
    readonly outcome: readonly { readonly role: string; readonly name: string; readonly line: number | null }[];
    readonly witnesses: readonly string[];
    readonly untouched: string | null;
    readonly migrations: readonly {
      readonly transform: string;
      readonly outcome: string;
      readonly strategies: readonly {
        readonly name: string;
        readonly verdict: string;
        readonly refusals: readonly { readonly code: string }[];
      }[];
      readonly refusals: readonly { readonly code: string; readonly line: number; readonly hint: string }[];
    }[];
  }[];
  readonly lacking: readonly { readonly dialect: string; readonly name: string; readonly lacks: string }[];
  readonly near: readonly { readonly name: string; readonly line: number }[];
}

async function explained(text: string, place: string, ...options: string[]): Promise<Report> {
  const workspace = new Workspace({ "a.ts": text });
  const { code, stdout, stderr } = await tapify(workspace.root, "explain", `a.ts:${place}`, "--json", ...options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Report;
}

describe("tapify explain", () => {
  it("says in lines what was recognised, tried and refused, and what to change", async () => {
    const workspace = new Workspace({ "poll.ts": POLL });
    const { code, stdout, stderr } = await tapify(workspace.root, "explain", "poll.ts:2");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(`poll.ts:2:21 BeginPutObject
  dialect: Begin/End pairs
  delivery: A loop reads whether it is complete.
  outcome: error EndPutObject at 6:17
  outcome: value EndPutObject at 6:17
  witness: Nothing is given in place of a callback and of a state.
  witness: Members of a handle are read.
  witness: What the call gives arrives in an End of the same name.
  witness: The type of the object is known to have this operation.
  begin-end-to-async: refused
    tried await-at-end: stopped by work-in-poll-loop. ${STRATEGIES["await-at-end"]}
    refused at poll.ts:3:11 work-in-poll-loop: The loop that waits for BeginPutObject does work of its own, which would run at another time or not at all.
      to change: Move the work out of the loop, await the operation and run the work beside it, or migrate with \`yieldInPolls\`.
`);
  });

  it("takes the options that decide a migration", async () => {
    const { sites } = await explained(POLL, "2", "--yield-in-polls");
    const [migration] = sites[0]!.migrations;
    expect(migration!.outcome).toBe("migrated");
    expect(migration!.strategies.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["await-at-end", "passed-over"],
      ["kept-promise", "taken"],
    ]);
    expect((await explained(POLL, "2", "--transform", "events-to-async")).sites[0]!.migrations).toEqual([]);
    const wait = (host: string) => explained("const data = $promise(task);\n", "1", "--host", host);
    expect((await wait("puerts")).sites).toEqual([]);
  });

  it.each(["2", "2:21", "2:30", "3:13", "6:17"])("finds a pair at each of its parts: %s", async (place) => {
    const { sites } = await explained(POLL, place);
    expect(sites.map(({ name }) => name)).toContain("BeginPutObject");
  });

  it("explains a completed event, from its start and from where its handler is added", async () => {
    for (const place of ["2", "6"]) {
      const [site] = (await explained(EVENT, place)).sites;
      expect(site).toMatchObject({
        kind: "event",
        dialect: "completed events",
        name: "DownloadStringAsync",
        line: 6,
        column: 10,
        delivery: "A handler of DownloadStringCompleted is called.",
        untouched: null,
      });
      expect(site!.outcome.map(({ role, name, line }) => [role, name, line])).toEqual([
        ["error", "Error", 3],
        ["value", "Result", 4],
      ]);
      expect(site!.migrations.map(({ transform }) => transform)).toEqual(["events-to-async"]);
    }
  });

  it("explains callbacks: one that is refused, and one that can be migrated", async () => {
    const refused = (await explained(NODE, "4")).sites[0]!;
    expect(refused).toMatchObject({
      kind: "callback",
      dialect: "Node.js file system",
      delivery: "A callback is called with (error, data).",
    });
    expect(refused.migrations[0]!.strategies).toMatchObject([
      { name: "awaited-callback", verdict: "stopped", refusals: [{ code: "code-follows" }] },
    ]);
    expect(refused.migrations[0]!.refusals).toMatchObject([{ code: "code-follows", line: 11 }]);
    expect((await explained(NODE, "15:3")).sites[0]!.migrations[0]).toMatchObject({
      outcome: "migrated",
      strategies: [{ name: "awaited-callback", verdict: "taken" }],
      refusals: [],
    });
    // Where the report of `migrate` points, the operation is told that it is about.
    expect((await explained(NODE, "11:3")).sites.map(({ line }) => line)).toEqual([4]);
  });

  it("explains a function that the project calls with a callback", async () => {
    for (const place of ["3", "5", "6"]) {
      const site = (await explained(OWN, place)).sites.find(({ name }) => name === "load")!;
      expect(site).toMatchObject({
        kind: "completion",
        dialect: "functions with a completion parameter",
        line: 3,
        column: 10,
        delivery: "The parameter callback is called to tell the callers of the function the outcome.",
        witnesses: [
          "Its last parameter has the name of a callback.",
          "That is called with nothing or an error first, or handed on to what calls it so.",
        ],
        untouched: null,
      });
      expect(site.outcome.map(({ role, name, line }) => [role, name, line])).toEqual([
        ["error", "callback", 5],
        ["value", "callback", 6],
      ]);
      expect(site.migrations).toMatchObject([
        { outcome: "migrated", strategies: [{ name: "returned-outcome", verdict: "taken" }] },
      ]);
    }
    const [refused] = (await explained(OWN, "15")).sites;
    expect(refused).toMatchObject({
      name: "drop",
      delivery: "The parameter callback is handed on and called to tell the callers of the function the outcome.",
      outcome: [
        { role: "whole", name: "callback", line: 16 },
        { role: "error", name: "callback", line: 17 },
      ],
    });
    expect(refused!.migrations).toMatchObject([
      { outcome: "refused", strategies: [{ name: "returned-outcome", verdict: "stopped" }] },
    ]);
  });

  it("explains a function that a host calls, with and without a parameter for the callback", async () => {
    const [handler] = (await explained(HANDLER, "3")).sites;
    expect(handler).toMatchObject({
      kind: "completion",
      name: "handler",
      delivery: "context.fail and context.succeed are used to tell AWS Lambda the outcome.",
      outcome: [
        { role: "error", name: "context.fail", line: 4 },
        { role: "error", name: "context.fail", line: 6 },
        { role: "value", name: "context.succeed", line: 7 },
      ],
      witnesses: [
        "The module exports it.",
        "It is exported under the usual name of what AWS Lambda calls.",
        "Its parameters are named as those of what AWS Lambda calls.",
        "The file is made for AWS Lambda: a setting, a module or a member of one of its objects says so.",
      ],
      migrations: [{ outcome: "migrated" }],
    });
    const [other] = (await explained(HANDLER, "11")).sites;
    expect(other!.delivery).toBe("The parameter callback is handed on to tell AWS Lambda the outcome.");
    expect(other!.witnesses).not.toContain("It is exported under the usual name of what AWS Lambda calls.");
  });

  it("explains functions that a test runner calls, also one in which nothing is awaited", async () => {
    const [reads] = (await explained(TESTS, "4")).sites;
    expect(reads).toMatchObject({
      kind: "completion",
      name: "the function with done",
      line: 4,
      column: 14,
      delivery: "The parameter done is called to tell Mocha the outcome.",
      outcome: [{ role: "error", name: "done", line: 6 }],
      witnesses: [
        "It is given to it(…), which comes from a module of Mocha.",
        "Its parameter stands where a callback is passed.",
      ],
      migrations: [{ outcome: "migrated", strategies: [{ name: "returned-outcome", verdict: "taken" }] }],
    });
    expect((await explained(TESTS, "11:14")).sites).toMatchObject([
      { migrations: [], untouched: "No operation that could be awaited is known in it." },
    ]);
    // Also from where it is given to the runner.
    expect((await explained(TESTS, "15")).sites.map(({ name }) => name)).toEqual(["gone"]);
  });

  it("explains waits, also one that no migration takes up", async () => {
    const [wait] = (await explained(WAIT, "2")).sites;
    expect(wait).toMatchObject({ kind: "wait", name: "Result", migrations: [{ outcome: "migrated" }] });
    const [sleep] = (await explained(WAIT, "5")).sites;
    expect(sleep).toMatchObject({ kind: "wait", name: "Sleep", migrations: [] });
    expect(sleep!.untouched).toContain("A sleep becomes an await in a function that is async");
  });

  it("explains what a type declares", async () => {
    const [site] = (await explained(CONTRACT, "2")).sites;
    expect(site).toMatchObject({ kind: "declared-pair", name: "BeginSave", line: 2, column: 3 });
    expect(site!.migrations).toMatchObject([
      {
        transform: "contract-to-async",
        outcome: "refused",
        strategies: [
          { name: "awaitable-method", verdict: "stopped", refusals: [{ code: "pair-implemented-elsewhere" }] },
        ],
      },
    ]);
    expect((await explained(CONTRACT, "3")).sites).toHaveLength(1);
  });

  it("says that something fits, but hangs together with what is refused", async () => {
    const text = `${POLL.slice(0, -2)}}\n`.replace(
      "  const ar",
      "  const first = client.BeginGetObject(null, null);\n  client.EndGetObject(first);\n  const ar",
    );
    const [site] = (await explained(text, "2")).sites;
    expect(site!.migrations[0]).toMatchObject({
      outcome: "refused",
      strategies: [{ name: "await-at-end", verdict: "held-back", refusals: [] }],
      refusals: [{ code: "refused-together" }, { code: "work-in-poll-loop" }],
    });
  });
});

describe("where nothing is recognised", () => {
  it("says what is near", async () => {
    const { sites, near } = await explained(NODE, "13");
    expect(sites).toEqual([]);
    expect(near.map(({ line }) => line)).toEqual([4, 15]);
  });

  it.each([
    ["client.BeginPut(request);", "Begin/End pairs", "It has fewer than two arguments"],
    ["client.BeginPut(...all);", "Begin/End pairs", "It has fewer than two arguments"],
    ["client.BeginPut(a, ...all);", "Begin/End pairs", "Its arguments are spread"],
    ['client.BeginPut("a", {});', "Begin/End pairs", "The last argument but one is neither nothing nor a function"],
    ["client.beginPut(a, b, c);", "Begin/End pairs", "The name is its only witness"],
    ["client.LoadAsync(url);", "completed events", "nobody in the file listens to a completed event of its name"],
    ["const r = client.LoadAsync(url);", "completed events", "What it gives is used somewhere"],
    [
      "readFile(path, use);",
      "fs-extra or graceful-fs or Node.js file system",
      "nothing shows that the function is readFile of the module fs-extra, or readFile of the module graceful-fs",
    ],
    ['import fs from "fs"; fs.readFile(path, 1);', "Node.js file system", "Its last argument is no function"],
    ["const r = task.Result;", "blocking waits", "nothing shows that it is a member of a task"],
    ["class A { BeginPut() {} }", "declared Begin/End pairs", "Its type has no EndPut"],
  ])("says what `%s` lacks", async (text, dialect, lacks) => {
    const { sites, lacking } = await explained(`${text}\n`, "1");
    expect(sites).toEqual([]);
    expect(lacking.map((each) => [each.dialect, each.lacks])).toContainEqual([dialect, expect.stringContaining(lacks)]);
  });

  it("says so in lines", async () => {
    const workspace = new Workspace({ "a.ts": "client.BeginPut(request);\n" });
    expect((await tapify(workspace.root, "explain", "a.ts:1")).stdout).toBe(`a.ts:1 Nothing was recognised here.
  Nor was anything in the rest of the file.

a.ts:1:8 BeginPut has a name of Begin/End pairs, and was not recognised. It has fewer than two arguments: a Begin takes a callback and a state at its end.
`);
  });

  it("knows a blank line, the last one, and a file with nothing in it", async () => {
    expect((await explained("\n\n", "2")).sites).toEqual([]);
    expect((await explained("", "1")).near).toEqual([]);
    expect((await explained("", "1:1")).near).toEqual([]);
  });
});

describe("what cannot be explained", () => {
  it.each([
    [{ "a.ts": "call();\n" }, "a.ts:3", "a.ts has no line 3: it has 2 lines."],
    [{ "a.ts": "call();\n" }, "a.ts:1:9", "a.ts has no column 9 in line 1, which has 7 characters."],
    [{ "a.ts": "call(;\n" }, "a.ts:1", "a.ts:1:6 does not parse: ')' expected. Correct that first."],
    [{ "a.ts": Buffer.from([0xff, 0xfe]) }, "a.ts:1", "a.ts cannot be read: is not valid UTF-8."],
    [
      { "a.md": "# a\n" },
      "a.md:1",
      "a.md is no TypeScript or JavaScript by its name. Code in files of other kinds is linted by ESLint, and not migrated.",
    ],
    [{ "a/b.ts": "" }, "a:1", "a is a folder. Name a file."],
    [{ "a.ts": "(".repeat(20_000) }, "a.ts:1", "a.ts is nested too deeply"],
  ])("is an error with exit code 2: %#", async (files, place, message) => {
    const workspace = new Workspace(files as Record<string, string | Buffer>);
    const { code, stdout, stderr } = await tapify(workspace.root, "explain", place);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe("a place", () => {
  it("may have colons in its path, and a drive", async () => {
    const workspace = new Workspace({ "C:\\a.ts": POLL, "b:1.ts": POLL });
    for (const [place, path] of [
      ["C:\\a.ts:2:21", "C:\\a.ts"],
      ["b:1.ts:2", "b:1.ts"],
    ] as const) {
      const { stdout } = await tapify(workspace.root, "explain", place, "--json");
      expect((JSON.parse(stdout) as Report).place.path).toBe(path);
    }
  });

  it("is shown escaped where its path does not print", async () => {
    const name = "a\u001b[31m\n.ts";
    const workspace = new Workspace({ [name]: POLL });
    const { code, stdout } = await tapify(workspace.root, "explain", `${name}:2`);
    expect(code).toBe(0);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain("a\\u001b[31m\\n.ts:2:21 BeginPutObject");
    const json = await tapify(workspace.root, "explain", `${name}:2`, "--json");
    expect(json.stdout).not.toContain("\u001b");
    expect((JSON.parse(json.stdout) as Report).place.path).toBe(name);
    const { stderr } = await tapify(workspace.root, "explain", `\u001b.ts:1`);
    expect(stderr).toContain("\\u001b.ts: no such file.");
  });

  it("is that of the text without its byte order mark, whatever its line breaks", async () => {
    const { sites } = await explained(`\uFEFF${POLL.replaceAll("\n", "\r\n")}`, "2:21");
    expect(sites).toMatchObject([{ name: "BeginPutObject", line: 2, column: 21 }]);
  });
});
