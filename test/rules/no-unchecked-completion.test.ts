import rule from "../../rules/no-unchecked-completion.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

const unasked = {
  messageId: "errorUnasked",
  data: { event: "DownloadStringCompleted", member: "Error", value: "Result" },
};
const present = { ...unasked, messageId: "errorPresent" };
const cancelUnasked = {
  messageId: "cancelUnasked",
  data: { event: "DownloadStringCompleted", member: "Cancelled", value: "Result" },
};

/** A subscription whose handler has this body, and the start of its operation. */
function handling(body: string): string {
  return `client.add_DownloadStringCompleted((sender, e) => {
  ${body}
});
client.DownloadStringAsync(uri);`;
}

/** The same on an object whose operation can be cancelled. */
function cancellable(body: string): string {
  return `${handling(body)}
function stop() { client.CancelAsync(); }`;
}

tester.run("no-unchecked-completion: checks", rule, {
  valid: [
    handling("if (e.Error) return; show(e.Result);"),
    handling("if (e.Error) { report(e.Error); return; } show(e.Result);"),
    handling("if (e.Error !== null) throw e.Error; show(e.Result);"),
    handling("if (e.Error != null) report(e.Error); else show(e.Result);"),
    handling("if (e.Error === null) show(e.Result);"),
    handling("if (null == e.Error) show(e.Result);"),
    handling("if (e.Error === undefined) show(e.Result);"),
    handling("if (!e.Error) show(e.Result);"),
    handling("if (!e.Error && e.Result) show(e.Result);"),
    handling("if (e.Error || !e.Result) return; show(e.Result);"),
    handling("e.Error ? report(e.Error) : show(e.Result);"),
    handling("!e.Error && show(e.Result);"),
    handling("show(e.Error || e.Result);"),
    handling("if (!!e.Error === true) return; show(e.Result);"),
    handling("if (e?.Error != null) return; show(e!.Result);"),
    handling("if ((e as any).Error) return; show((e as any).Result);"),
    handling("switch (e.UserState) { case 1: if (e.Error) break; show(e.Result); break; }"),
    handling("while (e.Error) return; show(e.Result);"),
    handling("const args = e; if (args.Error) return; show(args.Result);"),
    handling("const error = e.Error; if (error) return; show(e.Result);"),
    handling("const failed = e.Error !== null; if (failed) return; show(e.Result);"),
    handling("const isFine = !e.Error && !e.Cancelled; if (isFine) show(e.Result);"),
    handling("const { Error, Result } = e; if (Error) return; show(Result);"),
    handling("const { Error: error, Result: text } = e; if (error) report(error); else show(text);"),
    handling('if (e["Error"]) return; show(e["Result"]);'),
    // Asked in a way that does not show what came of it.
    handling("throwIfFailed(e); show(e.Result);"),
    handling("throwIfFailed(e.Error); show(e.Result);"),
    handling("if (e.Error instanceof TimeoutException) return retry(); show(e.Result);"),
    handling("if (hasFailed(e)) return; show(e.Result);"),
    handling("if (e.Error) fail(e.Error); show(e.Result);"),
    handling("let ok = true; if (e.Error) ok = false; if (ok) show(e.Result);"),
    handling("this.error = e.Error; if (this.error) return; show(e.Result);"),
    handling("if (sender.hasFailed) return; show(e.Result);"),
    handling("if (!succeeded()) return; show(e.Result);"),
    handling("switch (e.Error) { case null: show(e.Result); }"),
    // Whoever gets both can tell.
    handling("done(e.Error, e.Result);"),
    handling("done({ result: e.Result, error: e.Error });"),
    // What the read throws is caught.
    handling("try { show(e.Result); } catch (error) { report(error); }"),
    // Functions made where the error is excluded, or that ask themselves.
    handling("if (e.Error) return; setTimeout(() => show(e.Result), 0);"),
    handling("dispatcher.Invoke(() => { if (e.Error) return; show(e.Result); });"),
    // No result is read.
    handling("finish();"),
    handling("log(e.Error, e.UserState);"),
    handling("e.Result = null;"),
    handling("e.ToString(); e.Handled = true; log(e.GetType());"),
    "client.add_DownloadStringCompleted(() => finish()); client.DownloadStringAsync(uri);",
    "client.add_DownloadStringCompleted((sender) => sender.Dispose()); client.DownloadStringAsync(uri);",
    handling("e = other; show(e.Result);"),
  ],
  invalid: [
    located(handling("show(e.⟦Result⟧);"), [unasked]),
    located(handling("log(e.Error); show(e.⟦Result⟧);"), [unasked]),
    located(handling("console.log(`failed: ${e.Error}`); show(e.⟦Result⟧);"), [unasked]),
    located(handling("const text = e.⟦Result⟧; if (e.Error) return; show(text);"), [unasked]),
    located(handling("if (e.⟦Result⟧ && !e.Error) show(e.Result);"), [unasked]),
    located(handling("if (e.Cancelled) return; show(e.⟦Result⟧);"), [unasked]),
    located(handling("if (visible) show(e.⟦Result⟧); else hide();"), [unasked]),
    located(handling("show(e.⟦Result⟧); keep(e.Result);"), [unasked]),
    located(handling("const { Result } = e; show(⟦Result⟧);"), [unasked]),
    located(handling("const args = e as any; show(args.⟦Result⟧);"), [unasked]),
    located(handling('show(e[⟦"Result"⟧]);'), [unasked]),
    located(handling("setTimeout(() => show(e.⟦Result⟧), 0);"), [unasked]),
    located(handling("try { show(e.⟦Result⟧); } finally { finish(); }"), [unasked]),
    located(handling("/* no check */ show(e /* args */ . ⟦Result⟧ /* text */);"), [unasked]),
    // A path with the error leads to the read.
    located(handling("if (e.Error) log(e.Error); show(e.⟦Result⟧);"), [present]),
    located(handling("if (e.Error !== null) { console.error(e.Error.Message); } show(e.⟦Result⟧);"), [present]),
    located(handling("if (e.Error) show(e.⟦Result⟧);"), [present]),
    located(handling("if (!e.Error) finish(); else show(e.⟦Result⟧);"), [present]),
    located(handling("e.Error && log(e.Error); show(e.⟦Result⟧);"), [present]),
    located(handling("const failed = e.Error != null; if (failed) log(); show(e.⟦Result⟧);"), [present]),
    located(
      `const text = new Promise((resolve, reject) => {
  client.add_DownloadStringCompleted((sender, e) => {
    if (e.Error) reject(e.Error);
    resolve(e.⟦Result⟧);
  });
  client.DownloadStringAsync(uri);
});`,
      [present],
    ),
  ],
});

tester.run("no-unchecked-completion: cancellation", rule, {
  valid: [
    // Nothing shows that it can be cancelled.
    handling("if (e.Error) return; show(e.Result);"),
    cancellable("if (e.Error || e.Cancelled) return; show(e.Result);"),
    cancellable("if (e.Error) return; if (e.Cancelled === true) return; show(e.Result);"),
    cancellable("if (!e.Cancelled && !e.Error) show(e.Result);"),
    cancellable("if (e.Error) fail(); else if (e.Cancelled) stopped(); else show(e.Result);"),
    cancellable("const { Cancelled, Error, Result } = e; if (Error || Cancelled) return; show(Result);"),
    cancellable("if (e.Error) return; if (this.isCancelled) return; show(e.Result);"),
    // Another object is cancelled, or an awaited one.
    `${handling("if (e.Error) return; show(e.Result);")}
other.CancelAsync();`,
    `${handling("if (e.Error) return; show(e.Result);")}
async function stop() { await client.CancelAsync(); }`,
    // Another operation is.
    `${handling("if (e.Error) return; show(e.Result);")}
client.UploadStringAsyncCancel(state);`,
  ],
  invalid: [
    located(cancellable("if (e.Error) return; show(e.⟦Result⟧);"), [cancelUnasked]),
    located(cancellable("if (e.Error != null) report(e.Error); else show(e.⟦Result⟧);"), [cancelUnasked]),
    located(cancellable("if (e.Error) return; if (e.Cancelled) log(); show(e.⟦Result⟧);"), [
      { ...cancelUnasked, messageId: "cancelPresent" },
    ]),
    located(handling("if (e.Error) return; if (e.Cancelled) show(e.⟦Result⟧);"), [
      { ...cancelUnasked, messageId: "cancelPresent" },
    ]),
    located(cancellable("show(e.⟦Result⟧);"), [unasked]),
    located(`${handling("if (e.Error) return; show(e.⟦Result⟧);")}\nclient.DownloadStringAsyncCancel(state);`, [
      cancelUnasked,
    ]),
    located(
      `const worker = new BackgroundWorker();
worker.WorkerSupportsCancellation = true;
worker.add_RunWorkerCompleted((sender, e) => {
  if (e.Error) return;
  show(e.⟦Result⟧);
});
worker.RunWorkerAsync(job);`,
      [{ messageId: "cancelUnasked", data: { event: "RunWorkerCompleted", member: "Cancelled", value: "Result" } }],
    ),
  ],
});

const spelled = (event: string, member: string, value: string): typeof unasked => ({
  messageId: "errorUnasked",
  data: { event, member, value },
});

tester.run("no-unchecked-completion: spellings, handlers and objects", rule, {
  valid: [
    // No starter on the same object, and nothing else that says what the event is.
    "client.add_DownloadStringCompleted((sender, e) => show(e.Result));",
    "client.add_DownloadStringCompleted((sender, e) => show(e.Result)); other.DownloadStringAsync(uri);",
    "client.add_DownloadStringCompleted((sender, e) => show(e.Result)); client.UploadStringAsync(uri);",
    // The starter returns a promise.
    "client.add_DownloadStringCompleted((sender, e) => show(e.Result)); await client.DownloadStringAsync(uri);",
    "client.add_DownloadStringCompleted((sender, e) => show(e.Result)); client.DownloadStringAsync(uri).then(done);",
    "client.add_DownloadStringCompleted((sender, e) => show(e.Result)); const load = () => client.DownloadStringAsync(uri);",
    "function load() { client.add_DownloadStringCompleted((sender, e) => show(e.Result)); return client.DownloadStringAsync(uri); }",
    "class Client { private client = { async loadAsync() {} }; run() { client.on('loadCompleted', (e) => show(e.result)); this.loadAsync(); } async loadAsync() {} }",
    // Emitters in camel case whose handlers ask for nothing that such arguments have.
    "uploader.on('uploadCompleted', (e) => show(e.result)); uploader.uploadAsync(file);",
    "uploader.addEventListener('uploadcompleted', (e) => show(e.result)); uploader.uploadAsync(file);",
    // Recurring events, and events of other things.
    "element.add_onUpdate((e) => show(e.Result)); element.UpdateAsync();",
    "action.add_performed((e) => show(e.Result)); action.add_canceled((e) => show(e.Result)); action.PerformAsync();",
    "session.addEventListener('completed', (e) => show(e.result)); session.startAsync().then(listen);",
    "session.addEventListener('completed', (e) => show(e.result)); session.start();",
    "worker.on('completed', (job, result) => show(result.value)); worker.run();",
    "worker.on('completed', (job, result) => { if (result.error) log(result.error); show(result.value); }); worker.run();",
    "operation.completed = function (info, status) { show(info.getResults()); };",
    "todos.isCompleted = true; todos.add('completed', item); todos.removeCompleted(); todos.saveAsync();",
    "request.add_completed((executor, args) => show(executor.get_responseData())); request.invoke();",
    "this.layoutCompleted = new Signal(); this.layoutCompleted.add(item); this.layoutAsync();",
    "const completed = items.filter((item) => item.completed); completed.add(first); saveAsync();",
    // Handlers that the file does not show.
    "client.add_DownloadStringCompleted(onCompleted); client.DownloadStringAsync(uri);",
    "import { onCompleted } from './handlers'; client.add_DownloadStringCompleted(onCompleted); client.DownloadStringAsync(uri);",
    "client.add_DownloadStringCompleted((...args) => show(args[1].Result)); client.DownloadStringAsync(uri);",
    // JSX, and comments that only speak of it.
    {
      code: "export const View = () => <Client onLoadCompleted={(e) => show(e.Result)} load={() => client.loadAsync()} />;",
      filename: "view.tsx",
    },
    "// client.add_DownloadStringCompleted((sender, e) => show(e.Result));\nclient.DownloadStringAsync(uri);",
    "type Handler = (sender: object, e: DownloadStringCompletedEventArgs) => void;",
  ],
  invalid: [
    located(
      "client.DownloadStringCompleted.connect((sender, e) => show(e.⟦Result⟧)); client.DownloadStringAsync(uri);",
      [spelled("DownloadStringCompleted", "Error", "Result")],
    ),
    located("client.DownloadStringCompleted.add((sender, e) => show(e.⟦Result⟧)); client.DownloadStringAsync(uri);", [
      spelled("DownloadStringCompleted", "Error", "Result"),
    ]),
    located(
      "client.DownloadStringCompleted('add', (sender, e) => show(e.⟦Result⟧)); client.DownloadStringAsync(uri);",
      [spelled("DownloadStringCompleted", "Error", "Result")],
    ),
    located("client.DownloadStringCompleted += (sender, e) => show(e.⟦Result⟧); client.DownloadStringAsync(uri);", [
      spelled("DownloadStringCompleted", "Error", "Result"),
    ]),
    located("client.DownloadStringCompleted = (sender, e) => show(e.⟦Result⟧); client.DownloadStringAsync(uri);", [
      spelled("DownloadStringCompleted", "Error", "Result"),
    ]),
    located("client.addDownloadStringCompleted((sender, e) => show(e.⟦Result⟧)); client.DownloadStringAsync(uri);", [
      spelled("DownloadStringCompleted", "Error", "Result"),
    ]),
    located("client.on('DownloadStringCompleted', (sender, e) => show(e.⟦Result⟧)); client.DownloadStringAsync(uri);", [
      spelled("DownloadStringCompleted", "Error", "Result"),
    ]),
    located(
      "client.once('downloadStringCompleted', (e) => { if (e.cancelled) return; show(e.⟦result⟧); }); client.downloadStringAsync(uri);",
      [spelled("downloadStringCompleted", "error", "result")],
    ),
    located(
      "client.addEventListener('downloadstringcompleted', (e) => { log(e.error); show(e.⟦result⟧); }); client.downloadStringAsync(uri);",
      [spelled("downloadstringcompleted", "error", "result")],
    ),
    located(
      "client.ondownloadstringcompleted = (e) => { log(e.error); show(e.⟦result⟧); }; client.downloadStringAsync(uri);",
      [spelled("ondownloadstringcompleted", "error", "result")],
    ),
    located(
      "client.downloadStringCompleted.connect((sender, e) => { log(e.userState); show(e.⟦result⟧); }); client.downloadStringAsync(uri, key);",
      [spelled("downloadStringCompleted", "error", "result")],
    ),
    located(
      "client.downloadStringCompleted.add((sender, e) => show(e.⟦result⟧)); client.downloadStringAsync(uri); if (client.isBusy) wait();",
      [spelled("downloadStringCompleted", "error", "result")],
    ),
    // An operation known by its handler's arguments alone.
    located(
      "function onCompleted(sender: object, e: System.Net.DownloadStringCompletedEventArgs) { show(e.⟦Result⟧); }\nclient.add_DownloadStringCompleted(onCompleted);",
      [unasked],
    ),
    located("client.add_DownloadStringCompleted((sender, e) => { log(e.Cancelled); show(e.⟦Result⟧); });", [unasked]),
    located("flow.Completed = (e) => { if (e.Cancelled) return; show(e.⟦Outputs⟧); }; flow.Run();", [
      spelled("Completed", "Error", "Outputs"),
    ]),
    // Ping's event is called otherwise than its starter.
    located("ping.add_PingCompleted((sender, e) => show(e.⟦Reply⟧, e.UserState)); ping.SendAsync(host);", [
      spelled("PingCompleted", "Error", "Reply"),
    ]),
    // Out values.
    located(handling("show(e.⟦Headers⟧, e.UserState);"), [
      { messageId: "errorUnasked", data: { event: "DownloadStringCompleted", member: "Error", value: "Headers" } },
    ]),
    // Handlers.
    located(
      "function onCompleted(sender, e) { show(e.⟦Result⟧); }\nclient.add_DownloadStringCompleted(onCompleted); client.DownloadStringAsync(uri);",
      [unasked],
    ),
    located(
      "const onCompleted = function (sender, e) { show(e.⟦Result⟧); };\nclient.add_DownloadStringCompleted(onCompleted); client.DownloadStringAsync(uri);",
      [unasked],
    ),
    located(
      "client.add_DownloadStringCompleted(new System.Net.DownloadStringCompletedEventHandler((sender, e) => show(e.⟦Result⟧))); client.DownloadStringAsync(uri);",
      [unasked],
    ),
    located(
      "const handler = new DownloadStringCompletedEventHandler(onCompleted);\nfunction onCompleted(sender, e) { show(e.⟦Result⟧); }\nclient.add_DownloadStringCompleted(handler); client.DownloadStringAsync(uri);",
      [unasked],
    ),
    located(
      "client.add_DownloadStringCompleted((sender, e) => onCompleted(e)); client.DownloadStringAsync(uri);\nfunction onCompleted(args) { show(args.⟦Result⟧); }",
      [unasked],
    ),
    located("client.add_DownloadStringCompleted((e) => show(e.⟦Result⟧)); client.DownloadStringAsync(uri);", [unasked]),
    located(
      "client.add_DownloadStringCompleted((sender, { Result }) => show(⟦Result⟧)); client.DownloadStringAsync(uri);",
      [unasked],
    ),
    located(
      "client.add_DownloadStringCompleted((sender, { Error, Result: text }) => { show(⟦text⟧); if (Error) report(Error); }); client.DownloadStringAsync(uri);",
      [unasked],
    ),
    located(
      "client.add_DownloadStringCompleted(async function (sender, e) { await ready; show(e.⟦Result⟧); }); client.DownloadStringAsync(uri);",
      [unasked],
    ),
    // Objects: fields, casts, aliases, one object under two names.
    located(
      `class Loader {
  private client: any = new WebClient();
  constructor() { this.client.add_DownloadStringCompleted(this.onCompleted.bind(this)); }
  load(uri: string) { this.client.DownloadStringAsync(uri); }
  private onCompleted(sender: any, e: any): void { this.show(e.⟦Result⟧); }
}`,
      [unasked],
    ),
    located(
      `class Loader {
  start() {
    const client = this.client;
    client.add_DownloadStringCompleted((sender, e) => this.show(e.⟦Result⟧));
    this.client.DownloadStringAsync(this.uri);
  }
}`,
      [unasked],
    ),
    located(
      `class Loader extends WebClient {
  onCompleted = (sender, e) => { show(e.⟦Result⟧); };
  start() {
    this.add_DownloadStringCompleted(this.onCompleted);
    this.DownloadStringAsync(uri);
  }
}`,
      [unasked],
    ),
    located(
      "(client as any)!.add_DownloadStringCompleted((sender, e) => show(e.⟦Result⟧)); client?.DownloadStringAsync(uri);",
      [unasked],
    ),
    located(
      "uris.forEach((uri) => client.DownloadStringAsync(uri, uri)); client.add_DownloadStringCompleted((sender, e) => show(e.UserState, e.⟦Result⟧));",
      [unasked],
    ),
    located(
      "client\n  // the only one\n  .add_DownloadStringCompleted(\n    (sender, e) => show(e.⟦Result⟧),\n  );\nclient.DownloadStringAsync(uri);",
      [unasked],
    ),
    located(
      "client.add_DownloadStringCompleted((sender, e) => {\r\n  show(e.⟦Result⟧);\r\n});\r\nclient.DownloadStringAsync(uri);\r\n",
      [unasked],
    ),
    located(
      "export function View() {\n  client.add_DownloadStringCompleted((sender, e) => render(<p>{e.⟦Result⟧}</p>));\n  client.DownloadStringAsync(uri);\n  return <p />;\n}",
      [unasked],
      {
        filename: "view.tsx",
        languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
      },
    ),
  ],
});
