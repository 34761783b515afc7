import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { didYouMean } from "../../nearest.ts";
import { REMARK_FORMATS } from "../reports/formats.ts";
import { UsageError } from "../usage-error.ts";
import { printable } from "../../printable.ts";

/** ESLint's own formatters. */
const ESLINT_FORMATS = ["stylish", "json", "html", "json-with-metadata"];

const PREFIX = "eslint-formatter";

/**
 * Finds the file of a formatter. By a name alone, ESLint would load a package from the folder that is linted, whatever it does, and even
 * for its own formatters: one called `eslint-formatter-stylish` comes first there. So it is only ever given a path.
 *
 * @param format the name of one of ESLint's formatters, a package's, or a path
 * @param cwd Absolute; where relative paths start.
 * @throws {UsageError} when there is neither such a formatter nor such a package where this one is installed.
 */
export function findFormatter(format: string, cwd: string): string {
  if (isPath(format)) return resolve(cwd, format);
  const require = createRequire(import.meta.url);
  const builtIn = join(dirname(require.resolve("eslint/package.json")), "lib/cli-engine/formatters", `${format}.js`);
  if (!format.startsWith("@") && existsSync(builtIn)) return builtIn;
  const name = packageName(format);
  try {
    return require.resolve(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    const near = didYouMean(format, [...ESLINT_FORMATS, ...REMARK_FORMATS]);
    throw new UsageError(
      `--format ${printable(format)}: there is no formatter of this name.${near} There is no package ${printable(name)} beside tapify either. Name a formatter that is elsewhere by its path.`,
    );
  }
}

/** A scope is the one name with a slash. */
function isPath(format: string): boolean {
  return isAbsolute(format) || (!format.startsWith("@") && /[\\/]/.test(format));
}

/** The package that a short name stands for, as ESLint reads it: `x`, `@scope` and `@scope/x` leave out what all formatters have. */
function packageName(format: string): string {
  const scope = format.startsWith("@") ? format.split("/", 1)[0]! : "";
  const name = scope === "" ? format : format.slice(scope.length + 1);
  const isWhole = name === PREFIX ? scope !== "" : name.startsWith(`${PREFIX}-`);
  const full = isWhole ? name : name === "" ? PREFIX : `${PREFIX}-${name}`;
  return scope === "" ? full : `${scope}/${full}`;
}
