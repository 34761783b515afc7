import type { RuleTester } from "eslint";
import rule from "../../rules/no-ineffective-await.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const host = (name: string) => ({ settings: { tapify: { host: name } } });

type Repair = { messageId: "wrap" | "unwrap" | "twin"; data: Record<string, string>; output: string };

function ineffective(
  messageId: string,
  marked: string,
  awaited: string,
  repair: Repair | null = null,
  rest: object = {},
  member?: string,
): RuleTester.InvalidTestCase {
  return located(
    marked,
    [
      {
        messageId,
        data: { awaited, ...(member === undefined ? {} : { member }) },
        ...(repair === null ? {} : { suggestions: [repair] }),
      },
    ],
    rest,
  );
}

const wrap = (awaited: string, output: string): Repair => ({ messageId: "wrap", data: { awaited }, output });
const twin = (name: string, output: string): Repair => ({ messageId: "twin", data: { twin: name }, output });

ruleTester().run("no-ineffective-await: hosts", rule, {
  valid: [
    // Promises of the host, and of the script.
    "import { $promise } from 'puerts'; async function f(client: AmazonS3Client) { await $promise(client.PutObjectAsync(r)); }",
    "async function f(client: AmazonS3Client) { return (await puer.$promise(client.PutObjectAsync(r))).Result; }",
    "import { Yield } from 'jsb'; async function f(task: System.Threading.Tasks.Task$1<number>) { await Yield(task); }",
    "async function f(client: AmazonS3Client) { await client.PutObjectAsync(r).ToPromise(); }",
    {
      code: "async function load() {} async function f() { await load(); await loadAsync(); await this.LoadAsync(); }",
      ...host("puerts"),
    },
    {
      code: "interface Loader { LoadAsync(): Promise<number>; } async function f(loader: Loader) { await loader.LoadAsync(); }",
      ...host("puerts"),
    },
    {
      code: "class Task<T> extends Promise<T> { Wait() {} } async function f(task: Task<number>) { await task; (await task).Result; }",
      ...host("puerts"),
    },
    { code: "import { Task } from './tasks'; async function f(task: Task<number>) { await task; }", ...host("puerts") },
    {
      code: "async function f() { await CS.Game.Net.SendAsync(m); }",
      ...host("puerts"),
    },
    {
      code: "async function f(client: System.Net.WebClient) { return client.DownloadStringAsync(u); }",
      ...host("puerts"),
    },
    { code: "async function f(client: any) { return (await client.getAsync(u)).Result; }", ...host("puerts") },
    { code: "async function f(client: any) { return (await client.GetAsync(u)).result; }", ...host("puerts") },
    { code: "async function f(client: any) { return (await client.GetAsync(u)).Result(); }", ...host("puerts") },
    {
      code: "async function f(client: AmazonS3Client) { await Promise.all(tasks); await Promise.all([...tasks, go()]); }",
      ...host("puerts"),
    },
    // Hosts whose tasks are promises, or may be.
    { code: "async function f(client: AmazonS3Client) { await client.PutObjectAsync(r); }", ...host("onejs") },
    { code: "async function f(client: AmazonS3Client) { await client.PutObjectAsync(r); }", ...host("jint") },
    "async function f(client: AmazonS3Client) { await client.PutObjectAsync(r); }",
    "async function f(client: AmazonS3Client) { await client.PutObjectAsync(r); host.newObj(T); }",
    "async function f(client: any) { return (await client.GetAsync(u)).Result; }",
  ],
  invalid: [
    ineffective(
      "task",
      "async function f(client: AmazonS3Client) { await client.⟦PutObjectAsync⟧(r); }",
      "`client.PutObjectAsync(…)`",
      wrap(
        "`client.PutObjectAsync(…)`",
        "async function f(client: AmazonS3Client) { await puer.$promise(client.PutObjectAsync(r)); }",
      ),
      host("puerts"),
    ),
    ineffective(
      "task",
      "import { $promise } from 'puerts';\nasync function f() { return await CS.System.IO.File.⟦ReadAllTextAsync⟧(p); }",
      "`CS.System.IO.File.ReadAllTextAsync(…)`",
      wrap(
        "`CS.System.IO.File.ReadAllTextAsync(…)`",
        "import { $promise } from 'puerts';\nasync function f() { return await $promise(CS.System.IO.File.ReadAllTextAsync(p)); }",
      ),
    ),
    ineffective(
      "task",
      "import { System } from 'csharp';\nasync function f() { await System.IO.File.⟦ReadAllTextAsync⟧(p); }",
      "`System.IO.File.ReadAllTextAsync(…)`",
      wrap(
        "`System.IO.File.ReadAllTextAsync(…)`",
        "import { System } from 'csharp';\nasync function f() { await puer.$promise(System.IO.File.ReadAllTextAsync(p)); }",
      ),
    ),
    ineffective(
      "task",
      "import { go } from 'jsb';\nasync function f(task: System.Threading.Tasks.Task$1<number>) {\n  await ⟦task⟧;\n}",
      "`task`",
      wrap(
        "`task`",
        "import { go } from 'jsb';\nimport { Yield } from \"jsb\";\nasync function f(task: System.Threading.Tasks.Task$1<number>) {\n  await Yield(task);\n}",
      ),
    ),
    ineffective(
      "task",
      "async function f(a: Task$1<number>, b: any) { await (⟦b⟧ as Task$1<number>); await a.ToPromise(); }",
      "`b`",
      wrap(
        "`b`",
        "async function f(a: Task$1<number>, b: any) { await ((b as Task$1<number>).ToPromise()); await a.ToPromise(); }",
      ),
    ),
    ineffective(
      "task",
      "async function f() { await CS.System.Threading.Tasks.Task.⟦Delay⟧(100); }",
      "`CS.System.Threading.Tasks.Task.Delay(…)`",
      wrap(
        "`CS.System.Threading.Tasks.Task.Delay(…)`",
        "async function f() { await puer.$promise(CS.System.Threading.Tasks.Task.Delay(100)); }",
      ),
    ),
    ineffective(
      "task",
      "async function f(client: AmazonS3Client) { await Promise.all([go(), client.⟦PutObjectAsync⟧(r)]); }",
      "`client.PutObjectAsync(…)`",
      wrap(
        "`client.PutObjectAsync(…)`",
        "async function f(client: AmazonS3Client) { await Promise.all([go(), puer.$promise(client.PutObjectAsync(r))]); }",
      ),
      host("puerts"),
    ),
    ineffective(
      "taskResult",
      "async function f(client: any) { return (await client.⟦GetAsync⟧(u)).Result.Body; }",
      "`client.GetAsync(…)`",
      wrap(
        "`client.GetAsync(…)`",
        "async function f(client: any) { return (await puer.$promise(client.GetAsync(u))).Body; }",
      ),
      host("puerts"),
    ),
    ineffective(
      "taskResult",
      "async function f(task: Task<number>) { return (await ⟦task⟧)['Result']; }",
      "`task`",
      wrap("`task`", "async function f(task: Task<number>) { return (await puer.$promise(task)); }"),
      host("puerts"),
    ),
  ],
});

ruleTester().run("no-ineffective-await: results", rule, {
  valid: [
    "async function f(task: Task<Response>) { return (await task).Result; }",
    "async function f(task: Task<number>) { return (await task).toFixed(); }",
    "async function f(task: Task<any>) { return (await task).Result; }",
    "async function f(task: Task) { return (await task).Result; }",
    "async function f(job: Job<number>) { return (await job).result; }",
    { code: "async function f(task: Task<number>) { return (await task).Result; }", ...host("jint") },
  ],
  invalid: [
    ineffective(
      "valueResult",
      "async function f(task: Task<number>) { return (await task).⟦Result⟧; }",
      "`task`",
      {
        messageId: "unwrap",
        data: { member: "Result" },
        output: "async function f(task: Task<number>) { return (await task); }",
      },
      {},
      "Result",
    ),
    ineffective(
      "valueResult",
      "declare function load(): Promise<string[]>; async function f() { return ((await load()) as any).⟦result⟧.length; }",
      "`load()`",
      {
        messageId: "unwrap",
        data: { member: "result" },
        output:
          "declare function load(): Promise<string[]>; async function f() { return ((await load()) as any).length; }",
      },
      {},
      "result",
    ),
  ],
});

ruleTester().run("no-ineffective-await: handles and starters", rule, {
  valid: [
    "async function f(s: any) { await s.beginRead(b, 0, 1, (ar) => s.endRead(ar), null); }",
    "interface Port { BeginOpen(callback: AsyncCallback, state: any): Promise<void>; EndOpen(ar: IAsyncResult): void; } async function f(port: Port) { await port.BeginOpen(null, null); }",
    "async function f(poller: Client) { await poller.beginDelete(name); const p = await poller.BeginDelete(name, options); }",
    "async function f(client: any) { await client.DownloadStringAsync(u); }",
    "async function f(client: WebClient) { await client.DownloadStringAsync(u); }",
    "async function f(client: WebClient) { client.add_DownloadStringCompleted(done); await client.DownloadDataAsync(u); }",
    "async function f(a: any, b: any) { a.add_LoadCompleted(done); await b.LoadAsync(); }",
    "async function f(client: any) { client.on('loadCompleted', done); await client.loadAsync(); }",
    "interface Client { LoadAsync(): Promise<void>; } async function f(client: Client) { client.add_LoadCompleted(done); await client.LoadAsync(); }",
    "interface Client { Load(): void; } async function f(client: Client) { await client.Load(); }",
  ],
  invalid: [
    ineffective(
      "handle",
      "async function f(s: Stream) { await s.⟦BeginRead⟧(b, 0, 1, done, null); }",
      "`s.BeginRead(…)`",
    ),
    ineffective(
      "handle",
      "async function f(s: Stream) { await s.⟦BeginRead⟧(b, 0, 1, null, null); }",
      "`s.BeginRead(…)`",
      twin("ReadAsync", "async function f(s: Stream) { await s.ReadAsync(b, 0, 1); }"),
    ),
    ineffective(
      "handle",
      "async function f(s: Stream) { const ar = s.BeginRead(b, 0, 1, null, null); await ⟦ar⟧; s.EndRead(ar); }",
      "`ar`",
    ),
    ineffective(
      "starter",
      "interface Client { LoadAsync(): void; LoadTaskAsync(): Task<string>; } async function f(client: Client) { await client.⟦LoadAsync⟧(); }",
      "`client.LoadAsync()`",
      twin(
        "LoadTaskAsync",
        "interface Client { LoadAsync(): void; LoadTaskAsync(): Task<string>; } async function f(client: Client) { await client.LoadTaskAsync(); }",
      ),
    ),
    ineffective(
      "starter",
      "async function f(client: any) { client.add_LoadCompleted(done); await client.⟦LoadAsync⟧(); }",
      "`client.LoadAsync()`",
    ),
    ineffective(
      "starter",
      "async function f(client: WebClient) { client.DownloadStringCompleted.connect(done); await client.⟦DownloadStringAsync⟧(u); }",
      "`client.DownloadStringAsync(…)`",
    ),
    ineffective(
      "starter",
      "async function f(client: CS.System.Net.WebClient) { await client.⟦DownloadStringAsync⟧(u); }",
      "`client.DownloadStringAsync(…)`",
    ),
  ],
});

ruleTester().run("no-ineffective-await: callbacks", rule, {
  valid: [
    "import { setTimeout } from 'node:timers/promises'; async function f() { await setTimeout(100); await setTimeout(() => {}, 100); }",
    "async function f(setTimeout) { await setTimeout(() => {}, 100); }",
    "async function f() { await setTimeout(100); await sleep(() => {}); await clock.setTimeout(() => {}, 1); }",
    "async function f() { await new Promise((resolve) => setTimeout(resolve, 100)); }",
    "async function f(cursor) { await cursor.forEach(async (row) => { await row.save(); }); }",
    "async function f(items: string[]) { await Promise.all(items.map(async (item) => save(item))); items.forEach((item) => save(item)); }",
    "class FileReader { async readAsText() {} } async function f() { const reader = new FileReader(); await reader.readAsText(); }",
    "import { FileReader } from './files'; async function f() { const reader = new FileReader(); await reader.readAsText(); }",
    "async function f(cursor) { await Promise.all(cursor.forEach(async (row) => { await row.save(); })); }",
    "const R = CS.UnityEngine.Resources; async function f() { await $promise(R.LoadAsync(1)); await Resources.LoadAsync(1); }",
    "async function f(document: Office.Document, other: Other) { const a = await other.getAsync(1); await document.load(); }",
    "async function f(cursor: Cursor<string>) { await cursor.forEach((row) => use(row)); }",
    "async function f() { await OfficeExtension.context.loadAsync(); await Office.onReady(); await Excel.run(async (context) => { await context.sync(); }); }",
    "async function f(context) { await context.executeQueryAsync(); }",
    "const Office = wrapped; async function f() { await Office.context.mailbox.getAsync(); }",
  ],
  invalid: [
    ineffective("callback", "async function f() { await ⟦setTimeout⟧(() => go(), 100); }", "`setTimeout(…)`"),
    ineffective(
      "callback",
      "function next() {} async function f() { await ((window as any) . ⟦requestAnimationFrame⟧(next)); }",
      "`window.requestAnimationFrame(…)`",
    ),
    ineffective(
      "callback",
      "async function f() { await /* now */ process.⟦nextTick⟧(function () {}); }",
      "`process.nextTick(…)`",
    ),
    ineffective(
      "callback",
      "async function f() { const r = await Office.context.document.⟦getSelectedDataAsync⟧(Office.CoercionType.Text); }",
      "`Office.context.document.getSelectedDataAsync(…)`",
    ),
    ineffective(
      "callback",
      "async function f(context) { await context.⟦executeQueryAsync⟧(() => show(), fail); }",
      "`context.executeQueryAsync(…)`",
    ),
    ineffective(
      "forEach",
      "async function f(items: string[]) { await Promise.all(items.⟦forEach⟧(async (item) => save(item))); }",
      "`items.forEach(…)`",
    ),
    ineffective(
      "forEach",
      "async function f(items: Map<string, string>) { await globalThis.Promise.allSettled(/* all */ items.⟦forEach⟧(async (item) => save(item)) as any); }",
      "`items.forEach(…)`",
    ),
    ineffective(
      "starter",
      "async function f(file) { const reader = new window.FileReader(); await reader.⟦readAsText⟧(file); }",
      "`reader.readAsText(…)`",
    ),
    ineffective(
      "starter",
      "class Picker { reader = new FileReader(); async pick(file: File) { const x = await this.reader.⟦readAsDataURL⟧(file); } }",
      "`this.reader.readAsDataURL(…)`",
    ),
    ...[
      "const { document: page } = Office.context; async function f() { await page.⟦getSelectedDataAsync⟧(1); }",
      "const { context: { mailbox } } = Office; async function f() { await mailbox.item.body.⟦getSelectedDataAsync⟧(1); }",
      "class A { item = Office.context.mailbox.item; async f() { await this.item.body.⟦getSelectedDataAsync⟧(1); } }",
      "async function f(mailbox: Office.Mailbox) { await mailbox.item!.body.⟦getSelectedDataAsync⟧(1); }",
    ].map((code) =>
      located(code, [
        {
          messageId: "callback",
          data: { awaited: `\`${/await ([\w.!]+)\./.exec(code)![1]!.replace("!", "")}.getSelectedDataAsync(…)\`` },
        },
      ]),
    ),
    ...[
      [
        "const { Resources: R } = CS.UnityEngine; async function f() { await R.⟦LoadAsync⟧(1); }",
        "R.LoadAsync(…)",
        "puerts",
      ],
      [
        "import { UnityEngine as U, UnityEngine } from 'csharp'; async function f() { await UnityEngine.Resources.⟦UnloadUnusedAssets⟧(); }",
        "UnityEngine.Resources.UnloadUnusedAssets()",
        "puerts",
      ],
      [
        "async function f() { const op = CS.UnityEngine.SceneManagement.SceneManager.LoadSceneAsync(1); await ⟦op⟧; }",
        "op",
        "puerts",
      ],
      [
        "async function f(request: CS.UnityEngine.Networking.UnityWebRequest) { await request.⟦SendWebRequest⟧(); }",
        "request.SendWebRequest()",
        "unity-jsb",
      ],
    ].map(([code, awaited, name]) => ineffective("engineOperation", code!, `\`${awaited}\``, null, host(name!))),
    ineffective(
      "forEach",
      "async function f(items: string[]) { await items.⟦forEach⟧(async (item) => { await save(item); }); }",
      "`items.forEach(…)`",
    ),
    ineffective(
      "forEach",
      "async function f(o) { const keys = Object.keys(o); await keys.⟦forEach⟧(save); await Promise.all([]); } async function save(key) {}",
      "`keys.forEach(…)`",
    ),
    ineffective(
      "forEach",
      "async function f() { await ['a', 'b'].⟦forEach⟧(async (item) => save(item)); }",
      "`forEach(…)`",
    ),
  ],
});

const all = (output: string) => ({ messageId: "all", output });

ruleTester().run("no-ineffective-await: arrays", rule, {
  valid: [
    "async function f(items: string[]) { await Promise.all(items.map(async (item) => save(item))); }",
    "async function f(queue: Queue<string>) { await queue.map(async (item) => save(item)); }",
    "async function f(items) { await items.map(async (item) => save(item)); }",
    "async function f(items: string[]) { await items.map((item) => item.length); await [1, 2]; await [Promise.resolve()]; }",
    "async function f(a: any, b: any) { for await (const x of [a(), b()]) use(x); await [a(), ...b]; }",
  ],
  invalid: [
    located("async function f(items: string[]) { await items.⟦map⟧(async (item) => save(item)); }", [
      {
        messageId: "array",
        data: { awaited: "`items.map(…)`" },
        suggestions: [
          all("async function f(items: string[]) { await Promise.all(items.map(async (item) => save(item))); }"),
        ],
      },
    ]),
    located(
      "async function save(key: string) {} async function f(o) { const r = await Object.keys(o).⟦map⟧((key) => save(key)); }",
      [
        {
          messageId: "array",
          data: { awaited: "`Object.keys(…).map(…)`" },
          suggestions: [
            all(
              "async function save(key: string) {} async function f(o) { const r = await Promise.all(Object.keys(o).map((key) => save(key))); }",
            ),
          ],
        },
      ],
    ),
    located("async function save() {} async function f() { const [a, b] = await ⟦[save(), other()]⟧; }", [
      {
        messageId: "array",
        data: { awaited: "the array" },
        suggestions: [
          all("async function save() {} async function f() { const [a, b] = await Promise.all([save(), other()]); }"),
        ],
      },
    ]),
  ],
});

const waits = (code: string, messageId: string, awaited: string) =>
  located(code, [{ messageId, data: { awaited: `\`${awaited}\`` } }]);

ruleTester().run("no-ineffective-await: objects that tell by events", rule, {
  valid: [
    "import { openDB } from 'idb'; async function f() { const db = await openDB('a'); await db.get('s', 1); }",
    "async function f(store) { await store.get(1); }",
    "class IDBObjectStore { get(key) { return fetch(key); } } async function f(store: IDBObjectStore) { await store.get(1); }",
    "async function f() { const xhr = new XMLHttpRequest(); xhr.open('GET', u); xhr.send(); await loaded(xhr); }",
    // It is over when `send` returns.
    "async function f() { const xhr = new XMLHttpRequest(); xhr.open('GET', u, false); await xhr.send(); }",
    "async function f(indexedDB) { await indexedDB.open('a'); }",
    "async function f(store: IDBObjectStore) { await promised(store.get(1)); }",
  ],
  invalid: [
    waits("async function f() { const db = await indexedDB.⟦open⟧('a', 1); }", "request", "indexedDB.open(…)"),
    waits("async function f() { const r = window.indexedDB.open('a'); const db = await ⟦r⟧; }", "request", "r"),
    waits("async function f(store: IDBObjectStore) { const x = await store.⟦get⟧(1); }", "request", "store.get(…)"),
    waits("async function f(index: IDBIndex) { const x = await index.⟦getAll⟧(); }", "request", "index.getAll()"),
    waits("async function f(r: IDBRequest<number>) { const x = await ⟦r⟧; }", "request", "r"),
    waits(
      "async function f() { const xhr = new XMLHttpRequest(); xhr.open('GET', u); await xhr.⟦send⟧(); }",
      "starter",
      "xhr.send()",
    ),
    waits("async function f(xhr: XMLHttpRequest, body: string) { await xhr.⟦send⟧(body); }", "starter", "xhr.send(…)"),
  ],
});
