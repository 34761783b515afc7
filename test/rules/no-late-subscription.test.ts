import type { RuleTester } from "eslint";
import rule from "../../rules/no-late-subscription.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

/** What a late subscription is reported with, and what its suggestion makes of the code, if it has one. */
function late(
  line: number,
  output: string | null = null,
  event = "DownloadStringCompleted",
  start = "DownloadStringAsync",
): RuleTester.TestCaseError {
  const suggestions =
    output === null ? {} : { suggestions: [{ messageId: "subscribeFirst", data: { start }, output }] };
  return { messageId: "late", data: { start, line: String(line), event }, ...suggestions };
}

function suspended(line: number): RuleTester.TestCaseError {
  return { ...late(line), messageId: "suspended" };
}

tester.run("no-late-subscription: order", rule, {
  valid: [
    "client.add_DownloadStringCompleted(onCompleted); client.DownloadStringAsync(uri);",
    "client.add_DownloadStringCompleted(onCompleted); client.DownloadStringAsync(uri); client.add_DownloadStringCompleted(other);",
    "client.DownloadStringAsync(uri);",
    "client.add_DownloadStringCompleted(onCompleted);",
    // Another operation, another object, another event.
    "client.UploadStringAsync(uri, text); client.add_DownloadStringCompleted(onCompleted); client.DownloadStringAsync(uri);",
    "other.DownloadStringAsync(uri); client.add_DownloadStringCompleted(onCompleted); client.DownloadStringAsync(uri);",
    "client.DownloadStringAsync(uri); client.add_DownloadProgressChanged(onProgress);",
    "let client = new WebClient(); client.DownloadStringAsync(uri); client = new WebClient(); client.add_DownloadStringCompleted(onCompleted); client.DownloadStringAsync(uri);",
    "for (const client of clients) { client.add_DownloadStringCompleted(onCompleted); client.DownloadStringAsync(uri); }",
    "for (const uri of uris) { const client = new WebClient(); client.add_DownloadStringCompleted(onCompleted); client.DownloadStringAsync(uri); }",
    "class A { load() { this.client.DownloadStringAsync(a); this.client = new WebClient(); this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(b); } }",
    "clients[0].DownloadStringAsync(uri); clients[1].add_DownloadStringCompleted(onCompleted);",
    "getClient().DownloadStringAsync(uri); getClient().add_DownloadStringCompleted(onCompleted);",
    // Paths that exclude each other.
    "if (isFirst) client.DownloadStringAsync(uri); else client.add_DownloadStringCompleted(onCompleted);",
    "function load() { if (isOpen) { client.DownloadStringAsync(uri); return; } client.add_DownloadStringCompleted(onCompleted); }",
    "function load() { if (isOpen) client.DownloadStringAsync(uri); if (!isOpen) client.add_DownloadStringCompleted(onCompleted); }",
    "switch (mode) { case 1: client.DownloadStringAsync(uri); break; case 2: client.add_DownloadStringCompleted(onCompleted); }",
    // Another function subscribes as well, or only.
    "function start() { client.DownloadStringAsync(uri); }\nfunction listen() { client.add_DownloadStringCompleted(onCompleted); }",
    "class A { constructor() { this.client.add_DownloadStringCompleted(log); } load() { this.client.DownloadStringAsync(uri); this.client.add_DownloadStringCompleted(show); } }",
    "client.DownloadStringAsync(uri); button.onclick = () => client.add_DownloadStringCompleted(onCompleted);",
    // The starter gives a promise.
    "const text = await client.DownloadStringAsync(uri); client.add_DownloadStringCompleted(onCompleted);",
    "client.DownloadStringAsync(uri).then(show); client.add_DownloadStringCompleted(onCompleted);",
    "void client.DownloadStringAsync(uri); client.add_DownloadStringCompleted(onCompleted);",
    "const pending = client.DownloadStringAsync(uri); client.add_DownloadStringCompleted(onCompleted); await pending;",
    "class Client { async loadAsync() {} run() { this.loadAsync(); this.on('loadCompleted', (e) => log(e.error, e.userState)); } }",
    "declare const client: { DownloadStringAsync(uri: string): Promise<string> }; client.DownloadStringAsync(uri); client.add_DownloadStringCompleted(f);",
    // The object that the starter gives has the event.
    "const operation = file.openAsync(); operation.completed = (info, status) => show(info.getResults());",
    "const operation = file.openAsync(); operation.addEventListener('completed', (e) => log(e.error, e.cancelled));",
    // Emitters in camel case whose handlers show nothing of the pattern.
    "uploader.uploadAsync(file); uploader.on('uploadCompleted', (files) => show(files));",
    "uploader.uploadAsync(file); uploader.onuploadcompleted = refresh;",
    "worker.run(); worker.on('completed', (job) => show(job.id));",
    "edgy.start(); edgy.addEventListener('completed', () => hide());",
    "animation.Start(); animation.add_Completed((sender, e) => remove(sender));",
    "task.start(); task.completed = true;",
    {
      code: "export const View = () => { loader.loadAsync(); return <Loader onLoadCompleted={() => loader.loadCompleted(1)} />; };",
      filename: "view.tsx",
    },
    "// client.add_DownloadStringCompleted(onCompleted);\nclient.DownloadStringAsync(uri); log('DownloadStringCompleted');",
  ],
  invalid: [
    located("client.DownloadStringAsync(uri);\nclient.⟦add_DownloadStringCompleted⟧(onCompleted);", [
      late(1, "client.add_DownloadStringCompleted(onCompleted);\nclient.DownloadStringAsync(uri);"),
    ]),
    located("  client.DownloadStringAsync(uri);\r\n  client.⟦add_DownloadStringCompleted⟧(onCompleted);\r\n", [
      late(1, "  client.add_DownloadStringCompleted(onCompleted);\r\n  client.DownloadStringAsync(uri);\r\n"),
    ]),
    // Neighbours that depend on each other, or whose comments would change their subject, stay.
    located("client.DownloadStringAsync(uri);\n// show it\nclient.⟦add_DownloadStringCompleted⟧(onCompleted);", [
      late(1),
    ]),
    located("client.DownloadStringAsync(uri);\nclient.⟦add_DownloadStringCompleted⟧(onCompleted); // show it", [
      late(1),
    ]),
    located("client.DownloadStringAsync(id++);\nclient.⟦add_DownloadStringCompleted⟧(handlers[id]);", [late(1)]),
    located("client.DownloadStringAsync(uri);\nprepare();\nclient.⟦add_DownloadStringCompleted⟧(onCompleted);", [
      late(1),
    ]),
    located("client.DownloadStringAsync(uri); if (isVisible) client.⟦add_DownloadStringCompleted⟧(onCompleted);", [
      late(1),
    ]),
    located("if (isOpen) { client.DownloadStringAsync(uri);\nclient.⟦add_DownloadStringCompleted⟧(onCompleted); }", [
      late(1, "if (isOpen) { client.add_DownloadStringCompleted(onCompleted);\nclient.DownloadStringAsync(uri); }"),
    ]),
    located(
      "try {\n  client.DownloadStringAsync(uri);\n} finally {\n  client.⟦add_DownloadStringCompleted⟧(onCompleted);\n}",
      [late(2)],
    ),
    located("if (isOpen) client.DownloadStringAsync(uri);\nclient.⟦add_DownloadStringCompleted⟧(onCompleted);", [
      late(1),
    ]),
    located(
      "for (const uri of uris) {\n  client.DownloadStringAsync(uri, uri);\n  log();\n  client.⟦add_DownloadStringCompleted⟧(onCompleted);\n}",
      [late(2)],
    ),
    // The event loop has run.
    located(
      "async function load() {\n  client.DownloadStringAsync(uri);\n  await spinner();\n  client.⟦add_DownloadStringCompleted⟧(onCompleted);\n}",
      [suspended(2)],
    ),
    located(
      "function* load() {\n  client.DownloadStringAsync(uri);\n  yield;\n  client.⟦add_DownloadStringCompleted⟧(onCompleted);\n}",
      [suspended(2)],
    ),
    located(
      "async function load() {\n  client.DownloadStringAsync(uri);\n  for await (const part of parts) show(part);\n  client.⟦add_DownloadStringCompleted⟧(onCompleted);\n}",
      [suspended(2)],
    ),
    // Handlers of all kinds: what they are does not matter.
    located(
      "client.DownloadStringAsync(uri);\nlog();\nclient.⟦add_DownloadStringCompleted⟧((sender, e) => show(e.Result));",
      [late(1)],
    ),
    located(
      "client.DownloadStringAsync(uri);\nlog();\nclient.⟦add_DownloadStringCompleted⟧(this.onCompleted.bind(this));",
      [late(1)],
    ),
    located(
      "client.DownloadStringAsync(uri);\nlog();\nclient.⟦add_DownloadStringCompleted⟧(new DownloadStringCompletedEventHandler(onCompleted));",
      [late(1)],
    ),
    // Functions and classes.
    located(
      "const load = (client: any) => {\n  client.DownloadStringAsync(uri);\n  log();\n  client.⟦add_DownloadStringCompleted⟧(onCompleted);\n};",
      [late(2)],
    ),
    located(
      `class Loader {
  private readonly client = new WebClient();
  load(uri: Uri): void {
    const client = this.client;
    client.DownloadStringAsync(uri);
    log(uri);
    this.client.⟦add_DownloadStringCompleted⟧(this.onCompleted);
  }
}`,
      [late(5)],
    ),
    located(
      "new Promise((resolve) => {\n  client.DownloadStringAsync(uri);\n  log();\n  client.⟦add_DownloadStringCompleted⟧((s, e) => resolve(e.Result));\n});",
      [late(2)],
    ),
    located(
      "client.DownloadStringAsync(uri); log();\nclient.⟦add_DownloadStringCompleted⟧(a);\nclient.add_DownloadStringCompleted(b);",
      [late(1)],
    ),
  ],
});

/** The two statements in one line, with a call between them, so that no suggestion is offered. */
function spelled(start: string, subscription: string, event: string, starter: string): ReturnType<typeof located> {
  return located(`${start} log(); ${subscription}`, [late(1, null, event, starter)]);
}

tester.run("no-late-subscription: spellings", rule, {
  valid: [
    "client.on('downloadStringCompleted', (e) => log(e.error)); client.downloadStringAsync(uri);",
    "worker.add_RunWorkerCompleted(f); worker.RunWorkerAsync();",
  ],
  invalid: [
    spelled(
      "client.DownloadStringAsync(uri);",
      "client.⟦DownloadStringCompleted⟧.connect(f);",
      "DownloadStringCompleted",
      "DownloadStringAsync",
    ),
    spelled(
      "client.DownloadStringAsync(uri);",
      "client.⟦DownloadStringCompleted⟧.Add(f);",
      "DownloadStringCompleted",
      "DownloadStringAsync",
    ),
    spelled(
      "client.DownloadStringAsync(uri);",
      "client.⟦DownloadStringCompleted⟧.add(f);",
      "DownloadStringCompleted",
      "DownloadStringAsync",
    ),
    spelled(
      "client.DownloadStringAsync(uri);",
      "client.⟦DownloadStringCompleted⟧('add', f);",
      "DownloadStringCompleted",
      "DownloadStringAsync",
    ),
    spelled(
      "client.DownloadStringAsync(uri);",
      "client.⟦DownloadStringCompleted⟧ += f;",
      "DownloadStringCompleted",
      "DownloadStringAsync",
    ),
    spelled(
      "client.DownloadStringAsync(uri);",
      "client.⟦DownloadStringCompleted⟧ = () => finish();",
      "DownloadStringCompleted",
      "DownloadStringAsync",
    ),
    spelled(
      "client.DownloadStringAsync(uri);",
      "client.⟦addDownloadStringCompleted⟧(f);",
      "DownloadStringCompleted",
      "DownloadStringAsync",
    ),
    spelled(
      "client.DownloadStringAsync(uri);",
      "client.once(⟦'DownloadStringCompleted'⟧, f);",
      "DownloadStringCompleted",
      "DownloadStringAsync",
    ),
    spelled(
      "client.downloadStringAsync(uri);",
      "client.on(⟦`downloadStringCompleted`⟧, (e) => log(e.error));",
      "downloadStringCompleted",
      "downloadStringAsync",
    ),
    spelled(
      "client.downloadStringAsync(uri);",
      "client.addEventListener(⟦'downloadstringcompleted'⟧, (e) => log(e.cancelled));",
      "downloadstringcompleted",
      "downloadStringAsync",
    ),
    spelled(
      "client.downloadStringAsync(uri);",
      "client.⟦ondownloadstringcompleted⟧ = (e) => log(e.error);",
      "ondownloadstringcompleted",
      "downloadStringAsync",
    ),
    spelled(
      "client.downloadStringAsync(uri);",
      "client.⟦downloadStringCompleted⟧.add(f); if (client.isBusy) return_();",
      "downloadStringCompleted",
      "downloadStringAsync",
    ),
    spelled(
      "worker.runWorkerAsync();",
      "worker.on(⟦'runWorkerCompleted'⟧, f);",
      "runWorkerCompleted",
      "runWorkerAsync",
    ),
    spelled(
      "ping.SendAsync(host);",
      "ping.⟦add_PingCompleted⟧((s, e) => show(e.Reply));",
      "PingCompleted",
      "SendAsync",
    ),
    spelled("flow.Run();", "flow.⟦Completed⟧ = (e) => log(e.Cancelled);", "Completed", "Run"),
    spelled(
      "(client as any).DownloadStringAsync(uri);",
      "client!./* late */⟦add_DownloadStringCompleted⟧(f);",
      "DownloadStringCompleted",
      "DownloadStringAsync",
    ),
    spelled(
      'client["DownloadStringAsync"](uri);',
      'client[⟦"add_DownloadStringCompleted"⟧](f);',
      "DownloadStringCompleted",
      "DownloadStringAsync",
    ),
  ],
});
