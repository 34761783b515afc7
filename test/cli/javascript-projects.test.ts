import { expect, describe, it } from "vitest";
import { tapify, Workspace, type RunResult } from "./support/workspace.ts";

/** `tapify migrate --project` on JavaScript: which files belong to a project, and who calls what by way of CommonJS. */

const LOAD = `const fs = require("fs");

function load(name, callback) {
  fs.readFile(name, "utf8", (err, text) => {
    if (err) return callback(err);
    callback(null, text.trim());
  });
}

`;
const LOADED = `const fs = require("fs");

async function load(name) {
  const text = await fs.promises.readFile(name, "utf8");
  return text.trim();
}

`;
const CALL = `(name) {
  load(name, (err, text) => {
    if (err) return console.log("failed", err.message);
    console.log(text);
  });
}
`;

function migrate(made: Workspace, ...argv: string[]): Promise<RunResult> {
  return tapify(made.root, "migrate", "--project", ".", ...argv);
}

describe("the files of a project", () => {
  it.each([
    ["an allowJs", { "tsconfig.json": '{ "compilerOptions": { "allowJs": true } }' }],
    ["a jsconfig.json", { "jsconfig.json": "{}" }],
    ["a package.json alone", { "package.json": "{}" }],
  ])("are JavaScript by %s", async (_name, config: Readonly<Record<string, string>>) => {
    const made = new Workspace({
      ...config,
      "load.js": `${LOAD}module.exports = { load };\n`,
      "main.js": `const { load } = require("./load");\n\nfunction show${CALL}\nshow("a");\n`,
    });
    const { code, stderr } = await migrate(made, "--write", "--allow-dirty");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(made.read("load.js")).toBe(`${LOADED}module.exports = { load };\n`);
    expect(made.read("main.js")).toContain("text = await load(name);");
    expect((await migrate(made, "--write", "--allow-dirty")).stdout).toContain("0 migrated");
  });

  it("are all that git does not ignore, where a package.json stands alone", async () => {
    const made = new Workspace({
      "package.json": "{}",
      ".gitignore": "dist/\n",
      "load.js": `${LOAD}module.exports = { load };\n`,
      "main.ts": `import { load } from "./load";\n\nload("a", (err: Error | null) => console.log(err === null));\n`,
      "dist/main.js": `const { load } = require("../load");\nload(1);\n`,
      "node_modules/p/main.js": `const { load } = require("../../load");\nload(1);\n`,
    });
    made.git("init", "-q");
    const { stdout } = await migrate(made, "--format", "json");
    const { files } = JSON.parse(stdout) as { files: { path: string; status: string }[] };
    expect(files.map(({ path }) => path)).toEqual(["load.js", "main.ts"]);
  });

  it("are none where there is neither a configuration nor a package.json", async () => {
    const made = new Workspace({ "a.js": LOAD });
    const { code, stderr } = await migrate(made);
    expect(code).toBe(2);
    expect(stderr).toContain("this folder has no tsconfig.json and no jsconfig.json and no package.json.");
  });

  it("are an error where they do not parse", async () => {
    const made = new Workspace({ "package.json": "{}", "a.js": LOAD, "b.js": "const x = (;\n" });
    const { code, stderr } = await migrate(made);
    expect(code).toBe(2);
    expect(stderr).toContain("b.js:1:12 does not parse");
  });
});

/** A way in which one file exports a function, and another calls it. */
const FOLLOWED: readonly (readonly [string, string, string])[] = [
  [
    "exports.load",
    "exports.load = load;",
    'const lib = require("./load");\nfunction show' + CALL.replace("load(", "lib.load("),
  ],
  [
    "a name of its own",
    "exports.read = load;",
    'const { read } = require("./load");\nfunction show' + CALL.replace("load(", "read("),
  ],
  [
    "another name",
    "module.exports = { read: load };",
    'const { read: get } = require("./load");\nfunction show' + CALL.replace("load(", "get("),
  ],
  [
    "the whole module",
    "module.exports = load;",
    'const get = require("./load");\nfunction show' + CALL.replace("load(", "get("),
  ],
  [
    "a call of what is required",
    "module.exports = load;",
    "function show" + CALL.replace("load(", 'require("./load")('),
  ],
  [
    "a member of what is required",
    "module.exports.load = load;",
    "function show" + CALL.replace("load(", 'require("./load").load('),
  ],
  [
    "a part of a module that has a name",
    "exports.load = load;",
    'const lib = require("./load");\nconst { load } = lib;\nfunction show' + CALL,
  ],
  [
    "a default import",
    "module.exports = load;",
    'import get from "./load.js";\nexport function show' + CALL.replace("load(", "get("),
  ],
  [
    "a namespace",
    "exports.load = load;",
    'import * as lib from "./load.js";\nexport function show' + CALL.replace("load(", "lib.load("),
  ],
];

/** A way in which it cannot be told who calls it, and the code that says so. */
const HIDDEN: readonly (readonly [string, string, string, string])[] = [
  [
    "a module that is passed on",
    "exports.load = load;",
    'use(require("./load"));\nfunction use(lib) {\n  lib.load("a", console.log);\n}\n',
    "module-out-of-sight",
  ],
  [
    "a member that is computed",
    "exports.load = load;",
    'const lib = require("./load");\nexports.run = (name) => lib[name]("a", console.log);\n',
    "module-out-of-sight",
  ],
  [
    "a path that is computed",
    "module.exports = load;",
    'exports.run = (name) => require("./" + name)("a", console.log);\n',
    "module-out-of-sight",
  ],
  [
    "a path that is told to other code",
    "exports.load = load;",
    'const lib = require("stub")("./load", {});\nlib.load("a", console.log);\n',
    "module-out-of-sight",
  ],
  [
    "exports that are passed on",
    "exports.load = load;\nwrapAll(exports);\nfunction wrapAll() {}",
    'require("./load");\n',
    "module-out-of-sight",
  ],
  [
    "a name that is computed",
    'const name = "load";\nmodule.exports[name] = load;',
    'require("./load").load("a", console.log);\n',
    "module-out-of-sight",
  ],
  [
    "a function that is wrapped",
    "exports.load = once(load);\nfunction once(fn) {\n  return fn;\n}",
    'require("./load").load("a", console.log);\n',
    "function-used-as-value",
  ],
  [
    "a variable that gets another value",
    "exports.load = load;",
    'let { load } = require("./load");\nload = console.log;\nload("a", (err) => console.log(err));\n',
    "callers-unknown",
  ],
  ["a call without the callback", "exports.load = load;", 'require("./load").load("a");\n', "completion-not-given"],
  ["a function that nobody calls", "exports.load = load;", 'require("./load");\n', "completion-not-called"],
];

describe("who calls a function of CommonJS", () => {
  it.each(FOLLOWED)("follows by %s", async (_name, exported, caller) => {
    const made = new Workspace({
      "package.json": "{}",
      "load.js": `${LOAD}${exported}\n`,
      [/^import/u.test(caller) ? "main.mjs" : "main.js"]: caller,
    });
    const { stdout } = await migrate(made, "--write", "--allow-dirty");
    expect(stdout).not.toContain("refused ");
    expect(made.read("load.js")).toBe(`${LOADED}${exported}\n`);
    expect(made.read(/^import/u.test(caller) ? "main.mjs" : "main.js")).toMatch(/text = await .+\(name\);/u);
  });

  it.each(HIDDEN)("cannot be told by %s", async (_name, exported, caller, code) => {
    const made = new Workspace({ "package.json": "{}", "load.js": `${LOAD}${exported}\n`, "main.js": caller });
    const { stdout } = await migrate(made);
    expect(stdout).toContain(`refused ${code}:`);
    expect(stdout).toContain(" 0 to migrate");
  });

  it("may be another package, which takes what the package offers", async () => {
    const files = {
      "package.json": '{ "name": "p", "version": "1.0.0" }',
      "index.js": 'module.exports = require("./lib/load");\n',
      "lib/load.js": `${LOAD}exports.load = load;\n`,
      "lib/main.js": `const { load } = require("./load");\n\nfunction show${CALL}\nshow("a");\n`,
    };
    const made = new Workspace(files);
    expect((await migrate(made)).stdout).toContain("refused completion-exported: load is exported");
    expect((await migrate(made, "--allow-exports")).stdout).toContain("2 to migrate");
    // Nobody takes what is private.
    made.write("package.json", '{ "name": "p", "version": "1.0.0", "private": true }');
    expect((await migrate(made)).stdout).toContain("2 to migrate");
  });
});
