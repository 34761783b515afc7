import { RuleTester } from "eslint";
import rule from "../../rules/no-blocking-wait.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const jsx = { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } };
const host = (name: string) => ({ settings: { tapify: { host: name } } });

ruleTester().run("no-blocking-wait: tasks", rule, {
  valid: [
    // Ordinary properties and methods.
    "reader.onload = () => use(reader.result);",
    "const request = store.get(key); request.onsuccess = () => use(request.result);",
    "function f(response: ServiceResponse) { return response.Result; }",
    "async function f(client: any) { return (await client.GetAsync(url)).Result; }",
    "async function f(client: any) { const response = await client.getAsync(url); return response.result; }",
    "function f(task: Task) { return task.result; }",
    "function f(task: Task) { task.wait(); }",
    "import { Task } from './models/task'; function f(task: Task) { return task.result; }",
    "class Task { result = 0; } function f(task: Task) { return task.result + task.Result; }",
    "const state = useAsync(load); render(state.result);",
    "const job = queue.addAsync(item); job.result = 1; use(job.result);",
    "function f(client: any) { client.GetAsync(url).Result = 1; }",
    "const parsed = parseAsync(text); function parseAsync(text: string) { return { Result: text }; } use(parsed.Result);",
    "load().Result; function load(): number { return 1; }",
    "const { Result } = service.call();",
    "const { result: [first] } = await run();",
    // Waits that give promises.
    "async function f(tx: any) { await tx.wait(); }",
    "async function f(contract: any) { const tx = await contract.transferAsync(to); const receipt = await tx.wait(); return receipt; }",
    "contract.transferAsync(to).wait().then(log);",
    "const receipts = Promise.all([contract.transferAsync(a).wait(), contract.transferAsync(b).wait()]);",
    "const wait = () => contract.transferAsync(to).wait();",
    "async function f(page: Page) { await page.wait(100); }",
    "semaphore.Wait(); semaphore.wait();",
    "const s = new SemaphoreSlim(1); s.Wait();",
    // Polls.
    "function f(task: Task<number>) { return task.Wait(0); }",
    "function f(task: Task<number>) { return task.Wait(TimeSpan.Zero); }",
    "Task.WaitAll([a, b], 0);",
    // Complete already.
    "async function f(task: Task<number>) { await task; return task.Result; }",
    "async function f(a: Task<number>, b: Task<number>) { await Task.WhenAll(a, b); return a.Result + b.Result; }",
    "async function f(client: any) { const a = client.GetAsync(x), b = client.GetAsync(y); await Promise.all([a, b]); return a.Result + b.Result; }",
    "function f(task: Task<number>) { task.ContinueWith((done: Task<number>) => use(done.Result)); }",
    "function f(task: Task<number>) { if (!task.IsCompleted) return undefined; return task.Result; }",
    "function f(task: Task<number>) { return task.IsCompleted ? task.Result : null; }",
    "use(Task.FromResult(1).Result); Task.CompletedTask.Wait();",
    "async function f(tasks: Task<number>[]) { await Task.WhenAll(tasks); return tasks.map((task) => task.Result); }",
    "async function f(task: Task<number>) { try { await task; } catch (e) { log(e); } finally { close(); } return task.Result; }",
    "async function f(t: Task<number>) { if (!t.IsCompleted) await t; return t.Result; }",
    "async function f(t: Task<number>) { t.IsCompleted || (await t); return t.Result; }",
    "function f(t: Task<number>) { const { IsCompleted: isDone } = t; return isDone ? t.Result : 0; }",
    "async function f(t: Task<number>) { t.IsCompleted ? log() : await t; return (() => t.Result)(); }",
    "async function f(t: Task<number>) { if (!t.IsCompleted) { try { await t; } catch {} } return t.Result; }",
    "async function f(t: Task<number>) { if (!t.IsCompleted) { if (a) await t; else return 1; } return t.Result; }",
    "function f(t: Task<number>) { switch (t.Status) { case TaskStatus.Running: break; case TaskStatus.Faulted: case 5: { return t.Result; } } }",
    "async function f(a: Task<number>, b: Task<number>) { if ((await Task.WhenAny(a, b)) === a) return a.Result; }",
    "async function f(a: Task<number>, b: Task<number>) { const w = await Task.WhenAny(a, b).ConfigureAwait(false); if (w !== a) return 0; return a.Result; }",
    "async function f(a: Task<number>, b: Task<number>) { const w: Task<number> = await Task.WhenAny(a, b); return w.Result; }",
    {
      code: "async function f(a: Task<number>, b: Task<number>) { if ((await puer.$promise(Task.WhenAny(a, b))) === a) return a.Result; }",
      ...host("puerts"),
    },
    // Other objects than tasks.
    "const op = loader.LoadAsync(key); op.Completed = () => use(op.Result);",
    "let request; request = store.getAsync(key), request.onsuccess = () => use(request.result);",
    "const op = loader.LoadAsync(key), alias = op; if (alias.IsDone) use(op.Result);",
    "const { Task, Result } = loader.LoadAsync(key);",
    "class View { op = this.loader.LoadAsync(1); get() { return this.op.IsDone ? this.op.Result : null; } }",
    "class View { start() { this.op = this.loader.LoadAsync(1); this.op.once('done', () => use(this.op.Result)); } }",
    // The End of a pair.
    "class Sums { EndAdd(ar: IAsyncResult) { const task = ar as Task<number>; return task.GetAwaiter().GetResult(); } }",
    "const sums = { endAdd: (ar: IAsyncResult) => (ar as Task<number>).Result };",
    // What a wait that blocks does not give.
    "async function f(task: Task<number>) { const waiting = task.Wait(50); await waiting; }",
    "let step = loadAsync().wait(); if (step.isCompleted()) go();",
    // The library side.
    "class Task<T> { Wait(): void {} get Result(): T { this.Wait(); return this.inner.FooAsync().Result; } }",
    "class Pending implements IAsyncResult { m() { this.task.GetAwaiter().GetResult(); } }",
    "class MyTask extends Task<number> { m() { return this.innerAsync().Result; } }",
    // Names that are no waits.
    "x.GetResult();",
    "x.getResult();",
    "promise.operation.getResult();",
    "widget.getResults();",
    "Collection.WaitAll(items);",
    "class Task { static WaitAll(tasks: unknown[]) { return Promise.all(tasks); } } Task.WaitAll([a]);",
    { code: "const r = op.getResults();", ...host("winrt") },
    { code: "promise.then(() => promise.operation.getResults());", ...host("winrt") },
    {
      code: "const view = <Panel result={request.result} Wait={wait} />; const t: Task = null!;",
      filename: "view.tsx",
      ...jsx,
    },
    {
      code: "function main() { return listAsync().Result; } function helper() { start(); }",
      options: [{ allowAtEntryPoints: true }],
    },
  ],
  invalid: [
    ...[
      "async function f(task: Task<number>) { if (a) await task; return task.⟦Result⟧; }",
      "async function f(task: Task<number>) { if (!task.IsCompleted) { await task; task = b; } return task.⟦Result⟧; }",
      "async function f(task: Task<number>) { if (task.IsCompleted) await task; return task.⟦Result⟧; }",
      "function f(task: Task<number>) { switch (task.Status) { case TaskStatus.Running: log(); case TaskStatus.RanToCompletion: return task.⟦Result⟧; } }",
      "function f(task: Task<number>) { if (task.Status === TaskStatus.Running) return task.⟦Result⟧; }",
    ].map((code) => located(code, [{ messageId: "task", data: { wait: "task.Result", subject: "`task`" } }])),
    located("function f(client: any) { return client.GetAsync(url).⟦Result⟧; }", [
      { messageId: "task", data: { wait: "client.GetAsync(…).Result", subject: "`client.GetAsync(…)`" } },
    ]),
    located("function f(client: any) { return client.getAsync(url).⟦result⟧; }", [
      { messageId: "task", data: { wait: "client.getAsync(…).result", subject: "`client.getAsync(…)`" } },
    ]),
    located("function f(client: any) { const t = client.getAsync(url); return t.⟦result⟧.name; }", [
      { messageId: "task", data: { wait: "t.result", subject: "`t`" } },
    ]),
    located("function f(task: Task<number>) { return task.⟦Result⟧; }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located("function f(task: System.Threading.Tasks.Task$1<number>) { return task?.⟦Result⟧; }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located("function f(task: CS.System.Threading.Tasks.Task) { return (task as any)!.⟦Result⟧; }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located("function f(task: ValueTask<number>) { return task[⟦'result'⟧]; }", [
      { messageId: "task", data: { wait: "task.result", subject: "`task`" } },
    ]),
    located(
      "class C {\r\n  private task: Task<number>;\r\n  get value() {\r\n    return this.task // the task\r\n      ./* its */⟦Result⟧;\r\n  }\r\n}",
      [{ messageId: "task", data: { wait: "this.task.Result", subject: "`this.task`" } }],
    ),
    located("const load = (client) => { const { ⟦Result⟧ } = client.LoadAsync(); return Result; };", [
      { messageId: "task", data: { wait: "Result", subject: "`client.LoadAsync()`" } },
    ]),
    located("const load = (client) => { let value; ({ ⟦Result⟧: value } = client.LoadAsync()); return value; };", [
      { messageId: "task", data: { wait: "Result", subject: "`client.LoadAsync()`" } },
    ]),
    located("function f(task: Task) { task.⟦Wait⟧(); }", [
      { messageId: "task", data: { wait: "task.Wait()", subject: "`task`" } },
    ]),
    located("function f(task: Task) { return task.⟦Wait⟧(1000); }", [
      { messageId: "task", data: { wait: "task.Wait(…)", subject: "`task`" } },
    ]),
    located("function f(client) { client.saveAsync().⟦wait⟧(); }", [
      { messageId: "task", data: { wait: "client.saveAsync().wait()", subject: "`client.saveAsync()`" } },
    ]),
    located("function f(task) { task.GetAwaiter().⟦GetResult⟧(); }", [
      { messageId: "task", data: { wait: "task.GetAwaiter().GetResult()", subject: "`task`" } },
    ]),
    located("function f(task) { return task.ConfigureAwait(false).getAwaiter().⟦getResult⟧(); }", [
      { messageId: "task", data: { wait: "task.ConfigureAwait(…).getAwaiter().getResult()", subject: "`task`" } },
    ]),
    located("function f(task: System.Threading.Tasks.Task) { return task.⟦getResult⟧(); }", [
      { messageId: "task", data: { wait: "task.getResult()", subject: "`task`" } },
    ]),
    located("function f() { Task.⟦WaitAll⟧(a, b); }", [{ messageId: "allTasks", data: { wait: "Task.WaitAll(…)" } }]),
    located("function f() { System.Threading.Tasks.Task.⟦waitAll⟧([a, b]); }", [
      { messageId: "allTasks", data: { wait: "System.Threading.Tasks.Task.waitAll(…)" } },
    ]),
    located("function f() { const first = Task.⟦WaitAny⟧(a, b); }", [
      { messageId: "anyTask", data: { wait: "Task.WaitAny(…)" } },
    ]),
    // One cause, one finding: what follows a wait is complete.
    located("function f(task: Task<number>) { task.⟦Wait⟧(); return task.Result; }", [
      { messageId: "task", data: { wait: "task.Wait()", subject: "`task`" } },
    ]),
    located("function f(task: Task<Pair>) { return task.⟦Result⟧.a + task.Result.b; }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located("function f(a: Task<number>, b: Task<number>) { Task.⟦WaitAll⟧(a, b); return a.Result + b.Result; }", [
      { messageId: "allTasks", data: { wait: "Task.WaitAll(…)" } },
    ]),
    located("function f(a: Task<number>, b: Task<number>) { if (x) a.⟦Wait⟧(); return a.⟦Result⟧; }", [
      { messageId: "task", data: { wait: "a.Wait()", subject: "`a`" } },
      { messageId: "task", data: { wait: "a.Result", subject: "`a`" } },
    ]),
    located("async function f(task: Task<number>) { await Promise.race([task, timeout()]); return task.⟦Result⟧; }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located("function f(task: Task<number>) { if (task.IsFaulted) throw new Error(); return task.⟦Result⟧; }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located("function f(tasks: Task<number>[]) { return tasks.map((task) => task.⟦Result⟧); }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located("function f() { for (const task of [Task.Run(a), Task.Run(b)]) task.⟦Wait⟧(); }", [
      { messageId: "task", data: { wait: "task.Wait()", subject: "`task`" } },
    ]),
    located("function f(task: Task<number>) { return task.⟦Wait⟧(timeout) ? task.Result : 0; }", [
      { messageId: "task", data: { wait: "task.Wait(…)", subject: "`task`" } },
    ]),
    // Entry points.
    located(
      "function main(): void {\n  const response: Task<Buckets> = listAsync();\n  Console.WriteLine(response.⟦Result⟧.Buckets.length);\n}\nmain();",
      [{ messageId: "entryPoint", data: { wait: "response.Result", entryPoint: "main" } }],
    ),
    located("class Program { static Main() { runAsync().⟦Wait⟧(); } }", [
      { messageId: "entryPoint", data: { wait: "runAsync().Wait()", entryPoint: "Main" } },
    ]),
    located("exports.handler = (event) => client.SendAsync(event).⟦Result⟧;", [
      { messageId: "entryPoint", data: { wait: "client.SendAsync(…).Result", entryPoint: "handler" } },
    ]),
    located("const total = client.CountAsync().⟦Result⟧;", [
      { messageId: "topLevel", data: { wait: "client.CountAsync().Result" } },
    ]),
    located(
      "function Start() { client.CountAsync().⟦Wait⟧(); }",
      [{ messageId: "entryPoint", data: { wait: "client.CountAsync().Wait()", entryPoint: "Start" } }],
      { settings: { tapify: { entryPoints: ["Start"] } } },
    ),
    located(
      "function run() { return client.CountAsync().⟦Result⟧; } client.CountAsync().Wait();",
      [{ messageId: "task", data: { wait: "client.CountAsync().Result", subject: "`client.CountAsync()`" } }],
      { options: [{ allowAtEntryPoints: true }] },
    ),
    // Promises of this file.
    located("async function load() { return (await fetch(url)).json(); }\nfunction f() { return load().⟦Result⟧; }", [
      { messageId: "deadlockOnPromise", data: { wait: "load().Result", function: "load", subject: "`load()`" } },
    ]),
    located(
      "async function loadAsync() { await delay(1); }\nfunction main() { loadAsync().⟦wait⟧(); }",
      [
        {
          messageId: "deadlockOnPromise",
          data: { wait: "loadAsync().wait()", function: "loadAsync", subject: "`loadAsync()`" },
        },
      ],
      { options: [{ allowAtEntryPoints: true }] },
    ),
    located("async function load() { return 1; }\nfunction f() { return load().⟦Result⟧; }", [
      { messageId: "task", data: { wait: "load().Result", subject: "`load()`" } },
    ]),
    // Hosts.
    located(
      "function f() { return files.promise.operation.⟦getResults⟧(); }",
      [{ messageId: "getResults", data: { wait: "files.promise.operation.getResults()", subject: "`files.promise`" } }],
      host("winrt"),
    ),
    located(
      "function f(task: Task<number>) { return task.⟦result⟧; }",
      [{ messageId: "task", data: { wait: "task.result", subject: "`task`" } }],
      host("node-api-dotnet"),
    ),
    located(
      "const Total = () => <b>{client.CountAsync().⟦Result⟧}</b>;",
      [{ messageId: "task", data: { wait: "client.CountAsync().Result", subject: "`client.CountAsync()`" } }],
      { filename: "total.tsx", ...jsx },
    ),
  ],
});

ruleTester().run("no-blocking-wait: handles and events", rule, {
  valid: [
    "const done = new Semaphore(0, 1); done.WaitOne();",
    "const lock = new Mutex(); lock.WaitOne();",
    "function f(gate) { gate.WaitOne(); }",
    "const done = new ManualResetEvent(false); if (done.WaitOne(0)) report();",
    "const done = new ManualResetEvent(false); done.WaitOne(TimeSpan.Zero);",
    "async function f(done: AutoResetEvent) { await done.WaitOne(); }",
    "function f(ar: IAsyncResult) { return ar.AsyncWaitHandle; }",
    "function f(ar: IAsyncResult) { ar.AsyncWaitHandle.Close(); }",
    "function f(ar: IAsyncResult) { if (ar.IsCompleted) ar.AsyncWaitHandle.WaitOne(); }",
    "function f() { stream.BeginRead(buffer, (ar: IAsyncResult) => { ar.AsyncWaitHandle.WaitOne(); stream.EndRead(ar); }, null); }",
    "class ManualResetEvent { async WaitOne() { await this.promise; } } const done = new ManualResetEvent(); const f = () => use(done.WaitOne());",
    "interface Task<T> { Wait(): Promise<T>; } function f(task: Task<number>) { return task.Wait(); }",
    "class ManualResetEvent extends WaitHandle { WaitAgain() { new AutoResetEvent(false).WaitOne(); } }",
    // Ends in their proper places.
    "function f() { stream.BeginRead(buffer, (ar) => { stream.EndRead(ar); }, null); }",
    "function f() { const ar = stream.BeginRead(buffer, (r) => { if (!r.CompletedSynchronously) stream.EndRead(r); }, null); if (ar.CompletedSynchronously) stream.EndRead(ar); }",
    "function f() { const ar = stream.BeginRead(buffer, null, null); if (ar.CompletedSynchronously) stream.EndRead(ar); }",
    "function f() { const ar = stream.BeginRead(buffer, null, null); while (!ar.IsCompleted) {} stream.EndRead(ar); }",
    "function f(ar: IAsyncResult) { stream.EndRead(ar); }",
    "function f() { this.pending = stream.BeginRead(buffer, null, null); } function g() { stream.EndRead(this.pending); }",
    "async function f() { const ar = stream.BeginRead(buffer, null, null); await delay(100); stream.EndRead(ar); }",
    "grid.beginUpdate(); change(); grid.endUpdate();",
    "async function f() { const poller = await client.beginCreate(group, null, null); await poller.pollUntilDone(); }",
    "class WaitHandle { static WaitAll(handles: unknown[]) { poll(handles); } } WaitHandle.WaitAll([a, b]);",
  ],
  invalid: [
    located("function f(ar: IAsyncResult) { ar.AsyncWaitHandle.⟦WaitOne⟧(); stream.EndRead(ar); }", [
      { messageId: "waitHandle", data: { wait: "ar.AsyncWaitHandle.WaitOne()", subject: "`ar`" } },
    ]),
    located("function f(ar) { return ar.asyncWaitHandle.⟦waitOne⟧(1000, false); }", [
      { messageId: "waitHandle", data: { wait: "ar.asyncWaitHandle.waitOne(…)", subject: "`ar`" } },
    ]),
    located("function f(ar) { const handle = ar.AsyncWaitHandle; handle.⟦WaitOne⟧(); }", [
      { messageId: "waitHandle", data: { wait: "handle.WaitOne()", subject: "`ar`" } },
    ]),
    located(
      "function f() { const ar = stream.BeginRead(buffer, null, null); ar.AsyncWaitHandle.⟦WaitOne⟧(); return stream.EndRead(ar); }",
      [{ messageId: "waitHandle", data: { wait: "ar.AsyncWaitHandle.WaitOne()", subject: "`ar`" } }],
    ),
    located("function main() { ar.AsyncWaitHandle.⟦WaitOne⟧(-1); }", [
      { messageId: "entryPoint", data: { wait: "ar.AsyncWaitHandle.WaitOne(…)", entryPoint: "main" } },
    ]),
    located("function f() { WaitHandle.⟦WaitAll⟧([a, b]); System.Threading.WaitHandle.⟦WaitAny⟧([a, b], 500); }", [
      { messageId: "waitHandles", data: { wait: "WaitHandle.WaitAll(…)" } },
      { messageId: "waitHandles", data: { wait: "System.Threading.WaitHandle.WaitAny(…)" } },
    ]),
    located("function f(done: ManualResetEvent) { done.⟦WaitOne⟧(); }", [
      { messageId: "event", data: { wait: "done.WaitOne()", subject: "`done`" } },
    ]),
    located("function f(done: CS.System.Threading.AutoResetEvent) { done.⟦WaitOne⟧(5000); }", [
      { messageId: "event", data: { wait: "done.WaitOne(…)", subject: "`done`" } },
    ]),
    located("const done = new System.Threading.ManualResetEvent(false);\nconst f = () => { done.⟦WaitOne⟧(); };", [
      { messageId: "event", data: { wait: "done.WaitOne()", subject: "`done`" } },
    ]),
    located("class C { private readonly done = new ManualResetEventSlim(false); m() { this.done.⟦Wait⟧(); } }", [
      { messageId: "event", data: { wait: "this.done.Wait()", subject: "`this.done`" } },
    ]),
    located("class C { static done = new ManualResetEvent(false); static m() { C.done.⟦WaitOne⟧(); } }", [
      { messageId: "event", data: { wait: "C.done.WaitOne()", subject: "`C.done`" } },
    ]),
    located(
      "class C { constructor() { this.done = new CountdownEvent(2); } m() { this.done.⟦wait⟧(); } }",
      [{ messageId: "event", data: { wait: "this.done.wait()", subject: "`this.done`" } }],
      { filename: "c.js" },
    ),
    located("const done = new ManualResetEvent(false);\ndone.⟦WaitOne⟧();", [
      { messageId: "topLevel", data: { wait: "done.WaitOne()" } },
    ]),
    // Certain deadlocks.
    located(
      "const connectDone = new ManualResetEvent(false);\nfunction connect(client: Socket): void {\n  client.BeginConnect(endpoint, new AsyncCallback(connectCallback), client);\n  connectDone.⟦WaitOne⟧();\n}\nfunction connectCallback(ar: IAsyncResult): void {\n  const client = ar.AsyncState as Socket;\n  client.EndConnect(ar);\n  connectDone.Set();\n}",
      [
        {
          messageId: "deadlock",
          data: { wait: "connectDone.WaitOne()", subject: "`connectDone`", registrars: "`BeginConnect`" },
        },
      ],
    ),
    located(
      "function main() { const done = new ManualResetEvent(false); setTimeout(() => { work(); done.Set(); }, 10); load().then(() => done.Set()); done.⟦WaitOne⟧(); }",
      [
        {
          messageId: "deadlock",
          data: { wait: "done.WaitOne()", subject: "`done`", registrars: "`setTimeout` and `then`" },
        },
      ],
      { options: [{ allowAtEntryPoints: true }] },
    ),
    located(
      "const done = new AutoResetEvent(false); async function work() { await load(); done.Set(); } function f() { void work(); done.⟦WaitOne⟧(Timeout.Infinite); }",
      [{ messageId: "deadlock", data: { wait: "done.WaitOne(…)", subject: "`done`", registrars: "`await`" } }],
    ),
    located(
      "class C { done = new ManualResetEvent(false); m() { this.client.BeginSend(data, (ar) => { this.client.EndSend(ar); this.done.Set(); }, null); this.done.⟦WaitOne⟧(); } }",
      [
        {
          messageId: "deadlock",
          data: { wait: "this.done.WaitOne()", subject: "`this.done`", registrars: "`BeginSend`" },
        },
      ],
    ),
    // Not certain: a time-out, another setter, an event that is set from the start or handed on.
    located(
      "const done = new ManualResetEvent(false); setTimeout(() => done.Set(), 10); const f = () => done.⟦WaitOne⟧(1000);",
      [{ messageId: "event", data: { wait: "done.WaitOne(…)", subject: "`done`" } }],
    ),
    located(
      "const done = new ManualResetEvent(false); setTimeout(() => done.Set(), 10); function g() { done.Set(); } const f = () => done.⟦WaitOne⟧();",
      [{ messageId: "event", data: { wait: "done.WaitOne()", subject: "`done`" } }],
    ),
    located(
      "const done = new ManualResetEvent(true); setTimeout(() => done.Set(), 10); const f = () => done.⟦WaitOne⟧();",
      [{ messageId: "event", data: { wait: "done.WaitOne()", subject: "`done`" } }],
    ),
    located(
      "const done = new ManualResetEvent(false); setTimeout(() => done.Set(), 10); pool.queue(done); const f = () => done.⟦WaitOne⟧();",
      [{ messageId: "event", data: { wait: "done.WaitOne()", subject: "`done`" } }],
    ),
    located(
      "export const done = new ManualResetEvent(false); setTimeout(() => done.Set(), 10); const f = () => done.⟦WaitOne⟧();",
      [{ messageId: "event", data: { wait: "done.WaitOne()", subject: "`done`" } }],
    ),
    located(
      "const done = new ManualResetEvent(false); const onTime = () => done.Set(); setTimeout(onTime, 10); onTime(); const f = () => done.⟦WaitOne⟧();",
      [{ messageId: "event", data: { wait: "done.WaitOne()", subject: "`done`" } }],
    ),
    // Ends that come too early.
    located("function f() { return stream.⟦EndRead⟧(stream.BeginRead(buffer, 0, length, null, null)); }", [
      { messageId: "end", data: { wait: "stream.EndRead(…)", begin: "BeginRead" } },
    ]),
    located(
      "function f() { const ar = stream.BeginRead(buffer, 0, length, null, null); render(); const n = stream.⟦EndRead⟧(ar); }",
      [{ messageId: "end", data: { wait: "stream.EndRead(…)", begin: "BeginRead" } }],
    ),
    located(
      "const f = () => { let ar = client.beginGet(request, null, null); try { return client.⟦endGet⟧(ar); } catch (e) { log(e); } };",
      [{ messageId: "end", data: { wait: "client.endGet(…)", begin: "beginGet" } }],
    ),
    located(
      "function f() { const ar = stream.BeginRead(buffer, null, null); Thread.⟦Sleep⟧(100); stream.⟦EndRead⟧(ar); }",
      [
        { messageId: "sleep", data: { wait: "Thread.Sleep(…)" } },
        { messageId: "end", data: { wait: "stream.EndRead(…)", begin: "BeginRead" } },
      ],
    ),
  ],
});

ruleTester().run("no-blocking-wait: sleeps, packages, requests", rule, {
  valid: [
    "WScript.Sleep(100);",
    "Thread.Sleep(0);",
    "function f() { Thread.Sleep(100); }\nimport { parentPort } from 'node:worker_threads';",
    "class Thread { static sleep(ms: number) { return new Promise((r) => setTimeout(r, ms)); } } Thread.sleep(1);",
    "async function f() { await Thread.sleep(100); }",
    "const pause = () => Thread.sleep(100).then(next);",
    { code: "function f() { Thread.Sleep(100); }", options: [{ allowSleep: true }] },
    { code: "System.Threading.Thread.Sleep(100);", options: [{ allowAtEntryPoints: true }] },
    "Atomics.waitAsync(cells, 0, 0);",
    "Atomics.notify(cells, 0); queue.wait();",
    "Atomics.wait(cells, 0, 0, 0);",
    "import { workerData } from 'worker_threads'; Atomics.wait(new Int32Array(workerData), 0, 0);",
    "self.onmessage = () => { Atomics.wait(cells, 0, 0); };",
    "const Atomics = require('./atomics'); Atomics.wait(cells, 0, 0);",
    "const deasync = require('deasync'); deasync.loopWhile(() => !done); deasync.runLoopOnce();",
    "import request from 'request'; request('GET', url);",
    "import fetch from 'sync-fetch-like'; fetch(url);",
    "const future = makeFuture(); future.wait();",
    "const Future = require('fibers/future'); async function f(x) { await x.wait(); }",
    "const xhr = new XMLHttpRequest(); xhr.open('GET', url, true);",
    "const xhr = new XMLHttpRequest(); xhr.open('GET', url);",
    "let flag = false; function f() { flag = true; const xhr = new XMLHttpRequest(); xhr.open('GET', url, flag); }",
    "const make = () => maybe() || new XMLHttpRequest(); make().open('GET', url, false);",
    "let xhr = new XMLHttpRequest(); function f(other) { xhr = other; xhr.open('GET', url, false); }",
    "const xhr = new ActiveXObject(name); xhr.open('GET', url, false);",
    "async function make() { return new XMLHttpRequest(); } make().open('GET', url, false);",
    "dialog.open('GET', url, false);",
    "const stream = new ActiveXObject('ADODB.Stream'); stream.open('a', 'b', false);",
    { code: "const hello = edge.func(source); hello('x', callback);", filename: "edge.js" },
    { code: "const hello = edge.func(source); other('x', true);", filename: "edge.js" },
    { code: "const hello = lib.func(source); hello('x', true);", filename: "other.js" },
  ],
  invalid: [
    located("function f() { Thread.⟦Sleep⟧(100); }", [{ messageId: "sleep", data: { wait: "Thread.Sleep(…)" } }]),
    located("const f = () => clr.System.Threading.Thread.⟦Sleep⟧(TimeSpan.FromSeconds(5));", [
      { messageId: "sleep", data: { wait: "clr.System.Threading.Thread.Sleep(…)" } },
    ]),
    located("const Thread = Java.type('java.lang.Thread'); function f() { Thread.⟦sleep⟧(100); }", [
      { messageId: "sleep", data: { wait: "Thread.sleep(…)" } },
    ]),
    located("function Main() { Thread.⟦Sleep⟧(Timeout.Infinite); }", [
      { messageId: "entryPoint", data: { wait: "Thread.Sleep(…)", entryPoint: "Main" } },
    ]),
    located("function f() { Thread.⟦Sleep⟧(100); }", [{ messageId: "sleep", data: { wait: "Thread.Sleep(…)" } }], {
      options: [{ allowAtEntryPoints: true }],
    }),
    // Row 7 of the seeds: sleeping instead of awaiting.
    located(
      "function test(client: AmazonS3Client) {\n  client.BeginPutObject(a, (ar) => { client.EndPutObject(ar); }, null);\n  client.BeginGetObject(b, onGet, client);\n  Thread.⟦Sleep⟧(TimeSpan.FromSeconds(5));\n}\nfunction onGet(ar: IAsyncResult) { log(ar.IsCompleted); }",
      [
        {
          messageId: "sleepForCompletion",
          data: { wait: "Thread.Sleep(…)", started: "`BeginPutObject` and `BeginGetObject`" },
        },
      ],
      { options: [{ allowSleep: true, allowAtEntryPoints: true }] },
    ),
    located("async function save() {}\nfunction f() { save(); void save(); Thread.⟦Sleep⟧(1000); }", [
      { messageId: "sleepForCompletion", data: { wait: "Thread.Sleep(…)", started: "`save()`" } },
    ]),
    located("async function save() {}\nasync function f() { await save(); Thread.⟦Sleep⟧(1000); save(); }", [
      { messageId: "sleep", data: { wait: "Thread.Sleep(…)" } },
    ]),
    located("function sleepSync(ms) { Atomics.⟦wait⟧(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms); }", [
      { messageId: "atomics", data: { wait: "Atomics.wait(…)" } },
    ]),
    located("const worker = new Worker(file, { workerData: { cells } }); Atomics.⟦wait⟧(cells, 0, 0);", [
      { messageId: "atomics", data: { wait: "Atomics.wait(…)" } },
    ]),
    located(
      "import deasync from 'deasync';\nconst read = deasync(fs.readFile);\nexport const text = ⟦read⟧(path);\ndeasync.⟦sleep⟧(100);",
      [
        { messageId: "deasync", data: { wait: "read(…)" } },
        { messageId: "deasync", data: { wait: "deasync.sleep(…)" } },
      ],
    ),
    located(
      "const text = ⟦require('deasync')(fs.readFile)⟧(path);",
      [{ messageId: "deasync", data: { wait: "require(…)(…)(…)" } }],
      { filename: "read.js" },
    ),
    located("const request = require('sync-request'); function main() { ⟦request⟧('GET', url); }", [
      { messageId: "syncRequest", data: { wait: "request(…)" } },
    ]),
    located("import fetch from 'sync-fetch'; const json = ⟦fetch⟧(url).json();", [
      { messageId: "syncRequest", data: { wait: "fetch(…)" } },
    ]),
    located(
      "const Future = require('fibers/future'); function f() { const future = new Future(); work(future.resolver()); return future.⟦wait⟧(); }",
      [{ messageId: "fiber", data: { wait: "future.wait()", subject: "`future`" } }],
    ),
    located("const Future = Npm.require('fibers/future'); const f = (path) => readFuture(path).⟦wait⟧();", [
      { messageId: "fiber", data: { wait: "readFuture(…).wait()", subject: "`readFuture(…)`" } },
    ]),
    ...[
      "var xhr = null; try { xhr = new XMLHttpRequest() } catch (e) { xhr = new ActiveXObject('Msxml2.XMLHTTP') }\nxhr.⟦open⟧('GET', url, false)",
      "const id = 'Microsoft.XMLHTTP'; function f(isOld) { const xhr = isOld ? new ActiveXObject(id) : new window.XMLHttpRequest(); xhr.⟦open⟧('GET', url, /* async */ !1); }",
      "const IS_ASYNC = false; let xhr; const f = () => { xhr = xhr || new XMLHttpRequest(); xhr.⟦open⟧('GET', url, IS_ASYNC); xhr = null; };",
      "function make() { try { return new XMLHttpRequest(); } catch (e) {} return false; } const xhr = make(); xhr?.⟦open⟧('GET', url, false);",
    ].map((code) => located(code, [{ messageId: "syncXhr", data: { wait: "xhr.open(…)" } }])),
    located(
      "class A { r = null; f() { this.r = window.XMLHttpRequest && new XMLHttpRequest(); this.r.⟦open⟧('GET', u, false); } }",
      [{ messageId: "syncXhr", data: { wait: "this.r.open(…)" } }],
    ),
    located("const xhr = new XMLHttpRequest(); xhr.⟦open⟧('GET', url, false); xhr.send();", [
      { messageId: "syncXhr", data: { wait: "xhr.open(…)" } },
    ]),
    located("function f(xhr: XMLHttpRequest) { xhr.⟦open⟧('GET', url, !1); }", [
      { messageId: "syncXhr", data: { wait: "xhr.open(…)" } },
    ]),
    located("const xhr = new ActiveXObject('Microsoft.XMLHTTP'); xhr.⟦open⟧('GET', url, false);", [
      { messageId: "syncXhr", data: { wait: "xhr.open(…)" } },
    ]),
    located(
      "const edge = require('edge-js');\nconst create = edge.func(source);\nconst person = ⟦create⟧(120, true);\nperson.⟦raise⟧(20, true);",
      [
        { messageId: "edge", data: { wait: "create(…)" } },
        { messageId: "edge", data: { wait: "person.raise(…)" } },
      ],
    ),
  ],
});

const ITSELF = "gets the error itself, not an AggregateException around it";

/** A blocked task in a try, and the sentence about its handler. */
function caught(
  marked: string,
  sentence: string,
  wait = "task.Result",
  messageId = "taskCaught",
  data: Record<string, string> = { subject: "`task`" },
) {
  return located(marked, [{ messageId, data: { wait, ...data, caught: sentence } }]);
}

ruleTester().run("no-blocking-wait: what the handler is given", rule, {
  valid: [
    "async function f(task: Task<number>) { try { return await task; } catch (e) { log(e.InnerException); } }",
    "function f(task: Task<number>) { try { return task.IsCompleted ? task.Result : null; } catch (e) { log(e.InnerException); } }",
  ],
  invalid: [
    caught(
      "function f(task: Task<number>) { try { return task.⟦Result⟧; } catch (e) { log(e); } }",
      `The handler in line 1 then ${ITSELF}.`,
    ),
    caught(
      "function f(task: Task<number>) {\n  try { task.⟦Wait⟧(); }\n  catch (e) { log(e.InnerException.Message); }\n}",
      `The handler in line 3 then ${ITSELF}: \`e.InnerException\` becomes \`e\`.`,
      "task.Wait()",
    ),
    caught(
      "function f(task: Task<number>) { try { return task.⟦Result⟧; } catch (e: any) { if (e instanceof AggregateException) throw e.InnerExceptions[0]; throw e.GetBaseException(); } }",
      `The handler in line 1 then ${ITSELF}: \`e instanceof AggregateException\` no longer tells, \`e.InnerExceptions[0]\` becomes \`e\`, \`e.GetBaseException()\` becomes \`e\`.`,
    ),
    caught(
      "function f(task: Task<number>) { try { return task.⟦Result⟧; } catch (e) { for (const inner of (e as any).InnerExceptions) log(inner); e.Flatten().Handle(ignore); e.Handle((x) => true); } }",
      `The handler in line 1 then ${ITSELF}: there is no \`e.InnerExceptions\`, there is no \`e.Flatten()\`, there is no \`e.Handle(…)\`.`,
    ),
    caught(
      "function f(task: Task<number>) { try { return task.⟦Result⟧; } catch (e) { if (e.GetType().Name === 'AggregateException') log(e); if ('System.AggregateException' == e.name) log(e); } }",
      `The handler in line 1 then ${ITSELF}: \`e.GetType().Name === 'AggregateException'\` no longer tells, \`'System.AggregateException' == e.name\` no longer tells.`,
    ),
    caught(
      "function f(task: Task<number>) { try { return task.⟦Result⟧; } catch ({ InnerException, Message }) { log(InnerException); } }",
      `The handler in line 1 then ${ITSELF}: there is no \`InnerException\`.`,
    ),
    caught(
      "function f(a: Task<number>) { try { Task.⟦WaitAll⟧(a, b); } catch (e) { log(e); } }",
      "The handler in line 1 then gets the first error itself, not an AggregateException around all of them.",
      "Task.WaitAll(…)",
      "allTasksCaught",
      {},
    ),
    caught(
      "function main() { try { listAsync().⟦Wait⟧(); } catch (e) { log(e); } }",
      `The handler in line 1 then ${ITSELF}.`,
      "listAsync().Wait()",
      "entryPointCaught",
      { entryPoint: "main" },
    ),
    caught(
      "try { listAsync().⟦Wait⟧(); } catch (e) { log(e); }",
      `The handler in line 1 then ${ITSELF}.`,
      "listAsync().Wait()",
      "topLevelCaught",
      {},
    ),
    // Nobody looks at the error, or it comes as itself already.
    located("function f(task: Task<number>) { try { return task.⟦Result⟧; } catch { return 0; } }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located("function f(task: Task<number>) { try { return task.⟦Result⟧; } catch (e) { return 0; } }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located("function f(task: Task<number>) { try { return task.⟦Result⟧; } finally { close(); } }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located("function f(task: Task<number>) { try { go(); } catch (e) { log(e, task.⟦Result⟧); } }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located(
      "function f(task: Task<number>) { try { return task.GetAwaiter().⟦GetResult⟧(); } catch (e) { log(e.InnerException); } }",
      [{ messageId: "task", data: { wait: "task.GetAwaiter().GetResult()", subject: "`task`" } }],
    ),
    located("function f(task: Task<number>) { try { go(() => task.⟦Result⟧); } catch (e) { log(e); } }", [
      { messageId: "task", data: { wait: "task.Result", subject: "`task`" } },
    ]),
    located(
      "function f(stream: Stream) { try { return stream.⟦EndRead⟧(stream.BeginRead(b, 0, 1, null, null)); } catch (e) { log(e); } }",
      [{ messageId: "end", data: { wait: "stream.EndRead(…)", begin: "BeginRead" } }],
    ),
    located("function f(done: ManualResetEvent) { try { done.⟦WaitOne⟧(); } catch (e) { log(e); } }", [
      { messageId: "event", data: { wait: "done.WaitOne()", subject: "`done`" } },
    ]),
  ],
});

// What ESLint parses by itself has no type syntax, and other scopes.
new RuleTester().run("no-blocking-wait: plain JavaScript", rule, {
  valid: [
    "class Cache extends Map { get result() { return this.loadAsync(); } } use(new Cache().result);",
    "const f = async (client) => (await client.getAsync(url)).result;",
  ],
  invalid: [
    located("class Program { static Main() { this.client.GetAsync().⟦Wait⟧(); } }", [
      { messageId: "entryPoint", data: { wait: "this.client.GetAsync().Wait()", entryPoint: "Main" } },
    ]),
    located(
      "const done = new ManualResetEvent(false); class A { b() { setTimeout(() => done.Set()); done.⟦WaitOne⟧(); } }",
      [{ messageId: "deadlock", data: { wait: "done.WaitOne()", subject: "`done`", registrars: "`setTimeout`" } }],
    ),
    located("class C { #task = Task.Run(work); get() { const { ⟦Result⟧ } = this.#task; return Result; } }", [
      { messageId: "task", data: { wait: "Result", subject: "`this.#task`" } },
    ]),
  ],
});
