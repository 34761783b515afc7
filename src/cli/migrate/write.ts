import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { replaceFile } from "../files/replace-file.ts";
import { findRepository } from "../files/repository.ts";
import { encode } from "../files/source-text.ts";
import { uncommittedChanges } from "./git-status.ts";
import { holdingInterrupts } from "./interrupts.ts";
import { failure, type FileOutcome } from "./outcome.ts";

const CHANGES_SHOWN = 5;

export interface WriteResult {
  /** As before, but for files that could not be written: those are failures now. */
  readonly outcomes: readonly FileOutcome[];
  /** What the user should know, a sentence or more each. */
  readonly notes: readonly string[];
}

/**
 * Writes what was migrated, one file at a time and each in one step. Nothing is written at all where the git work tree of any
 * of the files has uncommitted changes: the migration could not be told from them, nor be undone alone.
 *
 * @param allowDirty Write even so.
 * @param together Write all files or none: what has been written is taken back when another file cannot be.
 */
export async function writeMigrated(
  outcomes: readonly FileOutcome[],
  allowDirty: boolean,
  together = false,
): Promise<WriteResult> {
  const migrated = outcomes.filter(({ outcome }) => outcome.status === "migrated");
  const { notes, refusals } = allowDirty ? { notes: [], refusals: [] } : inspectTrees(migrated);
  if (refusals.length > 0) {
    const message = "not written: a git tree has uncommitted changes, or cannot be asked";
    const refused = outcomes.map((file) =>
      file.outcome.status === "migrated" ? { ...file, outcome: failure(message) } : file,
    );
    return { outcomes: refused, notes: refusals };
  }
  return {
    outcomes: await holdingInterrupts(async (isInterrupted) => {
      const written = await writeAll(outcomes, isInterrupted, together);
      return together ? allOrNone(outcomes, written) : written;
    }),
    notes,
  };
}

async function writeAll(
  outcomes: readonly FileOutcome[],
  isInterrupted: () => boolean,
  together: boolean,
): Promise<FileOutcome[]> {
  const written: FileOutcome[] = [];
  for (const file of outcomes) {
    // Signals arrive between turns of the event loop only.
    if (file.original) await setImmediate();
    // Nothing more can come of a set that is incomplete.
    if (together && file.original && written.some(isUnwritten)) written.push(file);
    else
      written.push(
        isInterrupted() && file.original ? { ...file, outcome: failure("not written: interrupted") } : writeOne(file),
      );
  }
  return written;
}

function isUnwritten({ original, outcome }: FileOutcome): boolean {
  return original !== undefined && outcome.status === "error";
}

/** Takes back what was written of a set that could not be written whole. */
function allOrNone(planned: readonly FileOutcome[], written: readonly FileOutcome[]): FileOutcome[] {
  const failed = written.findIndex(isUnwritten);
  if (failed === -1) return [...written];
  const reason = `not written, as ${written[failed]!.path} cannot be and they change together`;
  return planned.map((file, index) => {
    const { original, outcome } = file;
    if (original === undefined || outcome.status !== "migrated") return file;
    if (index >= failed) return index === failed ? written[index]! : { ...file, outcome: failure(reason) };
    try {
      replaceFile(file.file, encode({ text: outcome.output, hasBom: original.hasBom }), encode(original));
      return { ...file, outcome: failure(reason) };
    } catch (error) {
      return {
        ...file,
        outcome: failure(
          `written, and cannot be taken back although ${written[failed]!.path} cannot be written: ${(error as Error).message}`,
        ),
      };
    }
  });
}

function writeOne(file: FileOutcome): FileOutcome {
  const { outcome, original } = file;
  if (outcome.status !== "migrated" || original === undefined) return file;
  try {
    replaceFile(file.file, encode(original), encode({ text: outcome.output, hasBom: original.hasBom }));
    return file;
  } catch (error) {
    return { ...file, outcome: failure(`cannot be written: ${(error as Error).message}`) };
  }
}

function inspectTrees(files: readonly FileOutcome[]): { notes: string[]; refusals: string[] } {
  const folders = new Set(files.map(({ file }) => dirname(realpathSync(file))));
  const loose = [...folders].filter((folder) => findRepository(folder) === null);
  const repositories = new Set([...folders].flatMap((folder) => findRepository(folder) ?? []));
  return {
    notes: loose
      .slice(0, 1)
      .map(
        (first) => `${first}${others(loose.length - 1)} not under git: only copies of your own can undo the change.`,
      ),
    refusals: [...repositories].sort().flatMap((repository) => refusalFor(repository) ?? []),
  };
}

function others(count: number): string {
  if (count === 0) return " is";
  return ` and ${count} more ${count === 1 ? "folder" : "folders"} are`;
}

function refusalFor(repository: string): string | null {
  try {
    const changes = uncommittedChanges(repository);
    if (changes.length === 0) return null;
    const more = changes.length > CHANGES_SHOWN ? [`… and ${changes.length - CHANGES_SHOWN} more`] : [];
    const list = [...changes.slice(0, CHANGES_SHOWN), ...more].map((line) => `  ${line}`).join("\n");
    return `nothing was written: ${repository} has uncommitted changes. Commit or stash them, or pass --allow-dirty.\n${list}`;
  } catch (error) {
    const advice = `Make "git status" work there, or pass --allow-dirty.\n  ${(error as Error).message}`;
    return `nothing was written: git cannot say whether ${repository} has uncommitted changes. ${advice}`;
  }
}
