import { printable } from "../../printable.ts";
import { UsageError } from "../usage-error.ts";

/** A part of the files of a run. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/** A run that is not divided. */
export const WHOLE: Shard = { index: 1, count: 1 };

/**
 * Reads the value of `--shard`: `2/3`.
 *
 * @throws {UsageError} for one that names no part.
 */
export function shardOf(value: string | undefined): Shard {
  if (value === undefined) return WHOLE;
  const [, index, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(value) ?? []).map(Number);
  if (index === undefined || count === undefined || index < 1 || index > count)
    throw new UsageError(
      printable(`--shard takes a part and the number of parts, from 1/3 to 3/3, and not "${value}".`),
    );
  return { index, count };
}

/** The files of a part: every so many, so that big folders are spread over all parts. */
export function filesOfShard<File>(files: readonly File[], { count, index }: Shard): File[] {
  return files.filter((_, place) => place % count === index - 1);
}
