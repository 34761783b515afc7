import { accessSync, constants, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import { isInside } from "../../project/inside.ts";
import { readUnlinkedFile } from "../../files/read-file.ts";
import { hashOf, syncFolder } from "../files/content.ts";
import { ownProcess } from "../files/process-id.ts";
import { temporaryName, writeLike } from "../files/temporary-file.ts";
import { canTakeBack, inspectChanges, removeCopies, settle } from "./disk-state.ts";
import { createJournal } from "./journal-file.ts";
import type { Change } from "./journal.ts";
import { printable } from "../../printable.ts";

/** A file and what it is to hold. */
export interface NewContent {
  /** Absolute. */
  readonly file: string;
  /** The content that the new one was made from. */
  readonly before: Buffer;
  readonly after: Buffer;
}

/** Why several files were not written. */
export interface TogetherFailure {
  /** The file that the message is about; `null` where it is about all of them. */
  readonly file: string | null;
  /** Begins with a verb, e.g. `cannot be written: …`. */
  readonly message: string;
  /** The files that were written all the same, and cannot be taken back. */
  readonly kept: ReadonlySet<string>;
}

/** A change of a file, and where it is made. */
interface Planned {
  readonly content: NewContent;
  readonly change: Change;
  readonly target: string;
  readonly newCopy: string;
  readonly oldCopy: string;
}

/** Ends the writing of one file, and so of all. */
class CannotWrite extends Error {
  readonly file: string | null;

  constructor(file: string | null, message: string) {
    super(message);
    this.file = file;
  }
}

/**
 * Writes several files, all or none, whenever the process is killed: a journal says what is to become of them, copies with the old and the new
 * content are put beside them, and each file is then replaced by renaming its new copy. Whoever finds the journal can finish that, or take it
 * back. Modes and owners stay; a symbolic link stays a link, and what it leads to is replaced.
 *
 * @param folder The folder of the journal. Files outside of it are not written.
 * @param isInterrupted Asked before each file's copies are made. Once all are there, the rest takes no time, and is done.
 * @returns `null` when all files are written.
 */
export async function writeTogether(
  folder: string,
  contents: readonly NewContent[],
  isInterrupted: () => boolean,
): Promise<TogetherFailure | null> {
  const root = realpathSync(folder);
  let planned: readonly Planned[] = [];
  let journal: string | null = null;
  try {
    planned = contents.map((content) => attempt(content.file, () => plan(root, content)));
    journal = begin(root, planned);
    for (const each of planned) {
      // Signals arrive between turns of the event loop only.
      await setImmediate();
      if (isInterrupted()) throw new CannotWrite(each.content.file, "not written: interrupted");
      attempt(each.content.file, () => writeCopies(each));
    }
    const folders = new Set(planned.map(({ target }) => dirname(target)));
    for (const around of folders) syncFolder(around);
    for (const each of planned) attempt(each.content.file, () => replace(each));
    for (const around of folders) syncFolder(around);
  } catch (error) {
    if (!(error instanceof CannotWrite)) throw error;
    const kept = journal === null ? new Set<string>() : takeBack(root, planned);
    // Where something is left to do, the journal says what.
    if (journal !== null && kept.size === 0) rmSync(journal, { force: true });
    return { file: error.file, message: error.message, kept };
  }
  removeCopies(planned);
  rmSync(journal, { force: true });
  return null;
}

function attempt<Result>(file: string | null, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw new CannotWrite(file, printable(`cannot be written: ${(error as Error).message}`));
  }
}

function plan(root: string, content: NewContent): Planned {
  const target = realpathSync(content.file);
  if (!isInside(root, target)) throw new Error(`it lies outside of the project's folder, ${root}`);
  // Renaming over a file asks nothing of the file itself, but one that is write-protected is so for a reason.
  accessSync(target, constants.W_OK);
  const change = {
    path: relative(root, target).replaceAll(sep, "/"),
    before: hashOf(content.before),
    after: hashOf(content.after),
    newCopy: temporaryName(),
    oldCopy: temporaryName(),
  };
  const beside = (name: string): string => join(dirname(target), name);
  return { content, change, target, newCopy: beside(change.newCopy), oldCopy: beside(change.oldCopy) };
}

function begin(root: string, planned: readonly Planned[]): string {
  const changes = planned.map(({ change }) => change);
  const journal = attempt(null, () => createJournal(root, { process: ownProcess(), changes }));
  if (journal === null) throw new CannotWrite(null, `not written: another run of tapify writes in ${printable(root)}`);
  return journal;
}

function writeCopies({ content, target, newCopy, oldCopy }: Planned): void {
  checkUnchanged(target, content.before);
  const stats = statSync(target);
  writeLike(newCopy, content.after, stats);
  writeLike(oldCopy, content.before, stats);
}

function replace({ content, target, newCopy }: Planned): void {
  checkUnchanged(target, content.before);
  renameSync(newCopy, target);
}

function checkUnchanged(target: string, before: Buffer): void {
  if (!readUnlinkedFile(target).equals(before)) throw new Error("it was changed after it was read. Run tapify again");
}

/** @returns the files that keep their new content, as it cannot be taken back. */
function takeBack(root: string, planned: readonly Planned[]): Set<string> {
  const changes = planned.map(({ change }) => change);
  try {
    const found = inspectChanges(root, changes);
    if (canTakeBack(found)) settle(found, "take back");
  } catch {
    // What it has come to is seen below.
  }
  return new Set(
    inspectChanges(root, changes).flatMap(({ state }, index) =>
      state === "after" ? [planned[index]!.content.file] : [],
    ),
  );
}
