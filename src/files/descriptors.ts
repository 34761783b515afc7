import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import { setTimeout } from "node:timers/promises";

// Together some ten seconds: whoever needs longer to close its files will not close them for us.
const LONGEST_WAIT_MS = 200;
const MOST_WAITS = 60;

/** As many files as Node opens at once while it loads a program of this size. */
const MANY = 300;

/** Whether an error says that this process, or the machine, has no file descriptor left. */
export function isOutOfDescriptors(error: unknown): boolean {
  // A worker thread that cannot start has a code of its own, and tells the cause in its message.
  return (
    error instanceof Error && /\b(?:EMFILE|ENFILE)\b/.test(`${(error as NodeJS.ErrnoException).code} ${error.message}`)
  );
}

/** The times to wait for others to close a file, in milliseconds. */
function* waits(): Iterable<number> {
  for (let count = 0; count < MOST_WAITS; count++) yield Math.min(2 ** count, LONGEST_WAIT_MS);
}

/**
 * Does something that opens a file. While there is no descriptor left, it is tried again after a while; other threads, and other
 * programs, close theirs meanwhile.
 *
 * @throws whatever `open` throws; that no descriptor is left, after some ten seconds.
 */
export function withDescriptor<Result>(open: () => Result): Result {
  for (const milliseconds of waits()) {
    try {
      return open();
    } catch (error) {
      if (!isOutOfDescriptors(error)) throw error;
      sleep(milliseconds);
    }
  }
  return open();
}

/** The same for what takes its time, and for what needs this thread to go on meanwhile. */
export async function withDescriptorLater<Result>(open: () => Result | Promise<Result>): Promise<Result> {
  for (const milliseconds of waits()) {
    try {
      return await open();
    } catch (error) {
      if (!isOutOfDescriptors(error)) throw error;
      await setTimeout(milliseconds);
    }
  }
  return open();
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

let areFew: boolean | undefined;

/** Whether this process may open so few files that it has to take them one by one. */
export function areDescriptorsFew(): boolean {
  return (areFew ??= !canOpen(MANY));
}

function canOpen(count: number): boolean {
  const open: number[] = [];
  try {
    while (open.length < count) open.push(openSync(devNull, "r"));
    return true;
  } catch (error) {
    if (!isOutOfDescriptors(error)) throw error;
    return false;
  } finally {
    for (const descriptor of open) closeSync(descriptor);
  }
}
