import { statSync } from "node:fs";

/** What tells a file from what it was before; `null` where there is none. */
export function stampOf(path: string): string | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? null : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
  } catch {
    // A file in place of a folder, or no file system at all.
    return null;
  }
}
