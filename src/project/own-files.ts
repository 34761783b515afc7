import { realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { isDeclarationName, isInNodeModules } from "./file-kinds.ts";
import { isInside } from "./inside.ts";

/** The programs of a project, apart by whether they may be changed. */
export interface OwnFiles {
  readonly own: readonly string[];
  /** Those that are only read, each with the reason, as what follows "it is". */
  readonly left: ReadonlyMap<string, string>;
  /** Names for files that have another name in the project as well. */
  readonly repeated: ReadonlySet<string>;
}

/**
 * Tells which files of a project are its own. What lies outside of its folder was not asked for when the project was named, by whatever way
 * the project comes to it: by its path, or through a symbolic link.
 *
 * @param folder The project's folder, absolute.
 * @param files Absolute paths of files that exist.
 */
export function ownFilesOf(folder: string, files: readonly string[]): OwnFiles {
  const root = realpathSync(folder);
  const byTarget = new Map<string, string[]>();
  for (const file of files) {
    const target = realpathSync(file);
    byTarget.set(target, [...(byTarget.get(target) ?? []), file]);
  }
  const own = new Set<string>();
  const left = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [target, names] of byTarget) {
    const first = names.find((name) => join(root, relative(folder, name)) === target) ?? names[0]!;
    // A link is the same file once more; were both changed, one change would undo the other.
    for (const name of names) if (name !== first) repeated.add(name);
    const reason = reasonToLeave(root, target, isInside(folder, first));
    if (reason === null) own.add(first);
    else left.set(first, reason);
  }
  return { own: files.filter((file) => own.has(file)), left, repeated };
}

function reasonToLeave(root: string, target: string, isNamedInside: boolean): string | null {
  if (!isInside(root, target))
    return isNamedInside
      ? "behind a symbolic link that leads out of the project's folder"
      : "outside of the project's folder";
  if (isInNodeModules(target)) return "in node_modules";
  return isProgram(target) ? null : "a symbolic link to what is no program by its name";
}

/** Whether a file is TypeScript or JavaScript by its name, and a program: what only declares has nothing to migrate. */
export function isProgram(file: string): boolean {
  return (/\.(?:[cm]?ts|tsx)$/.test(file) && !isDeclarationName(file)) || isJavaScript(file);
}

/** Whether a file is JavaScript by its name. */
export function isJavaScript(file: string): boolean {
  return /\.(?:[cm]?js|jsx)$/.test(file);
}
