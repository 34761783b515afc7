import { describe, expect, it } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import type { Settings } from "../../src/dialects/settings.ts";
import { createContext } from "../../src/recognize/context.ts";
import { isVersionFrom, packageOf } from "../../src/recognize/package-versions.ts";
import { Workspace } from "../cli/support/workspace.ts";

const FILE = "packages/own/src/a.js";

/** Whether `store` is of version 5 or later, for a file of a tree. */
function isFrom5(files: Record<string, string>, settings: Settings = {}, file = FILE): string {
  const { root } = new Workspace(files);
  return isVersionFrom(createContext(parse("call();", `${root}/${file}`), settings), "store", "5.0.0");
}

const installed = (version: unknown, more: object = {}): string => JSON.stringify({ name: "store", version, ...more });
const asking = (range: unknown, list = "dependencies"): string => JSON.stringify({ [list]: { store: range } });

describe("what is installed", () => {
  it.each([
    ["5.0.0", "yes"],
    ["6.3.0", "yes"],
    ["5.0.0-beta.2", "yes"],
    ["4.17.2", "no"],
    ["five", "unknown"],
    ["", "unknown"],
    [7, "unknown"],
    [undefined, "unknown"],
  ])("as %j", (version, known) => {
    // An empty text would be any version as a range.
    expect(isFrom5({ "node_modules/store/package.json": installed(version) })).toBe(known);
  });

  it("is the nearest, and goes before what is asked for", () => {
    const files = {
      "package.json": asking("^3.0.0"),
      "packages/own/package.json": asking("^3.0.0"),
      "packages/own/node_modules/store/package.json": installed("6.0.0"),
      "node_modules/store/package.json": installed("4.0.0"),
    };
    expect(isFrom5(files)).toBe("yes");
    expect(isFrom5(files, {}, "packages/other/a.js")).toBe("no");
  });

  it("is unknown where it is another package by an alias, damaged, or no file", () => {
    const path = "node_modules/store/package.json";
    expect(isFrom5({ [path]: installed("6.0.0", { name: "store-legacy" }) })).toBe("unknown");
    expect(isFrom5({ [path]: '{ "version": "6.0.0"', "package.json": asking("6") })).toBe("unknown");
    expect(isFrom5({ [path]: "[]", "package.json": asking("6") })).toBe("unknown");
    expect(isFrom5({ [path]: "null" })).toBe("unknown");
    expect(isFrom5({ [`${path}/a.txt`]: "", "package.json": asking("6") })).toBe("unknown");
  });

  it("is found again when it has changed", () => {
    const workspace = new Workspace({ "node_modules/store/package.json": installed("4.0.0") });
    const ask = () => isVersionFrom(createContext(parse("call();", workspace.path("a.js")), {}), "store", "5.0.0");
    expect(ask()).toBe("no");
    workspace.write("node_modules/store/package.json", installed("5.10.0"));
    expect(ask()).toBe("yes");
  });
});

describe("what is asked for", () => {
  it.each([
    ["^5.0.0", "yes"],
    [">=5", "yes"],
    ["5.x || 6.x", "yes"],
    ["npm:store@^6.0.0", "yes"],
    ["~4.2", "no"],
    ["<5", "no"],
    ["^4 || ^5", "unknown"],
    [">=4", "unknown"],
    ["*", "unknown"],
    ["", "unknown"],
    ["latest", "unknown"],
    ["workspace:*", "unknown"],
    ["npm:store-legacy@^6.0.0", "unknown"],
    ["github:someone/store#v6", "unknown"],
    [6, "yes"],
    [null, "unknown"],
  ])("as %j", (range, known) => {
    expect(isFrom5({ "package.json": asking(range) })).toBe(known);
  });

  it.each(["devDependencies", "peerDependencies", "optionalDependencies"])("in %s", (list) => {
    expect(isFrom5({ "package.json": asking("^6.0.0", list) })).toBe("yes");
  });

  it("is told by the nearest package.json that has the name, and by all of its lists", () => {
    const own = "packages/own/package.json";
    expect(isFrom5({ "package.json": asking("^6"), [own]: asking("^4") })).toBe("no");
    expect(isFrom5({ "package.json": asking("^6"), [own]: '{ "type": "module" }' })).toBe("yes");
    expect(isFrom5({ "package.json": asking("^6"), [own]: "{" })).toBe("unknown");
    const both = { peerDependencies: { store: ">=4" }, devDependencies: { store: "^6" } };
    expect(isFrom5({ [own]: JSON.stringify(both) })).toBe("unknown");
  });

  it("is nothing where lists are none, or have strange names", () => {
    expect(isFrom5({ "package.json": '{ "dependencies": ["store"] }' })).toBe("unknown");
    expect(isFrom5({ "package.json": '{ "dependencies": { "__proto__": "6", "constructor": "6" } }' })).toBe("unknown");
  });
});

it("the settings go before all of it", () => {
  const files = { "node_modules/store/package.json": installed("4.0.0") };
  expect(isFrom5(files, { assume: { store: "6" } })).toBe("yes");
  expect(isFrom5(files, { assume: { store: ">=4" } })).toBe("unknown");
  expect(isFrom5(files, { assume: { store: "six" } })).toBe("unknown");
  expect(isFrom5(files, { assume: { other: "6" } })).toBe("no");
});

it.each(["<input>", "<text>", "a.js", "src/a.js", "/nowhere/at/all/a.js", `${import.meta.filename}/0.js`])(
  "nothing is known for %s",
  (file) => {
    expect(isVersionFrom(createContext(parse("call();", file), {}), "store", "5.0.0")).toBe("unknown");
  },
);

it.each([
  ["store", "store"],
  ["store/clients/a", "store"],
  ["@scope/store", "@scope/store"],
  ["@scope/store/lib/a", "@scope/store"],
])("%s is of the package %s", (module, name) => {
  expect(packageOf(module)).toBe(name);
});
