import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../harness/run-program.ts";
import { type ObjectStore, type RunningServer, startEchoServer, startObjectStore } from "../harness/servers.ts";
import { typeErrors } from "../harness/typecheck.ts";

/** What the runtime does to the process of a program, and over the network. */

const TIMEOUT = 60_000;

let store: ObjectStore;
let echo: RunningServer;

beforeAll(async () => {
  store = await startObjectStore();
  echo = await startEchoServer();
});

afterAll(async () => {
  await store.stop();
  await echo.stop();
});

const PUT_OBJECT = `
  import { AmazonS3Client, Console, type IAsyncResult, PutObjectRequest, Thread } from "../runtime/index.ts";
  const client = new AmazonS3Client();
  const request = new PutObjectRequest({ BucketName: "bucket", Key: "first", ContentBody: "content" });
  function callback(ar: IAsyncResult): void {
    Console.WriteLine("Called back: {0}", client.EndPutObject(ar).HttpStatusCode);
  }
`;

const CONNECT = `
  import { Console, Encoding, IPAddress, IPEndPoint, Socket, SocketShutdown } from "../runtime/index.ts";
  const client = new Socket();
  const bytes = Encoding.ASCII.GetBytes("text");
  const remoteEP = new IPEndPoint(IPAddress.Loopback, Number(process.argv[2]));
  const attempt = (act: () => unknown): void => {
    try {
      Console.WriteLine("Returned: {0}", act());
    } catch (e) {
      Console.WriteLine(e);
    }
  };
`;

async function run(program: string, ...args: readonly string[]): ReturnType<typeof runProgram> {
  expect(typeErrors({ "fixtures/seeds/program.ts": program })).toEqual([]);
  return runProgram(program, { args, env: { TAPIFY_S3_ENDPOINT: store.endpoint } });
}

describe("a program", { timeout: TIMEOUT }, () => {
  it("stays alive until its operations have called back, and no longer", async () => {
    const result = await run(`${PUT_OBJECT}
      client.BeginPutObject(request, callback, null);
      Console.WriteLine("Begun");
      void Thread;
    `);
    expect(result).toEqual({
      stdout: ["Begun", "Called back: 200"],
      stderr: "",
      uncaught: null,
      exitCode: 0,
      timedOut: false,
    });
  });

  it("may change a request when Begin has returned", async () => {
    await run(`${PUT_OBJECT}
      const ar = client.BeginPutObject(request, null, null);
      request.Key = "second";
      request.ContentBody = "changed";
      ar.AsyncWaitHandle.WaitOne();
      callback(ar);
      void Thread;
    `);
    expect(store.objects.get("bucket/first")).toBe("content");
    expect(store.objects.has("bucket/second")).toBe(false);
  });

  it("is ended by an exception that a callback lets escape", async () => {
    const result = await run(`${PUT_OBJECT}
      client.BeginPutObject(request, (ar) => { callback(ar); client.EndPutObject(ar); }, null);
      try {
        Thread.Sleep(10_000);
      } catch {
        Console.WriteLine("Caught");
      }
      Console.WriteLine("Went on");
    `);
    expect(result).toMatchObject({
      stdout: ["Called back: 200"],
      uncaught: "InvalidOperationException: EndPutObject can only be called once for each asynchronous operation.",
      exitCode: 1,
    });
  });

  it("is ended by a wait without end", async () => {
    const { exitCode, uncaught } = await run(`
      import { ManualResetEvent } from "../runtime/index.ts";
      new ManualResetEvent(false).WaitOne();
    `);
    expect({ exitCode, uncaught }).toEqual({ exitCode: 1, uncaught: expect.stringMatching(/^DeadlockError: /u) });
  });

  it("is killed when its time is up", async () => {
    const result = await runProgram("for (;;);", { timeoutMs: 200 });
    expect(result).toMatchObject({ exitCode: null, timedOut: true });
  });
});

describe("AmazonS3Client", { timeout: TIMEOUT }, () => {
  it("reads back what it has put, waiting in every way there is", async () => {
    const { stdout } = await run(`
      import { AmazonS3Client, Console, GetObjectRequest, PutObjectRequest, Task } from "../runtime/index.ts";
      const client = new AmazonS3Client();
      const request = new PutObjectRequest({ BucketName: "bucket", Key: "a key/é", ContentBody: "content é" });
      const get = new GetObjectRequest({ BucketName: "bucket", Key: "a key/é" });
      client.PutObject(request);
      Console.WriteLine(client.GetObject(get).ContentBody);
      Console.WriteLine(client.EndGetObject(client.BeginGetObject(get)).ContentBody);
      Console.WriteLine(client.GetObjectAsync(get).Result.ContentBody);
      Console.WriteLine((await client.GetObjectAsync(get)).ContentBody);
      const listed = client.EndListBuckets(client.BeginListBuckets());
      Console.WriteLine(listed.Buckets.map(({ BucketName }) => BucketName).join());
      await Task.Delay(1);
    `);
    expect(stdout).toEqual([...Array<string>(4).fill("content é"), "bucket"]);
  });
});

describe("Socket", { timeout: TIMEOUT }, () => {
  it("refuses to transfer before it is connected and after it was closed", async () => {
    const { stdout } = await run(
      `${CONNECT}
      attempt(() => client.RemoteEndPoint);
      attempt(() => client.BeginSend(bytes, 0, bytes.length, 0));
      client.Connect(remoteEP);
      attempt(() => client.Send(bytes, 2, 4, 0));
      attempt(() => client.Send(bytes, 0, 4, 0));
      client.Close();
      attempt(() => client.ReceiveAsync(bytes, 0, 4, 0));
      void SocketShutdown;
    `,
      String(echo.port),
    );
    expect(stdout).toEqual([
      "SocketException: A request to send or receive data was disallowed because the socket is not connected.",
      "SocketException: A request to send or receive data was disallowed because the socket is not connected.",
      "ArgumentOutOfRangeException: Specified argument was out of the range of valid values. (Parameter 'size')",
      "Returned: 4",
      "ObjectDisposedException: Cannot access a disposed object. Object name: 'System.Net.Sockets.Socket'.",
    ]);
  });

  it("aborts a pending operation when it is closed, and receives nothing more after a shutdown", async () => {
    const { stdout } = await run(
      `${CONNECT}
      client.Connect(remoteEP);
      const pending = client.ReceiveAsync(bytes, 0, 4, 0);
      client.Close();
      attempt(() => pending.GetAwaiter().GetResult());
      const other = new Socket();
      other.Connect(remoteEP);
      other.Shutdown(SocketShutdown.Both);
      attempt(() => other.Receive(bytes, 0, 4, 0));
      other.Close();
    `,
      String(echo.port),
    );
    expect(stdout).toEqual([
      "SocketException: The I/O operation has been aborted because of either a thread exit or an application request.",
      "Returned: 0",
    ]);
  });
});
