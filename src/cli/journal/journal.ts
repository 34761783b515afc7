import { isDeclarationName, isScriptName } from "../files/kinds.ts";
import type { ProcessId } from "../files/process-id.ts";
import { ownerOf } from "../files/temporary-file.ts";

/** The only format there has been. A journal of another one is left to the version of tapify that wrote it. */
const VERSION = 1;
const HASH = /^[0-9a-f]{64}$/;
const SHORT_HASH = /^[0-9a-f]{1,12}$/;
const NEVER_WRITTEN = ["node_modules", ".git", ".hg", ".svn"];

/** A file that changes together with others. */
export interface Change {
  /** Relative to the journal's folder, with slashes, and without a symbolic link on its way. */
  readonly path: string;
  /** SHA-256 of the content before and after. */
  readonly before: string;
  readonly after: string;
  /** The names of two files beside it: one with the new content, and one with a copy of the old. */
  readonly newCopy: string;
  readonly oldCopy: string;
}

/** What a run that writes several files together is about to do. It holds no content, and no path of the machine. */
export interface Journal {
  readonly process: ProcessId;
  readonly changes: readonly Change[];
}

/** A journal that nothing is to be done by. The message says what is wrong with it, as the end of a sentence about it. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

/** The text of a journal. */
export function formatJournal({ process, changes }: Journal): string {
  return `${JSON.stringify({ version: VERSION, process, changes }, null, 2)}\n`;
}

/**
 * Reads a journal. Whoever can put a file into a folder can put a journal there, so every part of it is checked: paths stay below the folder
 * and name files that a migration may write, and the files beside them have names that only tapify gives.
 *
 * @throws {JournalError} for anything that `formatJournal` does not write.
 */
export function parseJournal(text: string): Journal {
  const record = parseRecord(text);
  if (record.version !== VERSION)
    throw new JournalError(`is of another version of tapify (${JSON.stringify(record.version)}, not ${VERSION})`);
  const process = readProcess(record.process);
  if (!Array.isArray(record.changes)) throw new JournalError("does not list any changes");
  const changes = record.changes.map((change) => readChange(change, process));
  const names = changes.flatMap(({ path, newCopy, oldCopy }) => [path, newCopy, oldCopy]);
  if (new Set(names).size < names.length) throw new JournalError("names a file twice");
  return { process, changes };
}

type RecordOfUnknown = Readonly<Record<string, unknown>>;

function parseRecord(text: string): RecordOfUnknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new JournalError("breaks off, or was never whole");
  }
  if (!isRecord(value)) throw new JournalError("holds no journal");
  return value;
}

function isRecord(value: unknown): value is RecordOfUnknown {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readProcess(value: unknown): ProcessId {
  if (!isRecord(value)) throw new JournalError("does not say which process wrote it");
  const { pid, started, host } = value;
  if (!Number.isSafeInteger(pid) || (pid as number) < 1 || (pid as number) > 0x7fff_ffff)
    throw new JournalError("does not say which process wrote it");
  if (!matches(started, SHORT_HASH) || !matches(host, SHORT_HASH))
    throw new JournalError("does not say which process wrote it");
  return { pid: pid as number, started, host };
}

function readChange(value: unknown, { pid, started }: ProcessId): Change {
  if (!isRecord(value)) throw new JournalError("lists something that is no change");
  const { path, before, after, newCopy, oldCopy } = value;
  if (typeof path !== "string") throw new JournalError("lists a change without a path");
  if (!isPathBelow(path)) throw new JournalError(`names a path that leads out of its folder: ${JSON.stringify(path)}`);
  if (!isWritten(path)) throw new JournalError(`names a file that no migration writes: ${JSON.stringify(path)}`);
  if (!matches(before, HASH) || !matches(after, HASH))
    throw new JournalError(`has no hashes of ${JSON.stringify(path)}`);
  const isOwn = (name: unknown): name is string => {
    const owner = typeof name === "string" ? ownerOf(name) : null;
    return owner !== null && owner.pid === pid && owner.started === started;
  };
  if (!isOwn(newCopy) || !isOwn(oldCopy))
    throw new JournalError(`names a copy of ${JSON.stringify(path)} that its process has not made`);
  return { path, before, after, newCopy, oldCopy };
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}

/** Whether a path is relative and goes down only, by the rules of every system. */
function isPathBelow(path: string): boolean {
  // Elsewhere, a file may be called "C:\\x.ts".
  if (path.includes("\0") || (process.platform === "win32" && /[\\:]/.test(path))) return false;
  return path.split("/").every((name) => !["", ".", ".."].includes(name));
}

function isWritten(path: string): boolean {
  const names = path.toLowerCase().split("/");
  return isScriptName(path) && !isDeclarationName(path) && !names.some((name) => NEVER_WRITTEN.includes(name));
}
