import { dirname } from "node:path";
import type { ExitCode } from "../exit-code.ts";
import { discover, type Discovery, type FoundFile } from "../files/discover.ts";
import { comparePaths } from "../files/order.ts";
import { warn, type Io } from "../io.ts";
import { loadOneByOne } from "../load-one-by-one.ts";
import { writeOutputFile } from "../output-file.ts";
import { createProgress } from "../progress.ts";
import { formatBlob } from "../shards/blob.ts";
import { portableMigrate } from "../shards/migrate-blob.ts";
import { filesOfShard, type Shard } from "../shards/shard.ts";
import { CORE, type Core } from "./core.ts";
import { migrateFiles } from "./migrate-files.ts";
import { parseMigrateOptions, type MigrateCommandOptions } from "./options.ts";
import { failure, type FileOutcome } from "./outcome.ts";
import { report } from "./report.ts";
import { exitCodeOf } from "./exit.ts";
import type { WriteResult } from "./write.ts";
import { printable } from "../../printable.ts";

/**
 * `tapify migrate`: finds files, migrates them in memory, writes them if asked to, reports.
 *
 * @param argv The arguments after the command's name.
 * @param core The analysis.
 * @throws {UsageError} for arguments that make no sense, or paths that match nothing; nothing is done then.
 */
export async function migrate(argv: readonly string[], io: Io, core: Core = CORE): Promise<ExitCode> {
  const options = parseMigrateOptions(argv, io.cwd);
  if (options.interactive) (await import("./interactive/migrate-interactively.ts")).requireTerminal(io);
  // Without paths, a project says itself which files it has.
  const isWhole = options.project !== null && options.paths.length === 0;
  const { files, skipped, unreadable } = isWhole
    ? { files: [], skipped: [], unreadable: [] }
    : partOf(await discover(options.paths, { cwd: io.cwd, declarations: false, linksAnywhere: false }), options.shard);
  for (const { path, reason } of skipped) warn(io, printable(`${path} was skipped: ${reason}.`));
  const folder = options.project === null ? null : dirname(options.project);
  if (options.write) await recoverBefore(files, folder, io);

  const migrated =
    options.only !== null
      ? await onlyOne(files, options.only.line, options)
      : options.project === null
        ? await migrateFiles(files, options, core, createProgress(io.stderr, io.env))
        : await project(options.project, isWhole ? null : files, options, io);
  const folders = unreadable.map(({ error, ...found }) => ({
    ...found,
    outcome: failure(printable(`cannot be read: ${error.message}`)),
  }));
  const found: FileOutcome[] = [...folders, ...migrated].sort((a, b) => comparePaths(a.file, b.file));
  const planned = options.interactive ? await choose(found, options, io) : found;

  const { outcomes, notes } = options.write
    ? await write(planned, options.allowDirty, folder)
    : { outcomes: planned, notes: [] };
  for (const text of notes) warn(io, text);

  const text =
    options.format === "blob"
      ? blobOf(outcomes, options, io.cwd)
      : await report(outcomes, { ...options, format: options.format }, io);
  if (options.outputFile === null) io.stdout.write(text);
  else writeOutputFile(options.outputFile, io.cwd, text);
  return exitCodeOf(outcomes, options.failOnRefusal);
}

/** The part of what was found that this run takes up. What cannot be read is told once, by the first. */
function partOf(found: Discovery, shard: Shard): Discovery {
  const unreadable = shard.index === 1 ? found.unreadable : [];
  return { ...found, files: filesOfShard(found.files, shard), unreadable };
}

/** The report of a part, which tapify merge-reports reads. */
function blobOf(
  outcomes: readonly FileOutcome[],
  { format: _, outputFile: __, shard, ...options }: MigrateCommandOptions,
  cwd: string,
): string {
  const { failOnRefusal, write: isWritten } = options;
  return formatBlob("migrate", shard, options, portableMigrate({ outcomes, isWritten, failOnRefusal }, cwd));
}

async function onlyOne(
  files: readonly FoundFile[],
  line: number,
  { plan }: MigrateCommandOptions,
): Promise<FileOutcome[]> {
  loadOneByOne("./only.ts", import.meta.url);
  const { migrateOnly } = await import("./only.ts");
  return files.map((found) => migrateOnly(found, plan, line));
}

async function project(
  configFile: string,
  files: readonly FoundFile[] | null,
  { allowExports, plan }: MigrateCommandOptions,
  io: Io,
): Promise<FileOutcome[]> {
  loadOneByOne("./project.ts", import.meta.url);
  const { outcomes, outside, left } = (await import("./project.ts")).migrateInProject(
    configFile,
    files,
    { ...plan, allowExports },
    io.cwd,
  );
  warnOf(outside, "skipped", "not part of the project", io);
  for (const reason of new Set(left.map((found) => found.reason)))
    warnOf(
      left.filter((found) => found.reason === reason),
      "left alone",
      reason,
      io,
    );
  return outcomes;
}

function warnOf([first, ...others]: readonly FoundFile[], what: string, reason: string, io: Io): void {
  if (first === undefined) return;
  if (others.length === 0) warn(io, printable(`${first.path} was ${what}: it is ${reason}.`));
  else warn(io, printable(`${first.path} and ${others.length} more were ${what}: they are ${reason}.`));
}

async function choose(
  outcomes: readonly FileOutcome[],
  { allowDirty, plan }: MigrateCommandOptions,
  io: Io,
): Promise<readonly FileOutcome[]> {
  loadOneByOne("./interactive/migrate-interactively.ts", import.meta.url);
  const { chooseInteractively } = await import("./interactive/migrate-interactively.ts");
  return chooseInteractively(outcomes, plan, allowDirty, io);
}

async function recoverBefore(files: readonly FoundFile[], project: string | null, io: Io): Promise<void> {
  await (await import("./before-writing.ts")).recoverBefore(files, project, io);
}

async function write(
  outcomes: readonly FileOutcome[],
  allowDirty: boolean,
  together: string | null,
): Promise<WriteResult> {
  loadOneByOne("./write.ts", import.meta.url);
  return (await import("./write.ts")).writeMigrated(outcomes, allowDirty, together);
}
