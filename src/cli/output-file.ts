import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { printable } from "../printable.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Writes a report into a file, and makes the folders that it lies in.
 *
 * @param path Absolute, or relative to `cwd`.
 * @throws {UsageError} when it cannot be written.
 */
export function writeOutputFile(path: string, cwd: string, text: string): void {
  const file = resolve(cwd, path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(printable(`--output-file ${path} cannot be written: ${(error as Error).message}.`));
  }
}
