import type { ESLint } from "eslint";
import { resolve } from "node:path";
import { TOO_DEEP } from "../../ast/nesting.ts";
import { printable } from "../../printable.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { discover, type Discovery } from "../files/discover.ts";
import { decode, type SourceText } from "../files/source-text.ts";
import { hasColour, warn, type Io } from "../io.ts";
import { loadOneByOne } from "../load-one-by-one.ts";
import { writeOutputFile } from "../output-file.ts";
import { formatRemarks, isRemarkFormat } from "../reports/formats.ts";
import { UsageError } from "../usage-error.ts";
import { packageVersion } from "../version.ts";
import { findFormatter } from "./formatter.ts";
import type { LintedFile } from "./lint.ts";
import { parseCheckOptions, type CheckOptions } from "./options.ts";
import { errorsOnly } from "./own-results.ts";
import { formatShown } from "./shown-results.ts";

/**
 * `tapify check`: lints with the rules of this package, whatever the user's configuration.
 *
 * @param argv The arguments after the command's name.
 * @returns 0 clean, 1 findings or files that do not parse, 2 when a file cannot be read, or tapify fails on it.
 * @throws {UsageError} for arguments that make no sense, paths that match nothing, or a formatter that is not there.
 */
export async function check(argv: readonly string[], io: Io): Promise<ExitCode> {
  const options = parseCheckOptions(argv, io.cwd);
  const { files, skipped, unreadable } = await filesToLint(options, io);
  for (const { path, reason } of skipped) warn(io, printable(`${path} was skipped: ${reason}.`));

  const Eslint = await loadEslint();
  const format = await openFormat(options.format, io);
  loadOneByOne("./lint.ts", import.meta.url);
  const { lint } = await import("./lint.ts");
  const named = new Set(options.paths.map((path) => resolve(io.cwd, path)));
  const isNamed = ({ file, text }: LintedFile): boolean => text !== undefined || named.has(file);
  const { results, problems, untyped, minified, eslint } = await lint(files, options, io.cwd, Eslint, isNamed);
  const unread = unreadable.map(({ path, error }) => [path, printable(`cannot be read: ${error.message}`)] as const);
  const failed = [...unread, ...problems];
  for (const [path, message] of failed) warn(io, `${printable(path)} ${message}.`);
  noteSome(io, untyped.outside, `not part of ${options.project}: checked without types`);
  noteSome(io, untyped["too deep"], `checked without types, as ${options.project} holds a file that ${TOO_DEEP}`);
  noteSome(
    io,
    minified.map(({ path }) => path),
    "minified, and not checked. Name such a file in full to have it checked all the same",
  );

  const text = await format(options.quiet ? errorsOnly(results) : results, eslint);
  if (options.outputFile !== null) writeOutputFile(options.outputFile, io.cwd, text);
  else if (text !== "") io.stdout.write(text);

  if (failed.length > 0) return EXIT.failed;
  return hasFindings(results, options, io) ? EXIT.findings : EXIT.clean;
}

/** What the paths stand for, or the one text that comes in at stdin. */
async function filesToLint(
  { paths, stdinName }: CheckOptions,
  io: Io,
): Promise<Omit<Discovery, "files"> & { readonly files: readonly LintedFile[] }> {
  if (stdinName === null) return discover(paths, { cwd: io.cwd, declarations: true, linksAnywhere: true });
  const { text, hasBom } = await readStdin(io);
  const file = { file: resolve(io.cwd, stdinName), path: stdinName, text: hasBom ? `\uFEFF${text}` : text };
  return { files: [file], skipped: [], unreadable: [] };
}

async function readStdin({ stdin }: Io): Promise<SourceText> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin ?? []) chunks.push(Buffer.from(chunk as Uint8Array));
  try {
    return decode(Buffer.concat(chunks));
  } catch (error) {
    throw new UsageError(`the text of --stdin ${(error as Error).message}.`);
  }
}

/** Warnings count unless they are allowed, or are not to be told of. */
function hasFindings(results: readonly ESLint.LintResult[], { quiet, maxWarnings }: CheckOptions, io: Io): boolean {
  const errors = results.reduce((sum, { errorCount }) => sum + errorCount, 0);
  const warnings = results.reduce((sum, { warningCount }) => sum + warningCount, 0);
  if (maxWarnings === null) return errors > 0 || (warnings > 0 && !quiet);
  if (warnings <= maxWarnings) return errors > 0;
  warn(io, `${warnings} warnings are more than --max-warnings ${maxWarnings} allows.`);
  return true;
}

type Format = (results: ESLint.LintResult[], eslint: ESLint) => Promise<string>;

/** @throws {UsageError} for a format that is none, before anything is linted. */
async function openFormat(name: string, io: Io): Promise<Format> {
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

async function loadEslint() {
  try {
    return (await import("eslint")).ESLint;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError(`tapify check needs ESLint, which is not installed. Run "npm install --save-dev eslint".`);
  }
}

function noteSome(io: Io, [first, ...others]: readonly string[], why: string): void {
  if (first === undefined) return;
  warn(io, printable(`${first}${others.length > 0 ? ` and ${others.length} more are` : " is"} ${why}.`));
}
