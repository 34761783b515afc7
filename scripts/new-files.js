// @ts-check
// The files of a new rule, family or shape, as texts.

/** Says what is wrong with what was asked for. */
export class NameError extends Error {}

/**
 * A checkout, as far as new files depend on it.
 *
 * @typedef {{ exists: (path: string) => boolean, read: (path: string) => string }} Checkout
 */

/** @typedef {{ files: Record<string, string>, next: string }} NewFiles the texts by their paths, and what to do with them */

const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The folders of shapes, each of one migration, and how their programs end. */
const SHAPES = new Map([
  ["begin-end", "ts"],
  ["events", "ts"],
  ["blocking", "ts"],
  ["contracts", "ts"],
  ["callbacks", "mjs"],
]);

/** @type {Record<string, (name: string, checkout: Checkout) => NewFiles>} */
const KINDS = { rule: newRule, family: newFamily, shape: newShape };

/**
 * @param {string} kind
 * @param {string} name
 * @param {Checkout} checkout
 * @returns {NewFiles}
 * @throws {NameError} for a kind that is none, and a name that is taken or is not kebab-case
 */
export function newFiles(kind, name, checkout) {
  const write = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (write === undefined)
    throw new NameError(`There is no ${kind} to add. It is one of: ${Object.keys(KINDS).join(", ")}.`);
  return write(name, checkout);
}

/**
 * @param {string} name
 * @param {readonly string[]} paths those that must not be there
 * @param {Checkout} checkout
 */
function checkName(name, paths, { exists }) {
  if (!KEBAB.test(name))
    throw new NameError(`${name} is no name in kebab-case: small letters and digits, with "-" between words.`);
  const taken = paths.find(exists);
  if (taken !== undefined) throw new NameError(`${taken} exists.`);
}

/**
 * @param {string} name
 * @param {Checkout} checkout
 * @returns {NewFiles}
 */
function newRule(name, checkout) {
  const [rule, page, test] = [`rules/${name}.ts`, `docs/rules/${name}.md`, `test/rules/${name}.test.ts`];
  checkName(name, [rule, page, test], checkout);
  const variable = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const index = withLine(
    checkout.read("rules/index.ts"),
    /^import \w+ from "\.\/[\w-]+\.ts";$/,
    `import ${variable} from "./${name}.ts";`,
  );
  const presets = checkout.read("rules/presets.ts");
  const all = presets.indexOf("  all: {");
  return {
    files: {
      [rule]: `import { createRule } from "./create-rule.ts";

const messages = {
  found: "Write what is wrong here, and what to do instead.",
};

export default createRule<keyof typeof messages, Record<never, never>>({
  name: "${name}",
  type: "problem",
  description: "write what this rule disallows",
  recommended: false,
  messages,
  options: {},
  defaultOptions: {},
  // The text test that decides whether a file is looked at.
  candidate: "beginEnd",
  // What the rule finds is computed in src/recognize, as records.
  reports: () => [],
});
`,
      [page]: `# tapify/${name}

<!-- end auto-generated rule header -->

Write what this rule finds.

## Why

Write what goes wrong in such code.

## Incorrect

\`\`\`ts
write(code, that, is, reported);
\`\`\`

## Correct

\`\`\`ts
write(what, to, write, instead);
\`\`\`
`,
      [test]: `import { expect, it } from "vitest";
import rule from "../../rules/${name}.ts";
import { ruleTester } from "./rule-tester.ts";

ruleTester().run("${name}", rule, {
  valid: ["call();"],
  invalid: [],
});

it("has tests", () => {
  expect.fail("Write these tests: what the rule reports, with message, place and data, and what it does not.");
});
`,
      "rules/index.ts": withLine(index, /^ {2}"[\w-]+": \w+,$/, `  "${name}": ${variable},`),
      "rules/presets.ts":
        presets.slice(0, all) +
        withLine(presets.slice(all), /^ {4}"tapify\/[\w-]+": "\w+",$/, `    "tapify/${name}": "error",`),
    },
    next: `Write what it finds and the tests, then: npm run build && npm run docs && npx vitest run test/plugin.test.ts -u`,
  };
}

/**
 * @param {string} name
 * @param {Checkout} checkout
 * @returns {NewFiles}
 */
function newFamily(name, checkout) {
  const folder = "src/dialects/families";
  const [family, input, output] = [
    `${folder}/${name}.ts`,
    `fixtures/callbacks/${name}.input.mjs`,
    `fixtures/callbacks/${name}.output.mjs`,
  ];
  checkName(name, [family, input, output], checkout);
  const constant = name.toUpperCase().replaceAll("-", "_");
  const index = withLine(
    checkout.read(`${folder}/index.ts`),
    /^import \{ \w+ \} from "\.\/[\w-]+\.ts";$/,
    `import { ${constant} } from "./${name}.ts";`,
  );
  const module = name.replace(/^node-/, "");
  return {
    files: {
      [family]: `import { alike, errorFirst, type Dialect } from "../dialect.ts";

/** \`${module}\` with callbacks. Source: write where the documentation of its operations is. */
export const ${constant}: Dialect = {
  name: "${name}",
  starts: [{ kind: "module", modules: ["${module}"] }],
  operations: new Map(
    alike("writeTheNamesOfOperations", {
      ...errorFirst("value"),
      awaited: { kind: "promisify", gives: "value" },
      returns: "nothing",
    }),
  ),
};
`,
      [`${folder}/index.ts`]: index.replace(
        /(DIALECTS[^=]*= \[)([^\]]*)\]/,
        (_, head, list) => `${head}${listed(list, constant)}]`,
      ),
      [input]: `// The smallest use of ${name}: a callback that throws its error. Make a program of it that really runs.
import { writeTheNamesOfOperations } from "${module}";

writeTheNamesOfOperations("key", (error, value) => {
  if (error) throw error;
  console.log(value);
});
`,
      [output]: `// Write here what a careful maintainer makes of ${name}.input.mjs, or remove this file and write ${name}.refused.json.\n`,
    },
    next: `Write the operations and what becomes of the fixture, then: npx vitest run test/migrate/fixtures.test.ts -t ${name}`,
  };
}

/**
 * @param {string} list the items of an array, on one line or on several
 * @param {string} item
 */
function listed(list, item) {
  const items = [...list.split(",").map((each) => each.trim()), item].filter((each) => each !== "").toSorted();
  const line = items.join(", ");
  // As prettier lays a list out.
  return line.length <= 70 ? line : `\n${items.map((each) => `  ${each},\n`).join("")}`;
}

/**
 * @param {string} path
 * @param {Checkout} checkout
 * @returns {NewFiles}
 */
function newShape(path, checkout) {
  const [folder = "", name = "", ...more] = path.split("/");
  const extension = SHAPES.get(folder);
  if (extension === undefined || more.length > 0)
    throw new NameError(
      `A shape is named with the folder of its migration: ${[...SHAPES.keys()].map((each) => `${each}/NAME`).join(", ")}.`,
    );
  const base = `fixtures/${folder}/${name}`;
  const endings = ["ts", "tsx", "js", "cjs", "mjs"];
  checkName(
    name,
    endings.map((each) => `${base}.input.${each}`),
    checkout,
  );
  return {
    files: {
      [`${base}.input.${extension}`]: `// Write which shape this is, and what makes it different from those that are there. Then the program.\n`,
      [`${base}.output.${extension}`]: `// Write here what a careful maintainer makes of ${name}.input.${extension}, or remove this file and write ${name}.refused.json.\n`,
    },
    next: `Write both files, see the test fail, then change src: npx vitest run test/migrate/fixtures.test.ts -t ${name}`,
  };
}

/**
 * A text with one more line among those that look alike, in their order.
 *
 * @param {string} text
 * @param {RegExp} alike
 * @param {string} line
 */
function withLine(text, alike, line) {
  const lines = text.split("\n");
  const own = lines.flatMap((each, index) => (alike.test(each) ? [index] : []));
  const key = (/** @type {string} */ each) => /[\w/-]+(?=\.ts"|":)/.exec(each)?.[0] ?? each;
  const next = own.find((index) => key(/** @type {string} */ (lines[index])) > key(line));
  lines.splice(next ?? /** @type {number} */ (own.at(-1)) + 1, 0, line);
  return lines.join("\n");
}
