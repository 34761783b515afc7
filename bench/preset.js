// @ts-check
import { cpuUsage } from "node:process";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import tapify from "eslint-plugin-tapify";
import { textOf } from "./scale-texts.js";

/** Of each size as many runs as take some time: the first are slow, as the engine has compiled nothing for them yet. */
const OPERATIONS = 4_000;

/**
 * What the preset `migration` adds to the linting of a file.
 *
 * @param {string} kind @param {number} size
 * @returns {{ added: number, parse: number }} CPU time in milliseconds: of a run with the preset less that of one without, and of
 *   one parse as ESLint has it done. The median of many runs each, of texts that differ: the same text is remembered.
 */
export function presetCost(kind, size) {
  const linter = new Linter();
  const base = { files: ["**/*.ts"], languageOptions: { parser } };
  const [parse, without, withPreset] = [[], [], []].map(() => /** @type {number[]} */ ([]));
  for (let run = 0; run < OPERATIONS / size; run++) {
    const text = `${textOf(kind, size)}// ${run}\n`;
    const options = {
      range: true,
      loc: true,
      tokens: true,
      comment: true,
      eslintVisitorKeys: true,
      eslintScopeManager: true,
    };
    parse.push(timed(() => parser.parseForESLint(text, { ...options, filePath: "file.ts" })));
    without.push(timed(() => linter.verify(text, [base], "file.ts")));
    let messages = 0;
    withPreset.push(
      timed(() => (messages = linter.verify(text, [base, tapify.configs.migration].flat(), "file.ts").length)),
    );
    if (messages < size) throw new Error(`Of ${size} ${kind}, ${messages} were reported`);
  }
  return { added: median(withPreset) - median(without), parse: median(parse) };
}

/** @param {() => void} work */
function timed(work) {
  const start = cpuUsage();
  work();
  const { user, system } = cpuUsage(start);
  return (user + system) / 1000;
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}
