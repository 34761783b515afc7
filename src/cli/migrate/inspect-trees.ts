import { basename, dirname, join, relative, sep } from "node:path";
import { realPath } from "../../files/real-path.ts";
import { findRepository } from "../files/repository.ts";
import { isLeftover } from "../files/temporary-file.ts";
import { unguardedFiles, workTreeStatus, type FileChange, type Unguarded } from "../git/work-tree.ts";
import { isJournalName } from "../journal/journal-file.ts";
import { removeLeftover } from "../journal/places.ts";
import { printable } from "../../printable.ts";

const SHOWN = 5;

/** What git says about the files that are to be written, and of what lies around them. */
export interface TreeInspection {
  /** What the user should know, a sentence or more each. */
  readonly notes: readonly string[];
  /** Why nothing may be written, one for each work tree. */
  readonly refusals: readonly string[];
}

/**
 * Asks git whether a migration could be told from other changes, and be undone alone.
 *
 * @param files Absolute paths of files that are to be written.
 * @param allowDirty Ask only what is worth a note.
 */
export function inspectTrees(files: readonly string[], allowDirty: boolean): TreeInspection {
  // None for a file that has gone since it was read, which writing it will tell.
  const targets = new Set(files.flatMap((file) => realPath(file) ?? []));
  const repositories = new Map<string, string[]>();
  const loose = new Set<string>();
  for (const target of targets) {
    const repository = findRepository(dirname(target));
    if (repository === null) loose.add(dirname(target));
    else repositories.set(repository, [...(repositories.get(repository) ?? []), target]);
  }
  const sorted = [...repositories].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    refusals: allowDirty ? [] : sorted.flatMap(([repository]) => refusalFor(repository) ?? []),
    notes: [
      ...(allowDirty ? [] : notesOnLoose([...loose])),
      ...sorted.flatMap(([repository, inside]) => notesOn(repository, inside)),
    ],
  };
}

function notesOnLoose([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  return [
    `${printable(first)}${more(others.length, "folder")} not under git: only copies of your own can undo the change.`,
  ];
}

const WHY_UNGUARDED: Readonly<Record<Unguarded, string>> = {
  overlooked: "marked for git to overlook (assume-unchanged or skip-worktree)",
  untracked: "not among the files that git keeps",
};

function notesOn(repository: string, files: readonly string[]): string[] {
  const paths = files.map((file) => relative(repository, file).replaceAll(sep, "/"));
  let unguarded: ReadonlyMap<string, Unguarded>;
  try {
    unguarded = unguardedFiles(repository, paths);
  } catch {
    // Unless asked to write even so, nothing is written then, for the same reason.
    return [];
  }
  return (["overlooked", "untracked"] as const).flatMap((kind) => {
    const [first, ...others] = paths.filter((path) => unguarded.get(path) === kind);
    if (first === undefined) return [];
    return `${printable(join(repository, first))}${more(others.length, "file")} ${WHY_UNGUARDED[kind]}: git cannot undo the change, only copies of your own can.`;
  });
}

function more(count: number, noun: string): string {
  if (count === 0) return " is";
  return ` and ${count} more ${count === 1 ? noun : `${noun}s`} are`;
}

function refusalFor(repository: string): string | null {
  const shown = printable(repository);
  try {
    const { changes: all, unknown } = workTreeStatus(repository);
    const changes = all.filter((change) => !isRemoved(repository, change));
    if (changes.length > 0) {
      const lines = changes.map((change) => `${change.code} ${describe(repository, change)}`);
      return `nothing was written: ${shown} has uncommitted changes. Commit or stash them, or pass --allow-dirty.\n${list(lines)}`;
    }
    if (unknown.length === 0) return null;
    return `nothing was written: it cannot be told whether files in ${shown} have uncommitted changes, as that takes a filter of git, which is a program that tapify does not run. Run "git status" there, which lets git remember what has not changed, or pass --allow-dirty.\n${list(unknown.map((path) => `cannot tell: ${quoted(path)}`))}`;
  } catch (error) {
    const advice = `Make "git status" work there, or pass --allow-dirty.\n  ${(error as Error).message.split("\n").map(printable).join("\n  ")}`;
    return `nothing was written: git cannot say whether ${shown} has uncommitted changes. ${advice}`;
  }
}

/** Whether a change was a file that a run of tapify has left which was cut short, and is no more. */
function isRemoved(repository: string, { code, path }: FileChange): boolean {
  return code === "??" && isLeftover(basename(path)) && removeLeftover(join(repository, path));
}

function describe(repository: string, { code, path }: FileChange): string {
  if (code !== "??" || !isJournalName(basename(path))) return quoted(path);
  return `${quoted(path)} (a run was cut short: tapify recover ${printable(join(repository, dirname(path)))})`;
}

/** A name as a line can hold it. */
function quoted(path: string): string {
  return path.includes('"') || printable(path) !== path ? printable(JSON.stringify(path)) : path;
}

function list(lines: readonly string[]): string {
  const rest = lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more`] : [];
  return [...lines.slice(0, SHOWN), ...rest].map((line) => `  ${line}`).join("\n");
}
