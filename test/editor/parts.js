// @ts-check
// Code in files that hold something else as well, read by the parsers and the processor that people use for them: what is wrong is found at its place,
// and no rule offers a migration, which would need all that uses a function.
import { createRequire } from "node:module";
import { join } from "node:path";
import { ESLint } from "eslint";
import * as typescriptParser from "@typescript-eslint/parser";
import tapify from "../../dist/src/index.js";

const require = createRequire(join(import.meta.dirname, "package.json"));

/** Waits that block, a callback whose error nobody looks at, and calls that could be migrated were this a file of code. */
const CODE = `import fs from "node:fs";
function put(client: AmazonS3Client, request: PutObjectRequest): PutObjectResponse {
  const ar = client.BeginPutObject(request, null, null);
  return client.EndPutObject(ar);
}
function main(task: Task<string>): void {
  console.log(task.Result, put);
}
export function show(name: string): void {
  fs.readFile(name, "utf8", (error, text) => {
    console.log(text, main);
  });
}
`;
const LINES_ABOVE = "some text\n\nmore text\n";

const PARTS = [
  { file: "App.vue", text: `<template><p>{{ 1 }}</p></template>\n\n<script lang="ts">\n${CODE}</script>\n` },
  {
    file: "Setup.vue",
    text: `<script setup lang="ts">\n${CODE.replace("export ", "")}</script>\n<template><p /></template>\n`,
  },
  { file: "App.svelte", text: `<p>text</p>\n\n<script lang="ts">\n${CODE}</script>\n` },
  { file: "page.astro", text: `---\n${CODE.replace("export ", "")}---\n<p>text</p>\n` },
  { file: "page.md", text: `# Title\n\n${LINES_ABOVE}\n\`\`\`ts\n${CODE}\`\`\`\n` },
];

/**
 * Lints each of the files with all rules.
 *
 * @param {string} cwd A folder in which the files need not be.
 * @param {(what: string, actual: unknown, expected: unknown) => void} expect
 */
export async function lintParts(cwd, expect) {
  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [
      withParser("vue", require("vue-eslint-parser")),
      withParser("svelte", await import(require.resolve("svelte-eslint-parser"))),
      withParser("astro", await import(require.resolve("astro-eslint-parser"))),
      {
        files: ["**/*.md"],
        plugins: { markdown: (await import(require.resolve("@eslint/markdown"))).default },
        processor: "markdown/markdown",
      },
      { files: ["**/*.ts"], languageOptions: { parser: typescriptParser } },
      { ...tapify.configs.all, files: ["**/*.{vue,svelte,astro,ts}"] },
    ],
  });
  for (const { file, text } of PARTS) {
    const [result] = await eslint.lintText(text, { filePath: join(cwd, file) });
    const messages = result?.messages ?? [];
    /** @param {string} code */
    const lineOf = (code) => text.slice(0, text.indexOf(code)).split("\n").length;
    /** @param {string} rule */
    const linesOf = (rule) => messages.filter(({ ruleId }) => ruleId === `tapify/${rule}`).map(({ line }) => line);
    expect(`${file} is read`, messages.find(({ fatal }) => fatal === true)?.message, undefined);
    expect(
      `${file}: waits are found where they are`,
      linesOf("no-blocking-wait").join(),
      [lineOf("client.EndPutObject"), lineOf("task.Result")].join(),
    );
    expect(
      `${file}: an ignored error is found where it is`,
      linesOf("no-ignored-callback-error").join(),
      `${lineOf("(error, text)")}`,
    );
    const offers = messages.filter(({ ruleId }) => /^tapify\/prefer-a(?:wait-over|sync-contract)/.test(ruleId ?? ""));
    expect(`${file}: no rule offers a migration`, offers.map(({ ruleId }) => ruleId).join(), "");
  }
}

/** @param {string} ending @param {object} parser */
function withParser(ending, parser) {
  return {
    files: [`**/*.${ending}`],
    languageOptions: { parser: /** @type {any} */ (parser), parserOptions: { parser: typescriptParser } },
  };
}
