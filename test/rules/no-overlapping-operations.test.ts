import type { RuleTester } from "eslint";
import rule from "../../rules/no-overlapping-operations.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

/** A service whose handler reads a result and knows no key, and what is started on it. */
function service(starts: string): string {
  return `service.add_QueryCompleted((s, e) => { if (!e.Error) show(e.Result); });
${starts}`;
}

/** The same with a handler that asks for the user state. */
function keyed(starts: string): string {
  return `service.add_QueryCompleted((s, e) => { if (e.UserState === key && !e.Error) show(e.Result); });
${starts}`;
}

function indistinct(line: number): RuleTester.TestCaseError {
  return { messageId: "indistinct", data: { event: "QueryCompleted", line: String(line) } };
}

const indistinctLoop = { messageId: "indistinctLoop", data: { event: "QueryCompleted" } };

tester.run("no-overlapping-operations: one after the other", rule, {
  valid: [
    service("service.QueryAsync(a);"),
    // Different operations, different objects.
    service("service.QueryAsync(a); service.UpdateAsync(b);"),
    service("service.QueryAsync(a); other.QueryAsync(b);"),
    service("services[0].QueryAsync(a); services[1].QueryAsync(b);"),
    service("getService().QueryAsync(a); getService().QueryAsync(b);"),
    "let service = new Service(); service.add_QueryCompleted((s, e) => show(e.Error, e.Result)); service.QueryAsync(a); service = new Service(); service.QueryAsync(b);",
    "class A { f() { this.service.add_QueryCompleted((s, e) => show(e.Error, e.Result)); this.service.QueryAsync(a); this.service = create(); this.service.QueryAsync(b); } }",
    // Paths that exclude each other, or may.
    service("if (isFirst) service.QueryAsync(a); else service.QueryAsync(b);"),
    service("isFirst ? service.QueryAsync(a) : service.QueryAsync(b);"),
    service("switch (kind) { case 1: service.QueryAsync(a); break; default: service.QueryAsync(b); }"),
    service("function f() { if (x) { service.QueryAsync(a); return; } service.QueryAsync(b); }"),
    service("if (x) service.QueryAsync(a); if (y) service.QueryAsync(b);"),
    service("if (x) service.QueryAsync(a); service.QueryAsync(b);"),
    service("service.QueryAsync(a); if (isDone) service.QueryAsync(b);"),
    service("try { service.QueryAsync(a); } catch { service.QueryAsync(b); }"),
    // It may be over.
    service("service.QueryAsync(a); await done; service.QueryAsync(b);"),
    service("function* f() { service.QueryAsync(a); yield; service.QueryAsync(b); }"),
    service("service.QueryAsync(a); done.WaitOne(); service.QueryAsync(b);"),
    service("service.QueryAsync(a); Thread.Sleep(1000); service.QueryAsync(b);"),
    service("service.QueryAsync(a); Application.DoEvents(); service.QueryAsync(b);"),
    service("service.QueryAsync(a); if (!service.IsBusy) service.QueryAsync(b);"),
    service("service.QueryAsync(a); while (service.IsBusy) {} service.QueryAsync(b);"),
    service("service.QueryAsync(a); if (service.IsBusy) return_(); else service.QueryAsync(b);"),
    // Cancelled first: that is another rule's.
    service("service.QueryAsync(a); service.CancelAsync(); service.QueryAsync(b);"),
    // Different functions.
    service("function f() { service.QueryAsync(a); } function g() { service.QueryAsync(b); } f(); g();"),
    service("service.QueryAsync(a); setTimeout(() => service.QueryAsync(b), 1000);"),
    "service.add_QueryCompleted((s, e) => { show(e.Error, e.Result); service.QueryAsync(next); }); service.QueryAsync(first);",
    // Told apart, or nothing to tell.
    keyed("const key = 1, other = 2; service.QueryAsync(a, key); service.QueryAsync(b, other);"),
    keyed("service.QueryAsync(a, 1); service.QueryAsync(b, 2);"),
    keyed("service.QueryAsync(a, newKey()); service.QueryAsync(b, newKey());"),
    keyed("service.QueryAsync(a); service.QueryAsync(b);"),
    keyed("service.QueryAsync(a, 'x'); service.QueryAsync(b, 'x');"),
    "let pending = 2; service.add_QueryCompleted(() => { if (--pending === 0) finish(); }); service.QueryAsync(a); service.QueryAsync(b);",
    "service.add_QueryCompleted((s, e) => { if (e.Error) log(e.Error); }); service.QueryAsync(a); service.QueryAsync(b);",
    "service.add_QueryCompleted((s, e) => dispatch(e)); service.QueryAsync(a); service.QueryAsync(b);",
    "service.add_QueryCompleted(onCompleted); service.QueryAsync(a); service.QueryAsync(b);",
    // Promises, emitters, and names alone.
    service("await service.QueryAsync(a); await service.QueryAsync(b);"),
    service("service.QueryAsync(a).then(show); service.QueryAsync(b).then(show);"),
    "service.QueryAsync(a); service.QueryAsync(b);",
    "uploader.on('uploadCompleted', (e) => show(e.result)); uploader.uploadAsync(a); uploader.uploadAsync(b);",
    "session.addEventListener('completed', (e) => show(e.result)); session.startAsync(); session.startAsync();",
    "queue.RunAsync(a); queue.RunAsync(b); queue.runWorker(a); queue.runWorker(b);",
    "// service.add_QueryCompleted(f)\nservice.QueryAsync(a); service.QueryAsync(b);",
  ],
  invalid: [
    located(service("service.QueryAsync(a);\nservice.⟦QueryAsync⟧(b);"), [indistinct(2)]),
    located(service("service.QueryAsync(a);\nservice.⟦QueryAsync⟧(b);\nservice.⟦QueryAsync⟧(c);"), [
      indistinct(2),
      indistinct(3),
    ]),
    located(service("service.QueryAsync(a);\nprepare();\nservice.⟦QueryAsync⟧(b, key);"), [indistinct(2)]),
    located(service("service.QueryAsync(a);\r\nservice /* b */ . ⟦QueryAsync⟧(b);\r\n"), [indistinct(2)]),
    located(service("(service as any).QueryAsync(a);\nservice?.⟦QueryAsync⟧(b);"), [indistinct(2)]),
    located(service("function f() {\n  if (x) { service.QueryAsync(a); service.⟦QueryAsync⟧(b); }\n}"), [
      indistinct(3),
    ]),
    located(service("service.QueryAsync(a);\nif (service.IsBusy) service.⟦QueryAsync⟧(b);"), [indistinct(2)]),
    located(
      "service.QueryCompleted.connect((s, { Error, Result }) => { if (!Error) show(Result); });\nservice.QueryAsync(a);\nservice.⟦QueryAsync⟧(b);",
      [indistinct(2)],
    ),
    located(
      "service.queryCompleted.add((s, e) => { if (!e.error) show(e.result); });\nservice.queryAsync(a);\nservice.⟦queryAsync⟧(b);",
      [{ messageId: "indistinct", data: { event: "queryCompleted", line: "2" } }],
    ),
    located(
      "service.on('queryCompleted', (e) => { if (!e.error) show(e.result); });\nservice.queryAsync(a);\nservice.⟦queryAsync⟧(b);",
      [{ messageId: "indistinct", data: { event: "queryCompleted", line: "2" } }],
    ),
    located(
      `class View {
  constructor(private service: any) { service.add_QueryCompleted(this.onCompleted.bind(this)); this.service.add_QueryCompleted(this.onCompleted.bind(this)); }
  load() {
    this.service.QueryAsync(1);
    this.service.⟦QueryAsync⟧(2);
  }
  onCompleted(s: any, e: any) { if (!e.Error) this.show(e.Result); }
}`,
      [indistinct(4)],
    ),
    located(keyed("const key = {};\nservice.QueryAsync(a, key);\nservice.⟦QueryAsync⟧(b, key);"), [
      { messageId: "sameKey", data: { event: "QueryCompleted", line: "3", key: "key" } },
    ]),
    located(
      "service.add_QueryCompleted((s, e) => { if (e.UserState === 'first') show(e.Error, e.Result); });\nservice.QueryAsync(a, 'first');\nservice.⟦QueryAsync⟧(b, 'first');",
      [{ messageId: "sameKey", data: { event: "QueryCompleted", line: "2", key: "'first'" } }],
    ),
    located(
      "service.add_QueryCompleted((s, e) => { if (this === e.UserState) show(e.Error, e.Result); });\nservice.QueryAsync(a, this);\nservice.⟦QueryAsync⟧(b, this);",
      [{ messageId: "sameKey", data: { event: "QueryCompleted", line: "2", key: "this" } }],
    ),
  ],
});

tester.run("no-overlapping-operations: loops", rule, {
  valid: [
    service("for (const a of list) { service.QueryAsync(a); break; }"),
    service("function f() { for (const a of list) { service.QueryAsync(a); return; } }"),
    service("for (const a of list) if (a.isFirst) service.QueryAsync(a);"),
    service("for (const a of list) { service.QueryAsync(a); await done; }"),
    service("for (const service of services) service.QueryAsync(a);"),
    service("for (const a of list) { const service = new Service(); service.QueryAsync(a); }"),
    service("for (let i = 0; i < n; i++) services[i].QueryAsync(a);"),
    service("while (!service.IsBusy) service.QueryAsync(a);"),
    service("for (const a of list) { service.QueryAsync(a); while (service.IsBusy) pump(); }"),
    service("list.forEach(async (a) => { await ready(a); service.QueryAsync(a); });"),
    service("list.forEach((a) => { if (a.isFirst) service.QueryAsync(a); });"),
    service("list.forEach((a) => { const service = new Service(); service.QueryAsync(a); });"),
    service("list.map((a) => service.QueryAsync(a));"),
    service("button.onclick = () => { service.QueryAsync(a); };"),
    keyed("for (const a of list) service.QueryAsync(a, a);"),
    keyed("for (const a of list) { const key = {}; service.QueryAsync(a, key); }"),
    keyed("let key = 0; for (const a of list) service.QueryAsync(a, key++);"),
    keyed("for (let key = 0; key < n; key++) service.QueryAsync(list[key], key);"),
    keyed("list.forEach((a) => service.QueryAsync(a.name, a));"),
    keyed("for (const a of list) service.QueryAsync(a, options);"),
    "service.add_QueryCompleted(() => count++); for (const a of list) service.QueryAsync(a);",
    {
      code: "export const List = () => <ul>{list.map((a) => <li onClick={() => service.QueryAsync(a)} />)}</ul>; service.add_QueryCompleted((s, e) => show(e.Error, e.Result));",
      filename: "list.tsx",
    },
  ],
  invalid: [
    located(service("for (const a of list) service.⟦QueryAsync⟧(a);"), [indistinctLoop]),
    located(service("for (const a of list) {\n  const name = a.name;\n  service.⟦QueryAsync⟧(name);\n}"), [
      indistinctLoop,
    ]),
    located(service("for (let i = 0; i < n; i++) service.⟦QueryAsync⟧(list[i]);"), [indistinctLoop]),
    located(service("while (list.length > 0) service.⟦QueryAsync⟧(list.pop());"), [indistinctLoop]),
    located(service("do { service.⟦QueryAsync⟧(a); } while (more());"), [indistinctLoop]),
    located(service("for (const key in map) service.⟦QueryAsync⟧(map[key]);"), [indistinctLoop]),
    located(service("list.forEach((a) => service.⟦QueryAsync⟧(a));"), [indistinctLoop]),
    located(service("list.forEach(function (a) {\n  prepare(a);\n  service.⟦QueryAsync⟧(a);\n});"), [indistinctLoop]),
    located(keyed("const key = {};\nfor (const a of list) service.⟦QueryAsync⟧(a, key);"), [
      { messageId: "sameKeyLoop", data: { event: "QueryCompleted", key: "key" } },
    ]),
    located(keyed("const userToken = 1;\nlist.forEach((a) => service.⟦QueryAsync⟧(a, userToken));"), [
      { messageId: "sameKeyLoop", data: { event: "QueryCompleted", key: "userToken" } },
    ]),
  ],
});

function exclusive(
  line: number,
  type = "WebClient",
  start = "DownloadStringAsync",
  event = "DownloadStringCompleted",
): RuleTester.TestCaseError {
  return { messageId: "exclusive", data: { type, line: String(line), event, start } };
}

tester.run("no-overlapping-operations: types that run one at a time", rule, {
  valid: [
    "const client = new WebClient(); client.add_DownloadStringCompleted(f); client.DownloadStringAsync(a);",
    "const client = new WebClient(); client.add_DownloadStringCompleted(f); client.DownloadStringAsync(a); await done; client.DownloadStringAsync(b);",
    "const client = new MyClient(); client.add_DownloadStringCompleted(f); client.DownloadStringAsync(a); client.DownloadStringAsync(b);",
    "worker.RunWorkerAsync(a); other.RunWorkerAsync(b);",
    "if (!worker.IsBusy) worker.RunWorkerAsync(a);",
    "for (const job of jobs) { const worker = new BackgroundWorker(); worker.RunWorkerAsync(job); }",
    "await worker.RunWorkerAsync(a); await worker.RunWorkerAsync(b);",
  ],
  invalid: [
    located(
      "const client = new WebClient();\nclient.add_DownloadStringCompleted(f);\nclient.DownloadStringAsync(a, 1);\nclient.⟦DownloadStringAsync⟧(b, 2);",
      [exclusive(3)],
    ),
    located(
      "function f(client: System.Net.WebClient) {\n  client.DownloadStringCompleted.connect(g);\n  client.DownloadStringAsync(a);\n  client.⟦DownloadStringAsync⟧(b);\n}",
      [exclusive(3)],
    ),
    located(
      "class A {\n  client = new CS.System.Net.WebClient();\n  f() {\n    this.client.add_DownloadStringCompleted(g);\n    this.client.DownloadStringAsync(a);\n    this.client.⟦DownloadStringAsync⟧(b);\n  }\n}",
      [exclusive(5)],
    ),
    located("worker.RunWorkerAsync(a);\nworker.⟦RunWorkerAsync⟧(b);", [
      exclusive(1, "BackgroundWorker", "RunWorkerAsync", "RunWorkerCompleted"),
    ]),
    located("worker.runWorkerAsync(a);\nworker.⟦runWorkerAsync⟧(b);", [
      exclusive(1, "BackgroundWorker", "runWorkerAsync", "runWorkerCompleted"),
    ]),
    located("jobs.forEach((job) => worker.⟦RunWorkerAsync⟧(job));", [
      {
        messageId: "exclusiveLoop",
        data: { type: "BackgroundWorker", event: "RunWorkerCompleted", start: "RunWorkerAsync" },
      },
    ]),
    located(
      "const client = new SmtpClient();\nclient.add_SendCompleted(f);\nfor (const mail of mails) client.⟦SendAsync⟧(mail, mail);",
      [{ messageId: "exclusiveLoop", data: { type: "SmtpClient", event: "SendCompleted", start: "SendAsync" } }],
    ),
  ],
});
