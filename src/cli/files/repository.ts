import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The root of the git work tree that holds a folder: its nearest ancestor, or itself, with a `.git`. */
export function findRepository(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, ".git"))) return current;
    if (dirname(current) === current) return null;
  }
}
