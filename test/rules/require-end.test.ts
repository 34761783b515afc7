import rule from "../../rules/require-end.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();
const LOST = "whatever it returns or throws is lost";

tester.run("require-end: nobody has a way to End", rule, {
  valid: [
    // The End is there, in every legal way.
    `const ar = client.BeginPutObject(request, null, null);
const response = client.EndPutObject(ar);`,
    "const n = stream.EndRead(stream.BeginRead(buffer, 0, 10, null, null));",
    `let ar: IAsyncResult;
ar = stream.beginRead(buffer, 0, 10, null, undefined);
while (!ar.isCompleted) {}
stream.endRead(ar);`,
    `function f() {
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  ar.AsyncWaitHandle.WaitOne();
  return stream.EndRead(ar!);
}`,
    // The handle escapes.
    "function begin() { return client.BeginPutObject(request, null, null); }",
    "class Upload { start() { this.pending = this.client.BeginPutObject(this.request, null, null); } }",
    "const pending = [client.BeginPutObject(request, null, null)];",
    "pending.push(client.BeginPutObject(request, null, null));",
    `const ar = client.BeginPutObject(request, null, null);
finish(ar);`,
    `export const ar = client.BeginPutObject(request, null, null);`,
    `const ar = client.BeginPutObject(request, null, null);
setTimeout(() => client.EndPutObject(ar), 100);`,
    `let ar;
function start() { ar = client.BeginPutObject(request, null, null); }
function stop() { client.EndPutObject(ar); }`,
    // No Begin/End at all.
    `ImGui.BeginChild("list", null, null);
ImGui.EndChild();`,
    "table.beginUpdate(null, null);",
    "table.beginUpdate(rows, null, null);",
    "connection.beginTransaction(options, null, null);",
    "pass.beginRenderPass(target, null, undefined);",
    "printer.beginPrint(page, null);",
    "printer.beginPrint(page, onPrinted, null);",
    `function open() { writer.BeginElement(node, null, null); }
function close() { writer.EndElement(node); }`,
    `function open() { writer.BeginElement("a", null, null); }
function close() { writer.EndElement("a"); }`,
    "gl.beginQuery(target, null);",
    "const tx = db.BeginTransaction();",
    `interface Model { beginEdits(name: string, flags: number): void }
declare const model: Model;
model.beginEdits("rename", 0);`,
    "/* client.BeginPutObject(request, null, null); */",
    // Posting work to a user-interface thread.
    "this.dispatcher.BeginInvoke(() => render(), null);",
    `form.BeginInvoke(new AsyncCallback(render), null);
other.EndInvoke(ar);`,
    // One-way operations give nothing back.
    `class Proxy {
  @OperationContract({ IsOneWay: true, AsyncPattern: true })
  BeginNotify(text: string, callback: AsyncCallback, state: any): IAsyncResult {
    return this.send("Notify", text, callback, state);
  }
}
function notify(proxy: Proxy) {
  proxy.BeginNotify("hello", null, null);
}`,
    // The class that offers the pair.
    `class Client {
  BeginRead(callback: AsyncCallback, state: unknown): IAsyncResult {
    this.inner.BeginOpen(null, null);
    return this.track(callback, state);
  }
}`,
    `class PendingResult implements IAsyncResult {
  start() {
    this.socket.BeginConnect(this.address, null, null);
  }
}`,
  ],
  invalid: [
    located("client.⟦BeginPutObject⟧(request, null, null);", [
      { messageId: "dropped", data: { begin: "BeginPutObject", end: "EndPutObject", lost: LOST } },
    ]),
    located("void client\n  .⟦BeginPutObject⟧(request, undefined, void 0);", [
      { messageId: "dropped", data: { begin: "BeginPutObject", end: "EndPutObject", lost: LOST } },
    ]),
    // Named by an import, a class, a cast.
    located(
      `function save(client: Amazon.S3.AmazonS3Client, request: PutObjectRequest) {
  client.⟦BeginPutObject⟧(request, null, null);
}`,
      [
        {
          messageId: "dropped",
          data: {
            begin: "BeginPutObject",
            end: "EndPutObject",
            lost: "its result (`PutObjectResponse`) and any exception are lost",
          },
        },
      ],
    ),
    located("(peer as Socket).⟦BeginConnect⟧(remote, null, null);", [
      { messageId: "dropped", data: { begin: "BeginConnect", end: "EndConnect", lost: "any exception of it is lost" } },
    ]),
    located("(channel as System.IO.Stream).⟦BeginWrite⟧(bytes, 0, 4, null, null);", [
      {
        messageId: "dropped",
        data: {
          begin: "BeginWrite",
          end: "EndWrite",
          lost: "any exception of it is lost, and the stream begins no other read or write until then",
        },
      },
    ]),
    located("client.⟦BeginPutObject⟧(request, null, null).AsyncWaitHandle.WaitOne();", [
      { messageId: "dropped", data: { begin: "BeginPutObject", end: "EndPutObject", lost: LOST } },
    ]),
    // A plain function, and an element of JSX that holds it.
    located("⟦BeginUpload⟧(file, null, null);", [
      { messageId: "dropped", data: { begin: "BeginUpload", end: "EndUpload", lost: LOST } },
    ]),
    located(
      "const button = <button onClick={() => { client.⟦BeginPutObject⟧(request, null, null); }}>Save</button>;",
      [{ messageId: "dropped", data: { begin: "BeginPutObject", end: "EndPutObject", lost: LOST } }],
      { filename: "view.tsx" },
    ),
    // Kept, looked at, never ended.
    located(
      `interface Calculator {
  BeginAdd(a: number, b: number, callback: AsyncCallback | null, state: unknown): IAsyncResult;
  EndAdd(result: IAsyncResult): Promise<
    number
  >;
}
function warmUp(calculator: Calculator) {
  const ar = calculator.⟦BeginAdd⟧(1, 2, null, null);
  while (!ar.IsCompleted) work();
}`,
      [
        {
          messageId: "unended",
          data: {
            begin: "BeginAdd",
            end: "EndAdd",
            lost: "its result (`Promise< number >`) and any exception are lost",
          },
        },
      ],
    ),
    located("const ar: IAsyncResult = stream.⟦beginWrite⟧(bytes, null, null);\r\nar.asyncWaitHandle.waitOne();\r\n", [
      { messageId: "unended", data: { begin: "beginWrite", end: "endWrite", lost: LOST } },
    ]),
    located(
      `class Job {
  #run() {
    let ar;
    ar = this.client.⟦BeginPutObject⟧(this.request, null, null);
    console.log(ar.IsCompleted);
    ar = this.client.BeginPutObject(this.request, null, null);
    this.client.EndPutObject(ar);
  }
}`,
      [{ messageId: "unended", data: { begin: "BeginPutObject", end: "EndPutObject", lost: LOST } }],
    ),
    // A helper that does not end it is no escape.
    located(
      `function log(handle: IAsyncResult) {
  console.log(handle.IsCompleted);
}
function start() {
  const ar = client.⟦BeginPutObject⟧(request, null, null);
  log(ar);
}`,
      [{ messageId: "unended", data: { begin: "BeginPutObject", end: "EndPutObject", lost: LOST } }],
    ),
  ],
});

tester.run("require-end: the callback", rule, {
  valid: [
    `client.BeginPutObject(request, (ar) => client.EndPutObject(ar), null);`,
    `client.BeginPutObject(request, client.EndPutObject, null);`,
    `client.BeginPutObject(request, onPut, null);`,
    `client.BeginPutObject(request, new AsyncCallback(onPut), null);`,
    // The handle goes on to somebody.
    `client.BeginPutObject(request, (ar: IAsyncResult) => finish(ar), null);`,
    `client.BeginPutObject(request, (ar: IAsyncResult) => { results.push(ar.AsyncState, ar); }, null);`,
    `client.BeginPutObject(request, function (ar: IAsyncResult) { this.ar = ar; }, null);`,
    `client.BeginPutObject(request, (ar: IAsyncResult) => { queue.post(() => { client.EndPutObject(ar); }); }, null);`,
    `client.BeginPutObject(request, (...args) => client.finish(...args), null);`,
    `client.BeginPutObject(request, function () { client.EndPutObject(arguments[0]); }, null);`,
    `client.BeginPutObject(request, function () { finish(arguments); }, null);`,
    // The caller ends it.
    `const ar = client.BeginPutObject(request, () => done.Set(), null);
done.WaitOne();
client.EndPutObject(ar);`,
    `const ar = client.BeginPutObject(request, () => client.EndPutObject(ar), null);`,
    `class Job {
  start() { this.ar = this.client.BeginPutObject(this.request, () => this.finish(), null); }
  finish() { this.client.EndPutObject(this.ar); }
}`,
    // A helper of the file ends it.
    `class Job {
  start() { this.client.BeginPutObject(this.request, (ar) => this.finish(ar, "put"), null); }
  finish(ar: IAsyncResult, name: string) {
    try {
      this.client.EndPutObject(ar);
    } catch (e) {
      report(name, e);
    }
  }
}`,
    // Guarded, in a handler's reach, in a finaliser.
    `function callback(ar: IAsyncResult) {
  try {
    const client = ar.AsyncState as Socket;
    const n = client.EndReceive(ar);
    if (n === 0) return;
    show(n);
  } catch (e) {
    console.log(String(e));
  }
}
client.BeginReceive(buffer, 0, 10, 0, callback, client);`,
    `client.BeginSend(data, (ar: IAsyncResult) => {
  try {
    if (closed) return;
    log(ar.AsyncState);
  } finally {
    client.EndSend(ar);
  }
}, null);`,
    `stream.BeginRead(buffer, 0, 10, (ar: IAsyncResult) => {
  if (!ar.IsCompleted) return;
  stream.EndRead(ar);
}, null);`,
    // CompletedSynchronously: the caller ends what has completed at once.
    `function read() {
  const ar = stream.BeginRead(buffer, 0, 10, onRead, null);
  if (ar.CompletedSynchronously) finish(stream.EndRead(ar));
}
function onRead(ar: IAsyncResult) {
  if (ar.CompletedSynchronously) return;
  finish(stream.EndRead(ar));
}`,
    // Every way ends it.
    `client.BeginSend(data, (ar: IAsyncResult) => {
  switch (mode) {
    case "log":
      console.log(client.EndSend(ar));
      break;
    case "drop":
      client.EndSend(ar);
      return;
    default:
      ok = client.EndSend(ar) > 0 && next();
  }
}, null);`,
    `client.BeginSend(data, (ar: IAsyncResult) => {
  for (;;) {
    try {
      client.EndSend(ar);
      break;
    } catch (e) {
      if (fatal(e)) throw e;
    }
  }
}, null);`,
    `client.BeginSend(data, (ar: IAsyncResult) => {
  if (disposed) process.exit(1);
  client.EndSend(ar);
}, null);`,
    `function fail(): never { throw new Error("gone"); }
client.BeginSend(data, (ar: IAsyncResult) => {
  if (disposed) fail();
  client.EndSend(ar);
}, null);`,
    // The two tests cannot come out differently.
    `client.BeginSend(data, (ar: IAsyncResult) => {
  if (open) client.EndSend(ar);
  if (!open) client.EndSend(ar);
}, null);`,
    // Wrapped in a promise.
    `const done = new Promise<void>((resolve) => client.BeginPutObject(request, (ar: IAsyncResult) => { if (!ar.IsCompleted) return; resolve(); }, null));`,
    // Calls back, but is no asynchronous operation.
    `animation.beginFade(100, (frame) => draw(frame), options);`,
    `table.beginLoad(rows, (event) => show(event.isCompleted), options);`,
  ],
  invalid: [
    located(
      `function simpleCallback(asyncResult: IAsyncResult): void {
  Console.WriteLine("Finished.", asyncResult.IsCompleted.toString());
}
function put(client: AmazonS3Client) {
  client.⟦BeginPutObject⟧(request, simpleCallback, null);
}`,
      [
        {
          messageId: "callback",
          data: {
            begin: "BeginPutObject",
            end: "EndPutObject",
            callback: "`simpleCallback`",
            lost: "its result (`PutObjectResponse`) and any exception are lost",
          },
        },
      ],
    ),
    located("press.⟦beginPrint⟧(page, null, undefined)", [
      { messageId: "dropped", data: { begin: "beginPrint", end: "endPrint", lost: LOST } },
    ]),
    located("function f() { const ar = this.press.⟦beginPrint⟧(/* the page */ page, null, null) }", [
      { messageId: "unended", data: { begin: "beginPrint", end: "endPrint", lost: LOST } },
    ]),
    located("stream.⟦beginWrite⟧(bytes, new CS.System.AsyncCallback(() => done.set()), null);", [
      { messageId: "callback", data: { begin: "beginWrite", end: "endWrite", callback: "function", lost: LOST } },
    ]),
    located(
      `class Job {
  start() {
    this.client.⟦BeginPutObject⟧(this.request, this.onPut.bind(this), null);
    this.client.⟦BeginPutObject⟧(this.other, this.onPut.bind(this), null);
  }
  onPut(ar: IAsyncResult) {
    this.finish(ar);
  }
  finish(ar: IAsyncResult) {
    this.count += ar.AsyncState.size;
  }
}`,
      [
        {
          messageId: "callback",
          data: { begin: "BeginPutObject", end: "EndPutObject", callback: "`onPut`", lost: LOST },
        },
        {
          messageId: "callback",
          data: { begin: "BeginPutObject", end: "EndPutObject", callback: "`onPut`", lost: LOST },
        },
      ],
    ),
    located("client.⟦BeginPutObject⟧(request, new AsyncCallback(({ AsyncState }) => AsyncState.done()), null);", [
      {
        messageId: "callback",
        data: { begin: "BeginPutObject", end: "EndPutObject", callback: "function", lost: LOST },
      },
    ]),
    // One report for a way out that two operations share.
    located(
      `const onSend = (ar: IAsyncResult) => {
  if (closed) ⟦return;⟧
  client.EndSend(ar);
};
client.BeginSend(a, onSend, null);
client.BeginSend(b, onSend, null);`,
      [
        {
          messageId: "callbackLeaves",
          data: { begin: "BeginSend", end: "EndSend", callback: "`onSend`", exit: "return", lost: LOST },
        },
      ],
    ),
    located(
      `client.BeginSend(data, function (ar) {
  if (ar.AsyncState.failed) {
    // Nothing to do?
    ⟦throw new Error("failed");⟧
  }
  client.EndSend(ar);
}, null);`,
      [
        {
          messageId: "callbackLeaves",
          data: { begin: "BeginSend", end: "EndSend", callback: "function", exit: "throw", lost: LOST },
        },
      ],
    ),
    located("client.⟦BeginSend⟧(data, function sent(ar) {\r\n  if (open) client.EndSend(ar);\r\n}, null);", [
      { messageId: "callbackSkips", data: { begin: "BeginSend", end: "EndSend", callback: "`sent`", lost: LOST } },
    ]),
    located("socket.⟦BeginReceive⟧(buffer, (ar) => open && socket.EndReceive(ar), null);", [
      {
        messageId: "callbackSkips",
        data: { begin: "BeginReceive", end: "EndReceive", callback: "function", lost: LOST },
      },
    ]),
    located("client.⟦BeginSend⟧(data, (ar) => { client.socket?.EndSend(ar); }, null);", [
      { messageId: "callbackSkips", data: { begin: "BeginSend", end: "EndSend", callback: "function", lost: LOST } },
    ]),
    located(
      `client.⟦BeginSend⟧(data, (ar: IAsyncResult) => {
  switch (mode) {
    case "end":
      client.EndSend(ar);
  }
}, null);`,
      [{ messageId: "callbackSkips", data: { begin: "BeginSend", end: "EndSend", callback: "function", lost: LOST } }],
    ),
    located(
      `client.BeginSend(data, (ar: IAsyncResult) => {
  try {
    prepare();
  } catch (e) {
    ⟦return report(e);⟧
  }
  client.EndSend(ar);
}, null);`,
      [
        {
          messageId: "callbackLeaves",
          data: { begin: "BeginSend", end: "EndSend", callback: "function", exit: "return", lost: LOST },
        },
      ],
    ),
    located(
      `client.⟦BeginSend⟧(data, (ar: IAsyncResult) => {
  for (const chunk of ar.AsyncState) {
    if (chunk.isLast) break;
    if (chunk.isEmpty) continue;
    show(chunk);
  }
  outer: {
    if (closed) break outer;
    client.EndSend(ar);
  }
}, null);`,
      [{ messageId: "callbackSkips", data: { begin: "BeginSend", end: "EndSend", callback: "function", lost: LOST } }],
    ),
    // Nobody ends what has completed at once.
    located(
      `socket.BeginReceive(buffer, 0, 10, 0, onReceive, socket);
function onReceive(ar: IAsyncResult) {
  if (ar.CompletedSynchronously) ⟦return;⟧
  show(socket.EndReceive(ar));
}`,
      [
        {
          messageId: "callbackLeaves",
          data: {
            begin: "BeginReceive",
            end: "EndReceive",
            callback: "`onReceive`",
            exit: "return",
            lost: "its result and any exception are lost",
          },
        },
      ],
    ),
  ],
});

tester.run("require-end: between Begin and End", rule, {
  valid: [
    `function read() {
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  if (cancelled) {
    stream.EndRead(ar);
    return 0;
  }
  return stream.EndRead(ar);
}`,
    `function read() {
  if (closed) return 0;
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  try {
    if (cancelled) return 0;
    work();
  } finally {
    stream.EndRead(ar);
  }
}`,
    // A Begin that throws has begun nothing.
    `function read() {
  let ar;
  try {
    ar = stream.BeginRead(buffer, 0, 10, null, null);
  } catch (e) {
    return 0;
  }
  return stream.EndRead(ar);
}`,
    // Who gives up waiting leaves the operation to itself.
    `function read() {
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  if (!ar.AsyncWaitHandle.WaitOne(500)) throw new Error("timed out");
  return stream.EndRead(ar);
}`,
    `function read() {
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  const isDone = ar.AsyncWaitHandle.WaitOne(500, false);
  if (!isDone) return -1;
  return stream.EndRead(ar);
}`,
    `function read() {
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  if (WaitHandle.WaitAny([ar.AsyncWaitHandle, stop], 500) !== 0) return -1;
  return stream.EndRead(ar);
}`,
    // Begun and ended on the same condition.
    `function read(isAsync: boolean) {
  let ar;
  if (isAsync) ar = stream.BeginRead(buffer, 0, 10, null, null);
  work();
  if (isAsync) stream.EndRead(ar);
}`,
    `function read() {
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  if (ar !== null) stream.EndRead(ar);
}`,
    // The loop is there to end it.
    `function read() {
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  let isDone = false;
  while (!isDone) {
    if (!ar.IsCompleted) continue;
    stream.EndRead(ar);
    isDone = true;
  }
}`,
    `function copy() {
  for (const file of files) {
    const ar = file.BeginRead(buffer, 0, 10, null, null);
    if (file.isEmpty) {
      file.EndRead(ar);
      continue;
    }
    total += file.EndRead(ar);
  }
}`,
    `function read(kind: number) {
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  if (kind === 1) return stream.EndRead(ar);
  else if (kind === 2) stream.EndRead(ar);
}`,
    `function read() {
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  const handle = ar;
  done: try {
    if (small) break done;
    work();
  } finally {
    stream.EndRead(handle);
  }
}`,
  ],
  invalid: [
    located(
      `function read() {
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  if (cancelled) ⟦return 0;⟧
  return stream.EndRead(ar);
}`,
      [{ messageId: "leaves", data: { begin: "BeginRead", end: "EndRead", exit: "return", lost: LOST } }],
    ),
    located(
      `class Reader {
  read = async () => {
    const ar = this.stream.beginRead(this.buffer, 0, 10, null, null);
    await this.prepare();
    if (this.isClosed) {
      ⟦throw new Error("closed");⟧
    }
    return this.stream.endRead(ar);
  };
}`,
      [{ messageId: "leaves", data: { begin: "beginRead", end: "endRead", exit: "throw", lost: LOST } }],
    ),
    // One report for each way out.
    located(
      `function read(stream: System.IO.Stream) {
  const ar = stream.BeginRead(buffer, 0, 10, null, null);
  if (cancelled) ⟦return 0;⟧
  if (failed) ⟦throw new Error("failed");⟧
  const n = stream.EndRead(ar);
  return n;
}`,
      ["return", "throw"].map((exit) => ({
        messageId: "leaves",
        data: {
          begin: "BeginRead",
          end: "EndRead",
          exit,
          lost: "its result (`number`) and any exception are lost, and the stream begins no other read or write until then",
        },
      })),
    ),
    located(
      `function poll() {
  const ar = stream.⟦BeginWrite⟧(bytes, null, null);
  work();
  if (ar.IsCompleted) stream.EndWrite(ar);
}`,
      [{ messageId: "skips", data: { begin: "BeginWrite", end: "EndWrite", lost: LOST } }],
    ),
    located(
      `function write() {
  try {
    const ar = stream.⟦BeginWrite⟧(bytes, null, null);
    if (isEmpty(bytes)) throw new Error("empty");
    stream.EndWrite(ar);
  } catch (e) {
    console.log(e);
  }
}`,
      [{ messageId: "skips", data: { begin: "BeginWrite", end: "EndWrite", lost: LOST } }],
    ),
    located(
      `function write() {
  for (const chunk of chunks) {
    const ar = stream.⟦BeginWrite⟧(chunk, null, null);
    if (chunk.isLast) continue;
    stream.EndWrite(ar);
  }
}`,
      [{ messageId: "skips", data: { begin: "BeginWrite", end: "EndWrite", lost: LOST } }],
    ),
    located(
      `function write() {
  const ar = stream.BeginWrite(bytes, () => written.Set(), null);
  try {
    if (closed) ⟦return;⟧
  } finally {
    log("written");
  }
  written.WaitOne();
  stream.EndWrite(ar);
}`,
      [{ messageId: "leaves", data: { begin: "BeginWrite", end: "EndWrite", exit: "return", lost: LOST } }],
    ),
    // Two operations, one of which is let go.
    located(
      `function copy() {
  const read = source.BeginRead(buffer, null, null);
  const write = target.BeginWrite(other, null, null);
  const n = source.EndRead(read);
  if (n === 0) ⟦return;⟧
  target.EndWrite(write);
}`,
      [{ messageId: "leaves", data: { begin: "BeginWrite", end: "EndWrite", exit: "return", lost: LOST } }],
    ),
  ],
});
