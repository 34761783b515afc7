import { renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { isOutOfDescriptors } from "../../files/descriptors.ts";
import { readUnlinkedFile } from "../../files/read-file.ts";
import { realPath } from "../../files/real-path.ts";
import { hashOf, syncFolder } from "../files/content.ts";
import { JournalError, type Change } from "./journal.ts";

/** What the disk holds of a change. */
export interface FoundChange {
  readonly path: string;
  /** The absolute paths of the file and of the two copies beside it. */
  readonly target: string;
  readonly newCopy: string;
  readonly oldCopy: string;
  /** Whether the file holds its content from before, that from after, or neither, as somebody has changed or removed it. */
  readonly state: "before" | "after" | "other";
  /** Whether the copies are there, with the content that the journal says. */
  readonly hasNewCopy: boolean;
  readonly hasOldCopy: boolean;
}

/** How a run that was cut short can come to an end with all of its files written, or none. */
export type Direction = "finish" | "take back";

/**
 * Looks at the files of a journal.
 *
 * @param folder The journal's folder, without a symbolic link in its path.
 * @throws {JournalError} where the way to a file leads through a symbolic link, as a run never writes its paths so.
 */
export function inspectChanges(folder: string, changes: readonly Change[]): FoundChange[] {
  return changes.map((change) => {
    const target = join(folder, change.path);
    const around = dirname(target);
    if ((realPath(around) ?? around) !== around)
      throw new JournalError(`names a file behind a symbolic link: ${JSON.stringify(change.path)}`);
    const [newCopy, oldCopy] = [join(around, change.newCopy), join(around, change.oldCopy)];
    const hash = hashAt(target);
    return {
      path: change.path,
      target,
      newCopy,
      oldCopy,
      state: hash === change.before ? "before" : hash === change.after ? "after" : "other",
      hasNewCopy: hashAt(newCopy) === change.after,
      hasOldCopy: hashAt(oldCopy) === change.before,
    };
  });
}

/**
 * Tells how the files can be made to agree. Finishing comes first, as it was asked for. A file that was written is no obstacle, whatever
 * somebody has made of it since; one that was changed before it could be written is.
 *
 * @returns `null` where neither way leads to an end, as copies have gone.
 */
export function directionOf(found: readonly FoundChange[]): Direction | null {
  // Writing a file is renaming its new copy.
  const unwritten = found.filter(({ state, hasNewCopy }) => state === "before" || (state === "other" && hasNewCopy));
  if (unwritten.every(({ state, hasNewCopy }) => state === "before" && hasNewCopy)) return "finish";
  return canTakeBack(found) ? "take back" : null;
}

/** Whether every file that was written can get its content from before again. */
export function canTakeBack(found: readonly FoundChange[]): boolean {
  return found.every(({ state, hasOldCopy }) => state !== "after" || hasOldCopy);
}

/**
 * Goes one of the two ways, and removes the copies. Wherever it ends, it can be gone on with.
 *
 * @returns The paths that were written.
 * @throws {Error} when a file cannot be replaced.
 */
export function settle(found: readonly FoundChange[], direction: Direction): string[] {
  const written = found.filter(({ state }) => state === (direction === "finish" ? "before" : "after"));
  for (const { target, newCopy, oldCopy } of written) renameSync(direction === "finish" ? newCopy : oldCopy, target);
  // What was renamed must be so for good before the journal and the copies go.
  for (const folder of new Set(written.map(({ target }) => dirname(target)))) syncFolder(folder);
  removeCopies(found);
  return written.map(({ path }) => path);
}

/** Removes the copies beside files. */
export function removeCopies(copies: Iterable<Pick<FoundChange, "newCopy" | "oldCopy">>): void {
  for (const { newCopy, oldCopy } of copies) {
    for (const copy of [newCopy, oldCopy]) {
      try {
        rmSync(copy, { force: true });
      } catch {
        // Left where it is, by its name it is found again; the files themselves are settled.
      }
    }
  }
}

function hashAt(path: string): string | null {
  try {
    return hashOf(readUnlinkedFile(path));
  } catch (error) {
    // A file that cannot be opened for now has not been changed for that.
    if (isOutOfDescriptors(error)) throw error;
    return null;
  }
}
