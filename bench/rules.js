// @ts-check
// Lints a list of files, one path a line on standard input, with the recommended rules of this package and of eslint-plugin-promise,
// all in one run, and prints ESLint's own statistics as JSON. A process of its own, so that its memory is nobody else's.
import { readFileSync } from "node:fs";
import * as parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import tapify from "eslint-plugin-tapify";
import promise from "eslint-plugin-promise";
import { sum } from "./measure.js";

const files = readFileSync(0, "utf8")
  .split("\n")
  .filter((line) => line !== "");

const eslint = new ESLint({
  cwd: "/",
  stats: true,
  globInputPaths: false,
  warnIgnored: false,
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
      languageOptions: { parser },
      linterOptions: { reportUnusedDisableDirectives: "off" },
    },
    tapify.configs.recommended,
    promise.configs["flat/recommended"],
  ],
});
const results = await eslint.lintFiles(files);
const passes = results.flatMap(({ stats }) => stats?.times.passes ?? []);

/** @param {string} prefix */
function rulesOf(prefix) {
  const times = passes.map(({ rules = {} }) =>
    sum(Object.entries(rules).flatMap(([rule, { total }]) => (rule.startsWith(prefix) ? [total] : []))),
  );
  const findings = results.flatMap(({ messages }) => messages.filter(({ ruleId }) => ruleId?.startsWith(prefix)));
  return { milliseconds: sum(times), findings: findings.length };
}

console.log(
  JSON.stringify({
    files: passes.length,
    unparsed: results.filter(({ fatalErrorCount }) => fatalErrorCount > 0).length,
    // The pass over a file that does not parse has no total.
    totalMilliseconds: sum(passes.map(({ total }) => total ?? 0)),
    parseMilliseconds: sum(passes.map(({ parse }) => parse.total)),
    tapify: rulesOf("tapify/"),
    promise: rulesOf("promise/"),
  }),
);
