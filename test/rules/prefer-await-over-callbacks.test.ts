import type { RuleTester } from "eslint";
import rule from "../../rules/prefer-await-over-callbacks.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

/** Where an operation is reported, and what its suggestion makes of the code. */
function migratable(
  line: number,
  column: number,
  name: string,
  output: string,
  operations = name,
): RuleTester.TestCaseError {
  return {
    messageId: "migratable",
    data: { name },
    line,
    column,
    endLine: line,
    endColumn: column + name.length,
    suggestions: [{ messageId: "migrate", data: { operations }, output }],
  };
}

/** A function that is reported at its name, and whose suggestion changes it alone. */
function ownFunction(given: {
  readonly code: string;
  readonly output: string;
  readonly name: string;
  readonly callback: string;
  readonly at: readonly [line: number, column: number];
}): RuleTester.InvalidTestCase {
  const { at, callback, code, name, output } = given;
  const [line, column] = at;
  return {
    code,
    errors: [
      {
        messageId: "functionMigratable",
        data: { name, callback },
        ...{ line, column, endLine: line, endColumn: column + name.length },
        suggestions: [{ messageId: "migrate", data: { operations: name }, output }],
      },
    ],
  };
}

const IMPORT = 'import fs from "node:fs";\n';

tester.run("prefer-await-over-callbacks: what stays silent", rule, {
  valid: [
    // No origin: a name and the shape of a callback are one witness only.
    "fs.readFile(path, (err, data) => { if (err) throw err; show(data); });",
    'import fs from "./fs.js"; fs.readFile(path, (err, data) => { if (err) throw err; show(data); });',
    'import fs from "memfs"; fs.readFile(path, (err, data) => { if (err) throw err; show(data); });',
    // No callback, or no such operation.
    `${IMPORT}const text = fs.readFileSync(path, "utf8");`,
    `${IMPORT}const text = await fs.promises.readFile(path, "utf8");`,
    `${IMPORT}fs.watch(path, (event, name) => { show(name); });`,
    `${IMPORT}fs.createReadStream(path).on("data", (data) => show(data));`,
    `${IMPORT}const options = { flag: "r" }; fs.readFile(path, options);`,
    `${IMPORT}fs.readFile(...all);`,
    // The name means something else.
    `${IMPORT}function f(fs) { fs.readFile(path, (err, data) => { if (err) throw err; show(data); }); }`,
    'let readFile = require("fs").readFile; readFile = mine; readFile(path, (err) => { if (err) throw err; });',
    // What cannot be migrated is reported on request only.
    `${IMPORT}function f(path, callback) { fs.readFile(path, callback); }`,
    `${IMPORT}function f(path, callback) { fs.unlink(path, (err) => { if (err) throw err; callback(); }); return path; }`,
  ],
  invalid: [],
});

tester.run("prefer-await-over-callbacks: suggestions", rule, {
  valid: [],
  invalid: [
    {
      code: `${IMPORT}export function load(path) {
  fs.readFile(path, "utf8", (err, text) => {
    if (err) throw err;
    show(text);
  });
}`,
      errors: [
        migratable(
          3,
          6,
          "readFile",
          `${IMPORT}export async function load(path) {
  const text = await fs.promises.readFile(path, "utf8");
  show(text);
}`,
        ),
      ],
    },
    {
      code: `import { stat, unlink as remove } from "fs";
export const check = (path) => stat(path, (err) => {
  if (err) return;
  remove(path, (err) => {
    if (err) report(err);
  });
});`,
      errors: [
        migratable(
          2,
          32,
          "stat",
          `import { promises } from "fs";
export const check = async (path) => {
  try {
    await promises.stat(path);
  } catch {
    return;
  }
  try {
    await promises.unlink(path);
  } catch (err) {
    report(err);
  }
};`,
          "stat, unlink",
        ),
        {
          ...migratable(
            4,
            3,
            "unlink",
            `import { promises } from "fs";
export const check = async (path) => {
  try {
    await promises.stat(path);
  } catch {
    return;
  }
  try {
    await promises.unlink(path);
  } catch (err) {
    report(err);
  }
};`,
            "stat, unlink",
          ),
          endColumn: 9,
        },
      ],
    },
  ],
});

tester.run("prefer-await-over-callbacks: refusals on request", rule, {
  valid: [
    { code: `${IMPORT}fs.readFileSync(path);`, options: [{ reportRefusals: true }] },
    // A promise is around the call already.
    {
      code: `${IMPORT}export const load = (path) => new Promise((resolve, reject) => {
  fs.stat(path, (err) => {
    if (err) return reject(err);
    fs.readFile(path, (err, data) => (err ? reject(err) : resolve(data)));
  });
});`,
      options: [{ reportRefusals: true }],
    },
    { code: `${IMPORT}await new Promise((resolve) => fs.unlink(path, resolve));`, options: [{ reportRefusals: true }] },
  ],
  invalid: [
    {
      code: `${IMPORT}export function load(path, callback) {
  fs.readFile(path, callback);
}`,
      options: [{ reportRefusals: true }],
      errors: [
        {
          messageId: "refused",
          data: {
            name: "load",
            code: "completion-exported",
            message: "load is exported, and who calls it elsewhere gives it a callback.",
          },
          line: 2,
          column: 17,
          endLine: 2,
          endColumn: 21,
          suggestions: [],
        },
        {
          messageId: "refused",
          data: {
            name: "readFile",
            code: "callback-passed-on",
            message:
              "The callback of readFile is a parameter: it is the caller of the function around who is called back.",
          },
          line: 3,
          column: 6,
          endLine: 3,
          endColumn: 14,
          suggestions: [],
        },
      ],
    },
    {
      code: `${IMPORT}export function load(path, callback) {
  fs.readFile(path, (err, data) => {
    if (err) throw err;
    callback(data);
  });
  go();
}`,
      options: [{ reportRefusals: true }],
      errors: [
        {
          messageId: "refused",
          data: {
            name: "readFile",
            code: "code-follows",
            message:
              "readFile is not the last thing that happens: what stands behind it runs before its callback does.",
          },
          line: 3,
          column: 6,
          endLine: 3,
          endColumn: 14,
        },
      ],
    },
  ],
});

tester.run("prefer-await-over-callbacks: functions with a callback of their own", rule, {
  valid: [],
  invalid: [
    ownFunction({
      code: `exports.handler = (event, context, callback) => {
  if (event.path === undefined) return callback(new Error("no path"));
  callback(null, event.path);
};`,
      output: `exports.handler = async (event, context) => {
  if (event.path === undefined) throw new Error("no path");
  return event.path;
};`,
      name: "handler",
      callback: "callback",
      at: [1, 9],
    }),
    // Members of another parameter tell the same.
    ownFunction({
      code: `exports.handler = (event, context) => {
  if (event.path === undefined) return context.fail(new Error("no path"));
  context.succeed(event.path);
};`,
      output: `exports.handler = async (event, context) => {
  if (event.path === undefined) throw new Error("no path");
  return event.path;
};`,
      name: "handler",
      callback: "context.fail and context.succeed",
      at: [1, 9],
    }),
    // A function without a name is told by its parameter.
    {
      code: `const { it } = require("mocha");
const fs = require("fs");
it("goes", (done) => { fs.unlink("a", done); });`,
      errors: [
        {
          messageId: "functionMigratable",
          data: { name: "The function with done", callback: "done" },
          line: 3,
          column: 13,
          endLine: 3,
          endColumn: 17,
          suggestions: [
            {
              messageId: "migrate",
              data: { operations: "the function with done, unlink" },
              output: `const { it } = require("mocha");
const fs = require("fs");
it("goes", async () => { await fs.promises.unlink("a"); });`,
            },
          ],
        },
        migratable(
          3,
          27,
          "unlink",
          `const { it } = require("mocha");
const fs = require("fs");
it("goes", async () => { await fs.promises.unlink("a"); });`,
          "the function with done, unlink",
        ),
      ],
    },
    {
      code: `const { it } = require("mocha");
const fs = require("fs");
it("goes", (done) => { fs.unlink("a", () => setTimeout(done)); });`,
      options: [{ reportRefusals: true }],
      errors: [
        {
          messageId: "refused",
          data: {
            name: "The function with done",
            code: "completion-passed-on",
            message:
              "The callback of the function with done is passed on or stored, or called in another function, so who calls it, and when, cannot be told.",
          },
          line: 3,
          column: 13,
          endLine: 3,
          endColumn: 17,
          suggestions: [],
        },
        {
          messageId: "refused",
          data: {
            name: "unlink",
            code: "completion-passed-on",
            message:
              "The callback of the function with done is passed on or stored, or called in another function, so who calls it, and when, cannot be told.",
          },
          line: 3,
          column: 27,
          endLine: 3,
          endColumn: 33,
          suggestions: [],
        },
      ],
    },
  ],
});
