import { randomUUID } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { dirname, join } from "node:path";

/**
 * Replaces a file's content in one step: it has the old content or the new, whatever fails. Mode and owner stay; a symbolic
 * link stays a link, and what it leads to is replaced.
 *
 * Not done with write-file-atomic: 7.0.1 takes no notice of how many bytes a write took, and on a disk that was nearly full
 * it replaced a file by its first part and reported success.
 *
 * @param expected The content that the new one was made from.
 * @throws {Error} when the file cannot be written, or no longer has the expected content; it is then as it was.
 */
export function replaceFile(file: string, expected: Buffer, content: Buffer): void {
  const target = realpathSync(file);
  // Renaming over a file asks nothing of the file itself, but one that is write-protected is so for a reason.
  accessSync(target, constants.W_OK);
  const temporary = join(dirname(target), `.tapify-${randomUUID()}.tmp`);
  try {
    writeNew(temporary, content, statSync(target));
    if (!readFileSync(target).equals(expected)) throw new Error("it was changed after it was read. Run tapify again");
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeNew(path: string, content: Buffer, { mode, uid, gid }: Stats): void {
  const descriptor = openSync(path, "wx", 0o600);
  try {
    writeFileSync(descriptor, content);
    keepOwner(descriptor, uid, gid);
    // After the owner, whose change clears the set-user-id bits.
    fchmodSync(descriptor, mode);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function keepOwner(descriptor: number, uid: number, gid: number): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch (error) {
    // Only root may give a file away; for others the new file is theirs, as with any editor that saves by renaming.
    if (!["EPERM", "EINVAL", "ENOSYS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
