import { availableParallelism } from "node:os";
import { areDescriptorsFew } from "../../files/descriptors.ts";
import { isLarge } from "../large-text.ts";

// A worker spends as long on loading the parser as on analysing about this much text.
const CHARACTERS_PER_WORKER = 200_000;
// Each worker holds a compiler of its own, some 200 MB.
const MOST_WORKERS = 8;

/**
 * How many worker threads to migrate with: as many as gain more than they cost to start, which depends on the amount of text,
 * not on the number of files. None means this thread.
 */
export function workerCount(texts: readonly string[]): number {
  const total = texts.reduce((sum, { length }) => sum + length, 0);
  const most = areDescriptorsFew() ? 1 : Math.min(availableParallelism(), MOST_WORKERS);
  const count = Math.min(most, texts.length, Math.floor(total / CHARACTERS_PER_WORKER));
  return count > 1 || texts.some(isLarge) ? count : 0;
}
