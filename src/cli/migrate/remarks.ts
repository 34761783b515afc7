import { pageOfCode } from "../../addresses.ts";
import { printable } from "../../printable.ts";
import type { Remark, RemarkReport } from "../reports/remark.ts";
import type { FileOutcome } from "./outcome.ts";

/** What could not be migrated, and the files that could not be read, parsed or written, for the formats for other programs. */
export function remarksOf(outcomes: readonly FileOutcome[], cwd: string): RemarkReport {
  const remarks = outcomes.flatMap(({ file, outcome }): Remark[] => {
    if (outcome.status === "error") {
      const { message, line, column } = outcome.error;
      return [{ file, line, column, rule: null, url: null, level: "error", message: printable(message) }];
    }
    return outcome.refusals.map(({ code, line, column, message, hint }) => ({
      file,
      line,
      column,
      rule: code,
      url: pageOfCode(code),
      level: "warning",
      message: printable(`${message} ${hint}`),
    }));
  });
  return { cwd, files: outcomes.map(({ file }) => file), remarks };
}
