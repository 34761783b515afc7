import type { ESLint, Rule } from "eslint";
import { mayReport } from "../../../rules/create-rule.ts";
import type { PresetName } from "../../../rules/presets.ts";
import type { Settings } from "../../dialects/settings.ts";
import plugin from "../../index.ts";

/** A comment may turn on any rule of the package. */
const OWN_PREFIX = "tapify/";

/**
 * Tells which files have to be linted: those that some rule may report. Where the rules have no types, their text tests rule out most files
 * before anything parses them.
 */
export class Candidates {
  readonly #rules: readonly Rule.RuleModule[];
  readonly #settings: Settings;

  constructor(preset: PresetName, settings: Settings) {
    const rules = plugin.rules as Readonly<Record<string, Rule.RuleModule>>;
    this.#rules = Object.keys(plugin.configs[preset].rules ?? {}).map((name) => rules[name.slice(OWN_PREFIX.length)]!);
    this.#settings = settings;
  }

  includes(text: string): boolean {
    return text.includes(OWN_PREFIX) || this.#rules.some((rule) => mayReport(rule, text, this.#settings));
  }
}

/** What ESLint says of a file in which nothing is found. */
export function cleanResult(filePath: string): ESLint.LintResult {
  return {
    filePath,
    messages: [],
    suppressedMessages: [],
    errorCount: 0,
    fatalErrorCount: 0,
    warningCount: 0,
    fixableErrorCount: 0,
    fixableWarningCount: 0,
    usedDeprecatedRules: [],
  };
}
