import { constants as bufferConstants } from "node:buffer";
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync, type Stats } from "node:fs";
import { withDescriptor } from "./descriptors.ts";

/** The largest file that is read: V8 makes no longer string. */
export const LARGEST_FILE = bufferConstants.MAX_STRING_LENGTH;

const CHUNK = 2 ** 12;

/** A file that is not read, for what it is. The message goes on where the file has been named, and says what to do. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  /** The message without what to do. */
  readonly problem: string;

  constructor(problem: string, advice: string, options?: ErrorOptions) {
    super(`${problem}. ${advice}`, options);
    this.problem = problem;
  }
}

/**
 * Reads a regular file, or what a symbolic link to one leads to. Nothing else is read, as that may block for ever, never end, or do
 * something. When no file descriptor is left, it waits for one.
 *
 * @param largest the most bytes that are read.
 * @throws {UnreadableFile} for a FIFO, a socket, a device or a folder, and for a file that is too large.
 * @throws {Error} of the file system, for a file that is not there or may not be read.
 */
export function readRegularFile(file: string, largest = LARGEST_FILE): Buffer {
  // Before it is opened, as already that does something to some devices.
  requireRegular(statSync(file));
  return openAndRead(file, largest, 0);
}

/** The same for a file itself, not for what a symbolic link of its name leads to. */
export function readUnlinkedFile(file: string): Buffer {
  requireRegular(lstatSync(file));
  return openAndRead(file, LARGEST_FILE, constants.O_NOFOLLOW ?? 0);
}

function openAndRead(file: string, largest: number, moreFlags: number): Buffer {
  // Should it have become a FIFO since, opening it does not wait for anyone to write into it.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0) | moreFlags;
  const descriptor = withDescriptor(() => openSync(file, flags));
  try {
    const stats = fstatSync(descriptor);
    requireRegular(stats);
    return readAll(descriptor, stats.size, largest);
  } finally {
    closeSync(descriptor);
  }
}

function requireRegular(stats: Stats): void {
  if (stats.isFile()) return;
  throw new UnreadableFile(`is a ${kindOf(stats)}, and only regular files are read`, "Remove it, or leave it out");
}

/** What a file is that is not a regular one, as messages call it. */
export function kindOf(
  stats: Pick<Stats, "isFIFO" | "isSocket" | "isCharacterDevice" | "isBlockDevice" | "isDirectory" | "isSymbolicLink">,
): string {
  if (stats.isFIFO()) return "FIFO (named pipe)";
  if (stats.isSocket()) return "socket";
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return "device";
  if (stats.isSymbolicLink()) return "symbolic link";
  return stats.isDirectory() ? "folder" : "special file";
}

/** Reads until the end: a file may have grown since, and those of the system do not tell how large they are. */
function readAll(descriptor: number, size: number, largest: number): Buffer {
  if (size > largest) throw tooLarge(largest);
  const parts: Buffer[] = [];
  for (let total = 0; ;) {
    // One more, so that the end shows.
    const part = Buffer.allocUnsafe(Math.max(size - total + 1, parts.length > 0 ? CHUNK : 0));
    const count = readSync(descriptor, part);
    if (count === 0) return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    if ((total += count) > largest) throw tooLarge(largest);
    parts.push(part.subarray(0, count));
  }
}

function tooLarge(largest: number): UnreadableFile {
  return new UnreadableFile(
    `is larger than ${Math.ceil(largest / 2 ** 20)} MB, which is the most that is read`,
    "Leave it out",
  );
}
