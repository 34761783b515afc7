import { availableParallelism } from "node:os";

// A worker spends as long on loading the parser as on analysing about this much text.
const CHARACTERS_PER_WORKER = 200_000;
// Each worker holds a compiler of its own, some 200 MB.
const MOST_WORKERS = 8;

/**
 * How many threads to migrate with: as many as gain more than they cost to start, which depends on the amount of text, not on
 * the number of files. One means this thread.
 *
 * @param sizes The lengths of the texts.
 */
export function workerCount(sizes: readonly number[]): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return Math.max(
    1,
    Math.min(availableParallelism(), MOST_WORKERS, sizes.length, Math.floor(total / CHARACTERS_PER_WORKER)),
  );
}
