import { lstatSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isOutOfDescriptors, withDescriptor } from "../../files/descriptors.ts";
import { realPath } from "../../files/real-path.ts";
import { findRepository } from "../files/repository.ts";
import { isLeftover, ownerOf } from "../files/temporary-file.ts";
import { journalsIn } from "./journal-file.ts";

const NEVER_ENTERED = new Set(["node_modules", ".git", ".hg", ".svn"]);

/**
 * The journals that may list files of some folders: those in them and in the folders above. That ends where a folder belongs to somebody else
 * and to no repository: what lies in `/tmp` was left by anybody.
 *
 * @param folders Absolute; those that do not exist have no journals.
 * @returns real paths, each once.
 */
export function journalsAbove(folders: Iterable<string>): string[] {
  const above = new Set<string>();
  for (const folder of folders) {
    const real = realPath(folder);
    if (real === null) continue;
    const { uid } = statSync(real);
    for (let current = real; !above.has(current); current = dirname(current)) {
      if (statSync(current).uid !== uid && findRepository(current) === null) break;
      above.add(current);
    }
  }
  return [...above].sort().flatMap(journalsIn);
}

/** The folders that files really lie in, also those that are reached through a symbolic link. */
export function foldersOf(files: Iterable<string>): Set<string> {
  return new Set([...files].map((file) => dirname(realPath(file) ?? file)));
}

/** Every folder below one, itself included; what nobody migrates is not entered, and symbolic links are not followed. */
export function* foldersBelow(folder: string): Generator<string> {
  yield folder;
  for (const entry of entriesOf(folder)) {
    if (entry.isDirectory() && !NEVER_ENTERED.has(entry.name)) yield* foldersBelow(join(folder, entry.name));
  }
}

/**
 * Removes the temporary files that runs have left in some folders which ended before their time. Those of a journal that is still there stay:
 * they are what it is recovered from.
 *
 * @param force Also those of a process that seems to run: another may have got its number since.
 * @returns what was removed.
 */
export function removeLeftovers(folders: Iterable<string>, force = false): string[] {
  const leftovers = [...folders].flatMap((folder) =>
    entriesOf(folder)
      .filter((entry) => entry.isFile() && (isLeftover(entry.name) || (force && ownerOf(entry.name) !== null)))
      .map(({ name }) => join(folder, name)),
  );
  return leftovers.filter(removeLeftover);
}

/** Removes one such file, by its path; `false` where it is still needed, or cannot be removed. */
export function removeLeftover(file: string): boolean {
  if (journalsAbove([dirname(file)]).length > 0) return false;
  try {
    if (!lstatSync(file).isFile()) return false;
    rmSync(file);
    return true;
  } catch {
    return false;
  }
}

function entriesOf(folder: string) {
  try {
    return withDescriptor(() => readdirSync(folder, { withFileTypes: true }));
  } catch (error) {
    if (isOutOfDescriptors(error)) throw error;
    return [];
  }
}
