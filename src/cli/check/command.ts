import { TOO_DEEP } from "../../ast/nesting.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { discover } from "../files/discover.ts";
import { hasColour, warn, type Io } from "../io.ts";
import { loadOneByOne } from "../load-one-by-one.ts";
import { UsageError } from "../usage-error.ts";
import { findFormatter } from "./formatter.ts";
import { parseCheckOptions } from "./options.ts";
import { formatShown } from "./shown-results.ts";
import { printable } from "../../printable.ts";

/**
 * `tapify check`: lints with the rules of this package, whatever the user's configuration.
 *
 * @param argv The arguments after the command's name.
 * @returns 0 clean, 1 findings or files that do not parse, 2 when a file cannot be read, or tapify fails on it.
 * @throws {UsageError} for arguments that make no sense, paths that match nothing, or a formatter that is not there.
 */
export async function check(argv: readonly string[], io: Io): Promise<ExitCode> {
  const options = parseCheckOptions(argv, io.cwd);
  const { files, skipped, unreadable } = await discover(options.paths, {
    cwd: io.cwd,
    declarations: true,
    linksAnywhere: true,
  });
  for (const { path, reason } of skipped) warn(io, printable(`${path} was skipped: ${reason}.`));

  const Eslint = await loadEslint();
  const formatterPath = findFormatter(options.format, io.cwd);
  loadOneByOne("./lint.ts", import.meta.url);
  const { lint } = await import("./lint.ts");
  const { results, problems, untyped, eslint } = await lint(files, options, io.cwd, Eslint);
  const unread = unreadable.map(({ path, error }) => [path, printable(`cannot be read: ${error.message}`)] as const);
  const failed = [...unread, ...problems];
  for (const [path, message] of failed) warn(io, `${printable(path)} ${message}.`);
  noteUntyped(io, untyped.outside, `not part of ${options.project}: checked without types`);
  noteUntyped(io, untyped["too deep"], `checked without types, as ${options.project} holds a file that ${TOO_DEEP}`);

  const formatter = await eslint.loadFormatter(formatterPath).catch((error: Error) => {
    throw new UsageError(printable(`--format ${options.format}: ${error.message}`));
  });
  const color = hasColour(io.stdout, io.env);
  const text = await formatShown(results, options.format, (shown) => formatter.format(shown, { color }));
  if (text !== "") io.stdout.write(`${text}\n`);

  if (failed.length > 0) return EXIT.failed;
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

function noteUntyped(io: Io, [first, ...others]: readonly string[], why: string): void {
  if (first === undefined) return;
  warn(io, printable(`${first}${others.length > 0 ? ` and ${others.length} more are` : " is"} ${why}.`));
}
