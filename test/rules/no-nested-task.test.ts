import type { RuleTester } from "eslint";
import rule from "../../rules/no-nested-task.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const host = (name: string) => ({ settings: { tapify: { host: name } } });

type Suggestion = { messageId: string; data?: Record<string, string>; output: string };
const unwrap = (output: string): Suggestion => ({ messageId: "unwrap", output });
const run = (output: string): Suggestion => ({ messageId: "run", output });
const awaitInner = (output: string): Suggestion => ({ messageId: "awaitInner", output });
const returnInner = (output: string): Suggestion => ({ messageId: "returnInner", output });

function started(
  marked: string,
  suggestions: readonly Suggestion[],
  call = "Task.Factory.StartNew(…)",
  rest: object = {},
): RuleTester.InvalidTestCase {
  return located(marked, [{ messageId: "started", data: { call }, suggestions: [...suggestions] }], rest);
}

function returned(
  messageId: string,
  marked: string,
  name: string,
  call: string,
  suggestions: readonly Suggestion[],
  rest: object = {},
): RuleTester.InvalidTestCase {
  return located(
    marked,
    [{ messageId, data: { name, call }, ...(suggestions.length === 0 ? {} : { suggestions: [...suggestions] }) }],
    rest,
  );
}

ruleTester().run("no-nested-task: StartNew", rule, {
  valid: [
    "async function f() { await Task.Run(async () => { await go(); }); }",
    "async function f() { await Task.Factory.StartNew(() => work()); }",
    "async function f() { await Task.Factory.StartNew(async () => { await go(); }).Unwrap(); }",
    "async function f() { await (await Task.Factory.StartNew(async () => { await go(); })); }",
    "async function f() { const inner = await Task.Factory.StartNew(async () => 1); return inner; }",
    "async function f() { const inner = await Task.Factory.StartNew(async () => 1); await inner; }",
    "async function f() { const inner = await Task.Factory.StartNew(async () => 1); use(inner); }",
    "async function f() { use(await Task.Factory.StartNew(async () => 1)); }",
    "function f() { const task = Task.Factory.StartNew(async () => 1); }",
    "function f() { return Task.Factory.StartNew(async () => 1); }",
    "function f(): Task<Task> { return Task.Factory.StartNew(async () => 1); }",
    "async function f() { await pool.StartNew(async () => 1); await Factory.StartNew(async () => 1); }",
    "async function f() { const task = Task.Factory.StartNew(async () => 1); await (await task); }",
    "async function f() { const task = Task.Factory.StartNew(async () => 1); await task.Unwrap(); }",
    "async function f() { let task = Task.Factory.StartNew(async () => 1); if (x) task = other; await task; }",
    "class A { task = Task.Factory.StartNew(async () => 1); reset() { this.task = null; } async f() { await this.task; } }",
    "async function f() { const inner = await Promise.all(xs.map(() => Task.Factory.StartNew(async () => 1))); await Promise.all(inner); }",
    "class S { Ask() { return Task.Factory.StartNew(async () => 1); } }",
    // Promises take the inner one out.
    "class Task<T> extends Promise<T> { static Factory = { StartNew: start }; } async function f() { await Task.Factory.StartNew(async () => 1); }",
    "class Task<T> { then(next) { return next(); } Wait() {} } async function f() { await Task.Factory.StartNew(async () => 1); }",
    "import { Task } from './task'; async function f() { await Task.Factory.StartNew(async () => 1); }",
    { code: "async function f() { await Task.Factory.StartNew(async () => 1); }", ...host("onejs") },
  ],
  invalid: [
    // Stored first.
    ...[
      "async function f() { const t = START(async () => 1); await ⟦t⟧; }",
      "async function f() { const t = START(async () => 1).ConfigureAwait(false); return ⟦t⟧; }",
      "async function f() { const t = START(async () => 1); await Task.WhenAll(⟦[t, u]⟧); }",
      "async function f() { await Promise.all(xs.⟦map⟧(() => START(async () => 1))); }",
      "class A { constructor() { this.t = START(async () => 1) } async f() { const { a } = await this.⟦t⟧ } }",
      "class A { static t = START(async () => 1); static async f() { await A.⟦t⟧; } }",
      "class S { @OperationContract() Ask() { const t = START(async () => 1); return ⟦t⟧; } }",
    ].map((code) => {
      const marked = code.replace("START", "Task.Factory.StartNew");
      const plain = marked.replace(/[⟦⟧]/g, "");
      return started(marked, [
        unwrap(plain.replace("StartNew(async () => 1)", "StartNew(async () => 1).Unwrap()")),
        run(plain.replace("Factory.StartNew", "Run")),
      ]);
    }),
    started("async function f() { await Task.Factory.⟦StartNew⟧(async () => { await go(); }); }", [
      unwrap("async function f() { await Task.Factory.StartNew(async () => { await go(); }).Unwrap(); }"),
      run("async function f() { await Task.Run(async () => { await go(); }); }"),
    ]),
    started(
      "async function work() {} async function f() { const { a } = await Task.Factory.⟦StartNew⟧(work, options); }",
      [
        unwrap(
          "async function work() {} async function f() { const { a } = await Task.Factory.StartNew(work, options).Unwrap(); }",
        ),
      ],
    ),
    started(
      "async function f() { const n = await Task.Factory.⟦StartNew⟧(() => fetch(u)).ConfigureAwait(false); if (n > 1) go(); }",
      [
        unwrap(
          "async function f() { const n = await Task.Factory.StartNew(() => fetch(u)).Unwrap().ConfigureAwait(false); if (n > 1) go(); }",
        ),
        run("async function f() { const n = await Task.Run(() => fetch(u)).ConfigureAwait(false); if (n > 1) go(); }"),
      ],
    ),
    started(
      "async function f() { await puer.$promise(CS.System.Threading.Tasks.Task.Factory.⟦StartNew⟧(async () => 1)); }",
      [
        unwrap(
          "async function f() { await puer.$promise(CS.System.Threading.Tasks.Task.Factory.StartNew(async () => 1).Unwrap()); }",
        ),
        run("async function f() { await puer.$promise(CS.System.Threading.Tasks.Task.Run(async () => 1)); }"),
      ],
      "CS.System.Threading.Tasks.Task.Factory.StartNew(…)",
    ),
    started(
      "import { Task } from 'System.Threading.Tasks';\nfunction f(): Task<number> { return Task.Factory.⟦StartNew⟧(async () => 1); }",
      [
        unwrap(
          "import { Task } from 'System.Threading.Tasks';\nfunction f(): Task<number> { return Task.Factory.StartNew(async () => 1).Unwrap(); }",
        ),
        run(
          "import { Task } from 'System.Threading.Tasks';\nfunction f(): Task<number> { return Task.Run(async () => 1); }",
        ),
      ],
    ),
    started(
      "class Task { Wait() {} static Factory; } const f = async () => Task.Factory.⟦startNew⟧(async () => 1);",
      [
        unwrap(
          "class Task { Wait() {} static Factory; } const f = async () => Task.Factory.startNew(async () => 1).unwrap();",
        ),
        run("class Task { Wait() {} static Factory; } const f = async () => Task.run(async () => 1);"),
      ],
      "Task.Factory.startNew(…)",
    ),
  ],
});

ruleTester().run("no-nested-task: returned tasks", rule, {
  valid: [
    "class S { async SampleMethodTaskAsync(m: string): Promise<string> { return await Task.Factory.StartNew(() => m); } }",
    "class S { SampleMethodTaskAsync(m: string): Task<string> { return Task.Factory.StartNew(() => m); } }",
    "async function f(m: string): Promise<string> { await lock(); return Task.Factory.StartNew(() => m); }",
    "async function f(m: string): Promise<Task<string>> { return Task.Factory.StartNew(() => m); }",
    "import { Task } from '../tasks'; async function f(m: string): Promise<string> { return Task.Run(() => m); }",
    // Started, but never waited for as .NET does: it may be any class.
    "import { Task } from '../tasks'; async function f(m: string): Promise<string> { return Task.Factory.StartNew(() => m); }",
    "import { Task } from '../tasks'; async function f(m: string): Promise<string> { return Task.run(() => m); } function g(task: Task<string>) { task.Wait(); }",
    "import { Job as Task } from '../tasks'; async function f(m: string): Promise<string> { return Task.Run(() => m); } function g(task: Task<string>) { task.Wait(); }",
    "import { Task } from '../tasks'; async function f(m: string): Promise<string> { return Task.Run(() => m); } function g(response) { return response.Result; }",
    {
      code: "import { Task } from '../tasks'; async function f(m: string): Promise<string> { return Task.Run(() => m); } function g(task: Task<string>) { task.Wait(); }",
      ...host("onejs"),
    },
    "import { Task } from '../tasks'; async function f(m: string): Promise<string> { await lock(); return Task.Run(() => m); } function g(task: Task<string>) { task.Wait(); }",
    "class Task extends Promise {} async function f(m: string): Promise<string> { return Task.Run(() => m); }",
    "async function f(m: string): Promise<string> { return load(m); }",
    "async function f(runner): Promise<void> { return runner.run(); }",
    {
      code: "async function f(client: AmazonS3Client) { return client.PutObjectAsync(r); }",
      ...host("node-api-dotnet"),
    },
    "async function f(client: AmazonS3Client) { return client.PutObjectAsync(r); }",
    "async function f(client: AmazonS3Client) { return puer.$promise(client.PutObjectAsync(r)); }",
    {
      code: "async function f(client: AmazonS3Client): Promise<Task> { return client.PutObjectAsync(r); }",
      ...host("puerts"),
    },
  ],
  invalid: [
    returned(
      "returned",
      "class S { async SampleMethodTaskAsync(m: string): Promise<string> { return Task.Factory.⟦StartNew⟧(() => m); } }",
      "SampleMethodTaskAsync",
      "Task.Factory.StartNew(…)",
      [
        awaitInner(
          "class S { async SampleMethodTaskAsync(m: string): Promise<string> { return await Task.Factory.StartNew(() => m); } }",
        ),
      ],
    ),
    returned(
      "returned",
      "class S { public async SampleMethodTaskAsync(m: string): Task<string> { return Task.Factory.⟦StartNew⟧(() => m); } }",
      "SampleMethodTaskAsync",
      "Task.Factory.StartNew(…)",
      [
        awaitInner(
          "class S { public async SampleMethodTaskAsync(m: string): Task<string> { return await Task.Factory.StartNew(() => m); } }",
        ),
        returnInner(
          "class S { public SampleMethodTaskAsync(m: string): Task<string> { return Task.Factory.StartNew(() => m); } }",
        ),
      ],
    ),
    returned("returned", "const f = async (m) => Task.⟦Run⟧(() => m);", "f", "Task.Run(…)", [
      awaitInner("const f = async (m) => await Task.Run(() => m);"),
      returnInner("const f = (m) => Task.Run(() => m);"),
    ]),
    returned(
      "returnedImported",
      "import { Task } from '../tasks';\nclass S { async Read(m: string): Promise<string> { return Task.Factory.⟦StartNew⟧(() => m); } }\nfunction g(task: Task<string>) { task.Wait(); }",
      "Read",
      "Task.Factory.StartNew(…)",
      [
        awaitInner(
          "import { Task } from '../tasks';\nclass S { async Read(m: string): Promise<string> { return await Task.Factory.StartNew(() => m); } }\nfunction g(task: Task<string>) { task.Wait(); }",
        ),
      ],
    ),
    returned(
      "returnedImported",
      "import { Task } from '../tasks';\nconst f = async (m) => Task.⟦Run⟧(() => m);\nconst n = Task.Run(() => 1).Result;",
      "f",
      "Task.Run(…)",
      [
        awaitInner(
          "import { Task } from '../tasks';\nconst f = async (m) => await Task.Run(() => m);\nconst n = Task.Run(() => 1).Result;",
        ),
        returnInner(
          "import { Task } from '../tasks';\nconst f = (m) => Task.Run(() => m);\nconst n = Task.Run(() => 1).Result;",
        ),
      ],
    ),
    returned(
      "returnedRaw",
      "async function f(client: AmazonS3Client) { await lock(); return client.⟦PutObjectAsync⟧(r); }",
      "f",
      "client.PutObjectAsync(…)",
      [
        awaitInner(
          "async function f(client: AmazonS3Client) { await lock(); return await puer.$promise(client.PutObjectAsync(r)); }",
        ),
      ],
      host("puerts"),
    ),
    returned(
      "returnedRaw",
      "import { x } from 'jsb';\nexport default async function (): Promise<string> { return System.IO.File.⟦ReadAllTextAsync⟧(p); }",
      "(anonymous)",
      "System.IO.File.ReadAllTextAsync(…)",
      [
        awaitInner(
          "import { x } from 'jsb';\nimport { Yield } from \"jsb\";\nexport default async function (): Promise<string> { return await Yield(System.IO.File.ReadAllTextAsync(p)); }",
        ),
      ],
    ),
  ],
});

function promiseType(marked: string, inner: string, output: string): RuleTester.InvalidTestCase {
  return located(marked, [
    { messageId: "promiseType", data: { inner }, suggestions: [{ messageId: "flatten", data: { inner }, output }] },
  ]);
}

ruleTester().run("no-nested-task: types", rule, {
  valid: [
    "type Flat<T> = T extends Promise<Promise<infer Inner>> ? Inner : T;",
    "type Twice<T> = Promise<Promise<T>>;",
    "check<Promise<Promise<number>>>(value);",
    "let jobs: Promise<Task<string>>; let tasks: Task<Task<string>>;",
    "function first(a: Task, b: Task): Task<Task> { return Task.WhenAny(a, b); }",
    "function whenAnyOf(a: Task): Task<Task<number>> { return pick(a); }",
    "interface Factory { StartNew<T>(work: () => Task<T>): Task<Task<T>>; }",
    "class Task<T> { Wait() {} static StartNew<T>(work: () => Task<T>): Task<Task<T>> { return new Task(work); } }",
    "class Promise<T> {} let p: Promise<Promise<number>>;",
  ],
  invalid: [
    promiseType(
      "function f(): Promise<⟦Promise<number>⟧> { return g(); }",
      "Promise<number>",
      "function f(): Promise<number> { return g(); }",
    ),
    promiseType(
      "interface I { all: (string | Promise<⟦PromiseLike<A[]>⟧>)[]; }",
      "PromiseLike<A[]>",
      "interface I { all: (string | PromiseLike<A[]>)[]; }",
    ),
    located("function f(): Task<⟦Task<number>⟧> { return start(); }", [
      { messageId: "taskType", data: { inner: "Task<number>" } },
    ]),
  ],
});
