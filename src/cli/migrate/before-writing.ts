import type { FoundFile } from "../files/discover.ts";
import { holdingInterrupts } from "../interrupts.ts";
import { warn, type Io } from "../io.ts";
import { foldersOf, journalsAbove } from "../journal/places.ts";
import { isRecovered, recoverJournal } from "../journal/recover.ts";
import { describeRecovered } from "../journal/report.ts";
import { UsageError } from "../usage-error.ts";

/**
 * Brings runs to an end that were cut short where files are about to be migrated, before these are read.
 *
 * @param project The folder of the project, if there is one.
 * @throws {UsageError} where that cannot be: files of several runs must not be mixed.
 */
export async function recoverBefore(files: readonly FoundFile[], project: string | null, io: Io): Promise<void> {
  const folders = foldersOf(files.map(({ file }) => file));
  if (project !== null) folders.add(project);
  const left = await holdingInterrupts(() =>
    journalsAbove(folders).flatMap((file) => {
      const recovery = recoverJournal(file);
      if (recovery === null) return [];
      if (!isRecovered(recovery)) return recovery.message;
      warn(io, describeRecovered(recovery));
      return [];
    }),
  );
  if (left.length > 0) throw new UsageError(`nothing was migrated.\n${left.join("\n")}`);
}
