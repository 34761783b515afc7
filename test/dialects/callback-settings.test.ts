import { describe, expect, it } from "vitest";
import { callbacksNamed, familiesIn } from "../../src/dialects/callback-settings.ts";
import type { CallbackSetting } from "../../src/dialects/settings.ts";
import { mayMigrate } from "../../src/plan/candidates.ts";
import { migrateText } from "../../src/plan/migrate.ts";

const SETTING: CallbackSetting = { module: "./store", members: ["load"], awaitable: "promisify" };
const migrated = (text: string, ...callbacks: readonly CallbackSetting[]): string =>
  migrateText(text, { filePath: "file.mjs", transforms: ["callbacks-to-async"], callbacks }).output;
const call = (callee: string, parameters: string): string =>
  `import store from "./store";\nexport function f() {\n  ${callee}(1, (${parameters}) => {\n    if (err) throw err;\n    show(a);\n  });\n}\n`;

describe("settings.tapify.callbacks", () => {
  it.each([
    ["same-call", "await store.load(1)"],
    ["promisify", "await promisify(store.load)(1)"],
    ["member:promises", "await store.promises.load(1)"],
    ["suffix:Async", "await store.loadAsync(1)"],
    ["chained:promise", "await store.load(1).promise()"],
  ])("take %j for an awaitable form", (awaitable, text) => {
    expect(migrated(call("store.load", "err, a"), { ...SETTING, awaitable })).toContain(`const a = ${text};`);
  });

  it("name several results, which come as members of an object", () => {
    const setting = { ...SETTING, awaitable: "same-call", results: ["data", "size"] };
    expect(migrated(call("store.load", "err, a, b"), setting)).toContain("const { data: a } = await store.load(1);");
  });

  it("name members by their paths", () => {
    const text = call("store.notes.load", "err, a");
    expect(migrated(text, SETTING)).toBe(text);
    expect(migrated(text, { ...SETTING, members: ["notes.load"], awaitable: "same-call" })).not.toBe(text);
  });

  it("say which texts may be concerned", () => {
    const text = call("store.load", "err, a");
    expect(mayMigrate(text, ["callbacks-to-async"])).toBe(false);
    expect(mayMigrate(text, ["callbacks-to-async"], { callbacks: [SETTING] })).toBe(true);
  });

  it.each([
    ["no setting", null, "`module` has to be"],
    ["no module", { ...SETTING, module: "" }, "`module` has to be"],
    ["a module in quotes", { ...SETTING, module: `"store"` }, "`module` has to be"],
    ["no members", { ...SETTING, members: [] }, "`members` has to be"],
    ["a member that is no name", { ...SETTING, members: ["load it"] }, "`members` has to be"],
    ["one text of members", { ...SETTING, members: "load" }, "`members` has to be"],
    ["an unknown form", { ...SETTING, awaitable: "await" }, "`awaitable` has to be `same-call`"],
    ["a form without its name", { ...SETTING, awaitable: "member:" }, "`awaitable` has to be"],
    ["results that are alike", { ...SETTING, results: ["a", "a"] }, "`results` has to be"],
    ["a word of its own", { ...SETTING, promise: true }, "`promise` is not known"],
  ])("are refused with %s", (_, setting, message) => {
    const settings = { callbacks: [SETTING, setting as CallbackSetting] };
    expect(() => familiesIn(settings)).toThrow(`\`settings.tapify.callbacks[1]\`: ${message}`);
  });

  it("are refused where they are no array", () => {
    expect(() => familiesIn({ callbacks: {} as never })).toThrow("`settings.tapify.callbacks` is no array.");
  });
});

describe("callbacks on a command line", () => {
  it("name a module, members and a form", () => {
    expect(callbacksNamed(["./store:load,notes.save=suffix:Async"])).toEqual([
      { module: "./store", members: ["load", "notes.save"], awaitable: "suffix:Async" },
    ]);
    expect(callbacksNamed(["node:fs:read=promisify"])[0]!.module).toBe("node:fs");
  });

  it.each(["", "store", "store:load", "store=promisify", "store:=promisify", "store:load=later", ":load=promisify"])(
    "are refused for %j",
    (text) => {
      expect(() => callbacksNamed([text])).toThrow("Callbacks are said as MODULE:MEMBER,MEMBER=FORM");
    },
  );
});
