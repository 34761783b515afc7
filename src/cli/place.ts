import { printable } from "../printable.ts";
import { UsageError } from "./usage-error.ts";

/** A place as a command line names it. */
export interface NamedPlace {
  readonly path: string;
  /** One-based. */
  readonly line: number;
  /** One-based; `null` for the whole line. */
  readonly column: number | null;
}

/**
 * Reads `FILE:LINE` or `FILE:LINE:COLUMN`. The last one or two numbers are line and column; what stands before them is the path, whatever colons it
 * holds.
 *
 * @throws {UsageError} for a text that names no line, or one that cannot be.
 */
export function placeOf(place: string): NamedPlace {
  const [, path, line, column] = /^(.+?):(\d+)(?::(\d+))?$/su.exec(place) ?? [];
  if (path === undefined)
    throw new UsageError(`${printable(place)} names no line. Write it as FILE:LINE or FILE:LINE:COLUMN.`);
  const numbers = { line: Number(line), column: column === undefined ? null : Number(column) };
  if (numbers.line === 0 || numbers.column === 0)
    throw new UsageError(`${printable(place)}: lines and columns count from 1.`);
  return { path, ...numbers };
}
