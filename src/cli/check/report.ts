import type { ESLint } from "eslint";
import { printable } from "../../printable.ts";
import { hasColour, warn, type Io } from "../io.ts";
import { formatRemarks, isRemarkFormat } from "../reports/formats.ts";
import { UsageError } from "../usage-error.ts";
import { packageVersion } from "../version.ts";
import { findFormatter } from "./formatter.ts";
import type { CheckOptions } from "./options.ts";
import { formatShown } from "./shown-results.ts";

/** Warnings count unless they are allowed, or are not to be told of. */
export function hasFindings(
  results: readonly ESLint.LintResult[],
  { quiet, maxWarnings }: Pick<CheckOptions, "quiet" | "maxWarnings">,
  io: Io,
): boolean {
  const errors = results.reduce((sum, { errorCount }) => sum + errorCount, 0);
  const warnings = results.reduce((sum, { warningCount }) => sum + warningCount, 0);
  if (maxWarnings === null) return errors > 0 || (warnings > 0 && !quiet);
  if (warnings <= maxWarnings) return errors > 0;
  warn(io, `${warnings} warnings are more than --max-warnings ${maxWarnings} allows.`);
  return true;
}

type Format = (results: ESLint.LintResult[], eslint: ESLint) => Promise<string>;

/** @throws {UsageError} for a format that is none, before anything is linted. */
export async function openFormat(name: string, io: Io): Promise<Format> {
  if (isRemarkFormat(name)) {
    const { remarksOf } = await import("./remarks.ts");
    return (results, eslint) => formatRemarks(name, remarksOf(results, eslint, io.cwd), packageVersion());
  }
  const path = findFormatter(name, io.cwd);
  return async (results, eslint) => {
    const formatter = await eslint.loadFormatter(path).catch((error: Error) => {
      throw new UsageError(printable(`--format ${name}: ${error.message}`));
    });
    const color = hasColour(io.stdout, io.env);
    const text = await formatShown(results, name, (shown) => formatter.format(shown, { color }));
    return text === "" ? "" : `${text}\n`;
  };
}

/** @throws {UsageError} when ESLint is not installed. */
export async function loadEslint() {
  try {
    return (await import("eslint")).ESLint;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError(`tapify check needs ESLint, which is not installed. Run "npm install --save-dev eslint".`);
  }
}
