import { randomBytes } from "node:crypto";
import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, writeFileSync, type Stats } from "node:fs";
import { withDescriptor } from "../../files/descriptors.ts";
import { isRunning, ownProcess, type ProcessId } from "./process-id.ts";

const NAME = /^\.tapify-([1-9]\d{0,9})-([0-9a-f]{1,12})-[0-9a-f]{16}\.tmp$/;

/** A name for a temporary file that no other file has. It says which process the file belongs to. */
export function temporaryName({ pid, started }: ProcessId = ownProcess()): string {
  return `.tapify-${pid}-${started}-${randomBytes(8).toString("hex")}.tmp`;
}

/** The process that a temporary file belongs to, by the file's name; `null` where the name is none that tapify gives. */
export function ownerOf(name: string): Pick<ProcessId, "pid" | "started"> | null {
  const [, pid, started] = NAME.exec(name) ?? [];
  return pid === undefined || started === undefined ? null : { pid: Number(pid), started };
}

/** Whether a file of this name is what a run of tapify has left that ended before its time. */
export function isLeftover(name: string): boolean {
  const owner = ownerOf(name);
  return owner !== null && !isRunning(owner);
}

/**
 * Writes a new file, down to the disk, with the mode and the owner of another one.
 *
 * @throws {Error} when there is a file of that name, or it cannot be written; part of it may then be there.
 */
export function writeLike(path: string, content: Buffer, { mode, uid, gid }: Stats): void {
  const descriptor = withDescriptor(() => openSync(path, "wx", 0o600));
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
