import type { ESLint, Linter } from "eslint";

const PREFIX = "tapify/";

/**
 * Takes away what other plugins' comments bring about: `eslint x/y: 2` reports that a rule `x/y` is unknown, or turns
 * on a rule of ESLint's own. What stays is what our rules found, and that a file does not parse.
 */
export function keepOwnMessages(result: ESLint.LintResult): ESLint.LintResult {
  const messages = result.messages.filter(isOwn);
  return {
    ...result,
    messages,
    suppressedMessages: result.suppressedMessages.filter(isOwn),
    errorCount: count(messages, ({ severity }) => severity === 2),
    warningCount: count(messages, ({ severity }) => severity === 1),
    fatalErrorCount: count(messages, ({ fatal }) => fatal === true),
    fixableErrorCount: count(messages, ({ severity, fix }) => severity === 2 && fix !== undefined),
    fixableWarningCount: count(messages, ({ severity, fix }) => severity === 1 && fix !== undefined),
  };
}

function isOwn({ ruleId, fatal, message }: Linter.LintMessage): boolean {
  if (ruleId !== null) return ruleId.startsWith(PREFIX);
  // A configuration comment that is no JSON counts as fatal, although the file was linted.
  return fatal === true && (!message.startsWith("Failed to parse JSON") || message.includes(PREFIX));
}

function count(messages: readonly Linter.LintMessage[], test: (message: Linter.LintMessage) => boolean): number {
  return messages.filter(test).length;
}
