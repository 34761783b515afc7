import type { ESLint, Linter } from "eslint";

const PREFIX = "tapify/";

/** The results without their warnings. */
export function errorsOnly(results: readonly ESLint.LintResult[]): ESLint.LintResult[] {
  return results.map((result) =>
    withMessages(
      result,
      result.messages.filter(({ severity }) => severity === 2),
    ),
  );
}

/**
 * Takes away what other plugins' comments bring about: `eslint x/y: 2` reports that a rule `x/y` is unknown, turns on a
 * rule of ESLint's own, or is a remark on a comment that ESLint once understood. What stays is what our rules found, and that a file does not parse.
 */
export function keepOwnMessages(result: ESLint.LintResult): ESLint.LintResult {
  return {
    ...withMessages(result, result.messages.filter(isOwn)),
    suppressedMessages: result.suppressedMessages.filter(isOwn),
  };
}

function withMessages(result: ESLint.LintResult, messages: Linter.LintMessage[]): ESLint.LintResult {
  return {
    ...result,
    messages,
    errorCount: count(messages, ({ severity }) => severity === 2),
    warningCount: count(messages, ({ severity }) => severity === 1),
    fatalErrorCount: count(messages, ({ fatal }) => fatal === true),
    fixableErrorCount: count(messages, ({ severity, fix }) => severity === 2 && fix !== undefined),
    fixableWarningCount: count(messages, ({ severity, fix }) => severity === 1 && fix !== undefined),
  };
}

function isOwn({ ruleId, fatal, message }: Linter.LintMessage): boolean {
  if (ruleId !== null) return ruleId.startsWith(PREFIX);
  // What ESLint remarks on comments counts as fatal too, although the file was linted: `eslint-env`, a global's value, what is no JSON.
  return fatal === true && (message.startsWith("Parsing error:") || message.includes(PREFIX));
}

function count(messages: readonly Linter.LintMessage[], test: (message: Linter.LintMessage) => boolean): number {
  return messages.filter(test).length;
}
