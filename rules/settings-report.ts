import type { Rule } from "eslint";
import { settingsProblems } from "../src/dialects/settings-problems.ts";

/** The rule that tells what is wrong with the settings for a file, by the file's tree: the first of those that are on. */
const tellers = new WeakMap<object, string>();

/**
 * What a rule does with a file whose settings are wrong: one rule reports that, at the first line, and none looks at the file. What they would
 * find is found with other settings than those that were meant.
 *
 * @returns The rule's listeners; `null` where the settings are right.
 */
export function settingsReport(rule: string, context: Rule.RuleContext): Rule.RuleListener | null {
  const problems = problemsIn(context.settings["tapify"]);
  if (problems.length === 0) return null;
  return {
    Program() {
      const { ast } = context.sourceCode;
      if (!tellers.has(ast)) tellers.set(ast, rule);
      if (tellers.get(ast) !== rule) return;
      context.report({
        loc: { line: 1, column: 0 },
        message: `${problems.join(" ")} Until that is corrected, no rule of tapify looks at this file.`.replaceAll(
          "{{",
          "{ {",
        ),
      });
    },
  };
}

/** What is wrong with settings, by the object that holds them: each rule asks this of each file. */
const known = new WeakMap<object, readonly string[]>();

function problemsIn(settings: unknown): readonly string[] {
  const isObject = typeof settings === "object" && settings !== null;
  let problems = isObject ? known.get(settings) : undefined;
  if (problems === undefined) {
    problems = settingsProblems(settings, "settings.tapify");
    if (isObject) known.set(settings, problems);
  }
  return problems;
}
