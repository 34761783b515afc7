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
