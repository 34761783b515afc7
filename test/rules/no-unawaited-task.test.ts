import { RuleTester } from "eslint";
import rule from "../../rules/no-unawaited-task.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const jsx = { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } };
const script = { languageOptions: { sourceType: "script" as const } };
const host = (name: string) => ({ settings: { tapify: { host: name } } });

const discarded = (
  call: string,
  suggestions: { messageId: string; data?: Record<string, string>; output: string }[] = [],
  thing = "promise",
) => ({
  messageId: "discardedOrVoid",
  data: { call, thing },
  suggestions: suggestions.map((suggestion) => ({ data: { call }, ...suggestion })),
});
/** What a script does, which is told with the option `entryCalls`. */
const entry = (marked: string, call: string, suggestions: { messageId: string; output: string }[], rest: object = {}) =>
  located(
    marked,
    [
      {
        messageId: "entry",
        data: { call },
        suggestions: suggestions.map((suggestion) => ({ data: { call }, ...suggestion })),
      },
    ],
    { options: [{ entryCalls: true }], ...rest },
  );
const addVoid = (output: string) => ({ messageId: "addVoid", output });
const addAwait = (output: string) => ({ messageId: "addAwait", output });

ruleTester().run("no-unawaited-task: consumed", rule, {
  valid: [
    "async function save() {} async function f() { await save(); }",
    "async function save() {} function f() { return save(); }",
    "async function save() {} const f = () => save();",
    "async function save() {} void save();",
    "async function save() {} save().catch(log);",
    "async function save() {} save().then(next, log);",
    "async function save() {} save().then(next).catch(log).finally(done);",
    "async function save() {} save().then(next, log).finally(done).finally(again);",
    "async function save() {} save()?.catch(log);",
    "async function save() {} Promise.all([save(), save()]).catch(log);",
    "async function save() {} queue.push(save());",
    "async function save() {} const pending = save(); use(pending);",
    "async function save() {} let pending; pending = save(); async function g() { await pending; }",
    "async function save() {} const all = [save(), save()]; await Promise.all(all);",
    "async function save() {} export const pending = save();",
    "async function save() {} const pending = save(); export { pending };",
    "async function save() {} export default save();",
    "async function save() {} class C { pending = save(); m() { this.other = save(); } }",
    "async function save() {} const o = { pending: save(), ...save() };",
    "async function save() {} if (save()) go();",
    "async function save() {} x = save() || y; use(`${save()}`);",
    "async function save() {} function* f() { yield save(); }",
    "async function save() {} for (let p = save(); p; p = null) use(p);",
    "async function save() {} const { then } = save();",
    // What is given deals with failure itself.
    "async function save() {} function quiet() { return save().catch(log); } quiet(); const f = () => save().then(a, b); f();",
    "function open(cb) { try { cb(null, db()); } catch (e) { return Promise.resolve().then(db)['catch'](cb); } } open(log);",
    // The failure is meant for whoever hears of those that nobody handles.
    "Promise.resolve().then(() => { throw error; }); Promise.resolve().then(function () { throw error; });",
    // Tests of types are compiled and never run.
    'import { expectType } from "tsd"; async function save() {} function f() { save(); expectType<Promise<void>>(save()); }',
    { code: "async function save() {} function f() { save(); }", filename: "save.test-d.ts" },
    // Code that runs a little later.
    "Promise.resolve().then(flush); const ready = Promise.resolve(); ready.then(() => { for (const job of jobs) job(); });",
    // What the file does as a program, whatever it is called.
    "async function collect() {} if (require.main === module) { prepare(); collect(); }",
    "async function collect() {} if (import.meta.main) collect(); if (process.argv[1] === import.meta.filename) collect();",
    "async function save() {} let p = save(); while (x) { await p; p = save(); }",
    "let queue = Promise.resolve(); function add(f) { queue = queue.then(f).catch(log); }",
    "async function save() {} _ = save();",
    "async function save() {} { await using lock = save(); }",
    { code: "async function save() {} var pending = save();", ...script },
    "Task.Run(work).ContinueWith((done) => report(done));",
    // Not known to be a task.
    "save();",
    "client.PutObjectAsync(request);",
    "client.DownloadStringAsync(uri);",
    "cy.get('button').then(click);",
    "function f(x) { x.then(next); }",
    "it('saves', async () => { await save(); });",
    "items.forEach(async (item) => { await save(item); });",
    "items.map((item) => item.name);",
    "async function* items() {} items();",
    "function start() { go(); } start();",
    "interface Client { startAsync(): void } function f(c: Client) { c.startAsync(); }",
    "class Worker { startAsync(): void { run(); } m() { this.startAsync(); } }",
    "function f(onLog?: (line: string) => void) { onLog?.('x'); async function g() {} }",
    "async function f(onLog: (line: string) => void) { onLog('x'); }",
    "class Client { async save() {} } function f(c) { c.save(); }",
    "import { save } from './db'; async function f() { save(); }",
    "Promise.resolve(); Task.FromResult(1);",
    "new Foo(async () => {});",
    "const Promise = require('./mine'); Promise.all([]);",
    "function fetch(url) { send(url); } fetch('/ping');",
    "!(async () => {})();",
    // What a script does.
    "async function main() {} main();",
    "const runTests = async () => {}\nif (require.main === module) runTests().then(show)",
    "async function init() {} { try { init(); } finally { done(); } }",
    "(async function () { await load() })()",
    // Functions that handle all of their failures themselves.
    "async function load() { if (isBusy) return; isBusy = true; try { await get(); } catch (e) { log(e); } finally { isBusy = false; } } function f() { load(); }",
    "class Store { load = async () => { try { return await get(); } catch { return null; } }; f() { this.load(); } }",
    "class Store { async load() { try { await get(); } catch (e) { console.error(e); } } } function f(store: Store) { store.load(); }",
    "const xs = [1]; export function f() { xs.forEach(async (x) => { try { await save(x); } catch (e) { log(e); } }); }",
    // A forEach in which nothing is awaited, or of something else.
    "const xs = [1]; export function f() { xs.forEach(async (x) => save(x)); }",
    "function f(tree: Tree) { tree.forEach(async (x) => { await save(x); }); }",
    // Not the function that is meant.
    "const all = { stop: () => {} }; async function stop() {} function f() { all.stop(); }",
    "exports.save = async () => {}; exports.save = () => {}; function f() { exports.save(); }",
    "class A { async save() {} } class B extends A { save() {} f() { this.save(); } }",
    "class A { async save() {} } class B extends Other { f() { this.save(); } }",
    "function f(all: (() => void)[], o: { g: () => void }) { all[0]?.(); o.g?.(); }",
    "import { Notes } from './notes'; function f() { Notes.insertAsync({}); }",
    {
      code: "async function save() {} button.addEventListener('click', () => { save(); }); list.onClick.Add(() => { save(); }); o = { onStart() { save(); } };",
      options: [{ ignoreHandlers: true }],
    },
    { code: "file.readAsync(); promise.done();", ...host("puerts") },
    { code: "folder.deleteAsync().done();", ...host("winrt") },
    {
      code: "const save = async () => {}; const B = () => <button onClick={() => save()} ref={save()} />;",
      filename: "b.tsx",
      ...jsx,
    },
    // Options.
    { code: "(async () => {})(); (async function () {})();", options: [{ ignoreIIFE: true }] },
    { code: "async function it() {} it();", options: [{ allowForKnownSafeCalls: ["it"] }] },
    { code: "const api = { async save() {} }; api.save();", options: [{ allowForKnownSafeCalls: ["save"] }] },
    { code: "const api = { async save() {} }; api.save();", options: [{ allowForKnownSafeCalls: ["api.save"] }] },
    {
      code: "import { setTimeout } from 'timers/promises'; setTimeout(10);",
      options: [{ allowForKnownSafeCalls: [{ from: "package", name: "setTimeout", package: "timers/promises" }] }],
    },
    {
      code: "async function go() {} go();",
      options: [{ allowForKnownSafeCalls: [{ from: "file", name: ["go", "run"] }] }],
    },
    { code: "fetch('/ping');", options: [{ allowForKnownSafeCalls: [{ from: "lib", name: "fetch" }] }] },
  ],
  invalid: [
    located("async function save() {}\nfunction f() {\n  ⟦save⟧();\n}", [
      discarded("save()", [addVoid("async function save() {}\nfunction f() {\n  void save();\n}")]),
    ]),
    located("async function save() {}\nasync function f() { ⟦save⟧(1); }", [
      discarded("save(…)", [
        addAwait("async function save() {}\nasync function f() { await save(1); }"),
        addVoid("async function save() {}\nasync function f() { void save(1); }"),
      ]),
    ]),
    // A call of an async main at the end of a file.
    entry("async function main() {}\r\n⟦main⟧();\r\n", "main()", [
      addVoid("async function main() {}\r\nvoid main();\r\n"),
    ]),
    entry("import x from 'x';\nasync function main() {}\n⟦main⟧();", "main()", [
      addAwait("import x from 'x';\nasync function main() {}\nawait main();"),
      addVoid("import x from 'x';\nasync function main() {}\nvoid main();"),
    ]),
    entry("const runAll = async () => {}\nif (require.main === module) {\n  ⟦runAll⟧(1)\n}", "runAll(…)", [
      addVoid("const runAll = async () => {}\nif (require.main === module) {\n  void runAll(1)\n}"),
    ]),
    entry("async function start() {}\nstart().⟦then⟧(show)", "start().then(…)", [
      addVoid("async function start() {}\nvoid start().then(show)"),
    ]),
    entry("async function serve() {}\n⟦serve⟧()", "serve()", [addVoid("async function serve() {}\nvoid serve()")], {
      settings: { tapify: { entryPoints: ["serve"] } },
    }),
    // No entry: another name, not at the top level, or kept.
    located("async function save() {}\n⟦save⟧();", [
      discarded("save()", [addVoid("async function save() {}\nvoid save();")]),
    ]),
    located("async function main() {}\nfor (const x of xs) ⟦main⟧(x);", [
      discarded("main(…)", [addVoid("async function main() {}\nfor (const x of xs) void main(x);")]),
    ]),
    located("async function main() {}\nexport const f = () => { ⟦main⟧(); };", [
      discarded("main()", [addVoid("async function main() {}\nexport const f = () => { void main(); };")]),
    ]),
    located("export const f = () => { (⟦async () => {}⟧)(); };", [
      discarded("(async function)()", [addVoid("export const f = () => { void (async () => {})(); };")]),
    ]),
    // A function of another member, of an export, behind a type, of an object of its own.
    located("async function flush() {} const all = { stop: flush }; function f() { all?.⟦stop⟧?.(); }", [
      discarded("all.stop()", [
        addVoid("async function flush() {} const all = { stop: flush }; function f() { void all?.stop?.(); }"),
      ]),
    ]),
    located("exports.save = async function () {}\nexports.f = () => { exports.⟦save⟧() }", [
      discarded("exports.save()", [
        addVoid("exports.save = async function () {}\nexports.f = () => { void exports.save() }"),
      ]),
    ]),
    located("module.exports = { save: async () => {} }\nfunction f() { module.exports.⟦save⟧() }", [
      discarded("module.exports.save()", [
        addVoid("module.exports = { save: async () => {} }\nfunction f() { void module.exports.save() }"),
      ]),
    ]),
    located("class Store { async save() {} } function f(store?: Store) { store?.⟦save⟧(); }", [
      discarded("store.save()", [
        addVoid("class Store { async save() {} } function f(store?: Store) { void store?.save(); }"),
      ]),
    ]),
    located("class Store { async save() {} }\nfunction f() { new Store().⟦save⟧() }", [
      discarded("new Store().save()", [
        addVoid("class Store { async save() {} }\nfunction f() { void new Store().save() }"),
      ]),
    ]),
    located("function f(stop: ((why: string) => Promise<void>) | null) { ⟦stop⟧?.('a'); }", [
      discarded("stop(…)", [
        addVoid("function f(stop: ((why: string) => Promise<void>) | null) { void stop?.('a'); }"),
      ]),
    ]),
    located("function f(o: { all: (() => Promise<void>)[] }) { ⟦o.all[0]⟧(); }", [
      discarded("o.all[…]()", [addVoid("function f(o: { all: (() => Promise<void>)[] }) { void o.all[0](); }")]),
    ]),
    located("class A { async save() {} } class B extends A { f() { this.⟦save⟧(); } }", [
      discarded("this.save()", [
        addVoid("class A { async save() {} } class B extends A { f() { void this.save(); } }"),
      ]),
    ]),
    located(
      "class A { async save() {} } class B extends A {} export const f = () => { const b = new B(); b.⟦save⟧() }",
      [
        discarded("b.save()", [
          addVoid(
            "class A { async save() {} } class B extends A {} export const f = () => { const b = new B(); void b.save() }",
          ),
        ]),
      ],
    ),
    // What handles its failures, but not all.
    ...[
      "async function load() { try { return get(); } catch (e) { log(e); } }",
      "async function load() { try { await get(); } catch (e) { await log(e); } }",
      "async function load() { try { await get(); } catch (e) { throw e; } }",
      "async function load() { try { await get(); } catch (e) { log(e); } finally { await close(); } }",
      "async function load() { open(); try { await get(); } catch (e) { log(e); } }",
      "async function load(x = open()) { try { await get(); } catch (e) { log(e); } }",
    ].map((fn) =>
      located(`${fn} function f() { ⟦load⟧(); }`, [
        discarded("load()", [addVoid(`${fn} function f() { void load(); }`)]),
      ]),
    ),
    // A forEach.
    ...[
      "function f(xs: number[]) { xs.⟦forEach⟧(async (x) => { await save(x); }); }",
      "const f = (xs: ReadonlySet<number>) => { xs?.⟦forEach⟧(async function (x) { await save(x) }) }",
      "const xs = [1, 2]; export function f() { xs.filter(isOdd).⟦forEach⟧(async (x) => await save(x)); }",
      "function f(xs) { [...xs].⟦forEach⟧(/* each */ async (x) => { for await (const y of x) show(y); }); }",
    ].map((marked) =>
      located(marked, [
        {
          messageId: "forEach",
          data: {
            call: marked.includes("filter")
              ? "xs.filter(…).forEach(…)"
              : marked.includes("[...")
                ? "forEach(…)"
                : "xs.forEach(…)",
          },
        },
      ]),
    ),
    located(
      "import { Mongo as M } from 'meteor/mongo';\nclass Notes { all = new M.Collection('a') }\nconst N = new M.Collection('n')\nexport const f = () => { N.⟦insertAsync⟧({}) }",
      [
        discarded("N.insertAsync(…)", [
          addVoid(
            "import { Mongo as M } from 'meteor/mongo';\nclass Notes { all = new M.Collection('a') }\nconst N = new M.Collection('n')\nexport const f = () => { void N.insertAsync({}) }",
          ),
        ]),
      ],
    ),
    located("export const f = () => { globalThis.⟦fetch⟧('/a'); window?.Promise.⟦all⟧([a, b]) }", [
      discarded("globalThis.fetch(…)", [
        addVoid("export const f = () => { void globalThis.fetch('/a'); window?.Promise.all([a, b]) }"),
      ]),
      discarded("window.Promise.all(…)", [
        addVoid("export const f = () => { globalThis.fetch('/a'); void window?.Promise.all([a, b]) }"),
      ]),
    ]),
    located("class C { async save() {} run() { this./* now */⟦save⟧(); } }", [
      discarded("this.save()", [addVoid("class C { async save() {} run() { void this./* now */save(); } }")]),
    ]),
    located("class C { static async Save() {} } const f = () => { C.⟦Save⟧(); };", [
      discarded("C.Save()", [addVoid("class C { static async Save() {} } const f = () => { void C.Save(); };")]),
    ]),
    located("const save = async () => {}; const f = function () { ⟦save⟧(); };", [
      discarded("save()", [addVoid("const save = async () => {}; const f = function () { void save(); };")]),
    ]),
    located("const api = { save: async () => {} }; function f() { api?.⟦save⟧(); }", [
      discarded("api.save()", [addVoid("const api = { save: async () => {} }; function f() { void api?.save(); }")]),
    ]),
    // Annotated and declared.
    located("function save(): Promise<void> { return x; } function f() { ⟦save⟧(); }", [
      discarded("save()", [addVoid("function save(): Promise<void> { return x; } function f() { void save(); }")]),
    ]),
    // A promise or nothing is a promise.
    located("function save(): null | Promise<void> { return x; } function f() { ⟦save⟧(); }", [
      discarded("save()", [
        addVoid("function save(): null | Promise<void> { return x; } function f() { void save(); }"),
      ]),
    ]),
    // So many names that they are looked up in an index of the words.
    located(`class A {\n${"abcdefghij".replace(/./g, "  async $&1() {}\n")}  m() {\n    this.⟦j1⟧();\n  }\n}`, [
      discarded("this.j1()", [
        addVoid(`class A {\n${"abcdefghij".replace(/./g, "  async $&1() {}\n")}  m() {\n    void this.j1();\n  }\n}`),
      ]),
    ]),
    located("declare function run(): Task; function f() { ⟦run⟧(); }", [
      discarded("run()", [addVoid("declare function run(): Task; function f() { void run(); }")], "task"),
    ]),
    located("interface Client { PutAsync(x: number): Task<void> } function f(c: Client) { c.⟦PutAsync⟧(1); }", [
      discarded(
        "c.PutAsync(…)",
        [addVoid("interface Client { PutAsync(x: number): Task<void> } function f(c: Client) { void c.PutAsync(1); }")],
        "task",
      ),
    ]),
    located(
      "declare class Client { put(): Promise<void> } class D { constructor(private c: Client) {} m() { this.c.⟦put⟧(); } }",
      [
        discarded("this.c.put()", [
          addVoid(
            "declare class Client { put(): Promise<void> } class D { constructor(private c: Client) {} m() { void this.c.put(); } }",
          ),
        ]),
      ],
    ),
    located("function f(onDone: () => Promise<void>) { ⟦onDone⟧(); }", [
      discarded("onDone()", [addVoid("function f(onDone: () => Promise<void>) { void onDone(); }")]),
    ]),
    // Known APIs.
    located("function f() { new ⟦Promise⟧((resolve) => wait(resolve)); }", [
      discarded("new Promise(…)", [addVoid("function f() { void new Promise((resolve) => wait(resolve)); }")]),
    ]),
    located("function f() { Promise.⟦all⟧([a, b]); }", [
      discarded("Promise.all(…)", [addVoid("function f() { void Promise.all([a, b]); }")]),
    ]),
    located("function f() { Task.⟦Run⟧(work); }", [
      discarded("Task.Run(…)", [addVoid("function f() { void Task.Run(work); }")], "task"),
    ]),
    located("function f() { ⟦fetch⟧('/ping'); }", [
      discarded("fetch(…)", [addVoid("function f() { void fetch('/ping'); }")]),
    ]),
    located("const fs = require('node:fs'); function f() { fs.promises.⟦writeFile⟧(path, text); }", [
      discarded("fs.promises.writeFile(…)", [
        addVoid("const fs = require('node:fs'); function f() { void fs.promises.writeFile(path, text); }"),
      ]),
    ]),
    located("function f() { puer.⟦$promise⟧(task); }", [
      discarded("puer.$promise(…)", [addVoid("function f() { void puer.$promise(task); }")]),
    ]),
    located("function f() { far.PostJobAsync(job).⟦ToPromise⟧(); }", [
      discarded("far.PostJobAsync(…).ToPromise()", [
        addVoid("function f() { void far.PostJobAsync(job).ToPromise(); }"),
      ]),
    ]),
    located(
      "function f() { folder.⟦deleteAsync⟧(); }",
      [discarded("folder.deleteAsync()", [addVoid("function f() { void folder.deleteAsync(); }")])],
      host("winrt"),
    ),
    located("function f(socket: Socket) { socket.⟦ConnectAsync⟧(endpoint); }", [
      discarded(
        "socket.ConnectAsync(…)",
        [addVoid("function f(socket: Socket) { void socket.ConnectAsync(endpoint); }")],
        "task",
      ),
    ]),
    // Chains.
    located("async function save() {} function f() { save().⟦then⟧(next); }", [
      discarded("save().then(…)", [addVoid("async function save() {} function f() { void save().then(next); }")]),
    ]),
    located("async function save() {} function f() { save().⟦finally⟧(done); }", [
      discarded("save().finally(…)", [addVoid("async function save() {} function f() { void save().finally(done); }")]),
    ]),
    located("async function save() {} function f() { save().catch(log).⟦then⟧(next); }", [
      discarded("save().catch(…).then(…)", [
        addVoid("async function save() {} function f() { void save().catch(log).then(next); }"),
      ]),
    ]),
    located("async function save() {} function f() { save().⟦catch⟧(); }", [
      discarded("save().catch()", [addVoid("async function save() {} function f() { void save().catch(); }")]),
    ]),
    located("async function save() {} function f() { save().⟦then⟧(next, undefined); }", [
      discarded("save().then(…)", [
        addVoid("async function save() {} function f() { void save().then(next, undefined); }"),
      ]),
    ]),
    // Other statements than a plain call.
    located("async function save() {} async function f() { x && ⟦save⟧(); }", [
      discarded("save()", [
        addAwait("async function save() {} async function f() { x && await save(); }"),
        addVoid("async function save() {} async function f() { x && void save(); }"),
      ]),
    ]),
    located("async function a() {} async function b() {} function f() { x ? ⟦a⟧() : ⟦b⟧(); }", [
      discarded("a()", [addVoid("async function a() {} async function b() {} function f() { x ? void a() : b(); }")]),
      discarded("b()", [addVoid("async function a() {} async function b() {} function f() { x ? a() : void b(); }")]),
    ]),
    located("async function a() {} function f() { ⟦a⟧(), b(); }", [
      discarded("a()", [addVoid("async function a() {} function f() { void a(), b(); }")]),
    ]),
    located("async function a() {} function f() { for (;; ⟦a⟧()) step(); }", [
      discarded("a()", [addVoid("async function a() {} function f() { for (;; void a()) step(); }")]),
    ]),
    located("async function a() {} function f() { (⟦a⟧() as any)!; }", [
      discarded("a()", [addVoid("async function a() {} function f() { (void a() as any)!; }")]),
    ]),
    entry("(⟦async () => {}⟧)();", "(async function)()", [addVoid("void (async () => {})();")]),
    entry("(⟦async function boot() {}⟧)(window);", "(async function boot)(…)", [
      addVoid("void (async function boot() {})(window);"),
    ]),
  ],
});

ruleTester().run("no-unawaited-task: stored, in arrays, on purpose", rule, {
  valid: [
    "async function save() {} const all = []; all.push(save()); await Promise.all(all);",
    "async function save() {} const all = items.map(async (item) => save(item)); await Promise.all(all);",
    "async function save() {} return_(items.map(async (item) => save(item)));",
    "async function save() {} let p = save(); if (x) p = other(); await p;",
    "async function save() {} let p; try { p = save(); } finally { use(p); }",
    "async function save() {} let p = null; function a() { p = save(); } function b() { return p; }",
  ],
  invalid: [
    located("async function save() {}\nasync function f() { const pending = ⟦save⟧(); }", [
      {
        messageId: "unread",
        data: { variable: "pending", call: "save()", thing: "promise" },
        suggestions: [
          {
            messageId: "addAwait",
            data: { call: "save()" },
            output: "async function save() {}\nasync function f() { const pending = await save(); }",
          },
        ],
      },
    ]),
    located("function f() { let task: Task; task = Task.⟦Run⟧(work); }", [
      { messageId: "unread", data: { variable: "task", call: "Task.Run(…)", thing: "task" } },
    ]),
    located("async function save() {} function f() { const pending = x ? ⟦save⟧() : null; }", [
      { messageId: "unread", data: { variable: "pending", call: "save()", thing: "promise" } },
    ]),
    located("async function save() {} function f() { const pending = ⟦save⟧(); pending; }", [
      { messageId: "unread", data: { variable: "pending", call: "save()", thing: "promise" } },
    ]),
    located("async function save() {} function f() { let pending = ⟦save⟧(1); pending = save(2); return pending; }", [
      { messageId: "overwritten", data: { variable: "pending", call: "save(…)", thing: "promise" } },
    ]),
    located("async function save() {} function f() { [⟦save⟧(1), save(2)]; }", [
      { messageId: "array", data: { call: "save(…)", thing: "promise" } },
    ]),
    located("async function save() {} function f() { const all = [⟦save⟧(1), save(2)]; }", [
      { messageId: "array", data: { call: "save(…)", thing: "promise" } },
    ]),
    located("function f(items) { items.⟦map⟧(async (item) => { await save(item); }); }", [
      { messageId: "array", data: { call: "items.map(…)", thing: "promise" } },
    ]),
    located("async function save() {} async function f(items) { const all = items.⟦map⟧(save); }", [
      { messageId: "array", data: { call: "items.map(…)", thing: "promise" } },
    ]),
    located(
      "async function save() {} async function f() { void ⟦save⟧(); }",
      [
        {
          messageId: "discarded",
          data: { call: "save()", thing: "promise" },
          suggestions: [
            {
              messageId: "addAwait",
              data: { call: "save()" },
              output: "async function save() {} async function f() { await save(); }",
            },
          ],
        },
      ],
      { options: [{ ignoreVoid: false }] },
    ),
    located(
      "async function save() {} async function f() { void (x ? ⟦save⟧() : 0); _ = ⟦save⟧(); }",
      [
        { messageId: "discarded", data: { call: "save()", thing: "promise" } },
        {
          messageId: "discarded",
          data: { call: "save()", thing: "promise" },
          suggestions: [
            {
              messageId: "addAwait",
              data: { call: "save()" },
              output: "async function save() {} async function f() { void (x ? save() : 0); _ = await save(); }",
            },
          ],
        },
      ],
      { options: [{ ignoreVoid: false }] },
    ),
    located(
      "async function save() {} function f() { ⟦save⟧(); }",
      [{ messageId: "discarded", data: { call: "save()", thing: "promise" } }],
      { options: [{ ignoreVoid: false }] },
    ),
    entry(
      "async function run() {} ⟦run⟧(); (async () => {})();",
      "run()",
      [addVoid("async function run() {} void run(); (async () => {})();")],
      { options: [{ entryCalls: true, ignoreIIFE: true }] },
    ),
    located(
      "async function save() {} button.onclick = () => { prepare(); ⟦save⟧(); }; call(() => { ⟦save⟧(); });",
      [
        discarded("save()", [
          addVoid(
            "async function save() {} button.onclick = () => { prepare(); void save(); }; call(() => { save(); });",
          ),
        ]),
        discarded("save()", [
          addVoid(
            "async function save() {} button.onclick = () => { prepare(); save(); }; call(() => { void save(); });",
          ),
        ]),
      ],
      { options: [{ ignoreHandlers: true }] },
    ),
    located(
      "const api = { async save() {} }; api.⟦save⟧();",
      [discarded("api.save()", [addVoid("const api = { async save() {} }; void api.save();")])],
      { options: [{ allowForKnownSafeCalls: ["other.save", "ave"] }] },
    ),
    located(
      "async function go() {} x, ⟦go⟧();",
      [discarded("go()", [addVoid("async function go() {} x, void go();")])],
      {
        options: [{ allowForKnownSafeCalls: [{ from: "package", name: "go", package: "go" }] }],
      },
    ),
    located(
      "import { setTimeout } from 'timers/promises'; function f() { ⟦setTimeout⟧(1); }",
      [
        discarded("setTimeout(…)", [
          addVoid("import { setTimeout } from 'timers/promises'; function f() { void setTimeout(1); }"),
        ]),
      ],
      {
        options: [{ allowForKnownSafeCalls: [{ from: "lib", name: "setTimeout" }] }],
      },
    ),
    located(
      "const save = async () => {}; export const B = () => { ⟦save⟧(); return <b onClick={() => { ⟦save⟧(); }} />; };",
      [
        discarded("save()", [
          addVoid(
            "const save = async () => {}; export const B = () => { void save(); return <b onClick={() => { save(); }} />; };",
          ),
        ]),
        discarded("save()", [
          addVoid(
            "const save = async () => {}; export const B = () => { save(); return <b onClick={() => { void save(); }} />; };",
          ),
        ]),
      ],
      { filename: "b.tsx", ...jsx },
    ),
  ],
});

// What ESLint parses by itself has no type syntax, and other scopes.
new RuleTester().run("no-unawaited-task: plain JavaScript", rule, {
  valid: [
    "class C { async save() {} async m() { await this.save(); } }",
    "async function save() {} export const pending = save();",
  ],
  invalid: [
    located("class C { async #save() {} m() { this.⟦#save⟧(); } }", [
      discarded("this.#save()", [addVoid("class C { async #save() {} m() { void this.#save(); } }")]),
    ]),
    located("async function save() {} function f() { let p; p = ⟦save⟧(); p = null; return p; }", [
      { messageId: "overwritten", data: { variable: "p", call: "save()", thing: "promise" } },
    ]),
  ],
});

// What typescript-eslint's no-floating-promises tells otherwise; docs/rules/no-unawaited-task.md has the list.
ruleTester().run("no-unawaited-task: differences from no-floating-promises", rule, {
  valid: [
    // No calls.
    "async function save() {} const pending = save(); pending; this.pending; save as any; use(pending);",
    "async function tag(parts: TemplateStringsArray) {} tag`x`;",
    "async function save() {} function* g() { yield save(); }",
    // Complete, or handled.
    "Promise.resolve(); Math.random() > 0.5 ? Promise.resolve() : null; (1, Promise.resolve());",
    "async function save() {} [1, save().catch(log), save().then(next, log)];",
    "async function save() {} save().then(...handlers, log); save().catch(...handlers);",
    "declare function pair(): [Promise<number>, Promise<string>]; pair();",
    "async function save() {} save().catch(maybeFunction); save().then(next, o.handler);",
    "import { it } from 'node:test'; async function f() {} it('works', f);",
    {
      code: "import { it } from 'node:test'; import * as fs from 'node:fs/promises'; fs.rm(p);",
      options: [{ allowForKnownSafeCalls: [{ from: "package", name: "rm", package: "node:fs/promises" }] }],
    },
  ],
  invalid: [
    located("async function save() {} function f() { let pending = ⟦save⟧(); }", [
      { messageId: "unread", data: { variable: "pending", call: "save()", thing: "promise" } },
    ]),
    located("async function save() {} function f() { false && ⟦save⟧(); }", [
      discarded("save()", [addVoid("async function save() {} function f() { false && void save(); }")]),
    ]),
    located(
      "async function save() {} [1, void ⟦save⟧()];",
      [{ messageId: "discarded", data: { call: "save()", thing: "promise" } }],
      { options: [{ ignoreVoid: false }] },
    ),
    // A literal is never called.
    located("async function save() {} save().⟦catch⟧(3);", [
      discarded("save().catch(…)", [addVoid("async function save() {} void save().catch(3);")]),
    ]),
    located("async function save() {} save().⟦then⟧(next, 'no');", [
      discarded("save().then(…)", [addVoid("async function save() {} void save().then(next, 'no');")]),
    ]),
    // The end of a chain.
    located("async function save() {}\nsave()\n  .then(next)\n  .⟦finally⟧(done);", [
      discarded("save().then(…).finally(…)", [
        addVoid("async function save() {}\nvoid save()\n  .then(next)\n  .finally(done);"),
      ]),
    ]),
    // A map with a function that is not async itself.
    located("async function save(item: Item) {} items.⟦map⟧((item) => save(item));", [
      { messageId: "array", data: { call: "items.map(…)", thing: "promise" } },
    ]),
    located("const save = (item: Item) => Promise.reject(item); items.⟦map⟧(save);", [
      { messageId: "array", data: { call: "items.map(…)", thing: "promise" } },
    ]),
  ],
});
