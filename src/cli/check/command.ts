import { accessSync, constants } from "node:fs";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { discover, type FoundFile } from "../files/discover.ts";
import { hasColour, warn, type Io } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import { findFormatter } from "./formatter.ts";
import { parseCheckOptions } from "./options.ts";

/**
 * `tapify check`: lints with the rules of this package, whatever the user's configuration.
 *
 * @param argv The arguments after the command's name.
 * @returns 0 clean, 1 findings or files that do not parse, 2 when a file cannot be read.
 * @throws {UsageError} for arguments that make no sense, paths that match nothing, or a formatter that is not there.
 */
export async function check(argv: readonly string[], io: Io): Promise<ExitCode> {
  const options = parseCheckOptions(argv, io.cwd);
  const { files, skipped, unreadable } = await discover(options.paths, {
    cwd: io.cwd,
    declarations: true,
    linksAnywhere: true,
  });
  for (const { path, reason } of skipped) warn(io, `${path} was skipped: ${reason}.`);

  const closed = files.flatMap((found) => readProblem(found) ?? []);
  for (const { path, error } of [...unreadable, ...closed]) warn(io, `${path} cannot be read: ${error.message}.`);
  const unread = new Set(closed.map(({ file }) => file));
  const readable = files.map(({ file }) => file).filter((file) => !unread.has(file));

  const Eslint = await loadEslint();
  const formatterPath = findFormatter(options.format, io.cwd);
  const { lint } = await import("./lint.ts");
  const { results, untyped, eslint } = await lint(readable, options, io.cwd, Eslint);
  if (untyped.length > 0) {
    const more = untyped.length > 1 ? ` and ${untyped.length - 1} more are` : " is";
    warn(io, `${untyped[0]}${more} not part of ${options.project}: checked without types.`);
  }

  const formatter = await eslint.loadFormatter(formatterPath).catch((error: Error) => {
    throw new UsageError(`--format ${options.format}: ${error.message}`);
  });
  const text = await formatter.format(results, { color: hasColour(io.stdout, io.env) });
  if (text !== "") io.stdout.write(`${text}\n`);

  if (unreadable.length + closed.length > 0) return EXIT.failed;
  return results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0) ? EXIT.findings : EXIT.clean;
}

async function loadEslint() {
  try {
    return (await import("eslint")).ESLint;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError(`tapify check needs ESLint, which is not installed. Run "npm install --save-dev eslint".`);
  }
}

// ESLint gives up on the whole run when it cannot read one file.
function readProblem(found: FoundFile): (FoundFile & { error: Error }) | null {
  try {
    accessSync(found.file, constants.R_OK);
    return null;
  } catch (error) {
    return { ...found, error: error as Error };
  }
}
