import { join } from "node:path";
import noBlockingWait from "../../rules/no-blocking-wait.ts";
import noIneffectiveAwait from "../../rules/no-ineffective-await.ts";
import noNestedTask from "../../rules/no-nested-task.ts";
import noUnawaitedTask from "../../rules/no-unawaited-task.ts";
import preferAsyncTwin from "../../rules/prefer-async-twin.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const root = join(import.meta.dirname, "typed");
const filename = join(root, "file.ts");
const typed = { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } } };
const tester = () => ruleTester(typed);

tester().run("no-blocking-wait with types", noBlockingWait, {
  valid: [
    { code: "import { client } from './bridge.ts'; export const n = () => client.anything.Result;", filename },
    { code: "import { client } from './bridge.ts'; export const n = () => (client.Size() as any).Result;", filename },
    {
      code: "import { client } from './bridge.ts'; export const n = async () => (await client.save() as any).Result;",
      filename,
    },
    // The name says task, the type says no.
    {
      code: "interface Queue { sizeAsync(): { result: number; Result: number } } declare const q: Queue; export const n = () => q.sizeAsync().Result;",
      filename,
    },
  ],
  invalid: [
    located(
      "import { client } from './bridge.ts';\nexport const n = () => (client.Count() as any).⟦Result⟧;",
      [{ messageId: "task", data: { wait: "client.Count().Result", subject: "`client.Count()`" } }],
      { filename },
    ),
    located(
      "import { client } from './bridge.ts';\nconst count = client.Count();\nexport function f() { return (count as any).⟦wait⟧(); }",
      [{ messageId: "task", data: { wait: "count.wait()", subject: "`count`" } }],
      { filename },
    ),
  ],
});

tester().run("no-unawaited-task with types", noUnawaitedTask, {
  valid: [
    { code: "import { client } from './bridge.ts'; client.Size();", filename },
    // It may be a promise, and may be none.
    { code: "declare function parse(text: string): string | Promise<string>; parse('a');", filename },
    { code: "declare const inputs: (Promise<number> | (() => number))[]; inputs.pop();", filename },
    // Started elsewhere, and taken out of the array once it was waited for.
    {
      code: "declare const pending: Promise<number>[]; export async function f() { while (pending.length > 0) { await pending[0]; pending.shift(); } }",
      filename,
    },
    // A class of the file with a `then` of its own may mean anything by it.
    {
      code: "class Later { then(name: string, count: number): Later { return this; } } declare const later: Later; later.then('a', 1);",
      filename,
    },
    { code: "import { client } from './bridge.ts'; client.PutAsync('a');", filename },
    { code: "import { client } from './bridge.ts'; client.anything();", filename },
    { code: "import { load } from './bridge.ts'; load().catch(() => {}); await load();", filename },
    { code: "import { load } from './bridge.ts'; const n = load(); console.log(n);", filename },
  ],
  invalid: [
    located(
      "declare const later: Promise<string> | undefined; declare function start(): typeof later;\nexport function f() { ⟦start⟧(); }",
      [
        {
          messageId: "discardedOrVoid",
          data: { call: "start()", thing: "promise" },
          suggestions: [
            {
              messageId: "addVoid",
              data: { call: "start()" },
              output:
                "declare const later: Promise<string> | undefined; declare function start(): typeof later;\nexport function f() { void start(); }",
            },
          ],
        },
      ],
      { filename },
    ),
    located(
      "import { load } from './bridge.ts';\nexport function f() { ⟦load⟧(); }",
      [
        {
          messageId: "discardedOrVoid",
          data: { call: "load()", thing: "promise" },
          suggestions: [
            {
              messageId: "addVoid",
              data: { call: "load()" },
              output: "import { load } from './bridge.ts';\nexport function f() { void load(); }",
            },
          ],
        },
      ],
      { filename },
    ),
    located(
      "import { client } from './bridge.ts';\nexport function f() { client.⟦Count⟧(); }",
      [
        {
          messageId: "discardedOrVoid",
          data: { call: "client.Count()", thing: "task" },
          suggestions: [
            {
              messageId: "addVoid",
              data: { call: "client.Count()" },
              output: "import { client } from './bridge.ts';\nexport function f() { void client.Count(); }",
            },
          ],
        },
      ],
      { filename },
    ),
    located(
      "import { client } from './bridge.ts';\nexport async function f() { client.⟦run⟧(); }",
      [
        {
          messageId: "discardedOrVoid",
          data: { call: "client.run()", thing: "promise" },
          suggestions: [
            {
              messageId: "addAwait",
              data: { call: "client.run()" },
              output: "import { client } from './bridge.ts';\nexport async function f() { await client.run(); }",
            },
            {
              messageId: "addVoid",
              data: { call: "client.run()" },
              output: "import { client } from './bridge.ts';\nexport async function f() { void client.run(); }",
            },
          ],
        },
      ],
      { filename },
    ),
    located(
      "export function f(error: Error) { [1].⟦map⟧(() => Promise.reject(error)); }",
      [{ messageId: "array", data: { call: "map(…)", thing: "promise" } }],
      { filename },
    ),
    located(
      "import { loaders } from './bridge.ts';\nexport function f() { const first = ⟦loaders[0]!⟧(); }",
      [{ messageId: "unread", data: { variable: "first", call: "loaders[…]()", thing: "promise" } }],
      { filename },
    ),
  ],
});

const IMPORT = "import { Disk, store } from './bridge.ts';\n";
const puerts = { settings: { tapify: { host: "puerts" } } };

function twin(marked: string, call: string, name: string, output: string, rest: object = {}) {
  return located(
    IMPORT + marked,
    [
      {
        messageId: "call",
        data: { call, twin: name, around: "f" },
        suggestions: [{ messageId: "awaitTwin", data: { twin: name }, output: IMPORT + output }],
      },
    ],
    { filename, ...rest },
  );
}

tester().run("prefer-async-twin with types", preferAsyncTwin, {
  valid: [
    { code: `${IMPORT}export function f() { return store.Load(1); }`, filename },
    { code: `${IMPORT}export async function f() { return store.LoadAsync(1); }`, filename },
    // Another result, other parameters, a deprecated one, a starter.
    { code: `${IMPORT}export async function f() { return store.Count(); }`, filename },
    { code: `${IMPORT}export async function f() { store.Drop(1); }`, filename },
    { code: `${IMPORT}export async function f() { store.Save(); }`, filename },
    { code: `${IMPORT}export async function f() { store.Send("a"); }`, filename },
    {
      code: `${IMPORT}export async function f() { (store as any).Load(1); [1].map((id) => store.Load(id)); }`,
      filename,
    },
    // Neither keeps the thread less than the other.
    {
      code: "import { clock } from './bridge.ts'; export async function f() { clock.tick(1); clock.next(); clock.runAll(); }",
      filename,
    },
    { code: `${IMPORT}export async function FindAsync(this: typeof store) { return this.Find(1); }`, filename },
  ],
  invalid: [
    twin(
      "export async function f() { return store.⟦Load⟧(1).length; }",
      "store.Load(…)",
      "store.LoadAsync",
      "export async function f() { return (await store.LoadAsync(1)).length; }",
    ),
    twin(
      "export async function f() { return store.⟦Find⟧(1); }",
      "store.Find(…)",
      "store.FindAsync",
      "export async function f() { return await puer.$promise(store.FindAsync(1)); }",
      puerts,
    ),
    located(
      "import { clock } from './bridge.ts';\nexport async function f() { clock.⟦sync⟧(); }",
      [
        {
          messageId: "call",
          data: { call: "clock.sync()", twin: "clock.syncAsync", around: "f" },
          suggestions: [
            {
              messageId: "awaitTwin",
              data: { twin: "clock.syncAsync" },
              output: "import { clock } from './bridge.ts';\nexport async function f() { await clock.syncAsync(); }",
            },
          ],
        },
      ],
      { filename },
    ),
    twin(
      "export async function f() { return Disk.⟦Open⟧('a'); }",
      "Disk.Open(…)",
      "Disk.OpenAsync",
      "export async function f() { return await Disk.OpenAsync('a'); }",
    ),
    twin(
      "export async function f(other: { inner: typeof store }) { return other.inner.⟦Load⟧(1); }",
      "other.inner.Load(…)",
      "other.inner.LoadAsync",
      "export async function f(other: { inner: typeof store }) { return await other.inner.LoadAsync(1); }",
    ),
  ],
});

tester().run("no-ineffective-await with types", noIneffectiveAwait, {
  valid: [
    { code: `${IMPORT}export async function f() { await store.LoadAsync(1); }`, filename, ...puerts },
    // Ordinary values are the business of another rule.
    { code: `${IMPORT}export async function f() { await store.Load(1); await store.Send("a"); }`, filename },
    { code: `${IMPORT}export async function f() { await store.FindAsync(1); }`, filename },
    {
      code: "import { client } from './bridge.ts'; export async function f() { await client.anything(() => {}); await client.anything.loadAsync(); }",
      filename,
    },
  ],
  invalid: [
    located(
      `${IMPORT}export async function f() { await store.⟦SendAsync⟧("a"); }`,
      [{ messageId: "starter", data: { awaited: "`store.SendAsync(…)`" } }],
      { filename },
    ),
    located(
      `${IMPORT}export async function f() { await store.⟦Post⟧((error) => console.log(error)); }`,
      [{ messageId: "callback", data: { awaited: "`store.Post(…)`" } }],
      { filename },
    ),
    located(
      `${IMPORT}export async function f() { await store.⟦FindAsync⟧(1); }`,
      [
        {
          messageId: "task",
          data: { awaited: "`store.FindAsync(…)`" },
          suggestions: [
            {
              messageId: "wrap",
              data: { awaited: "`store.FindAsync(…)`" },
              output: `${IMPORT}export async function f() { await puer.$promise(store.FindAsync(1)); }`,
            },
          ],
        },
      ],
      { filename, ...puerts },
    ),
  ],
});

tester().run("no-nested-task with types", noNestedTask, {
  valid: [
    {
      code: "import { Task } from './bridge.ts'; export async function f() { await Task.Factory.StartNew(async () => 1); }",
      filename,
    },
    {
      code: "import { Task } from './bridge.ts'; export async function f(): Promise<number> { return Task.Factory.StartNew(() => 1); }",
      filename,
    },
    // Blocked on as .NET's, and a promise all the same.
    {
      code: "import { Task } from './bridge.ts'; export async function f(): Promise<number> { return Task.Factory.StartNew(() => 1); } export function g(task: Task<number>) { task.Wait(); }",
      filename,
    },
    {
      code: "import { Raw } from './bridge.ts'; export async function f() { const inner = await Raw.Task.Factory.StartNew(async () => 1); return inner; }",
      filename,
    },
  ],
  invalid: [
    located(
      "import { Raw } from './bridge.ts';\nexport async function f() { await Raw.Task.Factory.⟦StartNew⟧(async () => 1); }",
      [
        {
          messageId: "started",
          data: { call: "Raw.Task.Factory.StartNew(…)" },
          suggestions: [
            {
              messageId: "unwrap",
              output:
                "import { Raw } from './bridge.ts';\nexport async function f() { await Raw.Task.Factory.StartNew(async () => 1).Unwrap(); }",
            },
            {
              messageId: "run",
              output:
                "import { Raw } from './bridge.ts';\nexport async function f() { await Raw.Task.Run(async () => 1); }",
            },
          ],
        },
      ],
      { filename },
    ),
  ],
});
