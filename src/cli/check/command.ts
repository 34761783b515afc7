import type { ESLint } from "eslint";
import { resolve } from "node:path";
import { TOO_DEEP } from "../../ast/nesting.ts";
import { printable } from "../../printable.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { discover, type Discovery } from "../files/discover.ts";
import { decode, type SourceText } from "../files/source-text.ts";
import { warn, type Io } from "../io.ts";
import { loadOneByOne } from "../load-one-by-one.ts";
import { writeOutputFile } from "../output-file.ts";
import { BLOB_FORMAT, formatBlob } from "../shards/blob.ts";
import { portableCheck, type CheckContent } from "../shards/check-blob.ts";
import { filesOfShard } from "../shards/shard.ts";
import { UsageError } from "../usage-error.ts";
import type { LintedFile } from "./lint.ts";
import { parseCheckOptions, type CheckOptions } from "./options.ts";
import { errorsOnly } from "./own-results.ts";
import { hasFindings, loadEslint, openFormat } from "./report.ts";

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
  const format = options.format === BLOB_FORMAT ? null : await openFormat(options.format, io);
  loadOneByOne("./lint.ts", import.meta.url);
  const { lint } = await import("./lint.ts");
  const named = new Set(options.paths.map((path) => resolve(io.cwd, path)));
  const isNamed = ({ file, text }: LintedFile): boolean => text !== undefined || named.has(file);
  const cache =
    options.cache === null ? null : new (await import("./cache.ts")).ResultCache(options.cache, options, io.cwd);
  const { results, problems, untyped, minified, eslint } = await lint(
    filesOfShard(files, options.shard),
    options,
    io.cwd,
    Eslint,
    isNamed,
    cache,
  );
  cache?.write();
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

  const text =
    format === null
      ? blobOf(results, files, failed, options, io.cwd)
      : await format(options.quiet ? errorsOnly(results) : results, eslint);
  if (options.outputFile !== null) writeOutputFile(options.outputFile, io.cwd, text);
  else if (text !== "") io.stdout.write(text);

  if (failed.length > 0) return EXIT.failed;
  return hasFindings(results, options, io) ? EXIT.findings : EXIT.clean;
}

/** The report of a part, which tapify merge-reports reads. */
function blobOf(
  results: readonly ESLint.LintResult[],
  files: readonly LintedFile[],
  failed: CheckContent["failed"],
  { cache: _, format: __, outputFile: ___, shard, ...options }: CheckOptions,
  cwd: string,
): string {
  const places = new Map(files.map(({ file }, place) => [file, place]));
  const { maxWarnings, quiet } = options;
  const placed = results.map((result) => [places.get(result.filePath)!, result] as const);
  const content = portableCheck({ results: placed, failed, quiet, maxWarnings }, cwd);
  return formatBlob("check", shard, options, content);
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

function noteSome(io: Io, [first, ...others]: readonly string[], why: string): void {
  if (first === undefined) return;
  warn(io, printable(`${first}${others.length > 0 ? ` and ${others.length} more are` : " is"} ${why}.`));
}
