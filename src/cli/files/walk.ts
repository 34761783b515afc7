import { readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { enterFolder, isIgnored, rootScope, type IgnoreScope } from "./gitignore.ts";
import { isScriptName } from "./kinds.ts";

const NEVER_ENTERED = new Set(["node_modules", ".git", ".hg", ".svn"]);

export interface WalkVisitor {
  /** Called with each script's absolute path, in no particular order. */
  readonly onFile: (path: string) => void;
  /** Called with each folder that could not be read. */
  readonly onError: (path: string, error: Error) => void;
}

/**
 * Visits the scripts below a folder that git does not ignore. Symbolic links are not followed: what they lead to is either
 * below the folder too, and met there, or outside of what was asked for.
 *
 * It is synchronous on purpose: over 1,500 files, walking and reading took a third of the CPU time that the promise
 * versions of the same calls took, and a fast-glob walk four times as much.
 *
 * @param scope What git ignores around this folder.
 */
export function walk(folder: string, scope: IgnoreScope, visitor: WalkVisitor): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    visitor.onError(folder, error as Error);
    return;
  }
  const inside = scopeInside(folder, entries, scope);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (NEVER_ENTERED.has(entry.name) || isIgnored(inside, path, true)) continue;
      walk(path, inside, visitor);
    } else if (entry.isFile() && isScriptName(entry.name) && !isIgnored(inside, path, false)) {
      visitor.onFile(path);
    }
  }
}

function scopeInside(folder: string, entries: readonly Dirent[], around: IgnoreScope): IgnoreScope {
  if (entries.some(({ name }) => name === ".git")) return rootScope(folder);
  return entries.some(({ name }) => name === ".gitignore") ? enterFolder(around, folder) : around;
}
