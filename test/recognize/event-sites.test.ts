import { describe, expect, it } from "vitest";
import { textOf } from "../../src/ast/source.ts";
import { eventSitesOf } from "../../src/recognize/events/event-sites.ts";
import { analyzed } from "./analyzed.ts";

/** The started operations of a text, with what the migration of events needs to know of each. */
function sites(text: string, filePath = "file.ts"): object[] {
  const context = analyzed(text, {}, filePath);
  const show = (node: Parameters<typeof textOf>[1] | null | undefined): string | null =>
    node == null ? null : textOf(context.source, node);
  return eventSitesOf(context).map(({ begin, callback, event, inputs, state, stem }) => ({
    stem,
    begin: show(begin),
    inputs: inputs.map(show),
    state: event!.hasUserState ? show(state) : null,
    callback: callback.kind === "function" ? show(callback.fn) : callback.kind,
    spelling: event!.subscription?.spelling ?? null,
    obstacle: event!.obstacle?.kind ?? null,
  }));
}

const PASCAL = "(sender, e) => { if (e.Error) log(e.Error); else show(e.Result); }";
const CAMEL = "(sender, e) => { if (e.error) log(e.error); else if (e.cancelled) log(); else show(e.result); }";

describe("a started operation is found however its handler is added", () => {
  it.each([
    ["accessor", `client.add_LoadCompleted(${PASCAL}); client.LoadAsync(key);`],
    ["accessor", `client.addLoadCompleted(${PASCAL}); client.LoadAsync(key);`],
    ["accessor", `client.addLoadCompletedHandler(${CAMEL}); client.loadAsync(key);`],
    ["accessor", `client["add_LoadCompleted"](${PASCAL}); client.LoadAsync(key);`],
    ["eventObject", `client.LoadCompleted.connect(${PASCAL}); client.LoadAsync(key);`],
    ["eventObject", `client.LoadCompleted.add(${PASCAL}); client.LoadAsync(key);`],
    ["eventObject", `client.loadCompleted.subscribe(${CAMEL}); client.loadAsync(key);`],
    ["eventCall", `client.LoadCompleted("add", ${PASCAL}); client.LoadAsync(key);`],
    ["named", `client.addEventListener("loadcompleted", ${CAMEL}); client.loadAsync(key);`],
    ["named", `client.addEventListener(\`loadCompleted\`, ${CAMEL}); client.loadAsync(key);`],
    ["named", `client.on("loadCompleted", ${CAMEL}); client.loadAsync(key);`],
    ["named", `client.once("loadCompleted", ${CAMEL}); client.loadAsync(key);`],
    ["property", `client.onloadcompleted = ${CAMEL}; client.loadAsync(key);`],
    ["property", `client.LoadCompleted = ${PASCAL}; client.LoadAsync(key);`],
    ["operator", `client.LoadCompleted += ${PASCAL}; client.LoadAsync(key);`],
  ])("%s: %s", (spelling, text) => {
    expect(sites(`const client = new Client();\n${text}`)).toMatchObject([
      { stem: expect.stringMatching(/^load$/iu) as string, spelling, inputs: ["key"], state: null, obstacle: null },
    ]);
  });

  it("is found in JavaScript and in classes", () => {
    const text = `class Loader { #client = new Client(); load(key) { this.#client.add_LoadCompleted(${PASCAL}); this.#client.LoadAsync(key); } }`;
    expect(sites(text, "file.js")).toMatchObject([{ stem: "Load", obstacle: null }]);
  });
});

describe("the handler of a started operation", () => {
  const program = (handler: string, declared = ""): string =>
    `class Loader { load(client, key) { client.add_LoadCompleted(${handler}); client.LoadAsync(key); } ${declared} }`;
  const body = "(sender, e) { if (e.Error) log(e.Error); else show(e.Result); }";

  it.each([
    ["an arrow function", program(PASCAL), PASCAL],
    ["a function expression", program(`function ${body}`), `function ${body}`],
    ["a declared function", `${program("loaded")} function loaded${body}`, `function loaded${body}`],
    ["a constant", `const loaded = ${PASCAL}; ${program("loaded")}`, PASCAL],
    [
      "a delegate",
      `${program("new LoadCompletedEventHandler(loaded)")} function loaded${body}`,
      `function loaded${body}`,
    ],
    ["a bound method", program("this.loaded.bind(this)", `loaded${body}`), body],
    ["a method that is called", program("(sender, e) => this.loaded(sender, e)", `loaded${body}`), body],
    [
      "a method that is given the arguments alone",
      program("(sender, e) => this.loaded(e)", "loaded(e) { if (e.Error) log(e.Error); }"),
      "(e) { if (e.Error) log(e.Error); }",
    ],
    ["an arrow function in a field", program("this.loaded", `loaded = ${PASCAL};`), PASCAL],
    ["out of sight", program("handlers.loaded"), "unknown"],
  ])("is %s", (_, text, callback) => {
    expect(sites(text)).toMatchObject([{ stem: "Load", callback }]);
  });
});

describe("a user state", () => {
  const handled = (read: string): string =>
    `client.add_LoadCompleted((sender, e) => { if (e.Error) log(e.Error); else ${read}; });`;

  it.each([
    ["by its name", `${handled("show(e.UserState, e.Result)")} client.LoadAsync(uri, key);`, "key"],
    [
      "compared by the handler",
      `${handled("if (e.UserState === mine) show(e.Result)")} const mine = {}; client.LoadAsync(uri, mine);`,
      "mine",
    ],
    ["taken by the handler", `${handled("show(list[e.UserState], e.Result)")} client.LoadAsync(uri, i);`, "i"],
    ["named so and not asked for", `${handled("show(e.Result)")} client.LoadAsync(uri, key);`, null],
    ["another argument", `${handled("show(e.Result)")} client.LoadAsync(uri, i);`, null],
    ["only one argument", `${handled("show(e.UserState)")} client.LoadAsync(key);`, null],
    ["not with every start", `${handled("show(e.UserState)")} client.LoadAsync(uri, i); client.LoadAsync(uri);`, null],
  ])("is %s", (_, text, state) => {
    expect(sites(text)[0]).toMatchObject({ stem: "Load", state });
  });
});

describe("what keeps a start and its handler apart", () => {
  it.each([
    ["severalHandlers", `c.add_LoadCompleted(${PASCAL}); c.add_LoadCompleted(${PASCAL}); c.LoadAsync(k);`],
    ["subscription", `c.LoadAsync(k); c.add_LoadCompleted(${PASCAL});`],
    ["subscription", `if (x) c.add_LoadCompleted(${PASCAL}); c.LoadAsync(k);`],
    ["subscription", `c.addEventListener("loadcompleted", ${CAMEL}, options); c.loadAsync(k);`],
    ["subscription", `async function f() { c.add_LoadCompleted(${PASCAL}); await x; c.LoadAsync(k); }`],
    [
      "removedElsewhere",
      `function f() { c.add_LoadCompleted(h); c.LoadAsync(k); } function g() { c.remove_LoadCompleted(h); } const h = ${PASCAL};`,
    ],
    ["shared", `export const c = new Client(); c.add_LoadCompleted(${PASCAL}); function f() { c.LoadAsync(k); }`],
    ["overlap", `c.add_LoadCompleted(${PASCAL}); for (const k of ks) c.LoadAsync(k);`],
    [
      "overlap",
      `c.add_LoadCompleted((s, e) => { if (!e.Error) show(e.UserState, e.Result); }); c.LoadAsync(a, "key"); c.LoadAsync(b, "key");`,
    ],
    [null, `async function f() { const c = new Client(); c.add_LoadCompleted(${PASCAL}); await x; c.LoadAsync(k); }`],
    [
      null,
      `c.add_LoadCompleted((s, e) => { if (!e.Error) show(e.UserState, e.Result); }); for (let i = 0; i < 3; i++) c.LoadAsync(a, i);`,
    ],
  ])("%s: %s", (obstacle, text) => {
    expect(sites(text).at(-1)).toMatchObject({ obstacle });
  });
});

describe("no started operation", () => {
  it.each([
    ["an event that recurs", "button.add_performed((sender, e) => show(e)); button.performAsync();"],
    ["an event called completed alone, of anything", "video.on('completed', () => show()); video.run();"],
    ["a starter that is awaited", `client.add_LoadCompleted(${PASCAL}); await client.LoadAsync(key);`],
    ["a starter whose promise is kept", `client.add_LoadCompleted(${PASCAL}); const load = client.LoadAsync(key);`],
    [
      "a starter that is awaited elsewhere",
      `client.add_LoadCompleted(${PASCAL}); client.LoadAsync(key); async function f() { return await other.LoadAsync(key); }`,
    ],
    ["an event of the DOM", "element.addEventListener('transitioncompleted', () => show()); element.play();"],
    ["names alone, in camel case", "client.on('loadCompleted', (items) => show(items)); client.loadAsync(key);"],
    ["a start that nothing listens to", "client.LoadAsync(key);"],
    ["a handler without a start", `client.add_LoadCompleted(${PASCAL});`],
    ["another object", `a.add_LoadCompleted(${PASCAL}); b.LoadAsync(key);`],
    [
      "a handler that settles a completion source",
      "client.add_LoadCompleted((s, e) => { if (e.Error) source.SetException(e.Error); else source.SetResult(e.Result); }); client.LoadAsync(key);",
    ],
  ])("is %s", (_, text) => {
    expect(sites(text)).toEqual([]);
  });
});
