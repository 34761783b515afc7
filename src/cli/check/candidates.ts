import type { ESLint, Rule } from "eslint";
import { createRequire } from "node:module";
import type * as TypeScript from "typescript";
import { mayReport } from "../../../rules/create-rule.ts";
import type { PresetName } from "../../../rules/presets.ts";
import type { Settings } from "../../dialects/settings.ts";
import plugin from "../../index.ts";

/** A comment may turn on any rule of the package. */
const OWN_PREFIX = "tapify/";

/**
 * Tells which files have to be linted: those that some rule may report, and those that do not parse. Where the rules have no types, their
 * text tests rule out most files, and the compiler alone tells a syntax error in a small part of the time that linting takes.
 */
export class Candidates {
  readonly #rules: readonly Rule.RuleModule[];
  readonly #settings: Settings;
  readonly #compiler = createRequire(import.meta.url)("typescript") as typeof TypeScript;

  constructor(preset: PresetName, settings: Settings) {
    const rules = plugin.rules as Readonly<Record<string, Rule.RuleModule>>;
    this.#rules = Object.keys(plugin.configs[preset].rules ?? {}).map((name) => rules[name.slice(OWN_PREFIX.length)]!);
    this.#settings = settings;
  }

  includes(file: string, text: string): boolean {
    return (
      text.includes(OWN_PREFIX) ||
      this.#rules.some((rule) => mayReport(rule, text, this.#settings)) ||
      !this.#parses(file, text)
    );
  }

  #parses(file: string, text: string): boolean {
    const { createSourceFile, JSDocParsingMode, ScriptTarget } = this.#compiler;
    try {
      const parsed = createSourceFile(file, text, {
        languageVersion: ScriptTarget.Latest,
        jsDocParsingMode: JSDocParsingMode.ParseNone,
      });
      return (parsed as unknown as { readonly parseDiagnostics: readonly unknown[] }).parseDiagnostics.length === 0;
    } catch {
      // Nested too deeply for the compiler, for one: whoever lints the file says what is wrong with it.
      return false;
    }
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
