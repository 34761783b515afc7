import type { RuleTester } from "eslint";
import rule from "../../rules/no-assumed-cancellation.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

/** A client with a handler, and what is done with it, from line 2 on. */
function client(code: string): string {
  return `client.add_DownloadStringCompleted((s, e) => { if (!e.Error && !e.Cancelled) show(e.Result); });
${code}`;
}

function restarted(
  line: number,
  place = "DownloadStringAsync",
  cancel = "CancelAsync",
  event = "DownloadStringCompleted",
): RuleTester.TestCaseError {
  return { messageId: "restarted", data: { cancel, line: String(line), event, place } };
}

tester.run("no-assumed-cancellation: started again", rule, {
  valid: [
    client("client.DownloadStringAsync(a); client.CancelAsync();"),
    client("function stop() { client.CancelAsync(); }\nfunction start() { client.DownloadStringAsync(a); }"),
    client("function stop() { client.CancelAsync(); }\nfunction start() { stop(); client.DownloadStringAsync(a); }"),
    // Another object, another operation.
    client("other.CancelAsync(); client.DownloadStringAsync(a);"),
    client("client.CancelAsync(); other.DownloadStringAsync(a);"),
    client("client.UploadStringAsyncCancel(); client.DownloadStringAsync(a);"),
    "let client = new WebClient(); client.add_DownloadStringCompleted(f); client.CancelAsync(); client = new WebClient(); client.DownloadStringAsync(a);",
    "class A { f() { this.client.add_DownloadStringCompleted(f); this.client.CancelAsync(); this.client = create(); this.client.DownloadStringAsync(a); } }",
    "for (const client of clients) { client.add_DownloadStringCompleted(f); client.DownloadStringAsync(a); client.CancelAsync(); }",
    // Paths that exclude each other, or may.
    client("if (client.IsBusy) client.CancelAsync(); else client.DownloadStringAsync(a);"),
    client("function f() { if (x) { client.CancelAsync(); return; } client.DownloadStringAsync(a); }"),
    client("if (x) client.CancelAsync(); if (!x) client.DownloadStringAsync(a);"),
    client(
      "let again = true; if (x) { client.CancelAsync(); again = false; } if (again) client.DownloadStringAsync(a);",
    ),
    // It may be over.
    client("client.CancelAsync(); if (!client.IsBusy) client.DownloadStringAsync(a);"),
    client("client.CancelAsync(); while (client.IsBusy) {} client.DownloadStringAsync(a);"),
    client("client.CancelAsync(); await done; client.DownloadStringAsync(a);"),
    client("client.CancelAsync(); done.WaitOne(); client.DownloadStringAsync(a);"),
    client("client.CancelAsync(); Thread.Sleep(100); client.DownloadStringAsync(a);"),
    client("client.CancelAsync(); setTimeout(() => client.DownloadStringAsync(a), 100);"),
    client("client.CancelAsync(); waitUntilIdle(client); client.DownloadStringAsync(a);"),
    // The handler starts the next one.
    "client.add_DownloadStringCompleted((s, e) => { if (e.Cancelled) client.DownloadStringAsync(next); }); client.CancelAsync();",
    // One of several operations.
    client("client.CancelAsync(key); client.DownloadStringAsync(a, other);"),
    client("client.CancelAsync(key); client.DownloadStringAsync(key);"),
    client("client.CancelAsync(null); client.DownloadStringAsync(a, null);"),
    client(
      "const f = () => { this.c.CancelAsync(this.key); this.key = {}; this.c.DownloadStringAsync(a, this.key); };",
    ),
    client("let key = {}; client.CancelAsync(key); key = {}; client.DownloadStringAsync(a, key);"),
    client("client.DownloadStringAsyncCancel(key); client.DownloadStringAsync(a, other);"),
    // Promises and other things of that name.
    client("await client.CancelAsync(); client.DownloadStringAsync(a);"),
    client("client.CancelAsync().then(() => 0); client.DownloadStringAsync(a);"),
    client("client.CancelAsync(); await client.DownloadStringAsync(a);"),
    client("client.Cancel(); client.DownloadStringAsync(a);"),
    "client.CancelAsync(); client.DownloadStringAsync(a);",
    "order.cancelAsync(); order.submitAsync();",
    "order.on('submitCompleted', (e) => show(e.result)); order.submitAsync(); log('cancelAsync');",
    "worker.CancelAsync(); await worker.RunWorkerAsync(job);",
    {
      code: "export const Stop = () => <button onClick={() => { worker.cancelAsync(); }}>{worker.runWorkerAsync}</button>;",
      filename: "stop.tsx",
    },
    // Given up on purpose.
    client("client.CancelAsync(); client.remove_DownloadStringCompleted(f); client.Dispose();"),
    "// worker.CancelAsync(); worker.RunWorkerAsync(job);",
  ],
  invalid: [
    located(client("client.CancelAsync();\nclient.⟦DownloadStringAsync⟧(a);"), [restarted(2)]),
    located(client("if (client.IsBusy) client.CancelAsync();\nclient.⟦DownloadStringAsync⟧(a);"), [restarted(2)]),
    located(client("if (client.IsBusy) {\n  client.CancelAsync();\n  client.⟦DownloadStringAsync⟧(a);\n}"), [
      restarted(3),
    ]),
    located(client("client.CancelAsync();\nif (client.IsBusy) client.⟦DownloadStringAsync⟧(a);"), [restarted(2)]),
    located(client("client.DownloadStringAsync(a);\nclient.CancelAsync();\nclient.⟦DownloadStringAsync⟧(b);"), [
      restarted(3),
    ]),
    located(client("client.DownloadStringAsyncCancel();\nclient.⟦DownloadStringAsync⟧(a);"), [
      restarted(2, "DownloadStringAsync", "DownloadStringAsyncCancel"),
    ]),
    // By its key, which is taken as long as the operation is pending.
    located(client("const key = {};\nclient.CancelAsync(key);\nclient.⟦DownloadStringAsync⟧(a, key);"), [restarted(3)]),
    located(
      client(
        "const f = (id) => { client.DownloadStringAsyncCancel(id); client.⟦DownloadStringAsync⟧(a, b, id as any) }",
      ),
      [restarted(2, "DownloadStringAsync", "DownloadStringAsyncCancel")],
    ),
    located(
      "class A {\n  constructor() { this.c.add_DownloadStringCompleted((s, e) => show(e.Error)); }\n  f() { this.c.CancelAsync(this.key); this.c.⟦DownloadStringAsync⟧(a, this.key); }\n}",
      [restarted(3)],
    ),
    located(client("try { client.CancelAsync(); } finally { client.⟦DownloadStringAsync⟧(a); }"), [restarted(2)]),
    located(client("for (const uri of uris) {\n  client.⟦DownloadStringAsync⟧(uri);\n  client.CancelAsync();\n}"), [
      restarted(4),
    ]),
    located(
      client("function f() {\r\n  client.CancelAsync();\r\n  client /* next */ . ⟦DownloadStringAsync⟧(a);\r\n}"),
      [restarted(3)],
    ),
    located(client("(client as any).CancelAsync();\nclient?.⟦DownloadStringAsync⟧(a);"), [restarted(2)]),
    located(client('client["CancelAsync"]();\nclient[⟦"DownloadStringAsync"⟧](a);'), [
      restarted(2, '"DownloadStringAsync"'),
    ]),
    located("worker.CancelAsync();\nworker.⟦RunWorkerAsync⟧(job);", [
      restarted(1, "RunWorkerAsync", "CancelAsync", "RunWorkerCompleted"),
    ]),
    located("worker.cancelAsync();\nworker.⟦runWorkerAsync⟧(job);", [
      restarted(1, "runWorkerAsync", "cancelAsync", "runWorkerCompleted"),
    ]),
    located("client.DownloadStringCompleted.connect(f);\nclient.CancelAsync();\nclient.⟦DownloadStringAsync⟧(a);", [
      restarted(2),
    ]),
    located("client.DownloadStringCompleted('add', f);\nclient.CancelAsync();\nclient.⟦DownloadStringAsync⟧(a);", [
      restarted(2),
    ]),
    located("client.on('downloadStringCompleted', f);\nclient.cancelAsync();\nclient.⟦downloadStringAsync⟧(a);", [
      restarted(2, "downloadStringAsync", "cancelAsync", "downloadStringCompleted"),
    ]),
    located(
      "client.addEventListener('downloadstringcompleted', f);\nclient.cancelAsync();\nclient.⟦downloadStringAsync⟧(a);",
      [restarted(2, "downloadStringAsync", "cancelAsync", "downloadstringcompleted")],
    ),
    located(
      `class Loader {
  constructor(private readonly client: WebClient) { this.client.add_DownloadStringCompleted(this.onCompleted); }
  load = (uri: Uri): void => {
    const client = this.client;
    client.CancelAsync();
    this.client.⟦DownloadStringAsync⟧(uri);
  };
  onCompleted(s: any, { Error, Cancelled, Result }: any): void { if (!Error && !Cancelled) show(Result); }
}`,
      [restarted(5)],
    ),
    located("button.onclick = () => {\n  worker.CancelAsync();\n  log('again');\n  worker.⟦RunWorkerAsync⟧(job);\n};", [
      restarted(2, "RunWorkerAsync", "CancelAsync", "RunWorkerCompleted"),
    ]),
  ],
});

function settled(line: number, place: string): RuleTester.TestCaseError {
  return {
    messageId: "settled",
    data: { cancel: "CancelAsync", line: String(line), event: "DownloadStringCompleted", place },
  };
}

/** A promise that a handler settles, with this to cancel it from line 7 on. */
function promise(abort: string): string {
  return `const text = new Promise((resolve, reject) => {
  client.add_DownloadStringCompleted((s, e) => {
    if (e.Error || e.Cancelled) reject(e.Error);
    else resolve(e.Result);
  });
  client.DownloadStringAsync(uri);
  ${abort}
});`;
}

tester.run("no-assumed-cancellation: settled before the event", rule, {
  valid: [
    promise("signal.onabort = () => client.CancelAsync();"),
    promise("signal.onabort = () => { client.CancelAsync(); log(signal.reason); };"),
    promise("signal.onabort = () => { reject(signal.reason); client.CancelAsync(); };"),
    promise("signal.onabort = () => { other.CancelAsync(); reject(signal.reason); };"),
    promise("signal.onabort = () => { client.CancelAsync(); setTimeout(() => reject(timeOut), 5000); };"),
    promise("signal.onabort = () => { client.CancelAsync(); if (isGivenUp) reject(signal.reason); };"),
    promise("signal.onabort = async () => { client.CancelAsync(); await over; reject(signal.reason); };"),
    // Another promise.
    promise("signal.onabort = () => { client.CancelAsync(); new Promise((resolve, reject) => reject(1)); };"),
    "function load(resolve, reject) { client.add_DownloadStringCompleted((s, e) => resolve(e.Error)); client.DownloadStringAsync(uri); client.CancelAsync(); reject(reason); }",
    "new Promise((resolve, reject) => { client.add_DownloadStringCompleted((s, e) => show(e.Error)); client.DownloadStringAsync(uri); client.CancelAsync(); reject(reason); });",
    "client.add_DownloadStringCompleted((s, e) => a.SetResult(e.Result)); client.DownloadStringAsync(uri); client.CancelAsync(); b.SetCanceled();",
  ],
  invalid: [
    located(promise("signal.onabort = () => { client.CancelAsync(); ⟦reject⟧(signal.reason); };"), [
      settled(7, "reject"),
    ]),
    located(promise("signal.addEventListener('abort', () => { client.CancelAsync(); ⟦reject⟧(signal.reason); });"), [
      settled(7, "reject"),
    ]),
    located(promise("setTimeout(() => {\n    client.CancelAsync();\n    ⟦resolve⟧(null);\n  }, 1000);"), [
      settled(8, "resolve"),
    ]),
    located(promise("if (signal.aborted) { client.CancelAsync(); ⟦reject⟧(signal.reason); }"), [settled(7, "reject")]),
    located(
      "const f = (key) => new Promise((resolve, reject) => {\n  client.add_DownloadStringCompleted((s, e) => e.UserState === key && resolve(e.Result));\n  signal.onabort = () => { client.CancelAsync(key); ⟦reject⟧(signal.reason); };\n  client.DownloadStringAsync(uri, key);\n});".replace(
        "resolve(e.Result)",
        "(e.Error ? reject(e.Error) : resolve(e.Result))",
      ),
      [settled(3, "reject")],
    ),
    located(
      "client.add_DownloadStringCompleted((s, e) => { if (!e.Error) source.SetResult(e.Result); });\nclient.DownloadStringAsync(uri);\nfunction stop() { client.CancelAsync(); ⟦source.SetCanceled⟧(); }",
      [settled(3, "source.SetCanceled")],
    ),
    located(
      "class A {\n  open() { this.client.add_DownloadStringCompleted((s, e) => this.source.TrySetResult(e.Result)); this.client.DownloadStringAsync(uri); }\n  stop() { this.client.CancelAsync(); ⟦this.source.TrySetCanceled⟧(); }\n}",
      [settled(3, "this.source.TrySetCanceled")],
    ),
  ],
});

function freed(line: number, place: string): RuleTester.TestCaseError {
  return {
    messageId: "freed",
    data: { cancel: "CancelAsync", line: String(line), event: "DownloadStringCompleted", place },
  };
}

/** A class that starts only when it is not busy, with this to stop it in line 7. */
function guarded(stop: string, onCompleted = "this.busy = false; show(e.Error);"): string {
  return `class Loader {
  constructor() { this.client.add_DownloadStringCompleted((s, e) => { ${onCompleted} }); }
  load(uri) {
    if (this.busy) return;
    this.busy = true;
    this.client.DownloadStringAsync(uri);
  }
  stop() { ${stop} }
}`;
}

tester.run("no-assumed-cancellation: flags", rule, {
  valid: [
    guarded("this.client.CancelAsync();"),
    guarded("this.busy = false; this.client.CancelAsync();"),
    guarded("this.client.CancelAsync(); this.busy = true;"),
    guarded("this.client.CancelAsync(); this.stopped = true;"),
    guarded("this.client.CancelAsync(); this.visible = false;", "this.busy = false; this.visible = false;"),
    guarded("this.client.CancelAsync(); this.busy = false;", "show(e.Error);"),
    guarded("this.client.CancelAsync(); other.busy = false;"),
    guarded("this.client.CancelAsync(); if (!this.client.IsBusy) this.busy = false;"),
    guarded("this.other.CancelAsync(); this.busy = false;"),
    // Asked for, but not by what decides the start.
    "let panel = null; client.add_LoadCompleted((s, e) => { panel = null; show(e.Error); });\nfunction load() { if (panel) panel.hide(); client.LoadAsync(); }\nfunction stop() { client.CancelAsync(); panel = null; }",
  ],
  invalid: [
    located(guarded("this.client.CancelAsync(); ⟦this.busy⟧ = false;"), [freed(8, "this.busy")]),
    located(guarded("if (this.busy) { this.client.CancelAsync(); log(); ⟦this.busy⟧ = false; }"), [
      freed(8, "this.busy"),
    ]),
    located(
      `let current = null;
client.add_DownloadStringCompleted((s, e) => { current = null; show(e.Error); });
function load(uri) { if (current === null) { current = uri; client.DownloadStringAsync(uri); } }
function stop() { client.CancelAsync(); ⟦current⟧ = null; }`,
      [freed(4, "current")],
    ),
  ],
});
