import rule from "../../rules/no-busy-wait.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

tester.run("no-busy-wait: handles of operations", rule, {
  valid: [
    `const ar = client.BeginPutObject(request, null, null);
const response = client.EndPutObject(ar);`,
    `const ar = client.BeginPutObject(request, null, null);
if (!ar.IsCompleted) render();
client.EndPutObject(ar);`,
    `async function put() {
  const ar = client.BeginPutObject(request, null, null);
  while (!ar.IsCompleted) await delay(10);
  return client.EndPutObject(ar);
}`,
    `function* put() {
  const ar = client.BeginPutObject(request, null, null);
  while (!ar.IsCompleted) yield;
  return client.EndPutObject(ar);
}`,
    `async function all(ar: IAsyncResult) {
  while (!ar.IsCompleted) {
    for await (const message of messages) show(message);
  }
}`,
    // Each turn waits for another operation.
    `let ar = stream.BeginRead(buffer, 0, 1, null, null);
while (!ar.IsCompleted) {
  stream.EndRead(ar);
  ar = stream.BeginRead(buffer, 0, 1, null, null);
}`,
    // These never come round.
    `function once(ar: IAsyncResult) {
  while (!ar.IsCompleted) {
    return null;
  }
}`,
    `function once(ar: IAsyncResult) {
  do {
    if (!ar.IsCompleted) render();
  } while (false);
}`,
    // These go on while the operation is complete.
    `function drain(ar: IAsyncResult) {
  while (ar.IsCompleted) ar = next();
}`,
    `function odd(ar: IAsyncResult) {
  while (ar.IsCompleted === true) render();
}`,
    `function once(ar: IAsyncResult) {
  do {
    if (ar.IsCompleted) break;
    work();
  } while (false);
}`,
  ],
  invalid: [
    {
      code: `const asyncResult = client.BeginPutObject(request, null, null);
while (!asyncResult.IsCompleted) {
  // Do some work here
}
const response = client.EndPutObject(asyncResult);`,
      errors: [
        {
          messageId: "polledOperation",
          data: { subject: "asyncResult.IsCompleted", begin: "BeginPutObject" },
          line: 2,
          column: 9,
          endLine: 2,
          endColumn: 32,
        },
      ],
    },
    {
      code: `let ar: any;
ar = stream.beginRead(buffer, 0, 10, null, null);
do {
  render();
} while (ar.isCompleted === false);
stream.endRead(ar);`,
      errors: [
        {
          messageId: "polledOperation",
          data: { subject: "ar.isCompleted", begin: "beginRead" },
          line: 5,
          column: 10,
          endLine: 5,
          endColumn: 24,
        },
      ],
    },
    {
      code: `const ar = stream.BeginRead(buffer, 0, 10, null, null);
for (; !ar.IsCompleted; );
stream.EndRead(ar);`,
      errors: [
        {
          messageId: "polledOperation",
          data: { subject: "ar.IsCompleted", begin: "BeginRead" },
          line: 2,
          column: 9,
          endLine: 2,
          endColumn: 23,
        },
      ],
    },
    {
      code: `class Reader {
  private ar: any;
  read(): number {
    this.ar = this.stream.BeginRead(this.buffer, 0, 10, null, null);
    while (!this.ar.IsCompleted) this.report();
    return this.stream.EndRead(this.ar);
  }
}`,
      errors: [
        {
          messageId: "polledOperation",
          data: { subject: "this.ar.IsCompleted", begin: "BeginRead" },
          line: 5,
          column: 13,
          endLine: 5,
          endColumn: 32,
        },
      ],
    },
    {
      code: `const a = first.BeginSend(data, null, null);
const b = second.BeginSend(data, null, null);
while (!(a.IsCompleted && b.IsCompleted)) {}
first.EndSend(a);
second.EndSend(b);`,
      errors: [
        {
          messageId: "polledOperation",
          data: { subject: "a.IsCompleted", begin: "BeginSend" },
          line: 3,
          column: 10,
          endLine: 3,
          endColumn: 23,
        },
      ],
    },
    {
      code: `function pending(handle) {
  return !handle.IsCompleted;
}
const ar = client.BeginGetObject(request, null, null);
while (pending(ar)) work();
client.EndGetObject(ar);`,
      errors: [
        {
          messageId: "polledOperation",
          data: { subject: "handle.IsCompleted", begin: "BeginGetObject" },
          line: 5,
          column: 8,
          endLine: 5,
          endColumn: 19,
        },
      ],
    },
    {
      code: "const ar = client.BeginGetObject(request, null, null);\r\nwhile (!ar.IsCompleted) {\r\n  work();\r\n}\r\nclient.EndGetObject(ar);\r\n",
      errors: [
        {
          messageId: "polledOperation",
          data: { subject: "ar.IsCompleted", begin: "BeginGetObject" },
          line: 2,
          column: 9,
          endLine: 2,
          endColumn: 23,
        },
      ],
    },
    {
      code: `const ar = stream.BeginRead(buffer, null, null);
for (let i = 0; i < 1e6 && !ar.IsCompleted; i++) {}
stream.EndRead(ar);`,
      errors: [
        {
          messageId: "polledOperation",
          data: { subject: "ar.IsCompleted", begin: "BeginRead" },
          line: 2,
          column: 29,
          endLine: 2,
          endColumn: 43,
        },
      ],
    },
    {
      code: `outer: while (true) {
  const ar = s.BeginRead(b, null, null);
  while (!ar.IsCompleted) continue;
  if (s.EndRead(ar) === 0) break outer;
}`,
      errors: [
        {
          messageId: "polledOperation",
          data: { subject: "ar.IsCompleted", begin: "BeginRead" },
          line: 3,
          column: 11,
          endLine: 3,
          endColumn: 25,
        },
      ],
    },
    {
      code: `state.handle = stream.BeginRead(buffer, 0, 10, null, null);
while (!state.handle.IsCompleted) work();
stream.EndRead(state.handle);`,
      errors: [
        {
          messageId: "polledOperation",
          data: { subject: "state.handle.IsCompleted", begin: "BeginRead" },
          line: 2,
          column: 9,
          endLine: 2,
          endColumn: 33,
        },
      ],
    },
    {
      code: `class Reader {
  private readonly ar = stream.BeginRead(buffer, 0, 10, null, null);
  wait() {
    while (!this.ar.IsCompleted) work();
  }
}`,
      errors: [
        {
          messageId: "polledOperation",
          data: { subject: "this.ar.IsCompleted", begin: "BeginRead" },
          line: 4,
          column: 13,
          endLine: 4,
          endColumn: 32,
        },
      ],
    },
  ],
});

tester.run("no-busy-wait: typed handles and tasks", rule, {
  valid: [
    "while (!parser.isCompleted) parser.step();",
    // Programs call many things a task.
    `import { Task } from "./scheduler";
function run(task: Task) {
  while (!task.isCompleted) task.step();
}`,
    `function run(task: Job) {
  while (!task.isCompleted) work();
}`,
    `const it = list[Symbol.iterator]();
let r = it.next();
while (!r.done) {
  use(r.value);
  r = it.next();
}`,
    "for (let r = it.next(); !r.done; r = it.next()) {}",
    {
      code: "for (let index = 0; index !== values.length; ++index) if (values[index].done) return;",
      filename: "x.cjs",
    },
    "for (let i = 0; i < limit && !operation.isDone; i++) {}",
    "while (enemy.isAlive) fight(enemy);",
    "while (!token.IsCancellationRequested) serve();",
    `function frame() {
  if (operation.isCompleted) finish();
  requestAnimationFrame(frame);
}`,
    // What an awaited call gives is no operation.
    `const service = await createServiceAsync();
while (service.isBusy) render();`,
    "while (status.code !== 4) advance();",
    `function start(thread: Thread) {
  while (!thread.IsAlive) prepare();
}`,
    'while (cursor.status !== "end") cursor.advance();',
    `import { Task } from "./scheduler";
function run(task: Task) {
  while (!task.isCompleted) work();
}`,
    `const job = client.startAsync();
while (!job.isCompleted) job.poll();`,
    `const isDone = async (ar: IAsyncResult) => ar.IsCompleted;
function wait(ar: IAsyncResult) {
  while (!isDone(ar)) work();
}`,
    // These let other code run.
    `client.DownloadStringAsync(uri);
while (client.IsBusy) WScript.Sleep(10);`,
    `function nap() {
  WScript.Sleep(10);
}
client.DownloadStringAsync(uri);
while (client.IsBusy) nap();`,
  ],
  invalid: [
    {
      code: `const wait = (ar: System.IAsyncResult) => {
  while (!ar.IsCompleted);
};`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.IsCompleted" },
          line: 2,
          column: 11,
          endLine: 2,
          endColumn: 25,
        },
      ],
    },
    {
      code: `function wait(ar: CS.System.IAsyncResult | null) {
  while (!(ar!["IsCompleted"])) work();
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.IsCompleted" },
          line: 2,
          column: 12,
          endLine: 2,
          endColumn: 30,
        },
      ],
    },
    {
      code: `function wait(ar: any) {
  while (!(ar as IAsyncResult)?.IsCompleted) work();
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.IsCompleted" },
          line: 2,
          column: 11,
          endLine: 2,
          endColumn: 44,
        },
      ],
    },
    {
      code: `function wait(client: any, ar: any) {
  while (ar.isCompleted !== true) work();
  return client.endGetObject(ar);
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.isCompleted" },
          line: 2,
          column: 10,
          endLine: 2,
          endColumn: 24,
        },
      ],
    },
    {
      code: `function wait(ar: IAsyncResult) {
  while (!!!ar.get_IsCompleted()) work();
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.get_IsCompleted()" },
          line: 2,
          column: 13,
          endLine: 2,
          endColumn: 33,
        },
      ],
    },
    {
      code: `function wait(handles: IAsyncResult[]) {
  while (!handles.every((handle) => handle.IsCompleted)) work();
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "handle.IsCompleted" },
          line: 2,
          column: 11,
          endLine: 2,
          endColumn: 56,
        },
      ],
    },
    {
      code: "while (tasks.some((t) => !t.IsCompleted)) Thread.Sleep(10);",
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "t.IsCompleted" },
          line: 1,
          column: 8,
          endLine: 1,
          endColumn: 41,
        },
      ],
    },
    {
      code: `function wait(task: Task<number>) {
  while (!task.IsCompleted && !cancelled()) work();
  return task.Result;
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "task.IsCompleted" },
          line: 2,
          column: 11,
          endLine: 2,
          endColumn: 27,
        },
      ],
    },
    {
      code: `const task = client.getAsync(uri);
while (!task.isCompleted || busy) work();`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "task.isCompleted" },
          line: 2,
          column: 9,
          endLine: 2,
          endColumn: 25,
        },
      ],
    },
    {
      code: `const task = client.GetAsync(uri);
while (task.Status !== TaskStatus.RanToCompletion) work();`,
      errors: [
        { messageId: "polledHandle", data: { subject: "task.Status" }, line: 2, column: 8, endLine: 2, endColumn: 19 },
      ],
    },
    {
      code: "while (!task.GetAwaiter().IsCompleted) work();",
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "task.GetAwaiter().IsCompleted" },
          line: 1,
          column: 9,
          endLine: 1,
          endColumn: 38,
        },
      ],
    },
    {
      code: `const thread = new Thread(run);
thread.Start();
while (thread.IsAlive) work();`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "thread.IsAlive" },
          line: 3,
          column: 8,
          endLine: 3,
          endColumn: 22,
        },
      ],
    },
    {
      code: `client.DownloadStringAsync(uri);
while (client.IsBusy) Application.DoEvents();`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "client.IsBusy" },
          line: 2,
          column: 8,
          endLine: 2,
          endColumn: 21,
        },
      ],
    },
    {
      code: `const operation = request.SendWebRequest();
while (!operation.isDone) show(operation.progress);`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "operation.isDone" },
          line: 2,
          column: 9,
          endLine: 2,
          endColumn: 25,
        },
      ],
    },
    {
      code: `const opened = new ManualResetEventSlim(false);
while (!opened.IsSet) work();`,
      errors: [
        { messageId: "polledHandle", data: { subject: "opened.IsSet" }, line: 2, column: 9, endLine: 2, endColumn: 21 },
      ],
    },
    {
      code: `const element = <p>{text}</p>;
function wait(ar: IAsyncResult) {
  while (!ar.IsCompleted) render(<b>{element}</b>);
}`,
      filename: "x.tsx",
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.IsCompleted" },
          line: 3,
          column: 11,
          endLine: 3,
          endColumn: 25,
        },
      ],
    },
    {
      code: `function wait(ar: IAsyncResult) {
  while ((report(), !ar.IsCompleted));
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.IsCompleted" },
          line: 2,
          column: 22,
          endLine: 2,
          endColumn: 36,
        },
      ],
    },
  ],
});

tester.run("no-busy-wait: names alone, where the loop does nothing else", rule, {
  valid: [
    // The loop may be what completes the operation.
    "while (!operation.isDone) operation.poll();",
    `while (!operation.isDone) {
  total += operation.progress;
}
show(total);`,
    "while (!queue.peek().isDone) {}",
    `while (!image.complete) {
  new Frame();
}`,
    "while (!request.finished) log`waiting`;",
    "while (busy) {}",
    "while (ie.Busy) WScript.Sleep(100);",
    `function nap() {
  WScript.Sleep(10);
}
while (ie.ReadyState !== 4) nap();`,
    `while (!image.complete) {
  console.log("waiting");
  new Frame();
}`,
    `while (!request.finished) {
  console.log(1);
  log\`waiting\`;
}`,
    `let size = 1;
while (!operation.isDone) {
  console.log("waiting");
  size = size * 2;
}`,
    `while (!operation.isDone) {
  console.log("waiting");
  const size = measure * 2;
}`,
    "for (let done = operation.isDone; !done; );",
  ],
  invalid: [
    {
      code: "while (!operation.isDone) {}",
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "operation.isDone" },
          line: 1,
          column: 9,
          endLine: 1,
          endColumn: 25,
        },
      ],
    },
    {
      code: "while (ie.Busy) {}",
      errors: [
        { messageId: "polledHandle", data: { subject: "ie.Busy" }, line: 1, column: 8, endLine: 1, endColumn: 15 },
      ],
    },
    {
      code: "while (!process.HasExited) Thread.Sleep(100);",
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "process.HasExited" },
          line: 1,
          column: 9,
          endLine: 1,
          endColumn: 26,
        },
      ],
    },
    {
      code: `while (xhr.readyState !== 4) {
  // wait for the response
}`,
      filename: "x.js",
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "xhr.readyState" },
          line: 1,
          column: 8,
          endLine: 1,
          endColumn: 22,
        },
      ],
    },
    {
      code: 'while (4 > request.readyState) console.log("waiting");',
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "request.readyState" },
          line: 1,
          column: 12,
          endLine: 1,
          endColumn: 30,
        },
      ],
    },
    {
      code: `let turns = 0;
while (!operation.isDone) {
  turns++;
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "operation.isDone" },
          line: 2,
          column: 9,
          endLine: 2,
          endColumn: 25,
        },
      ],
    },
    {
      code: `let tries = 0;
while (!operation.isDone && tries < 10) {
  tries += 1;
  Thread.Sleep(10);
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "operation.isDone" },
          line: 2,
          column: 9,
          endLine: 2,
          endColumn: 25,
        },
      ],
    },
    {
      code: `let done = false;
do {
  done = operation.IsCompleted;
} while (!done);`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "operation.IsCompleted" },
          line: 4,
          column: 11,
          endLine: 4,
          endColumn: 15,
        },
      ],
    },
    {
      code: `let done;
while (!(done = operation.IsCompleted));`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "operation.IsCompleted" },
          line: 2,
          column: 10,
          endLine: 2,
          endColumn: 38,
        },
      ],
    },
    {
      code: `const spinner = new SpinWait();
while (!operation.IsCompleted) spinner.SpinOnce();`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "operation.IsCompleted" },
          line: 2,
          column: 9,
          endLine: 2,
          endColumn: 30,
        },
      ],
    },
    {
      code: `function pause() {
  Atomics.wait(cells, 0, 0, 10);
}
while (!operation.IsFinished) pause();`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "operation.IsFinished" },
          line: 4,
          column: 9,
          endLine: 4,
          endColumn: 29,
        },
      ],
    },
    {
      code: "while (!operation.IsCompleted) operation.Wait(50);",
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "operation.IsCompleted" },
          line: 1,
          column: 9,
          endLine: 1,
          endColumn: 30,
        },
      ],
    },
    {
      code: `async function report() {
  console.log("waiting");
}
while (!operation.isDone) report();`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "operation.isDone" },
          line: 4,
          column: 9,
          endLine: 4,
          endColumn: 25,
        },
      ],
    },
  ],
});

tester.run("no-busy-wait: exits in the body", rule, {
  valid: [
    `for (;;) {
  step();
  if (operation.isDone) break;
}`,
    `async function wait(ar: IAsyncResult) {
  while (true) {
    if (ar.IsCompleted) break;
    await delay(1);
  }
}`,
    `function read(ar: IAsyncResult) {
  for (;;) {
    if (!ar.IsCompleted) work();
    break;
  }
}`,
    `function look(ar: IAsyncResult) {
  while (more()) {
    if (ar.IsCompleted) report();
  }
}`,
  ],
  invalid: [
    {
      code: `function wait(ar: IAsyncResult) {
  for (;;) {
    if (ar.IsCompleted) break;
    work();
  }
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.IsCompleted" },
          line: 3,
          column: 9,
          endLine: 3,
          endColumn: 23,
        },
      ],
    },
    {
      code: `function wait(ar: IAsyncResult) {
  while (true) {
    work();
    if (!ar.IsCompleted) continue;
    break;
  }
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.IsCompleted" },
          line: 4,
          column: 10,
          endLine: 4,
          endColumn: 24,
        },
      ],
    },
    {
      code: `function wait(ar: IAsyncResult) {
  do {
    if (!ar.IsCompleted) {
      work();
    } else {
      return client.EndGetObject(ar);
    }
  } while (1);
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.IsCompleted" },
          line: 3,
          column: 10,
          endLine: 3,
          endColumn: 24,
        },
      ],
    },
    {
      code: `async function wait(ar: IAsyncResult) {
  while (true) {
    if (ar.IsCompleted) {
      await finish();
      return;
    }
    work();
  }
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.IsCompleted" },
          line: 3,
          column: 9,
          endLine: 3,
          endColumn: 23,
        },
      ],
    },
    {
      code: `function wait(ar: IAsyncResult) {
  while (!0) {
    try {
      if (ar.IsCompleted) break;
    } finally {
      report();
    }
  }
}`,
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "ar.IsCompleted" },
          line: 4,
          column: 11,
          endLine: 4,
          endColumn: 25,
        },
      ],
    },
  ],
});

tester.run("no-busy-wait: waits that give up at once", rule, {
  valid: [
    "while (!received.WaitOne(100)) work();",
    "if (!received.WaitOne(0)) work();",
    "while (received.WaitOne(0)) take();",
    "while (!lock.wait(0)) work();",
  ],
  invalid: [
    {
      code: "while (!received.WaitOne(0)) work();",
      errors: [
        {
          messageId: "polledWaitHandle",
          data: { subject: "received.WaitOne(…)" },
          line: 1,
          column: 9,
          endLine: 1,
          endColumn: 28,
        },
      ],
    },
    {
      code: `const ar = client.BeginGetObject(request, null, null);
while (ar.AsyncWaitHandle.waitOne(0, false) === false) work();
client.EndGetObject(ar);`,
      errors: [
        {
          messageId: "polledWaitHandle",
          data: { subject: "ar.AsyncWaitHandle.waitOne(…)" },
          line: 2,
          column: 8,
          endLine: 2,
          endColumn: 44,
        },
      ],
    },
    {
      code: `do {
  work();
} while (!received.WaitOne(System.TimeSpan.Zero));`,
      errors: [
        {
          messageId: "polledWaitHandle",
          data: { subject: "received.WaitOne(…)" },
          line: 3,
          column: 11,
          endLine: 3,
          endColumn: 49,
        },
      ],
    },
    {
      code: `function wait(task: System.Threading.Tasks.Task) {
  while (!task.Wait(0)) work();
}`,
      errors: [
        {
          messageId: "polledWaitHandle",
          data: { subject: "task.Wait(…)" },
          line: 2,
          column: 11,
          endLine: 2,
          endColumn: 23,
        },
      ],
    },
    {
      code: `class Receiver {
  private isReceived() {
    return this.received.WaitOne(0);
  }
  wait() {
    while (!this.isReceived()) work();
  }
}`,
      errors: [
        {
          messageId: "polledWaitHandle",
          data: { subject: "this.received.WaitOne(…)" },
          line: 6,
          column: 13,
          endLine: 6,
          endColumn: 30,
        },
      ],
    },
  ],
});

tester.run("no-busy-wait: clocks", rule, {
  valid: [
    "while (Date.now() < deadline && queue.length) handle(queue.shift());",
    "while (performance.now() < deadline) work();",
    `let count = 0;
while (performance.now() - start < 1000) count++;
console.log(count);`,
    `const end = Date.now() + 10;
async function wait() {
  while (Date.now() < end) await null;
}`,
    // The time as a name.
    `let id;
do {
  id = "k" + Date.now();
} while (store[id]);`,
    `let id;
do {
  id = Date.now();
} while (ids.has(id));`,
    `do {
  x = Math.random();
} while (x < 0.5);`,
    // What `exists` does is not known.
    "while (!exists(path) && Date.now() < deadline) {}",
    "if (Date.now() < end) {}",
    "for (const start of starts) if (Date.now() - start < 5) break;",
    {
      code: `const end = performance.now() + 1;
while (performance.now() < end) {}`,
      options: [{ ignoreClocks: true }],
    },
    "while (new Date(text) < end) {}",
    "while (taken[Date.now()] !== undefined) {}",
    `let stamp;
while (!(stamp = Date.now())) {}`,
    `let now;
do {
  now = Date.now();
} while (state.now < 3);`,
    `for (let i = 0; i < 1e6; i++) {}
console.log(performance.now() - start);`,
  ],
  invalid: [
    {
      code: `function sleep(ms: number) {
  const end = Date.now() + ms;
  while (Date.now() < end) {}
}`,
      errors: [{ messageId: "clock", data: { subject: "Date.now()" }, line: 3, column: 10, endLine: 3, endColumn: 26 }],
    },
    {
      code: `function sleep(ms) {
  var start = new Date().getTime();
  for (var i = 0; i < 1e7; i++) {
    if ((new Date().getTime() - start) > ms) {
      break;
    }
  }
}`,
      filename: "x.js",
      errors: [{ messageId: "clock", data: { subject: "new Date()" }, line: 4, column: 9, endLine: 4, endColumn: 44 }],
    },
    {
      code: `let now;
do {
  now = new Date();
} while (now - start < 100);`,
      errors: [{ messageId: "clock", data: { subject: "new Date()" }, line: 4, column: 10, endLine: 4, endColumn: 27 }],
    },
    {
      code: "for (const start = performance.now(); performance.now() - start < 100; );",
      errors: [
        { messageId: "clock", data: { subject: "performance.now()" }, line: 1, column: 39, endLine: 1, endColumn: 70 },
      ],
    },
    {
      code: `const now = () => Date.now();
while (now() - start < 100);`,
      errors: [{ messageId: "clock", data: { subject: "Date.now()" }, line: 2, column: 8, endLine: 2, endColumn: 27 }],
    },
    {
      code: "while (System.DateTime.Now < end) Thread.Sleep(1);",
      errors: [
        { messageId: "clock", data: { subject: "System.DateTime.Now" }, line: 1, column: 8, endLine: 1, endColumn: 33 },
      ],
    },
    {
      code: "while (Environment.TickCount - start < 100) { /* spin */ }",
      errors: [
        {
          messageId: "clock",
          data: { subject: "Environment.TickCount" },
          line: 1,
          column: 8,
          endLine: 1,
          endColumn: 43,
        },
      ],
    },
    {
      code: "while (stopwatch.ElapsedMilliseconds < 100) {}",
      errors: [
        {
          messageId: "clock",
          data: { subject: "stopwatch.ElapsedMilliseconds" },
          line: 1,
          column: 8,
          endLine: 1,
          endColumn: 43,
        },
      ],
    },
    {
      code: "while (process.hrtime(start)[0] < 1) {}",
      errors: [
        { messageId: "clock", data: { subject: "process.hrtime(…)" }, line: 1, column: 8, endLine: 1, endColumn: 36 },
      ],
    },
    {
      code: `function nextMillisecond(last: number) {
  let time = Date.now();
  while (time <= last) time = Date.now();
  return time;
}`,
      errors: [{ messageId: "clock", data: { subject: "Date.now()" }, line: 3, column: 10, endLine: 3, endColumn: 22 }],
    },
    {
      code: `class Timer {
  get expired() {
    return Date.now() > this.end;
  }
  wait() {
    while (!this.expired);
  }
}`,
      errors: [{ messageId: "clock", data: { subject: "Date.now()" }, line: 6, column: 13, endLine: 6, endColumn: 25 }],
    },
    {
      code: `while (true) {
  if (Date.now() > end) throw new Error("time is up");
  console.log("waiting");
}`,
      errors: [{ messageId: "clock", data: { subject: "Date.now()" }, line: 2, column: 7, endLine: 2, endColumn: 23 }],
    },
    {
      code: `while (!operation.isDone) {
  if (Date.now() > end) throw new Error("time is up");
}`,
      options: [{ ignoreClocks: true }],
      errors: [
        {
          messageId: "polledHandle",
          data: { subject: "operation.isDone" },
          line: 1,
          column: 9,
          endLine: 1,
          endColumn: 25,
        },
      ],
    },
    {
      code: "while (true) if (Date.now() - start >= time) break;",
      errors: [{ messageId: "clock", data: { subject: "Date.now()" }, line: 1, column: 18, endLine: 1, endColumn: 44 }],
    },
    {
      code: `let now;
for (now = start; now - start < 100; now = new Date().getTime()) {
}`,
      filename: "x.js",
      errors: [{ messageId: "clock", data: { subject: "new Date()" }, line: 2, column: 19, endLine: 2, endColumn: 36 }],
    },
  ],
});

tester.run("no-busy-wait: flags", rule, {
  valid: [
    // The handler may be called by the work.
    `let done = false;
parser.on("end", () => {
  done = true;
});
while (!done) parser.write(read());`,
    // A fake clock runs the timers of a test.
    `let done = false;
setTimeout(() => {
  done = true;
}, 10);
while (!done) clock.tick(1);`,
    `let done = false;
setTimeout(() => {
  done = true;
}, 10);
while (!done) done = step();`,
    `let done = false;
function step() {
  done = true;
}
while (!done) step();`,
    // The loop is there for the queue.
    `let stop = false;
setTimeout(() => {
  stop = true;
}, 10);
while (!stop && queue.length) handle(queue.pop());`,
    `let running = true;
export function stop() {
  running = false;
}
while (running) handle(take());`,
    `let done = false;
start(() => {
  done = true;
});
while (!done) Fiber.yield();`,
    `let done = false;
start(() => {
  done = true;
});
while (!done && Atomics.load(cells, 0) === 0 && next()) {}`,
    `class Scanner {
  skip() {
    while (this.text[this.position] === " ") this.position++;
  }
  reset(text: string) {
    this.text = text;
  }
}`,
    `class Finder {
  find() {
    for (let i = 0; i < this.size; i++) if (this.items[i].time > this.limit) break;
  }
  set(limit: number) {
    this.limit = limit;
    this.size = 1;
  }
}`,
    // Which element is read can change.
    `let heap = new Int32Array(1);
function grow() {
  heap = new Int32Array(2);
}
while (true) {
  if (heap[at + 24] > 0) continue;
  break;
}`,
    // Another class's field.
    `class A {
  done = false;
  finish() {
    this.done = true;
  }
}
class B {
  wait() {
    while (!this.done) {}
  }
}`,
    "while (node.next) node = node.next;",
    `const done = false;
while (!done) {}`,
    `let found = false;
items.forEach((item) => {
  found ||= item.ok;
});
for (let i = 0; i < items.length && !found; i++) {}`,
    `let done = false;
setTimeout(() => {
  done = true;
}, 10);
while (!done) {
  if (first()) done = true;
  if (second()) done = true;
}`,
    `let limit = 0;
let i = 0;
setTimeout(() => {
  limit = 1;
}, 10);
while (i < items.length) {
  if (items[i].time > limit) break;
  i++;
}`,
    `let ok = false;
async function go() {
  ok = true;
  await connect();
}
while (!ok) work();`,
    `export let level = 0;
export function setLevel(value) {
  level = value;
}
let i = 0;
while (i < level) {
  i++;
}`,
    `class Queue {
  drain() {
    while (this.head) this.head = this.head.next;
  }
  add(head) {
    this.head = head;
  }
}`,
  ],
  invalid: [
    {
      code: `let done = false;
setTimeout(() => {
  done = true;
}, 10);
while (!done) {}`,
      errors: [{ messageId: "flag", data: { subject: "done" }, line: 5, column: 9, endLine: 5, endColumn: 13 }],
    },
    {
      code: `let done = false;
setTimeout(() => {
  done = true;
}, 10);
while (!done) work();`,
      errors: [{ messageId: "flag", data: { subject: "done" }, line: 5, column: 9, endLine: 5, endColumn: 13 }],
    },
    {
      code: `let done = false;
readFile(path, (error, data) => {
  done = true;
});
while (!done) ;`,
      errors: [{ messageId: "flag", data: { subject: "done" }, line: 5, column: 9, endLine: 5, endColumn: 13 }],
    },
    {
      code: `let response: Response | undefined;
fetch(url).then((value) => {
  response = value;
});
while (response === undefined) {}`,
      errors: [{ messageId: "flag", data: { subject: "response" }, line: 5, column: 8, endLine: 5, endColumn: 30 }],
    },
    {
      code: `let done = false;
client.BeginGetObject(request, (ar) => {
  client.EndGetObject(ar);
  done = true;
}, null);
while (!done) work();`,
      errors: [{ messageId: "flag", data: { subject: "done" }, line: 6, column: 9, endLine: 6, endColumn: 13 }],
    },
    {
      code: `let done = false;
function callback(ar: IAsyncResult) {
  client.EndGetObject(ar);
  finish();
}
function finish() {
  done = true;
}
client.BeginGetObject(request, new AsyncCallback(callback), null);
while (!done) work();`,
      errors: [{ messageId: "flag", data: { subject: "done" }, line: 10, column: 9, endLine: 10, endColumn: 13 }],
    },
    {
      code: `class Loader {
  private isLoaded = false;
  private onLoaded = () => {
    this.isLoaded = true;
  };
  wait() {
    for (; !this.isLoaded; ) {
      // spin
    }
  }
}`,
      errors: [
        { messageId: "flag", data: { subject: "this.isLoaded" }, line: 7, column: 13, endLine: 7, endColumn: 26 },
      ],
    },
    {
      code: `let ok = false;
async function go() {
  await connect();
  ok = true;
}
go();
while (!ok) work();`,
      errors: [{ messageId: "flag", data: { subject: "ok" }, line: 7, column: 9, endLine: 7, endColumn: 11 }],
    },
    {
      code: `let pending = 3;
for (const url of urls) fetch(url).finally(() => pending--);
while (pending > 0) {}`,
      errors: [{ messageId: "flag", data: { subject: "pending" }, line: 3, column: 8, endLine: 3, endColumn: 19 }],
    },
    {
      code: `const results = [];
for (const url of urls) get(url, (result) => results.push(result));
while (results.length < urls.length) {}`,
      errors: [
        { messageId: "flag", data: { subject: "results.length" }, line: 3, column: 8, endLine: 3, endColumn: 36 },
      ],
    },
    {
      code: `let done = false;
socket.on("end", () => {
  done = true;
});
while (!done && Date.now() < end) {}`,
      errors: [{ messageId: "flag", data: { subject: "done" }, line: 5, column: 9, endLine: 5, endColumn: 13 }],
    },
    {
      code: `let done = false;
while (!done) {
  setTimeout(() => (done = true), 10);
}`,
      errors: [{ messageId: "flag", data: { subject: "done" }, line: 2, column: 9, endLine: 2, endColumn: 13 }],
    },
    {
      code: `let done = false;
const isPending = () => !done;
start(() => {
  done = true;
});
while (isPending()) {}`,
      errors: [{ messageId: "flag", data: { subject: "done" }, line: 6, column: 8, endLine: 6, endColumn: 19 }],
    },
    {
      code: `while /* spin */ ( // until
  ! /* not yet */ done ) /* ( */ { /* { */ }
let done = false;
setTimeout(() => (done = true));`,
      errors: [{ messageId: "flag", data: { subject: "done" }, line: 2, column: 19, endLine: 2, endColumn: 23 }],
    },
    {
      code: `const state = { done: false };
window.onload = () => {
  state.done = true;
};
for (;;) {
  if (state.done) break;
}`,
      filename: "x.jsx",
      errors: [{ messageId: "flag", data: { subject: "state.done" }, line: 6, column: 7, endLine: 6, endColumn: 17 }],
    },
    {
      code: `let done = false;
setTimeout(() => {
  done = true;
}, 10);
while (!0) {
  work();
  if (done) break;
}`,
      errors: [{ messageId: "flag", data: { subject: "done" }, line: 7, column: 7, endLine: 7, endColumn: 11 }],
    },
    {
      code: `class Batch {
  private pending = 3;
  start() {
    this.each(() => {
      this.pending--;
    });
  }
  wait() {
    while (this.pending > 0) {}
  }
}`,
      errors: [
        { messageId: "flag", data: { subject: "this.pending" }, line: 9, column: 12, endLine: 9, endColumn: 28 },
      ],
    },
    {
      code: `let state = { phase: 1 };
start(() => {
  state = { phase: 2 };
});
while (state.phase !== 2) {}`,
      errors: [{ messageId: "flag", data: { subject: "state.phase" }, line: 5, column: 8, endLine: 5, endColumn: 25 }],
    },
    {
      code: `let ok = false;
async function go() {
  await connect();
  sockets.forEach(() => {
    ok = true;
  });
}
go();
while (!ok) work();`,
      errors: [{ messageId: "flag", data: { subject: "ok" }, line: 9, column: 9, endLine: 9, endColumn: 11 }],
    },
    {
      code: `let page;
(async () => {
  page = await load();
})();
while (!page) work();`,
      errors: [{ messageId: "flag", data: { subject: "page" }, line: 5, column: 9, endLine: 5, endColumn: 13 }],
    },
  ],
});

tester.run("no-busy-wait: library side", rule, {
  valid: [
    `class Result implements IAsyncResult {
  get IsCompleted() {
    return this.done;
  }
  wait() {
    while (!this.IsCompleted) {}
  }
}`,
    `class Reader {
  EndRead(ar: IAsyncResult) {
    while (!ar.IsCompleted) {}
    return ar.count;
  }
}`,
    `class Task {
  private done = false;
  complete() {
    this.done = true;
  }
  wait() {
    while (!this.done) {}
  }
}`,
    {
      code: `module.exports.loopWhile = function (predicate) {
  while (predicate()) {
    process._tickCallback();
    if (predicate()) binding.run();
  }
};`,
      filename: "x.js",
    },
    `class Result implements System.IAsyncResult {
  after(other: IAsyncResult) {
    while (!other.IsCompleted) {}
  }
}`,
    `class ManualResetEvent {
  private isSet = false;
  set() {
    this.isSet = true;
  }
  wait() {
    while (!this.isSet) {}
  }
}`,
  ],
  invalid: [
    {
      code: `class Client {
  private ready = false;
  BeginRead(callback: AsyncCallback, state: any) {
    this.ready = true;
  }
  wait() {
    while (!this.ready) {}
  }
}`,
      errors: [{ messageId: "flag", data: { subject: "this.ready" }, line: 7, column: 13, endLine: 7, endColumn: 23 }],
    },
  ],
});

tester.run("no-busy-wait: event loops inside calls", rule, {
  valid: [
    "loopWhile(() => !done);",
    `import { loopWhile } from "./loops";
loopWhile(() => !done);`,
    `const deasync = require("deasync");
const read = deasync(readFile);`,
    "scheduler.runLoopOnce();",
    "Predicate.SpinUntil(() => done);",
    `const deasync = require("deasync");
for (const file of files) deasync.runLoopOnce();`,
    "while (more()) engine.runLoopOnce();",
    `const deasync = require("deasync");
while (more()) for (const file of files) deasync.runLoopOnce();`,
  ],
  invalid: [
    {
      code: `const deasync = require("deasync");
let done;
deasync.loopWhile(() => !done);`,
      filename: "x.js",
      errors: [
        {
          messageId: "loopWhile",
          data: { subject: "deasync.loopWhile" },
          line: 3,
          column: 1,
          endLine: 3,
          endColumn: 18,
        },
      ],
    },
    {
      code: `import { loopWhile } from "deasync";
loopWhile(function () {
  return !done;
});`,
      errors: [
        { messageId: "loopWhile", data: { subject: "loopWhile" }, line: 2, column: 1, endLine: 2, endColumn: 10 },
      ],
    },
    {
      code: `while (!done) {
  require("deasync").runLoopOnce();
}`,
      filename: "x.cjs",
      errors: [
        {
          messageId: "runLoopOnce",
          data: { subject: "require(…).runLoopOnce" },
          line: 1,
          column: 8,
          endLine: 1,
          endColumn: 13,
        },
      ],
    },
    {
      code: `import * as pump from "@kaciras/deasync";
for (;;) {
  if (done) break;
  pump.runLoopOnce();
}`,
      errors: [
        {
          messageId: "runLoopOnce",
          data: { subject: "pump.runLoopOnce" },
          line: 3,
          column: 7,
          endLine: 3,
          endColumn: 11,
        },
      ],
    },
    {
      code: `import deasync from "deasync";
let result;
do deasync.sleep(100);
while (result === undefined);`,
      errors: [
        { messageId: "runLoopOnce", data: { subject: "deasync.sleep" }, line: 4, column: 8, endLine: 4, endColumn: 28 },
      ],
    },
    {
      code: `import deasync from "deasync";
for (;;) deasync.runLoopOnce();`,
      errors: [
        {
          messageId: "runLoopOnce",
          data: { subject: "deasync.runLoopOnce" },
          line: 2,
          column: 10,
          endLine: 2,
          endColumn: 29,
        },
      ],
    },
    {
      code: "SpinWait.SpinUntil(() => ar.IsCompleted);",
      errors: [
        {
          messageId: "spinUntil",
          data: { subject: "SpinWait.SpinUntil" },
          line: 1,
          column: 1,
          endLine: 1,
          endColumn: 19,
        },
      ],
    },
    {
      code: `async function wait() {
  System.Threading.SpinWait.SpinUntil(() => {
    return done;
  }, 1000);
}`,
      errors: [
        {
          messageId: "spinUntil",
          data: { subject: "System.Threading.SpinWait.SpinUntil" },
          line: 2,
          column: 3,
          endLine: 2,
          endColumn: 38,
        },
      ],
    },
    {
      code: `const deasync = require("deasync");
for (let i = 0; i < 3; i++) {
  start(i);
  while (isRunning(i)) deasync.runLoopOnce();
}`,
      errors: [
        {
          messageId: "runLoopOnce",
          data: { subject: "deasync.runLoopOnce" },
          line: 4,
          column: 10,
          endLine: 4,
          endColumn: 22,
        },
      ],
    },
  ],
});
