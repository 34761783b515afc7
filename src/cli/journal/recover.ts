import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { directionOf, inspectChanges, settle, type Direction, type FoundChange } from "./disk-state.ts";
import { giveBack, readJournal, stateOf, takeOver, type JournalFile } from "./journal-file.ts";
import { JournalError } from "./journal.ts";
import { printable } from "../../printable.ts";

/** A run that was cut short, and has come to an end. */
export interface Recovered {
  /** The folder of its journal. */
  readonly folder: string;
  readonly direction: Direction;
  /** The files that were written to get there, relative to the folder. */
  readonly written: readonly string[];
  /** Files that somebody has changed or removed since. They were left alone. */
  readonly changedSince: readonly string[];
}

/** A journal that was left as it is. */
export interface Unrecovered {
  /** What is wrong, and what to do about it: sentences that name the journal and the files. */
  readonly message: string;
}

export type Recovery = Recovered | Unrecovered;

/** Whether a recovery came to an end. */
export function isRecovered(recovery: Recovery): recovery is Recovered {
  return "direction" in recovery;
}

/**
 * Finishes what a run has begun that was cut short, or takes it back. Only files in the journal's folder are written, and only those that hold
 * what the journal says they held before or after; where that is not enough to come to an end, nothing is done at all.
 *
 * @param file A journal, by a path without a symbolic link on its way.
 * @param force Also where it cannot be told whether the run has ended.
 * @returns `null` when the journal has gone meanwhile, as its run has ended.
 */
export function recoverJournal(file: string, force = false): Recovery | null {
  try {
    const journal = readJournal(file);
    return journal === null ? null : recover(journal, force);
  } catch (error) {
    if (error instanceof JournalError)
      return {
        message: printable(
          `${file} ${error.message}. Nothing was done about it: see with "git status" what has changed around it, and delete it when that is settled.`,
        ),
      };
    return {
      message: printable(
        `${file} cannot be worked by: ${(error as Error).message}. Mend that, and run tapify recover.`,
      ),
    };
  }
}

function recover(journal: JournalFile, force: boolean): Recovery {
  const folder = dirname(journal.file);
  const inWay = force ? null : whatForbids(journal);
  if (inWay !== null) return { message: inWay };
  const found = inspectChanges(folder, journal.journal.changes);
  if (directionOf(found) === null) return { message: stuck(journal, found) };
  const own = takeOver(journal);
  if (own === null)
    return { message: `${printable(journal.file)} is being recovered by another run of tapify. Wait for it to end.` };
  try {
    // Looked at again, as another process may have done something until now.
    const now = inspectChanges(folder, own.journal.changes);
    const direction = directionOf(now);
    if (direction === null) throw new Error("its files are being changed");
    const written = settle(now, direction);
    rmSync(own.file);
    const changedSince = now.filter(({ state }) => state === "other").map(({ path }) => path);
    return { folder, direction, written, changedSince };
  } catch (error) {
    giveBack(own);
    throw error;
  }
}

function whatForbids(journal: JournalFile): string | null {
  const { owner } = journal;
  const file = printable(journal.file);
  switch (stateOf(journal)) {
    case "ended":
      return null;
    case "running":
      return `${file} belongs to a run of tapify that has not ended: process ${owner.pid}. Wait for it to end, or end it. If that process is none of tapify's, run tapify recover --force.`;
    case "elsewhere":
      return `${file} belongs to a run of tapify on another machine or in another container, process ${owner.pid} there. When it has ended, run tapify recover --force.`;
  }
}

function stuck({ file }: JournalFile, found: readonly FoundChange[]): string {
  const reasons = found.flatMap(({ path: name, state, hasNewCopy, hasOldCopy }) => {
    const path = printable(name);
    if (state === "other") return `  ${path} was changed or removed since`;
    if (state === "before") return hasNewCopy ? [] : `  ${path} was not written, and its new text is gone`;
    return hasOldCopy ? [] : `  ${path} was written, and its old text is gone`;
  });
  return [
    `${printable(file)}: a run that writes all of its files or none was cut short, and can neither be finished nor taken back:`,
    ...reasons,
    `Nothing was done about it. Give the files their old text (git restore) and run tapify recover again, or keep them as they are and delete the journal.`,
  ].join("\n");
}
