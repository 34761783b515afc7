/** Runs the rules of a preset over a text, by ESLint as it is made for browsers. */
import { Linter } from "eslint/universal";
import type { Rule } from "eslint";
import { PRESETS } from "../../../dist/rules/presets.js";
import { rules } from "../../../dist/rules/index.js";
import type { Settings } from "../../../dist/src/core.js";
import type { Finding, Trial } from "../protocol.ts";
import { parser } from "./parser.ts";

const linter = new Linter();

/** What the rules find. A text that does not parse has no findings: the migration says so. */
export function findingsIn({ code, file, rules: preset }: Trial, settings: Settings): Finding[] {
  const messages = linter.verify(
    code,
    {
      files: ["**"],
      languageOptions: { parser: parser as never },
      plugins: { tapify: { rules: rules as Record<string, Rule.RuleModule> } },
      rules: PRESETS[preset],
      settings: { tapify: settings },
      linterOptions: { noInlineConfig: false, reportUnusedDisableDirectives: "off" },
    },
    { filename: file },
  );
  const starts = lineStartsOf(code);
  return messages
    .filter(({ fatal, ruleId }) => fatal !== true && ruleId != null)
    .map(({ column, endColumn, endLine, line, message, ruleId }) => {
      const from = starts[line - 1]! + column - 1;
      const to = endLine === undefined || endColumn === undefined ? from : starts[endLine - 1]! + endColumn - 1;
      return { rule: ruleId!, url: urlOf(ruleId!), message, line, column, from, to: Math.max(from, to) };
    });
}

function urlOf(rule: string): string | null {
  return rules[rule.slice(rule.indexOf("/") + 1)]?.meta?.docs?.url ?? null;
}

function lineStartsOf(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|[\r\n\u2028\u2029]/g), ({ 0: end, index }) => index + end.length)];
}
