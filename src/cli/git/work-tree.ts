import { filtersOf } from "./filters.ts";
import { runGit } from "./run-git.ts";

/** What differs in a work tree from what is committed. Paths are relative to its root. */
export interface WorkTreeStatus {
  /** Changed, staged and untracked files; an untracked folder stands for what is in it, and ends with a slash. */
  readonly changes: readonly FileChange[];
  /** Files that have changed if their filter, which was not run, does not give what was committed. */
  readonly unknown: readonly string[];
}

export interface FileChange {
  /** Two letters, as `git status --porcelain` prints them. */
  readonly code: string;
  readonly path: string;
}

/**
 * Asks git what is not committed in a work tree, without running anything that the repository names.
 *
 * @param repository The root of the work tree.
 * @throws {Error} when git is not there or cannot tell; the message is git's own.
 */
export function workTreeStatus(repository: string): WorkTreeStatus {
  const { off, names } = filtersOf(repository);
  // Whether a file was renamed is not asked, and would need contents. A submodule is a repository of its own, with filters of its own.
  const status = ["status", "--porcelain", "-z", "--untracked-files=normal", "--no-renames", "--ignore-submodules=all"];
  const changes = runGit(repository, status, off)
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => ({ code: entry.slice(0, 2), path: entry.slice(3) }));
  const mayBeEqual = changes.filter(({ code }) => code === " M").map(({ path }) => path);
  const unknown = names.size === 0 ? [] : filteredPaths(repository, mayBeEqual, names);
  return { changes: changes.filter(({ code, path }) => code !== " M" || !unknown.includes(path)), unknown };
}

function filteredPaths(repository: string, paths: readonly string[], names: ReadonlySet<string>): string[] {
  if (paths.length === 0) return [];
  const fields = runGit(repository, ["check-attr", "-z", "--stdin", "filter"], [], paths.join("\0")).split("\0");
  return paths.filter((_path, index) => names.has(fields[3 * index + 2] ?? ""));
}

/** Why git could not bring a file back as it was. */
export type Unguarded = "overlooked" | "untracked";

/**
 * Tells which files of a work tree git cannot bring back, although it reports no change: those that it was told to overlook
 * (assume-unchanged, skip-worktree), and those that it does not keep, as they are ignored.
 *
 * @param paths Relative to the root, with slashes.
 * @throws {Error} when git is not there or cannot tell; the message is git's own.
 */
export function unguardedFiles(repository: string, paths: readonly string[]): Map<string, Unguarded> {
  const flags = new Map(
    runGit(repository, ["ls-files", "-v", "-z"])
      .split("\0")
      .map((entry) => [entry.slice(2), entry.charAt(0)] as const),
  );
  return new Map(
    paths.flatMap((path): [string, Unguarded][] => {
      const flag = flags.get(path);
      if (flag === undefined) return [[path, "untracked"]];
      // Lower case is assume-unchanged, and S is skip-worktree.
      return /^[a-zS]$/.test(flag) ? [[path, "overlooked"]] : [];
    }),
  );
}
