import type { ESLint } from "eslint";
import { printable } from "../../printable.ts";
import type { Remark, RemarkReport } from "../reports/remark.ts";

/** What ESLint found, for the formats that are not its own. */
export function remarksOf(results: readonly ESLint.LintResult[], eslint: ESLint, cwd: string): RemarkReport {
  const meta = eslint.getRulesMetaForResults([...results]);
  const remarks = results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, severity, message, line, column, endLine, endColumn }): Remark => ({
      file: filePath,
      // The parser has no place for what is wrong with a file as a whole.
      line: line > 0 ? line : null,
      column: column > 0 ? column : null,
      ...(endLine == null ? {} : { endLine }),
      ...(endColumn == null ? {} : { endColumn }),
      rule: ruleId,
      url: ruleId === null ? null : (meta[ruleId]?.docs?.url ?? null),
      level: severity === 2 ? "error" : "warning",
      message: printable(message.trim()),
    })),
  );
  return { cwd, files: results.map(({ filePath }) => filePath), remarks };
}
