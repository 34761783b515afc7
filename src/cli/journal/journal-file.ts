import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isOutOfDescriptors, withDescriptor } from "../../files/descriptors.ts";
import { readUnlinkedFile, UnreadableFile } from "../../files/read-file.ts";
import { syncFolder } from "../files/content.ts";
import { isOfThisHost, isRunning, ownProcess, type ProcessId } from "../files/process-id.ts";
import { temporaryName } from "../files/temporary-file.ts";
import { formatJournal, JournalError, parseJournal, type Journal } from "./journal.ts";

/** The journal of a run that writes, in the folder that all its files lie in. Being there, it keeps other runs from writing there. */
export const JOURNAL_NAME = ".tapify-journal";
/** A journal that a process has taken over to recover what it lists. */
const TAKEN_OVER = /^\.tapify-journal-([0-9a-f]{1,12})-([1-9]\d{0,9})-([0-9a-f]{1,12})-[0-9a-f]{16}$/;
const LARGEST_JOURNAL = 2 ** 26;

/** A journal on the disk. */
export interface JournalFile {
  readonly file: string;
  readonly text: string;
  readonly journal: Journal;
  /** The process that works by it: that which wrote it, or that which has taken it over. */
  readonly owner: ProcessId;
}

/** Whether the name of a file is that of a journal. */
export function isJournalName(name: string): boolean {
  return name === JOURNAL_NAME || TAKEN_OVER.test(name);
}

/** The journals in a folder, as paths. None where the folder is not there or cannot be read. */
export function journalsIn(folder: string): string[] {
  try {
    return withDescriptor(() => readdirSync(folder))
      .filter(isJournalName)
      .map((name) => join(folder, name));
  } catch (error) {
    if (isOutOfDescriptors(error)) throw error;
    return [];
  }
}

/**
 * Reads a journal; `null` when it has gone meanwhile.
 *
 * @throws {JournalError} for one that nothing is to be done by.
 */
export function readJournal(file: string): JournalFile | null {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  if (!isTrusted(stats.uid, statSync(dirname(file)).uid)) throw new JournalError("belongs to another user");
  if (stats.size > LARGEST_JOURNAL) throw new JournalError("is larger than any journal");
  let text: string;
  try {
    text = readUnlinkedFile(file).toString("utf8");
  } catch (error) {
    if (error instanceof UnreadableFile) throw new JournalError(error.problem);
    throw new JournalError(`cannot be read: ${(error as Error).message}`);
  }
  const journal = parseJournal(text);
  const [, host, pid, started] = TAKEN_OVER.exec(basename(file)) ?? [];
  const owner = host === undefined ? journal.process : { host, pid: Number(pid), started: started! };
  return { file, text, journal, owner };
}

/** In a folder that anybody may write to, another user could have one's own files changed by a journal. */
function isTrusted(uid: number, uidOfFolder: number): boolean {
  return process.getuid === undefined || [process.getuid(), uidOfFolder, 0].includes(uid);
}

/** What is known of the process that a journal belongs to; `elsewhere` is another machine or container. */
export function stateOf({ owner }: JournalFile): "running" | "ended" | "elsewhere" {
  if (!isOfThisHost(owner)) return "elsewhere";
  return isRunning(owner) ? "running" : "ended";
}

/**
 * Creates the journal of a folder, whole or not at all.
 *
 * @returns Its path, or `null` where another journal is there: another run is writing, or was cut short.
 */
export function createJournal(folder: string, journal: Journal): string | null {
  const file = join(folder, JOURNAL_NAME);
  if (!createWhole(file, formatJournal(journal))) return null;
  syncFolder(folder);
  // One that was taken over has another name: it must not be overlooked. Whoever takes one over does so before this is asked.
  if (journalsIn(folder).length === 1) return file;
  rmSync(file);
  return null;
}

function createWhole(file: string, text: string): boolean {
  const temporary = join(dirname(file), temporaryName());
  try {
    writeDown(temporary, text);
    linkSync(temporary, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code ?? "")) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  // A file system without hard links: there, a journal may break off, which recovering then says.
  try {
    writeDown(file, text);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function writeDown(file: string, text: string): void {
  const descriptor = withDescriptor(() => openSync(file, "wx"));
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Takes a journal over from a run that has ended. Of several processes that try, one succeeds.
 *
 * @returns The journal under its new name; `null` when another process was faster.
 */
export function takeOver(taken: JournalFile): JournalFile | null {
  const folder = dirname(taken.file);
  const { host, pid, started } = ownProcess();
  const file = join(folder, `${JOURNAL_NAME}-${host}-${pid}-${started}-${randomBytes(8).toString("hex")}`);
  try {
    renameSync(taken.file, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const now = { ...taken, file, owner: ownProcess() };
  if (readUnlinkedFile(file).equals(Buffer.from(taken.text))) return now;
  // Recovered meanwhile, and another run has begun: this is the journal of that one.
  giveBack(now);
  return null;
}

/** Gives a journal back that was taken over and cannot be worked by. */
export function giveBack({ file }: JournalFile): void {
  const own = join(dirname(file), JOURNAL_NAME);
  // By a link, as renaming would overwrite the journal of a run that has begun meanwhile.
  try {
    linkSync(file, own);
    rmSync(file);
  } catch {
    // Under its other name it is found as well.
  }
}
