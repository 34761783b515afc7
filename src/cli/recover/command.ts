import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseCommandLine } from "../arguments.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { holdingInterrupts } from "../interrupts.ts";
import { warn, type Io } from "../io.ts";
import { journalsIn } from "../journal/journal-file.ts";
import { foldersBelow, journalsAbove, removeLeftovers } from "../journal/places.ts";
import { isRecovered, recoverJournal } from "../journal/recover.ts";
import { describeRecovered } from "../journal/report.ts";
import { UsageError } from "../usage-error.ts";
import { printable } from "../../printable.ts";

/**
 * `tapify recover`: finishes or takes back what runs have left that were cut short while they wrote, and removes their temporary files.
 *
 * @param argv The arguments after the command's name.
 * @returns 0 when nothing is left, 2 when something is.
 * @throws {UsageError} for arguments that make no sense; nothing is done then.
 */
export async function recover(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine("recover", argv, { force: { type: "boolean", default: false } });
  const folder = findFolder(positionals, io.cwd);
  return holdingInterrupts(() => {
    const folders = [...foldersBelow(folder)];
    const journals = new Set([...journalsAbove([folder]), ...folders.flatMap(journalsIn)]);
    const recoveries = [...journals].flatMap((file) => recoverJournal(file, values.force) ?? []);
    const recovered = recoveries.filter(isRecovered).map(describeRecovered);
    const left = recoveries.flatMap((recovery) => (isRecovered(recovery) ? [] : recovery.message));
    const removed = removeLeftovers(folders, values.force);
    if (removed.length > 0)
      recovered.push(`Removed ${removed.length} temporary ${removed.length === 1 ? "file" : "files"}.`);
    if (recovered.length + left.length === 0) recovered.push(`There is nothing to recover in ${printable(folder)}.`);
    for (const text of recovered) io.stdout.write(`${text}\n`);
    for (const text of left) warn(io, text);
    return left.length > 0 ? EXIT.failed : EXIT.clean;
  });
}

function findFolder([path = ".", ...others]: readonly string[], cwd: string): string {
  if (others.length > 0) throw new UsageError("tapify recover takes one folder.");
  const folder = resolve(cwd, path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return realpathSync(folder);
  throw new UsageError(
    printable(`${path}: no such folder. Name the folder of the project; relative paths start at ${cwd}.`),
  );
}
