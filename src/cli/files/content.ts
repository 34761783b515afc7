import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, fsyncSync, openSync, readFileSync } from "node:fs";

// Windows knows neither; there, no link and no pipe is opened by the name of a file.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants as Partial<typeof constants> & { O_RDONLY: number };

/**
 * Reads a regular file by its own name.
 *
 * @throws {Error} for a symbolic link, a folder, a pipe or a device, without waiting for any of them, and for a file that cannot be read.
 */
export function readRegularFile(path: string): Buffer {
  const descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error("is no regular file");
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** SHA-256 of a content, as a journal holds it. */
export function hashOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Has what was created, renamed and removed in a folder outlast a power failure, where the system can do that. */
export function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, O_RDONLY);
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Windows opens no folder, and some file systems sync none. The order of what was done is kept even so, unless the power fails.
  }
}
