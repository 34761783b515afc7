import type { RuleTester } from "eslint";
import rule from "../../rules/no-leaked-completion-handler.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

function perCall(fn: string, event = "DownloadStringCompleted"): RuleTester.TestCaseError {
  return { messageId: "call", data: { event, fn } };
}

const perRound = { messageId: "loop", data: { event: "DownloadStringCompleted" } };

/** A class whose client lives as long as it does, with this member. */
function loader(member: string): string {
  return `class Loader {
  private readonly client = new WebClient();
  ${member}
}`;
}

tester.run("no-leaked-completion-handler: one for each call", rule, {
  valid: [
    // Subscribed once.
    loader(
      "constructor() { this.client.add_DownloadStringCompleted(f); } load(uri) { this.client.DownloadStringAsync(uri); }",
    ),
    loader("constructor(uri) { this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(uri); }"),
    loader("init(uri) { this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(uri); }"),
    loader("initialize() { this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(this.uri); }"),
    loader(
      "componentDidMount() { this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(this.props.uri); }",
    ),
    loader("Awake() { this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(this.uri); }"),
    loader("start() { this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(this.uri); }"),
    loader("show() { this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(this.uri); }"),
    loader(
      "load(uri) { if (!this.isSubscribed) { this.client.add_DownloadStringCompleted(f); this.isSubscribed = true; } this.client.DownloadStringAsync(uri); }",
    ),
    loader(
      "load(uri) { this.isSubscribed ||= (this.client.add_DownloadStringCompleted(f), true); this.client.DownloadStringAsync(uri); }",
    ),
    loader(
      "subscribe() { this.client.add_DownloadStringCompleted(f); } load(uri) { this.client.DownloadStringAsync(uri); }",
    ),
    "client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri);",
    "(function (uri) { client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); })(first);",
    "function main(args) { client.add_DownloadStringCompleted(f); client.DownloadStringAsync(args[0]); } main();",
    "const client = new WebClient(); window.addEventListener('load', (e) => { client.add_DownloadStringCompleted(f); client.DownloadStringAsync(location); });",
    "const client = new WebClient(); function load(uri) { client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); }\nload(location.href);",
    "const client = new WebClient(); const load = (uri) => { client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); };\nfunction first() { load(1); }\nfirst();",
    "function load(uri) { const client = new WebClient(); return new Promise((resolve) => { client.add_DownloadStringCompleted((s, e) => resolve(e)); client.DownloadStringAsync(uri); }); }",
    "function load(uri) { const client = new WebClient(); const go = (first) => { client.add_DownloadStringCompleted(f); client.DownloadStringAsync(first); }; go(uri); }",
    "function f(uri) { const c = new WebClient(); c.add_LoadCompleted((s, e) => { c.add_DownloadStringCompleted(g); c.DownloadStringAsync(uri); }); c.LoadAsync(uri); }",
    // Removed.
    loader(
      "load(uri) { const f = (s, e) => { this.client.remove_DownloadStringCompleted(f); show(e); }; this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(uri); }",
    ),
    loader(
      "load(uri) { this.client.add_DownloadStringCompleted(function f(s, e) { s.remove_DownloadStringCompleted(f); show(e); }); this.client.DownloadStringAsync(uri); }",
    ),
    loader(
      "load(uri) { this.client.remove_DownloadStringCompleted(f); this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(uri); }",
    ),
    loader(
      "load(uri) { this.client.add_DownloadStringCompleted(this.f); this.client.DownloadStringAsync(uri); } close() { this.client.remove_DownloadStringCompleted(this.f); }",
    ),
    loader(
      "load(uri) { const c = this.client.DownloadStringCompleted.connect((s, e) => { c.disconnect(); show(e); }); this.client.DownloadStringAsync(uri); }",
    ),
    loader(
      "load(uri) { this.connection = this.client.DownloadStringCompleted.connect(f); this.client.DownloadStringAsync(uri); }",
    ),
    loader(
      "load(uri) { this.client.DownloadStringCompleted += f; this.client.DownloadStringAsync(uri); } done() { this.client.DownloadStringCompleted -= f; }",
    ),
    loader(
      "load(uri) { this.client.on('DownloadStringCompleted', f); this.client.DownloadStringAsync(uri); } close() { this.client.removeAllListeners(); }",
    ),
    loader(
      "load(uri) { this.client.on('DownloadStringCompleted', f); this.client.DownloadStringAsync(uri); } close() { this.client.off(EVENT, f); }",
    ),
    loader(
      "load(uri) { this.client.DownloadStringCompleted.add(f); this.client.DownloadStringAsync(uri); } close() { this.client.DownloadStringCompleted.clear(); }",
    ),
    loader(
      "load(uri) { this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(uri); } close() { this.client.DownloadStringCompleted = null; }",
    ),
    // Gone by itself, replaced, or not added twice.
    loader("load(uri) { this.client.once('DownloadStringCompleted', f); this.client.DownloadStringAsync(uri); }"),
    loader(
      "load(uri) { this.client.addEventListener('DownloadStringCompleted', (e) => f(e), { once: true }); this.client.DownloadStringAsync(uri); }",
    ),
    loader(
      "load(uri) { this.client.addEventListener('DownloadStringCompleted', (e) => f(e), { signal }); this.client.DownloadStringAsync(uri); }",
    ),
    loader(
      "load(uri) { this.client.addEventListener('DownloadStringCompleted', this.f); this.client.DownloadStringAsync(uri); }",
    ),
    loader(
      "load(uri) { this.client.ondownloadstringcompleted = (e) => show(e.Error); this.client.DownloadStringAsync(uri); }",
    ),
    loader(
      "load(uri) { this.client.DownloadStringCompleted = (s, e) => show(e.Error); this.client.DownloadStringAsync(uri); }",
    ),
    // An object for each call, or perhaps.
    "function load(uri) { const client = new WebClient(); client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); }",
    "function load(uri) { let client; client = new WebClient(); client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); }",
    "let client; function load(uri) { client = new WebClient(); client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); }",
    "class A { load(uri) { this.client = new WebClient(); this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(uri); } }",
    "class A { client = new WebClient(); renew() { this.client = new WebClient(); } load(uri) { this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(uri); } }",
    "class A { get client() { return new WebClient(); } load(uri) { this.client.add_DownloadStringCompleted(f); this.client.DownloadStringAsync(uri); } }",
    "function load(client, uri) { client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); }",
    "function load(uri) { const client = getClient(); client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); }",
    "const load = (uri, client = new WebClient()) => { client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); };",
    // The start is elsewhere, or of a promise, or of something else.
    loader(
      "listen(f) { this.client.add_DownloadStringCompleted(f); } load(uri) { this.client.DownloadStringAsync(uri); }",
    ),
    loader("load(uri) { this.client.add_DownloadStringCompleted(f); return this.client.DownloadStringAsync(uri); }"),
    loader(
      "async load(uri) { this.client.add_DownloadStringCompleted(f); await this.client.DownloadStringAsync(uri); }",
    ),
    loader("load(uri) { this.client.on('downloadStringCompleted', f); this.client.downloadStringAsync(uri); }"),
    loader("load(uri) { this.client.add_DownloadStringCompleted(f); this.client.UploadStringAsync(uri); }"),
    loader("load(uri) { this.client.add_onUpdate(f); this.client.add_performed(f); this.client.UpdateAsync(uri); }"),
    {
      code: loader(
        "render(uri) { return <Client onDownloadStringCompleted={() => this.client.DownloadStringAsync(uri)} />; }",
      ),
      filename: "loader.tsx",
    },
  ],
  invalid: [
    ...[
      "button.onClick.Add(() => { START });",
      "button.on('click', function () { START })",
      "export const B = () => <b onPress={() => { START }} />;",
      "button.addEventListener('click', () => { START }, { passive: true });",
    ].map((code) =>
      located(
        `const client = new WebClient(); ${code.replace("START", "client.⟦add_DownloadStringCompleted⟧((s, e) => show(e)); client.DownloadStringAsync(uri);")}`,
        [perCall("this function")],
        { filename: "view.tsx", languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
      ),
    ),
    located(
      loader(
        "load(uri) { this.client.⟦add_DownloadStringCompleted⟧((s, e) => show(e)); this.client.DownloadStringAsync(uri); }",
      ),
      [perCall("`load`")],
    ),
    located(
      loader("load(uri) { this.client.⟦add_DownloadStringCompleted⟧(f); this.client.DownloadStringAsync(uri); }"),
      [perCall("`load`")],
    ),
    located(
      loader("start(uri) { this.client.⟦add_DownloadStringCompleted⟧(f); this.client.DownloadStringAsync(uri); }"),
      [perCall("`start`")],
    ),
    located(
      loader(
        "load = (uri) => { this.client.⟦add_DownloadStringCompleted⟧(this.f.bind(this)); this.client.DownloadStringAsync(uri); };",
      ),
      [perCall("`load`")],
    ),
    located(
      loader(
        "load(uri) { if (uri) { this.client.⟦add_DownloadStringCompleted⟧(f); this.client.DownloadStringAsync(uri); } }",
      ),
      [perCall("`load`")],
    ),
    located(
      loader(
        "load(uri) { const client = this.client; client.⟦add_DownloadStringCompleted⟧(f); client.DownloadStringAsync(uri); }",
      ),
      [perCall("`load`")],
    ),
    located(
      loader(
        "load(uri) { return new Promise((resolve) => { this.client.⟦add_DownloadStringCompleted⟧((s, e) => resolve(e)); this.client.DownloadStringAsync(uri); }); }",
      ),
      [perCall("`load`")],
    ),
    located(
      loader("refresh() { this.client.⟦add_DownloadStringCompleted⟧(f); this.client.DownloadStringAsync(this.uri); }"),
      [perCall("`refresh`")],
    ),
    located(
      loader("onClick() { this.client.⟦add_DownloadStringCompleted⟧(f); this.client.DownloadStringAsync(this.uri); }"),
      [perCall("`onClick`")],
    ),
    located(
      loader("load({ uri }) { this.client.⟦add_DownloadStringCompleted⟧(f); this.client.DownloadStringAsync(uri); }"),
      [perCall("`load`")],
    ),
    located(
      "class A { constructor(private client: WebClient) {} load(uri: Uri) { this.client.⟦add_DownloadStringCompleted⟧(f); this.client.DownloadStringAsync(uri); } }",
      [perCall("`load`")],
    ),
    located(
      "class A extends WebClient { load(uri) { this.⟦add_DownloadStringCompleted⟧(f); this.DownloadStringAsync(uri); } }",
      [perCall("`load`")],
    ),
    located(
      "class A { constructor() { this.client = new WebClient(); } load(uri) { this.client.⟦add_DownloadStringCompleted⟧(f); this.client.DownloadStringAsync(uri); } }",
      [perCall("`load`")],
    ),
    located(
      "const client = new WebClient(); function load(uri) { client.⟦add_DownloadStringCompleted⟧(f); client.DownloadStringAsync(uri); }",
      [perCall("`load`")],
    ),
    located(
      "let client: any;\nclient = new WebClient();\nexport const load = (uri) => {\n  client.⟦add_DownloadStringCompleted⟧(f);\n  client.DownloadStringAsync(uri);\n};",
      [perCall("`load`")],
    ),
    located(
      "import { client } from './client';\r\nexport function load(uri: string) {\r\n  client.⟦add_DownloadStringCompleted⟧(f);\r\n  client.DownloadStringAsync(uri);\r\n}\r\n",
      [perCall("`load`")],
    ),
    located(
      "function Loader() { const client = new WebClient(); return { load(uri) { client.⟦add_DownloadStringCompleted⟧(f); client.DownloadStringAsync(uri); } }; }",
      [perCall("`load`")],
    ),
    located(
      "const client = new WebClient(); function show() { client.⟦add_DownloadStringCompleted⟧(f); client.DownloadStringAsync(uri); }\nfor (;;) show();",
      [perCall("`show`")],
    ),
    located(
      "const client = new WebClient(); function show() { client.⟦add_DownloadStringCompleted⟧(f); client.DownloadStringAsync(uri); }\nfunction a() { show(); }\nfunction b() { show(); }",
      [perCall("`show`")],
    ),
    located("button.onclick = () => { client.⟦add_DownloadStringCompleted⟧(f); client.DownloadStringAsync(uri); };", [
      perCall("this function"),
    ]),
    located(
      "button.addEventListener('click', function () { client.⟦add_DownloadStringCompleted⟧(f); client.DownloadStringAsync(uri); });",
      [perCall("this function")],
    ),
    located("button.add_Click(() => { client.⟦add_DownloadStringCompleted⟧(f); client.DownloadStringAsync(uri); });", [
      perCall("this function"),
    ]),
    located(
      "const client = new WebClient(); function load(uri) { client.⟦add_DownloadStringCompleted⟧(f); client.DownloadStringAsync(uri); }\nfor (const uri of uris) load(uri);",
      [perCall("`load`")],
    ),
    // The handler of a completion that adds itself again.
    located(
      "function onCompleted(s, e) {\n  client.⟦add_DownloadStringCompleted⟧(onCompleted);\n  client.DownloadStringAsync(queue.shift());\n}",
      [perCall("`onCompleted`")],
    ),
    // Spellings.
    located(
      loader("load(uri) { this.client.⟦DownloadStringCompleted⟧.connect(f); this.client.DownloadStringAsync(uri); }"),
      [perCall("`load`")],
    ),
    located(
      loader("load(uri) { this.client.⟦DownloadStringCompleted⟧('add', f); this.client.DownloadStringAsync(uri); }"),
      [perCall("`load`")],
    ),
    located(loader("load(uri) { this.client.⟦DownloadStringCompleted⟧ += f; this.client.DownloadStringAsync(uri); }"), [
      perCall("`load`"),
    ]),
    located(
      loader("load(uri) { this.client.on(⟦'DownloadStringCompleted'⟧, f); this.client.DownloadStringAsync(uri); }"),
      [perCall("`load`")],
    ),
    located(
      loader(
        "load(uri) { this.client.addEventListener(⟦'downloadstringcompleted'⟧, (e) => show(e.error)); this.client.downloadStringAsync(uri); }",
      ),
      [perCall("`load`", "downloadstringcompleted")],
    ),
    located(
      loader(
        "load(uri) { const f = (e) => show(e.error); this.client.addEventListener(⟦'downloadstringcompleted'⟧, f, false); this.client.downloadStringAsync(uri); }",
      ),
      [perCall("`load`", "downloadstringcompleted")],
    ),
    located(
      loader(
        "run(job) { this.worker.⟦add_RunWorkerCompleted⟧(f); this.worker.RunWorkerAsync(job); } worker = new BackgroundWorker();",
      ),
      [perCall("`run`", "RunWorkerCompleted")],
    ),
    located(
      loader(
        "load(uri) { (this.client as any)! /* again */ . ⟦add_DownloadStringCompleted⟧(f); this.client?.DownloadStringAsync(uri); }",
      ),
      [perCall("`load`")],
    ),
  ],
});

tester.run("no-leaked-completion-handler: one for each round", rule, {
  valid: [
    "for (const uri of uris) { const client = new WebClient(); client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); }",
    "for (const client of clients) { client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); }",
    "let client; for (const uri of uris) { client = new WebClient(); client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); }",
    "client.add_DownloadStringCompleted(f); for (const uri of uris) client.DownloadStringAsync(uri, uri);",
    "for (const handler of handlers) client.add_DownloadStringCompleted(handler); client.DownloadStringAsync(uri);",
    "for (const uri of uris) { client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); await done; client.remove_DownloadStringCompleted(f); }",
    "for (const uri of uris) { client.once('DownloadStringCompleted', f); client.DownloadStringAsync(uri); await done; }",
    "for (let i = 0; i < n; i++) { clients[i].add_DownloadStringCompleted(f); clients[i].DownloadStringAsync(uri); }",
  ],
  invalid: [
    located(
      "for (const uri of uris) { client.⟦add_DownloadStringCompleted⟧(f); client.DownloadStringAsync(uri, uri); }",
      [perRound],
    ),
    located(
      "async function load() { while (queue.length > 0) { client.⟦DownloadStringCompleted⟧.connect(f); client.DownloadStringAsync(queue.pop()); await done; } }",
      [perRound],
    ),
    located(
      "class A { load() { for (const uri of this.uris) { this.client.⟦add_DownloadStringCompleted⟧(f); this.client.DownloadStringAsync(uri, uri); } } }",
      [perRound],
    ),
  ],
});

function removesNothing(line: number): RuleTester.TestCaseError {
  return { messageId: "removesNothing", data: { event: "DownloadStringCompleted", line: String(line) } };
}

const skips = { messageId: "skips", data: { event: "DownloadStringCompleted" } };

function leaves(line: number): RuleTester.TestCaseError {
  return { messageId: "leaves", data: { event: "DownloadStringCompleted", line: String(line) } };
}

/** A function whose handler has this body. */
function handling(body: string): string {
  return `const client = new WebClient();
function load(uri) {
  const f = (s, e) => {
    ${body}
  };
  client.add_DownloadStringCompleted(f);
  client.DownloadStringAsync(uri);
}`;
}

tester.run("no-leaked-completion-handler: removals", rule, {
  valid: [
    handling("client.remove_DownloadStringCompleted(f); if (e.Error) return; show(e.Result);"),
    handling(
      "if (e.Error) { client.remove_DownloadStringCompleted(f); return; } client.remove_DownloadStringCompleted(f); show(e.Result);",
    ),
    handling("try { show(e.Result); } finally { client.remove_DownloadStringCompleted(f); }"),
    handling("if (e.Error) throw e.Error; client.remove_DownloadStringCompleted(f);"),
    // Another operation's completion, a count, another try.
    handling("if (e.UserState !== key) return; client.remove_DownloadStringCompleted(f);"),
    handling("if (--pending > 0) return; client.remove_DownloadStringCompleted(f);"),
    handling(
      "if (e.Error && tries-- > 0) { client.DownloadStringAsync(uri); return; } client.remove_DownloadStringCompleted(f);",
    ),
    handling("if (e.Error) { client.DownloadStringAsync(uri); return; } client.remove_DownloadStringCompleted(f);"),
    handling("if (e.Error) { retry(uri); return; } client.remove_DownloadStringCompleted(f);"),
    handling("if (e.Error) { load(uri); return; } client.remove_DownloadStringCompleted(f);"),
    // The object goes with its handler.
    "export function load(uri) { const client = new WebClient(); return new Promise((resolve, reject) => { const f = (s, e) => { if (e.Error) { reject(e.Error); return; } client.remove_DownloadStringCompleted(f); resolve(e.Result); }; client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); }); }",
    "function load(uri) { const client = new WebClient(); const f = (s, e) => { if (e.Error) return; client.remove_DownloadStringCompleted(f); }; client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); }",
    "class A { f = this.onCompleted.bind(this); open() { this.client.add_DownloadStringCompleted(this.f); this.client.DownloadStringAsync(uri); } close() { this.client.remove_DownloadStringCompleted(this.f); } }",
    "const f = () => show(); client.add_DownloadStringCompleted(f); client.DownloadStringAsync(uri); client.remove_DownloadStringCompleted(f);",
    "client.on('downloadStringCompleted', () => f()); client.off('downloadStringCompleted', () => f()); client.downloadStringAsync(uri);",
  ],
  invalid: [
    located(
      "class A {\n  open() { this.client.add_DownloadStringCompleted(this.f.bind(this)); this.client.DownloadStringAsync(uri); }\n  close() { this.client.remove_DownloadStringCompleted(⟦this.f.bind(this)⟧); }\n}",
      [removesNothing(2)],
    ),
    located(
      "client.add_DownloadStringCompleted(() => f());\nclient.DownloadStringAsync(uri);\nclient.remove_DownloadStringCompleted(⟦() => f()⟧);",
      [removesNothing(1)],
    ),
    located(
      "client.on('DownloadStringCompleted', function () { f(); });\nclient.DownloadStringAsync(uri);\nclient.off('DownloadStringCompleted', ⟦function () { f(); }⟧);",
      [removesNothing(1)],
    ),
    located(
      "client.DownloadStringCompleted += (s, e) => f(e);\nclient.DownloadStringAsync(uri);\nclient.DownloadStringCompleted -= ⟦(s, e) => f(e)⟧;",
      [removesNothing(1)],
    ),
    located(
      handling(
        "if (e.Error) { report(e.Error); ⟦return;⟧ }\n    client.remove_DownloadStringCompleted(f);\n    show(e.Result);",
      ),
      [leaves(5)],
    ),
    located(handling("if (e.Cancelled) ⟦return;⟧ client.remove_DownloadStringCompleted(f);"), [leaves(4)]),
    located(
      handling(
        "const { Error, Result } = e; if (Error) ⟦return report(Error);⟧ client.remove_DownloadStringCompleted(f); show(Result);",
      ),
      [leaves(4)],
    ),
    located(handling("if (!e.Error) { client.⟦remove_DownloadStringCompleted⟧(f); show(e.Result); }"), [skips]),
    located(handling("if (e.Error) report(e.Error); else client.⟦remove_DownloadStringCompleted⟧(f);"), [skips]),
  ],
});
