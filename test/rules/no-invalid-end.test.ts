import rule from "../../rules/no-invalid-end.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

tester.run("no-invalid-end: the same handle twice", rule, {
  valid: [
    // One of two.
    `function onRead(ar: IAsyncResult) {
  if (stream.CanRead) return stream.EndRead(ar);
  log("closed");
  stream.EndRead(ar);
}`,
    `function onRead(ar: IAsyncResult) {
  const n = small ? stream.EndRead(ar) : other.EndRead(ar);
}`,
    `function onRead(ar: IAsyncResult) {
  switch (mode) {
    case 1:
      stream.EndRead(ar);
      break;
    default:
      stream.EndRead(ar);
  }
}`,
    // Conditions that may exclude each other.
    `function onRead(ar: IAsyncResult) {
  if (isOpen) stream.EndRead(ar);
  if (!isOpen) stream.EndRead(ar);
}`,
    `function onRead(ar: IAsyncResult) {
  let isEnded = false;
  try {
    prepare();
    stream.EndRead(ar);
    isEnded = true;
  } catch (e) {
    if (!isEnded) stream.EndRead(ar);
  }
}`,
    `function onRead(ar: IAsyncResult) {
  try {
    prepare();
    show(stream.EndRead(ar));
  } catch (e) {
    stream.EndRead(ar);
  }
}`,
    // CompletedSynchronously: the caller or the callback.
    `function read() {
  const ar = stream.BeginRead(buffer, 0, 10, onRead, null);
  if (ar.CompletedSynchronously) finish(stream.EndRead(ar));
}
function onRead(ar: IAsyncResult) {
  if (!ar.CompletedSynchronously) finish(stream.EndRead(ar));
}`,
    `const ar = stream.beginRead(buffer, (result: IAsyncResult) => {
  if (result.completedSynchronously) return;
  stream.endRead(result);
}, null);
if (ar.completedSynchronously) stream.endRead(ar);`,
    // A handle each.
    `let ar = stream.BeginRead(buffer, 0, 10, null, null);
stream.EndRead(ar);
ar = stream.BeginRead(buffer, 0, 10, null, null);
stream.EndRead(ar);`,
    `function copy() {
  for (const file of files) {
    const ar = file.BeginRead(buffer, 0, 10, null, null);
    file.EndRead(ar);
  }
}`,
    `let ar: IAsyncResult;
while (more()) {
  ar = stream.BeginRead(buffer, 0, 10, null, null);
  if (ar.IsCompleted) log();
  stream.EndRead(ar);
}`,
    `const first = stream.BeginRead(buffer, 0, 10, null, null);
const second = stream.BeginRead(other, 0, 10, null, null);
stream.EndRead(first);
stream.EndRead(second);`,
    `let ar: IAsyncResult = stream.BeginRead(buffer, 0, 10, null, null);
const first = ar;
ar = stream.BeginRead(other, 0, 10, null, null);
stream.EndRead(first);
stream.EndRead(ar);`,
    `let ar: IAsyncResult | null;
function next() { ar = stream.BeginRead(buffer, 0, 10, null, null); }
function drain() {
  stream.EndRead(ar);
  next();
  stream.EndRead(ar);
}`,
    `function end({ ar }: { ar: IAsyncResult }, next: { ar: IAsyncResult }) {
  stream.EndRead(ar);
  ({ ar } = next);
  stream.EndRead(ar);
}`,
    // In functions of their own.
    `function onRead(ar: IAsyncResult) {
  const end = () => stream.EndRead(ar);
  return end() || stream.EndRead(ar);
}`,
    // A helper that is only called like an End.
    `class Reader {
  onRead(ar: IAsyncResult) {
    this.endWait(ar);
    this.stream.EndRead(ar);
  }
  endWait(ar: IAsyncResult) {
    this.waiting.delete(ar);
  }
}`,
    // No handles.
    `mesh.endStruct(vertices);
mesh.endStruct(vertices);
mesh.beginStruct();`,
    `// BeginRead
list.endUpdate(list);
list.endUpdate(list);`,
  ],
  invalid: [
    located(
      `function onRead(ar: IAsyncResult) {
  stream.EndRead(ar);
  stream.⟦EndRead⟧(ar);
}`,
      [{ messageId: "repeated", data: { first: "EndRead", line: "2" } }],
    ),
    located(
      `const ar = client.beginPut(request, null, null);\r\nif (client.isOpen) client.endPut(ar);\r\nclient.⟦endPut⟧(ar);`,
      [{ messageId: "repeated", data: { first: "endPut", line: "2" } }],
    ),
    // Whichever of the two it was, and thrice.
    located(
      `stream.BeginRead(buffer, (ar) => {
  if (small) stream.EndRead(ar);
  else other.EndRead(ar);
  stream.⟦EndRead⟧(ar);
  stream.⟦EndRead⟧(ar!);
}, null);`,
      [
        { messageId: "repeated", data: { first: "EndRead", line: "2" } },
        { messageId: "repeated", data: { first: "EndRead", line: "2" } },
      ],
    ),
    located(
      `class Reader {
  #onRead = (ar: IAsyncResult) => {
    try {
      this.count += this.stream.EndRead(ar);
    } catch (e) {
      this.stream.⟦EndRead⟧(ar);
    }
  };
}`,
      [{ messageId: "repeated", data: { first: "EndRead", line: "4" } }],
    ),
    located(
      `async function finish(ar: CS.System.IAsyncResult) {
  try {
    await show(stream.EndRead(ar));
  } finally {
    stream?.⟦EndRead⟧(ar as any);
  }
}`,
      [{ messageId: "repeated", data: { first: "EndRead", line: "3" } }],
    ),
    // By another name.
    located(
      `function onRead(ar: IAsyncResult) {
  const handle = ar;
  return stream.EndRead(handle) + stream.⟦EndRead⟧(ar);
}`,
      [{ messageId: "repeated", data: { first: "EndRead", line: "3" } }],
    ),
    located(
      `function onWrite(ar) {
  if (ar.IsCompleted) log(ar.AsyncState);
  outer: for (;;) {
    stream.EndWrite(ar);
    break outer;
  }
  stream.⟦EndWrite⟧(ar);
}`,
      [{ messageId: "repeated", data: { first: "EndWrite", line: "4" } }],
    ),
    // The callback has done it.
    located(
      `const ar = stream.BeginRead(buffer, 0, 10, (result) => show(stream.EndRead(result)), null);
ar.AsyncWaitHandle.WaitOne();
stream.⟦EndRead⟧(ar);`,
      [{ messageId: "endedByCallback", data: { begin: "BeginRead", end: "EndRead" } }],
    ),
    located(
      `class Reader {
  read() {
    const ar = this.stream.BeginRead(this.buffer, new AsyncCallback(this.onRead), null);
    while (!ar.IsCompleted) {}
    return this.stream.⟦EndRead⟧(ar);
  }
  onRead(ar: IAsyncResult) {
    try {
      this.finish(ar);
    } catch (e) {
      throw wrap(e);
    }
  }
  finish(ar: IAsyncResult) {
    this.stream.EndRead(ar);
  }
}`,
      [{ messageId: "endedByCallback", data: { begin: "BeginRead", end: "EndRead" } }],
    ),
  ],
});

tester.run("no-invalid-end: another operation's handle", rule, {
  valid: [
    `stream.BeginRead(buffer, (ar) => stream.EndRead(ar), null);`,
    // One callback for both.
    `function onDone(ar: IAsyncResult) {
  if (ar.AsyncState === "read") stream.EndRead(ar);
  else stream.EndWrite(ar);
}
stream.BeginRead(buffer, onDone, "read");
stream.BeginWrite(buffer, onDone, "write");`,
    `function onDone(ar: IAsyncResult) {
  if (ar.AsyncState === "read") stream.EndRead(ar);
  else stream.EndWrite(ar);
}
stream.BeginRead(buffer, onDone, "read");
register(onDone);`,
    // A helper, in this file or in another.
    `stream.BeginRead(buffer, (ar: IAsyncResult) => endOperation(ar), null);`,
    `function endQuietly(ar: IAsyncResult) { try { stream.EndRead(ar); } catch {} }
stream.BeginRead(buffer, (ar: IAsyncResult) => endQuietly(ar), null);`,
    // The variable may hold either.
    `let ar = stream.BeginRead(buffer, null, null);
if (writing) ar = stream.BeginWrite(buffer, null, null);
if (writing) stream.EndWrite(ar);
else stream.EndRead(ar);`,
    `function f(ar: IAsyncResult) { stream.EndWrite(ar); }
const ar = stream.BeginRead(buffer, null, null);
stream.EndRead(ar);`,
    // The same object by another way, or nobody knows.
    `const client = new Socket();
client.BeginSend(data, (ar) => (ar.AsyncState as Socket).EndSend(ar), client);`,
    `const client = new Socket();
const peer = client;
client.BeginSend(data, (ar) => peer.EndSend(ar), null);`,
    `function send(a: Socket, b: Socket) {
  const ar = a.BeginSend(data, null, null);
  b.EndSend(ar);
}`,
    `const a = new Socket();
const b = accept(a);
const ar = a.BeginSend(data, null, null);
b.EndSend(ar);`,
    `let a = new Socket();
a = pool.take();
const b = new Socket();
const ar = a.BeginSend(data, null, null);
b.EndSend(ar);`,
    `const state = { socket: new Socket() };
state.socket.BeginSend(data, (ar) => ar.AsyncState.socket.EndSend(ar), state);`,
    `function onSend(ar: IAsyncResult) { (ar.AsyncState as Socket).EndSend(ar); }
const a = new Socket();
const b = new Socket();
a.BeginSend(data, onSend, a);
b.BeginSend(data, onSend, b);`,
  ],
  invalid: [
    located(
      `const ar = channel.BeginQuery(text, null, null);
channel.EndQuery(other);
channel.⟦EndWrite⟧(ar);`,
      [{ messageId: "otherOperation", data: { begin: "BeginQuery", end: "EndWrite", expected: "EndQuery" } }],
    ),
    located("stream.beginWrite(buffer, new AsyncCallback((ar) => stream.⟦endRead⟧(ar)), null);", [
      { messageId: "otherOperation", data: { begin: "beginWrite", end: "endRead", expected: "endWrite" } },
    ]),
    located("socket.⟦EndReceive⟧(socket.BeginSend(data, null, null));", [
      { messageId: "otherOperation", data: { begin: "BeginSend", end: "EndReceive", expected: "EndSend" } },
    ]),
    located(
      `class Session {
  send() { this.socket.BeginSend(this.data, this.onSend, this); }
  receive() { this.socket.BeginReceive(this.data, this.onReceive, this); }
  // Copied from below, and not adapted.
  onSend = (ar: IAsyncResult) => {
    if (this.isOpen) this.received += this.socket.⟦EndReceive⟧(ar);
  };
  onReceive = (ar: IAsyncResult) => {
    this.received += this.socket.EndReceive(ar);
  };
}`,
      [{ messageId: "otherOperation", data: { begin: "BeginSend", end: "EndReceive", expected: "EndSend" } }],
    ),
    located(
      `BeginRead(file, (ar: IAsyncResult) => ⟦EndWrite⟧(ar), null);
BeginWrite(file, (ar: IAsyncResult) => EndWrite(ar), null);`,
      [{ messageId: "otherOperation", data: { begin: "BeginRead", end: "EndWrite", expected: "EndRead" } }],
    ),
    located(
      `const source = new FileStream("a");
const target = new FileStream("b");
const ar = source.BeginRead(buffer, 0, 10, null, null);
target.⟦EndRead⟧(ar);`,
      [{ messageId: "otherReceiver", data: { begin: "BeginRead", end: "EndRead" } }],
    ),
    located(
      `const listener = new Socket(), peer = new Socket();
listener.BeginAccept((ar: IAsyncResult) => {
  const socket = ar.AsyncState as Socket;
  socket.⟦EndAccept⟧(ar);
}, peer);`,
      [{ messageId: "otherReceiver", data: { begin: "BeginAccept", end: "EndAccept" } }],
    ),
  ],
});

tester.run("no-invalid-end: no handle at all", rule, {
  valid: [
    // Nothing says that these are Ends of operations.
    `list.beginUpdate();
list.endUpdate(true);`,
    `test.beginSuite("a", { timeout: 5 });
test.endSuite("a");`,
    `mesh.EndStruct([1, 2]); // IAsyncResult`,
    `writer.beginElement("a", null, null);
writer.endElement("a");`,
    // It may be one.
    `stream.BeginRead(buffer, 0, 10, null, null);
stream.EndRead(last);`,
    `const ar = stream.BeginRead(buffer, 0, 10, null, null);
stream.EndRead(1, ar);`,
    `stream.BeginRead(buffer, onRead, state as any as IAsyncResult);
stream.EndRead(new SynchronousResult(5));`,
    `class Done { IsCompleted = true; }
const ar = stream.BeginRead(buffer, 0, 10, null, null);
stream.EndRead(new Done());`,
    `class Done implements System.IAsyncResult {}
class Later extends Done {}
const ar = stream.BeginRead(buffer, 0, 10, null, null);
stream.EndRead(ar ?? new Done());
stream.EndRead(new Later());
stream.EndRead(new Done());`,
    `const ar = stream.BeginRead(buffer, 0, 10, null, null);
stream.EndRead({ IsCompleted: true, AsyncState: null });
stream.EndRead({ ...ar });
stream.EndRead({} as IAsyncResult);`,
    // A task of .NET is a handle as well, where a Begin has returned it.
    `const task: Task = stream.BeginRead(buffer, 0, 10, null, null);
stream.EndRead(task);`,
    `const ar = outer.BeginRead(buffer, (inner: IAsyncResult) => stream.EndRead(inner.AsyncState), null);`,
    `const ar = stream.BeginRead(buffer, 0, 10, null, null);
stream.EndRead(...handles);`,
  ],
  invalid: [
    located(
      `const ar = stream.BeginRead(buffer, 0, 10, null, null);
stream.EndRead(⟦0⟧);`,
      [{ messageId: "notAHandle", data: { end: "EndRead", what: "`0`" } }],
    ),
    located(
      `const handle = null;
stream.beginRead(buffer, (ar: IAsyncResult) => stream.endRead(⟦handle⟧), null);`,
      [{ messageId: "notAHandle", data: { end: "endRead", what: "`null`" } }],
    ),
    located(
      `interface Calculator {
  EndAdd(out: Ref<number>, result: IAsyncResult): number;
}
function add(calculator: Calculator) {
  return calculator.EndAdd(⟦{ value: 0 }⟧, () => {});
}`,
      [{ messageId: "notAHandle", data: { end: "EndAdd", what: "an object" } }],
    ),
    located(
      `declare abstract class Calculator {
  abstract EndAdd(result: System.IAsyncResult): number;
}
class Options {
  timeout = 5;
}
const sum = (calculator as Calculator).EndAdd(⟦new Options()⟧);`,
      [{ messageId: "notAHandle", data: { end: "EndAdd", what: "`new Options()`" } }],
    ),
    located(
      `stream.BeginRead(buffer, (ar: IAsyncResult) => {
  const n = stream.EndRead(ar);
  console.log(stream.EndRead(⟦n⟧));
}, null);`,
      [{ messageId: "notAHandle", data: { end: "EndRead", what: "what `EndRead` returned" } }],
    ),
    located(
      `async function load() { return fetch("/"); }
const ar = client.BeginLoad(null, null);
client.EndLoad(⟦load()⟧);
client.EndLoad(⟦Task.Run(() => load())⟧);`,
      [
        { messageId: "notAHandle", data: { end: "EndLoad", what: "the promise of `load()`" } },
        { messageId: "notAHandle", data: { end: "EndLoad", what: "the task of `Task.Run(…)`" } },
      ],
    ),
    located(
      `const ar = client.BeginLoad(null, null);
client.EndLoad(⟦ar.AsyncWaitHandle⟧);
client.EndLoad(⟦["a"]⟧);
client.EndLoad(⟦\`a\${1}\`⟧);
client.EndLoad(⟦"a string that is far too long to be shown"⟧);
client.EndLoad(⟦function () {}⟧);
client.EndLoad(⟦new Map()⟧);`,
      ["`ar.AsyncWaitHandle`", "an array", "a string", "a string", "a function", "`new Map()`"].map((what) => ({
        messageId: "notAHandle",
        data: { end: "EndLoad", what },
      })),
    ),
  ],
});
