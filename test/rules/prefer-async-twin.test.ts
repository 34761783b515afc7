import type { RuleTester } from "eslint";
import rule from "../../rules/prefer-async-twin.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const host = (name: string) => ({ settings: { tapify: { host: name } } });
const twins = (...names: string[]) => ({ settings: { tapify: { twins: names } } });

const CLIENT =
  "interface Client { Put(item: Item): Result; PutAsync(item: Item, signal?: AbortSignal): Promise<Result>; }\n";

/** A case in which one call is reported, and what the suggestion makes of the text behind `declarations`. */
function blocking(
  declarations: string,
  marked: string,
  call: string,
  twin: string,
  output: string | null,
  rest: object = {},
): RuleTester.InvalidTestCase {
  const suggestions =
    output === null ? {} : { suggestions: [{ messageId: "awaitTwin", data: { twin }, output: declarations + output }] };
  return located(
    declarations + marked,
    [
      {
        messageId: "call",
        data: { call, twin, around: /function (\w+)/.exec(marked)?.[1] ?? "(anonymous)" },
        ...suggestions,
      },
    ],
    rest,
  );
}

function task(
  marked: string,
  call: string,
  name: string,
  output: string,
  rest: object = {},
): RuleTester.InvalidTestCase {
  const data = { task: name };
  return located(
    marked,
    [{ messageId: "task", data: { call, ...data }, suggestions: [{ messageId: "awaitTask", data, output }] }],
    rest,
  );
}

ruleTester().run("prefer-async-twin: methods", rule, {
  valid: [
    // Not asynchronous code.
    `${CLIENT}function f(client: Client) { client.Put(item); }`,
    `${CLIENT}async function f(client: Client) { items.map((item) => client.Put(item)); }`,
    `${CLIENT}async function f(client: Client, result = client.Put(item)) {}`,
    `${CLIENT}function* f(client: Client) { yield client.Put(item); }`,
    // The twin itself.
    `${CLIENT}async function f(client: Client) { await client.PutAsync(item); }`,
    // Nobody knows the receiver, or the twin.
    "interface Other { PutAsync(item: Item): Promise<Result>; } async function f(client: any) { client.Put(item); }",
    "interface Client { Put(item: Item): Result; } interface Other { PutAsync(item: Item): Promise<Result>; } async function f(client: Client) { client.Put(item); }",
    // Another signature.
    "interface Client { Put(item: Item): Result; PutAsync(item: string): Promise<Result>; } async function f(client: Client) { client.Put(item); }",
    "interface Client { Put(item: Item): Result; PutAsync(): Promise<Result>; } async function f(client: Client) { client.Put(item); }",
    "interface Client { Put(item: Item): Result; PutAsync(item: Item, mode: Mode): Promise<Result>; } async function f(client: Client) { client.Put(item); }",
    "interface Client { Put(item: Item): Result; PutAsync(item: Item): Promise<Result | undefined>; } async function f(client: Client) { client.Put(item); }",
    "interface Client { Put(...items: Item[]): Result; PutAsync(items: Item[]): Promise<Result>; } async function f(client: Client) { client.Put(item); }",
    "class Store { load(id) { return disk.read(id); } async loadAsync(key) { return await disk.readLater(key); } } async function f() { return new Store().load(1); }",
    // A starter, a deprecated twin, an awaitable method.
    "interface Client { Put(item: Item): void; PutAsync(item: Item): void; } async function f(client: Client) { client.Put(item); }",
    "interface Client { Put(item: Item): void; /** @deprecated Use Put. */ PutAsync(item: Item): Promise<void>; } async function f(client: Client) { client.Put(item); }",
    "class Client { Put(item: Item): void { disk.write(item); } @Obsolete('gone') async PutAsync(item: Item): Promise<void> { await disk.writeLater(item); } } async function f(client: Client) { client.Put(item); }",
    "interface Client { Put(item: Item): Promise<void>; PutAsync(item: Item): Promise<void>; } async function f(client: Client) { await client.Put(item); }",
    "class Client { async Put(item) { await disk.write(item); } async PutAsync(item) { await disk.writeLater(item); } } const client = new Client(); async function f() { await client.Put(item); }",
    // The twin calls the blocking version, by itself or through others; the blocking one does nothing that takes time.
    "class Store { Save(): void { disk.write(this); } async SaveAsync(): Promise<void> { this.Save(); } async go() { this.Save(); } }",
    "class Store { Save(): void { disk.write(this); } async SaveAsync(): Promise<void> { return this.#save(); } async #save() { disk.write(this); } async go() { this.Save(); } }",
    "class Store { get(ref) { return this.fetch(ref); } fetch(ref) { return this.items[ref]; } async getAsync(ref) { return await later(ref); } async go() { return this.get(1); } }",
    "class Store { async SaveAsync(): Promise<void> { other.write(); this.Save(); } Save(): void { disk.write(this); } }",
    "function load(id) { return disk.read(id); } async function loadAsync(id) { await lock(); return load(id); }",
    "class Base { static Open(p: string): File { return disk.open(p); } OpenAsync(p: string): Promise<File> { return later(p); } } async function f() { Base.Open('a'); }",
    // Known types: not these methods, not these arguments.
    "async function f(stream: Stream) { stream.Dispose(); stream.Close(); }",
    "async function f(client: AmazonS3Client) { client.Dispose(); client.PutObject(a, b); client.PutObject(request); }",
    "async function f(socket: Socket) { socket.connect(80); }",
    "interface WebClient { DownloadString(uri: string): string; DownloadStringAsync(uri: string): void; } async function f(client: WebClient) { client.DownloadString(uri); }",
    { code: `async function f(stream: Stream) { stream.Flush(); }`, ...host("jint") },
    { code: "async function f(client: any) { client.Put(item); }", ...twins("Socket.PutAsync", "GetAsync") },
  ],
  invalid: [
    blocking(
      CLIENT,
      "async function f(client: Client) { client.⟦Put⟧(item); }",
      "client.Put(…)",
      "client.PutAsync",
      "async function f(client: Client) { await client.PutAsync(item); }",
    ),
    blocking(
      CLIENT,
      "async function f(client: Client) { return client.⟦Put⟧(item).id; }",
      "client.Put(…)",
      "client.PutAsync",
      "async function f(client: Client) { return (await client.PutAsync(item)).id; }",
    ),
    blocking(
      CLIENT,
      "async function f(client: Client) { const r = client[⟦'Put'⟧](item)!; }",
      "client.Put(…)",
      "client.PutAsync",
      "async function f(client: Client) { const r = (await client['PutAsync'](item))!; }",
    ),
    blocking(
      CLIENT,
      "async function f(client?: Client) { use(client?.⟦Put⟧(item)); }",
      "client.Put(…)",
      "client.PutAsync",
      "async function f(client?: Client) { use(await client?.PutAsync(item)); }",
    ),
    blocking(
      CLIENT,
      "async function f(client?: Client) { use(client?.⟦Put⟧(item).id); }",
      "client.Put(…)",
      "client.PutAsync",
      null,
    ),
    located(`${CLIENT}const f = async (client: Client) => client.⟦Put⟧(item);`, [
      {
        messageId: "call",
        data: { call: "client.Put(…)", twin: "client.PutAsync", around: "f" },
        suggestions: [
          {
            messageId: "awaitTwin",
            data: { twin: "client.PutAsync" },
            output: `${CLIENT}const f = async (client: Client) => await client.PutAsync(item);`,
          },
        ],
      },
    ]),
    blocking(
      "",
      "class Base { Put(item: Item): void { disk.write(item); } async PutAsync(item: Item, mode = 1): Promise<void> { await disk.writeLater(item, mode); } } class Sub extends Base {}\nasync function f(client: Sub) { client.⟦Put⟧(item); }",
      "client.Put(…)",
      "client.PutAsync",
      "class Base { Put(item: Item): void { disk.write(item); } async PutAsync(item: Item, mode = 1): Promise<void> { await disk.writeLater(item, mode); } } class Sub extends Base {}\nasync function f(client: Sub) { await client.PutAsync(item); }",
    ),
    blocking(
      "const api = { load(id) { return disk.read(id); }, async loadAsync(id) { return await disk.readLater(id); } };\n",
      "async function f() { return api.⟦load⟧(1) ** 2; }",
      "api.load(…)",
      "api.loadAsync",
      "async function f() { return (await api.loadAsync(1)) ** 2; }",
    ),
    blocking(
      "declare function load(id: number): Item;\ndeclare function loadAsync(id: number): Promise<Item>;\n",
      "async function f() {\n  const a = 1\n  ⟦load⟧(1).show()\n}",
      "load(…)",
      "loadAsync",
      "async function f() {\n  const a = 1\n  ;(await loadAsync(1)).show()\n}",
    ),
    // Beside a starter.
    blocking(
      "interface Client { Get(id: number): Item; GetAsync(id: number): void; GetTaskAsync(id: number): Task<Item>; }\n",
      "async function f(client: Client) { return client.⟦Get⟧(1); }",
      "client.Get(…)",
      "client.GetTaskAsync",
      "async function f(client: Client) { return await client.GetTaskAsync(1); }",
    ),
    // Known types and settings; the host's way to a promise.
    blocking(
      "",
      "async function f(client: WebClient) { return client.⟦DownloadString⟧(uri); }",
      "client.DownloadString(…)",
      "client.DownloadStringTaskAsync",
      "async function f(client: WebClient) { return await client.DownloadStringTaskAsync(uri); }",
    ),
    blocking(
      "",
      "async function f(stream: NetworkStream) { return stream.⟦Read⟧(buffer, 0, 10); }",
      "stream.Read(…)",
      "stream.ReadAsync",
      "async function f(stream: NetworkStream) { return await puer.$promise(stream.ReadAsync(buffer, 0, 10)); }",
      host("puerts"),
    ),
    blocking(
      "",
      "async function f(client: AmazonS3Client, request: PutObjectRequest) { client.⟦PutObject⟧(request); }",
      "client.PutObject(…)",
      "client.PutObjectAsync",
      "async function f(client: AmazonS3Client, request: PutObjectRequest) { await client.PutObjectAsync(request).ToPromise(); }",
      host("clearscript"),
    ),
    blocking(
      "",
      "async function f(client) { client.⟦Put⟧(item); }",
      "client.Put(…)",
      "client.PutAsync",
      "async function f(client) { await client.PutAsync(item); }",
      twins("PutAsync"),
    ),
    located(
      "import { x } from 'y';\nasync function f(client: Store) { client.⟦Put⟧(item); }",
      [
        {
          messageId: "call",
          data: { call: "client.Put(…)", twin: "client.PutAsync", around: "f" },
          suggestions: [
            {
              messageId: "awaitTwin",
              data: { twin: "client.PutAsync" },
              output:
                "import { x } from 'y';\nimport { Yield } from \"jsb\";\nasync function f(client: Store) { await Yield(client.PutAsync(item)); }",
            },
          ],
        },
      ],
      { settings: { tapify: { host: "unity-jsb", twins: ["Store.PutAsync"] } } },
    ),
    // A promise needs no help of the host.
    blocking(
      CLIENT,
      "async function f(client: Client) { client.⟦Put⟧(item); }",
      "client.Put(…)",
      "client.PutAsync",
      "async function f(client: Client) { await client.PutAsync(item); }",
      host("puerts"),
    ),
  ],
});

const SERVICE = "interface Service { DoWork(data: string): string; DoWorkAsync(data: string): Promise<string>; }\n";

ruleTester().run("prefer-async-twin: the asynchronous call path", rule, {
  valid: [
    `${SERVICE}class Front { next: Service; DoWork(data: string): string { return this.next.DoWork(data); } }`,
    `${SERVICE}class Front { next: Service; DoWorkAsync(data: string): Promise<string> { return this.next.DoWorkAsync(data); } }`,
    `${SERVICE}class Front { next: Service; DoWorkAsync(data: string): Promise<string> { return Task.Run(() => this.next.DoWork(data)); } }`,
    `${SERVICE}class Board { next: Service; first(): Task { return this.next.DoWork('') ? this.tasks[0] : this.none; } }`,
    `${SERVICE}class Front { next: Service; BeginRender(): void { this.next.DoWork(''); } }`,
  ],
  invalid: [
    located(
      `${SERVICE}class Front { next: Service; async DoWorkAsync(data: string): Promise<string> { return this.next.⟦DoWork⟧(data); } }`,
      [
        {
          messageId: "call",
          data: { call: "this.next.DoWork(…)", twin: "this.next.DoWorkAsync", around: "DoWorkAsync" },
          suggestions: [
            {
              messageId: "awaitTwin",
              data: { twin: "this.next.DoWorkAsync" },
              output: `${SERVICE}class Front { next: Service; async DoWorkAsync(data: string): Promise<string> { return await this.next.DoWorkAsync(data); } }`,
            },
          ],
        },
      ],
    ),
    located(
      `${SERVICE}class Front { next: Service; DoWorkAsync(data: string): Promise<string> { return Promise.resolve(this.next.⟦DoWork⟧(data)); } }`,
      [
        {
          messageId: "onward",
          data: { call: "this.next.DoWork(…)", twin: "this.next.DoWorkAsync", around: "DoWorkAsync" },
        },
      ],
    ),
    located(
      `${SERVICE}class Front { next: Service; BeginDoWork(data: string, callback: AsyncCallback, state: unknown): IAsyncResult { return this.finish(this.next.⟦DoWork⟧(data), callback, state); } }`,
      [
        {
          messageId: "onward",
          data: { call: "this.next.DoWork(…)", twin: "this.next.DoWorkAsync", around: "BeginDoWork" },
        },
      ],
    ),
  ],
});

ruleTester().run("prefer-async-twin: waits", rule, {
  valid: [
    "function f(task: Task<number>) { return task.Result; }",
    "async function f(task: Task<number>) { await task; return task.Result; }",
    "async function f(task: Task<number>) { return task.Wait(100); }",
    "async function f(client: any) { const { Result } = client.LoadAsync(); }",
    "async function f(a: Task, b: Task) { Task.WaitAny(a, b); }",
    "class Task<T> { static WaitAll(...tasks: Task<unknown>[]): void { for (const task of tasks) pump(task); } Wait() {} } async function f(a: Task<number>) { Task.WaitAll(a); }",
    "function f(stream: Stream) { return stream.EndRead(stream.BeginRead(b, 0, 1, null, null)); }",
    "async function f(stream: Other) { return stream.EndRead(stream.BeginRead(b, 0, 1, null, null)); }",
    "async function f(stream: Stream) { return stream.EndRead(stream.BeginRead(b, 0, 1, done, null)); }",
    { code: "async function f(task: Task<number>) { return task.Result; }", ...host("jint") },
  ],
  invalid: [
    task(
      "async function f(task: Task<number>) { return task.⟦Result⟧; }",
      "task.Result",
      "`task`",
      "async function f(task: Task<number>) { return await task; }",
    ),
    task(
      "async function f(client: any) { use(client.LoadAsync().⟦Result⟧.name); }",
      "client.LoadAsync().Result",
      "`client.LoadAsync()`",
      "async function f(client: any) { use((await client.LoadAsync()).name); }",
    ),
    task(
      "async function f(task?: Task<number>) { return task?.⟦Result⟧; }",
      "task.Result",
      "`task`",
      "async function f(task?: Task<number>) { return await task; }",
    ),
    task(
      "async function f(task: Task) { task.⟦Wait⟧(); }",
      "task.Wait()",
      "`task`",
      "async function f(task: Task) { await task; }",
    ),
    task(
      "async function f(task: Task<number>) { return task.GetAwaiter().⟦GetResult⟧(); }",
      "task.GetAwaiter().GetResult()",
      "`task`",
      "async function f(task: Task<number>) { return await task; }",
    ),
    task(
      "async function f(task: any) { return (task as Task<number>).⟦Result⟧; }",
      "task.Result",
      "`task`",
      "async function f(task: any) { return await (task as Task<number>); }",
    ),
    task(
      "async function f(task: Task<number>) { return task.⟦Result⟧; }",
      "task.Result",
      "`task`",
      "async function f(task: Task<number>) { return await puer.$promise(task); }",
      host("puerts"),
    ),
    blocking(
      "",
      "async function f(a: Task, b: Task) { Task.⟦WaitAll⟧(a, b); }",
      "Task.WaitAll(…)",
      "Task.WhenAll",
      "async function f(a: Task, b: Task) { await Task.WhenAll(a, b); }",
    ),
    blocking(
      "",
      "async function f(stream: Stream) { return stream.⟦EndRead⟧(stream.BeginRead(b, 0, 1, null, null)); }",
      "stream.EndRead(…)",
      "stream.ReadAsync",
      "async function f(stream: Stream) { return await stream.ReadAsync(b, 0, 1); }",
    ),
  ],
});
