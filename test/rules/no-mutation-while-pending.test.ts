import rule from "../../rules/no-mutation-while-pending.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

tester.run("no-mutation-while-pending: Begin", rule, {
  valid: [
    // The request of the seed, used again when its operation is over.
    `function put(client: AmazonS3Client, request: PutObjectRequest) {
  request.Key = "Item1";
  const ar = client.BeginPutObject(request, null, null);
  while (!ar.IsCompleted) {}
  try {
    client.EndPutObject(ar);
  } catch (e) {
    Console.WriteLine(e);
  }
  request.Key = "Item2";
  client.BeginPutObject(request, callback, null);
}`,
    `const ar = client.BeginPutObject(request, null, null);
ar.AsyncWaitHandle.WaitOne();
request.Key = "Item2";
client.EndPutObject(ar);`,
    `const ar = client.beginPutObject(request, null, null);
if (ar.isCompleted) request.key = "Item2";
client.endPutObject(ar);`,
    `client.BeginPutObject(request, new AsyncCallback(onPut), null);
done.WaitOne();
request.Key = "Item2";`,
    `function connect() { client.BeginConnect(address, new AsyncCallback(onConnect), null); connectDone.WaitOne(); }
client.BeginPutObject(request, new AsyncCallback(onPut), null);
connect();
request.Key = "Item2";`,
    `async function put() {
  client.BeginPutObject(request, new AsyncCallback(onPut), null);
  await done;
  request.Key = "Item2";
}`,
    `const ar = client.BeginPutObject(request, null, null);
finish(ar);
request.Key = "Item2";
client.EndPutObject(ar);`,
    // Copies, and what cannot be changed.
    `client.BeginPutObject({ ...request }, new AsyncCallback(onPut), null);
request.Key = "Item2";`,
    `client.BeginPutObject(structuredClone(request), new AsyncCallback(onPut), null);
request.Key = "Item2";`,
    `client.BeginPutObject(request.Key, new AsyncCallback(onPut), null);
request.Key = "Item2";`,
    `let count = 1;
client.BeginPutObject(count, new AsyncCallback(onPut), null);
count++;
count = 2;`,
    // Another object.
    `client.BeginPutObject(request, new AsyncCallback(onPut), null);
request = new PutObjectRequest();
request.Key = "Item2";`,
    `let request = first();
client.BeginPutObject(request, new AsyncCallback(onPut), null);
request = new PutObjectRequest();
request.Key = "Item2";`,
    `for (const file of files) {
  const request = new PutObjectRequest();
  request.Key = file;
  client.BeginPutObject(request, new AsyncCallback(onPut), null);
}`,
    `client.BeginPutObject(this.request, new AsyncCallback(onPut), null);
this.request = new PutObjectRequest();
this.request.Key = "Item2";`,
    `client.BeginPutObject(this.request, new AsyncCallback(onPut), null);
this.count = 1;
this.other.request.Key = "Item2";
request.Key = "Item2";`,
    // The state is for whoever passes it.
    `client.BeginPutObject(request, new AsyncCallback(onPut), state);
state.started = true;`,
    // In the callback the operation is complete; another function may run at any time.
    `client.BeginPutObject(request, (ar: IAsyncResult) => {
  client.EndPutObject(ar);
  request.Key = "Item2";
}, null);`,
    `client.BeginPutObject(request, new AsyncCallback(onPut), null);
const change = () => { request.Key = "Item2"; };`,
    // Before it begins, on the other path, not at all.
    `request.Key = "Item1";
client.BeginPutObject(request, new AsyncCallback(onPut), null);
console.log(request.Key);`,
    `if (isAsync) client.BeginPutObject(request, new AsyncCallback(onPut), null);
else request.Key = "Item2";`,
    `try {
  client.BeginPutObject(request, new AsyncCallback(onPut), null);
} catch (e) {
  request.failed = true;
}`,
    `const ar = client.BeginPutObject(request, null, null);
if (isUrgent) client.EndPutObject(ar);
request.Key = "Item2";
if (!isUrgent) client.EndPutObject(ar);`,
    `let isDone = false;
client.BeginPutObject(request, (ar: IAsyncResult) => { client.EndPutObject(ar); isDone = true; }, null);
while (!isDone) {}
request.Key = "Item2";`,
    // Methods that change nothing, as far as is known.
    `client.BeginPutObject(request, new AsyncCallback(onPut), null);
request.push("Item2");
request.toString();`,
    `table.beginUpdate(request, options);
request.key = 1;`,
  ],
  invalid: [
    located(
      `function put(client: AmazonS3Client, request: PutObjectRequest) {
  client.BeginPutObject(request, callback, null);
  ⟦request.Key⟧ = "Item2";
}`,
      [{ messageId: "operation", data: { object: "request", call: "BeginPutObject" } }],
    ),
    // A sleep only takes time. One pending operation is one report.
    located(
      `client.beginPutObject(request, new AsyncCallback(onPut), null);\r\nThread.sleep(5000);\r\ndelete ⟦request.key⟧;\r\nrequest["size"] ??= 5;\r\n--request.count;`,
      [{ messageId: "operation", data: { object: "request", call: "beginPutObject" } }],
    ),
    located(
      `const ar = client.BeginPutObject(request, null, null);
⟦request.Headers.Length⟧ += 1;
client.EndPutObject(ar);
request.Key = "Item3";`,
      [{ messageId: "operation", data: { object: "request", call: "BeginPutObject" } }],
    ),
    ...['⟦request["size"]⟧ ??= 5;', "--⟦request.count⟧;", '⟦(request as any).Key⟧ = "Item2";'].map((change) =>
      located(`client.beginPutObject(request, new AsyncCallback(onPut), null);\r\n${change}`, [
        { messageId: "operation", data: { object: "request", call: "beginPutObject" } },
      ]),
    ),
    located(
      `client.BeginPutObject(request, new AsyncCallback(onPut), null);
client.BeginPutObject(other, new AsyncCallback(onPut), null);
⟦other.Key⟧ = "Item2";
⟦request.Key⟧ = "Item2";
other.Size = 2;`,
      ["other", "request"].map((object) => ({ messageId: "operation", data: { object, call: "BeginPutObject" } })),
    ),
    // Used again in the next round.
    located(
      `const request = new PutObjectRequest();
for (const file of files) {
  ⟦request.Key⟧ = file;
  client.BeginPutObject(request, new AsyncCallback(onPut), null);
}`,
      [{ messageId: "operation", data: { object: "request", call: "BeginPutObject" } }],
    ),
    // A buffer that is being filled.
    located(
      `class Reader {
  buffer = new Uint8Array(256);
  read() {
    this.stream.BeginRead(this.buffer, 0, 256, (ar) => { this.stream.EndRead(ar); }, null);
    this.buffer.slice(1);
    ⟦this.buffer.fill⟧(0);
    this.buffer[0] = 1;
  }
}`,
      [{ messageId: "operation", data: { object: "this.buffer", call: "BeginRead" } }],
    ),
    located(
      `function send(items: string[], headers: Map<string, string> | null) {
  const ar = client.BeginSend(items, headers, null, null);
  items.slice(1);
  ⟦headers?.set⟧("a", "b");
  items.push("last");
  client.EndSend(ar);
}`,
      [{ messageId: "operation", data: { object: "headers", call: "BeginSend" } }],
    ),
    // By another name.
    located(
      `function put(request: PutObjectRequest) {
  const alias = request as any;
  client.BeginPutObject(alias, new AsyncCallback(onPut), null);
  ⟦Object.assign⟧(request, { Key: "Item2" });
}`,
      [{ messageId: "operation", data: { object: "alias", call: "BeginPutObject" } }],
    ),
    located(
      `if (isAsync) client.BeginPutObject(request, new AsyncCallback(onPut), null);
⟦Reflect.set⟧(request, "Key", "Item2");`,
      [{ messageId: "operation", data: { object: "request", call: "BeginPutObject" } }],
    ),
  ],
});

tester.run("no-mutation-while-pending: tasks and promises", rule, {
  valid: [
    `async function save(order: Order) { await store.put(order); }
async function submit(order: Order) {
  await save(order);
  order.isSaved = true;
}`,
    `async function save(order: Order) { await store.put(order); }
async function submit(order: Order) {
  const saved = save(order);
  show();
  await saved;
  order.isSaved = true;
}`,
    `async function save(order: Order) { await store.put(order); }
async function submit(order: Order) {
  try {
    await save(order);
  } catch (e) {
    order.error = e;
  }
}`,
    `async function save(order: Order) { await store.put(order); }
async function submit(orders: Order[], order: Order) {
  const saved = orders.map(save);
  saved.push(save(order));
  await Promise.all(saved);
  order.isSaved = true;
}`,
    `async function save(order: Order) { await store.put(order); }
async function submit(order: Order) {
  await Promise.all([save(order), show()]);
  order.isSaved = true;
}`,
    `async function save(order: Order) { await store.put(order); }
async function submit(order: Order) {
  const saved = save(order);
  track(saved);
  await idle();
  order.isSaved = true;
  await saved;
}`,
    `async function save(order: Order) { await store.put(order); }
function submit(order: Order) {
  return save(order).then(() => { order.isSaved = true; });
}`,
    // It notes that it is being saved.
    `async function save(order: Order) { await store.put(order); }
function submit(order: Order) {
  order.saving = save(order);
}
function submitAgain(order: Order) {
  const again = save(order);
  order.again = again;
}
function submitOnce(order: Order) {
  let pending = order.pending;
  if (!pending) {
    pending = save(order);
    order.pending = pending;
  }
  return pending;
}`,
    // The function has read what it needs when it returns.
    `async function save(order: Order) {
  const key = order.key;
  await store.put(key, order.text);
}
async function submit(order: Order) {
  const saved = save(order);
  order.key = "b";
  await saved;
}`,
    `async function save({ key }: Order) { await store.put(key); }
async function submit(order: Order) {
  const saved = save(order);
  order.key = "b";
  await saved;
}`,
    `async function load(init: RequestInit) {
  const response = fetch("/", init);
  init.method = "POST";
  return response;
}`,
    // Complete from the start, no task at all, or nobody knows.
    `const done = Task.FromResult(order);
order.key = "b";`,
    `async function all(orders: Promise<void>[]) {
  const done = Promise.all(orders);
  orders.push(next());
  await done;
}`,
    `const saved = store.put(order);
order.key = "b";`,
    `const saved = store.putAsync(order);
order.key = "b";`,
    `class Store {
  async *each(order: Order) { yield order; }
  async read(stream: AsyncIterable<Chunk>, order: Order) {
    this.save(order);
    for await (const chunk of stream) order.chunks = chunk;
  }
  private async save(order: Order) { await this.put(order); }
}`,
  ],
  invalid: [
    located(
      `async function save(order: Order) { await store.put(order); }
async function submit(order: Order) {
  const saved = save(order);
  ⟦order.isSaved⟧ = true;
  await saved;
}`,
      [{ messageId: "promise", data: { object: "order", call: "save(…)" } }],
    ),
    // The await of something else does not tell.
    located(
      `async function save(order: Order) {
  await ready();
  await store.put(order.key);
}
const submit = async (order: Order) => {
  const saved = save(order);
  await show();
  ⟦order.key⟧ = "b";
  await saved;
};`,
      [{ messageId: "promise", data: { object: "order", call: "save(…)" } }],
    ),
    located(
      `interface Client { PutObjectAsync(request: PutObjectRequest): System.Threading.Tasks.Task<PutObjectResponse>; }
class Upload {
  async run(client: Client) {
    const task = client.PutObjectAsync(this.request);
    ⟦this.request.Key⟧ = "Item2";
    return await task;
  }
}`,
      [{ messageId: "task", data: { object: "this.request", call: "client.PutObjectAsync(…)" } }],
    ),
    located(
      `import { writeFile } from "node:fs/promises";
const buffer = Buffer.alloc(16);
const written = writeFile("a", buffer);
⟦buffer.fill⟧(1);
await written;`,
      [{ messageId: "promise", data: { object: "buffer", call: "writeFile(…)" } }],
    ),
    located(
      `async function save(order: Order) { for (const line of order.lines) await store.put(line, order.key); }
export const Button = ({ order }: Props) => (
  <button onClick={() => { void save(order); ⟦order.key⟧ = "b"; }}>Save</button>
);`,
      [{ messageId: "promise", data: { object: "order", call: "save(…)" } }],
      { filename: "view.tsx" },
    ),
    located(
      `class Store {
  save = (order: Order): Promise<void> => new Promise((resolve) => this.queue.push(order, resolve));
  saveAll(order: Order, seen: Set<Order>) {
    this.save(order);
    // Too early.
    ⟦order.lines.length⟧ = 0;
    seen.add(order);
  }
}`,
      [{ messageId: "promise", data: { object: "order", call: "this.save(…)" } }],
    ),
  ],
});

/** A function that uses something of its parameter after an `await`, and a caller that changes something of it meanwhile. */
function used(use: string, change: string): string {
  return `async function draw(rows: any) { await later(); show(${use}); }
export const all = async (rows: any, i: number) => { const drawing = draw(rows); ${change}; await drawing; };`;
}

tester.run("no-mutation-while-pending: members", rule, {
  valid: [
    used("rows[0].x", "rows[1].x = 1"),
    used("rows[0].x", "rows[0].y = 1"),
    used("rows[0].x", "rows[i].x = 1"),
    used("rows[i].x", "rows[0].x = 1"),
    used("rows.head.x", "rows.body = null"),
    used("rows.head.draw()", "rows.body.x = 1"),
    used("() => rows.head", "rows.body.x = 1"),
  ],
  invalid: [
    located(used("rows['head'].x", "delete ⟦rows.head⟧"), [
      { messageId: "promise", data: { object: "rows", call: "draw(…)" } },
    ]),
    located(used("rows?.head!.x", "⟦(rows as any).head.x⟧ = 1"), [
      { messageId: "promise", data: { object: "rows", call: "draw(…)" } },
    ]),
    located(used("rows.head", "⟦rows.head.x⟧ = 1"), [
      { messageId: "promise", data: { object: "rows", call: "draw(…)" } },
    ]),
    located(used("rows.find(isBest)", "⟦rows[3].x⟧ = 1"), [
      { messageId: "promise", data: { object: "rows", call: "draw(…)" } },
    ]),
    located(used("rows[3].x", "⟦rows.length⟧ = 0"), [
      { messageId: "promise", data: { object: "rows", call: "draw(…)" } },
    ]),
    located(used("rows.head.draw()", "⟦rows.head.x⟧ = 1"), [
      { messageId: "promise", data: { object: "rows", call: "draw(…)" } },
    ]),
    located(used("() => rows.head", "⟦rows.head.x⟧ = 1"), [
      { messageId: "promise", data: { object: "rows", call: "draw(…)" } },
    ]),
  ],
});
