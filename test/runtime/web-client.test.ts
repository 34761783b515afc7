import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ProgramRun, runProgram } from "../harness/run-program.ts";
import { findUnusedPort, startTextServer, type TextServer } from "../harness/servers.ts";
import { typeErrors } from "../harness/typecheck.ts";

/** `WebClient`, over real HTTP. */

const TIMEOUT = 60_000;
const NO_RESPONSE = "WebException: Unable to connect to the remote server";
const NOT_FOUND = "WebException: The remote server returned an error: (404) Not Found.";

let server: TextServer;

beforeAll(async () => {
  server = await startTextServer({
    "/greeting": "Hello, wörld",
    "/empty": "",
    "/pieces": { body: ["one", "two", "three"] },
    "/measured": { body: ["1234", "5678", "90"], declaresLength: true },
    "/slow": { body: "at last", delay: 300 },
    "/never": { body: "too late", delay: 120_000 },
    "/echo": {},
    "/broken": { body: "sorry", status: 500 },
  });
});

afterAll(() => server.stop());

const PROGRAM = `
  import { Console, handlerCounts, ManualResetEvent, Task, Thread, type Uri, WebClient, WebException } from "../runtime/index.ts";
  const address = process.argv[2]!;
  const client = new WebClient();
  const done = new ManualResetEvent(false);
  client.add_DownloadStringCompleted((sender, e) => {
    const outcome = e.Error ?? (e.Cancelled ? "cancelled" : e.Result);
    Console.WriteLine("{0} | {1} | {2} {3}", outcome, e.UserState, sender === client, client.IsBusy);
    done.Set();
  });
  const attempt = (act: () => unknown): void => {
    try {
      Console.WriteLine("Returned: {0}", act());
    } catch (e) {
      Console.WriteLine(e);
    }
  };
  const wait = (): void => {
    done.WaitOne();
    done.Reset();
  };
  void [Task, Thread, WebException, attempt, wait, handlerCounts, null as unknown as Uri];
`;

async function run(body: string, address = server.address): Promise<ProgramRun> {
  const program = PROGRAM + body;
  expect(typeErrors({ "fixtures/seeds/program.ts": program })).toEqual([]);
  return runProgram(program, { args: [address] });
}

describe("WebClient", { timeout: TIMEOUT }, () => {
  it("downloads with an event, awaited, and blocking", async () => {
    const { stdout, exitCode } = await run(`
      client.DownloadStringAsync(address + "/greeting", "token");
      Console.WriteLine("Started: {0}", client.IsBusy);
      wait();
      Console.WriteLine(client.DownloadString(address + "/greeting"));
      const task = client.DownloadStringTaskAsync(address + "/empty");
      Console.WriteLine("'{0}'", (await task) );
      Console.WriteLine(JSON.stringify(handlerCounts(client)));
    `);
    expect({ stdout, exitCode }).toEqual({
      stdout: [
        "Started: True",
        "Hello, wörld | token | True False",
        "Hello, wörld",
        // As on .NET, a twin raises the event as well.
        " | [state of DownloadStringTaskAsync] | True False",
        "''",
        '{"DownloadStringCompleted":1}',
      ],
      exitCode: 0,
    });
  });

  it("stays alive until its event has been raised, and no longer", async () => {
    const result = await run(`
      client.DownloadStringAsync(address + "/slow");
      Console.WriteLine("Started");
    `);
    expect(result).toMatchObject({ stdout: ["Started", "at last |  | True False"], exitCode: 0, timedOut: false });
  });

  it("gives failures with the event, in the task, and out of the blocking call", async () => {
    const { stdout } = await run(`
      client.DownloadStringAsync(address + "/nothing");
      wait();
      client.DownloadStringAsync(address + "/broken", 1);
      wait();
      attempt(() => client.DownloadString(address + "/nothing"));
      try {
        await client.DownloadStringTaskAsync(address + "/nothing");
      } catch (e) {
        const { Status, Response } = e as WebException;
        Console.WriteLine("{0} {1} {2}", Status, Response?.StatusCode, Response?.StatusDescription);
      }
    `);
    expect(stdout).toEqual([
      `${NOT_FOUND} |  | True False`,
      "WebException: The remote server returned an error: (500) Internal Server Error. | 1 | True False",
      NOT_FOUND,
      `${NOT_FOUND} | [state of DownloadStringTaskAsync] | True False`,
      "7 404 Not Found",
    ]);
  });

  it("gives a refused connection as a failure without a response", async () => {
    const unused = `http://127.0.0.1:${await findUnusedPort()}`;
    const { stdout } = await run(
      `
      client.DownloadStringAsync(address + "/greeting");
      wait();
      attempt(() => client.DownloadString(address));
      client.DownloadStringTaskAsync(address).catch((e) => Console.WriteLine("{0} {1}", e.Status, e.Response));
    `,
      unused,
    );
    expect(stdout).toEqual([
      `${NO_RESPONSE} |  | True False`,
      NO_RESPONSE,
      `${NO_RESPONSE} | [state of DownloadStringTaskAsync] | True False`,
      "2 ",
    ]);
  });

  it("does one thing at a time", async () => {
    const { stdout } = await run(`
      client.DownloadStringAsync(address + "/slow", "first");
      attempt(() => client.DownloadStringAsync(address + "/greeting", "second"));
      attempt(() => client.UploadStringAsync(address + "/echo", "text"));
      attempt(() => client.DownloadStringTaskAsync(address + "/greeting"));
      attempt(() => client.DownloadString(address + "/greeting"));
      Console.WriteLine(JSON.stringify(handlerCounts(client)));
      wait();
      client.DownloadStringAsync(address + "/greeting", "third");
      wait();
    `);
    expect(stdout).toEqual([
      ...Array<string>(4).fill("NotSupportedException: WebClient does not support concurrent I/O operations."),
      '{"DownloadStringCompleted":1}',
      "at last | first | True False",
      "Hello, wörld | third | True False",
    ]);
  });

  it("refuses addresses and data that are none, before anything has begun", async () => {
    const { stdout } = await run(`
      attempt(() => client.DownloadStringAsync(null as unknown as Uri));
      attempt(() => client.DownloadStringAsync("greeting"));
      attempt(() => client.UploadStringTaskAsync(address, null as unknown as string));
      Console.WriteLine(client.IsBusy);
    `);
    expect(stdout).toEqual([
      "ArgumentNullException: Value cannot be null. (Parameter 'address')",
      "UriFormatException: Invalid URI: The format of the URI could not be determined.",
      "ArgumentNullException: Value cannot be null. (Parameter 'data')",
      "False",
    ]);
  });

  it("is cancelled later than it is asked to, with the event and in the task", async () => {
    const { stdout } = await run(`
      client.CancelAsync();
      client.DownloadStringAsync(address + "/never", "token");
      client.CancelAsync();
      Console.WriteLine("Asked: {0}", client.IsBusy);
      wait();
      client.CancelAsync();
      const task = client.DownloadStringTaskAsync(address + "/never");
      Thread.Sleep(50);
      client.CancelAsync();
      try {
        await task;
      } catch (e) {
        Console.WriteLine("{0} {1}", e, task.IsCanceled);
      }
      client.DownloadStringAsync(address + "/greeting");
      wait();
    `);
    expect(stdout).toEqual([
      "Asked: True",
      "cancelled | token | True False",
      "cancelled | [state of DownloadStringTaskAsync] | True False",
      "TaskCanceledException: A task was canceled. True",
      "Hello, wörld |  | True False",
    ]);
  });

  it("tells its progress with the user token, before it completes", async () => {
    const { stdout } = await run(`
      client.add_DownloadProgressChanged((_sender, e) => {
        Console.WriteLine("{0}/{1} {2} % {3}", e.BytesReceived, e.TotalBytesToReceive, e.ProgressPercentage, e.UserState);
      });
      for (const page of ["/pieces", "/empty", "/nothing"]) {
        client.DownloadStringAsync(address + page, page);
        wait();
      }
      client.DownloadString(address + "/pieces");
    `);
    expect(stdout).toEqual([
      "3/-1 0 % /pieces",
      "6/-1 0 % /pieces",
      "11/-1 0 % /pieces",
      "11/11 100 % /pieces",
      "onetwothree | /pieces | True False",
      "0/0 100 % /empty",
      " | /empty | True False",
      `${NOT_FOUND} | /nothing | True False`,
    ]);
  });

  it("tells a percentage when the server says how much there is", async () => {
    const { stdout } = await run(`
      client.add_DownloadProgressChanged((_sender, e) => Console.WriteLine("{0} {1}", e.TotalBytesToReceive, e.ProgressPercentage));
      client.DownloadStringAsync(address + "/measured");
      wait();
    `);
    expect(stdout.at(-1)).toBe("1234567890 |  | True False");
    const lines = stdout.slice(0, -1);
    // How many pieces arrive together is not ours to say.
    for (const line of lines) expect(line).toMatch(/^10 (?:40|80|100)$/u);
    expect(lines.at(-1)).toBe("10 100");
    expect(new Set(lines).size).toBe(lines.length);
  });

  it("uploads in every way there is", async () => {
    const first = server.effects.length;
    const { stdout } = await run(`
      client.add_UploadStringCompleted((_sender, e) => {
        Console.WriteLine("{0} | {1}", e.Error ?? e.Result, e.UserState);
        done.Set();
      });
      client.UploadStringAsync(address + "/echo", "a");
      wait();
      client.UploadStringAsync(address + "/echo", "PUT", "b", "token");
      wait();
      client.UploadStringAsync(address + "/nothing", null, "c");
      wait();
      Console.WriteLine(client.UploadString(address + "/echo", "d"));
      Console.WriteLine(await client.UploadStringTaskAsync(address + "/echo", "PUT", "é"));
    `);
    expect(stdout).toEqual(["a | ", "b | token", `${NOT_FOUND} | `, "d", "é | [state of UploadStringTaskAsync]", "é"]);
    expect(server.effects.slice(first)).toEqual([
      "POST /echo a",
      "PUT /echo b",
      "POST /nothing c",
      "POST /echo d",
      "PUT /echo é",
    ]);
  });
});
