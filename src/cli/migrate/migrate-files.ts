import { isStackOverflow, TOO_DEEP } from "../../ast/nesting.ts";
import type { FoundFile } from "../files/discover.ts";
import { readSource, type SourceText } from "../files/source-text.ts";
import { comparePaths } from "../files/order.ts";
import type { Progress } from "../progress.ts";
import type { Core } from "./core.ts";
import type { MigrateCommandOptions, PlanOptions } from "./options.ts";
import { loadMigration } from "./todo/load-migration.ts";
import { TODO_MARK } from "./todo/comment.ts";
import { failure, migrateOne, newText, UNCHANGED, type FileOutcome, type TextOutcome } from "./outcome.ts";
import { workerCount } from "./worker-count.ts";
import type { Candidate } from "./candidate.ts";
import { printable } from "../../printable.ts";

/**
 * Migrates files in memory. A file without any of the words that a migration needs costs its reading and a few regular
 * expressions; the parser is loaded when the first other file is met, in this thread or, if there are many, in workers.
 *
 * @returns An outcome for each file, in the order of the files.
 */
export async function migrateFiles(
  files: readonly FoundFile[],
  { plan, todo }: Pick<MigrateCommandOptions, "plan" | "todo">,
  core: Core,
  progress: Progress,
): Promise<FileOutcome[]> {
  const outcomes = new Map<FoundFile, FileOutcome>();
  const candidates: Candidate[] = [];
  for (const [index, found] of files.entries()) {
    progress.update("reading", index, files.length, found.path);
    const read = readCandidate(found, plan, todo, core);
    if ("status" in read) outcomes.set(found, { ...found, outcome: read });
    else candidates.push({ ...found, original: read });
  }
  const migrated = await migrateCandidates(candidates, { plan, todo }, core, progress);
  progress.clear();
  for (const [index, candidate] of candidates.entries()) {
    const outcome = migrated[index]!;
    const { file, path } = candidate;
    // The text is needed for a diff and for writing, and only then worth its memory.
    outcomes.set(candidate, newText({ outcome }) === null ? { file, path, outcome } : { ...candidate, outcome });
  }
  return [...outcomes.values()].sort((a, b) => comparePaths(a.file, b.file));
}

function readCandidate(found: FoundFile, plan: PlanOptions, todo: boolean, core: Core): SourceText | TextOutcome {
  try {
    const original = readSource(found.file);
    const isCandidate =
      core.mayMigrate(original.text, { ...plan, filePath: found.file }) || (todo && original.text.includes(TODO_MARK));
    return isCandidate ? original : UNCHANGED;
  } catch (error) {
    return failure(isStackOverflow(error) ? TOO_DEEP : printable(`cannot be read: ${(error as Error).message}`));
  }
}

async function migrateCandidates(
  candidates: readonly Candidate[],
  { plan, todo }: Pick<MigrateCommandOptions, "plan" | "todo">,
  core: Core,
  progress: Progress,
) {
  if (candidates.length === 0) return [];
  const workers = workerCount(candidates.map(({ original }) => original.text));
  if (workers > 0) return (await import("./pool.ts")).migrateInWorkers(candidates, { plan, todo }, workers, progress);
  const migrateText = await loadMigration(core, todo);
  return candidates.map(({ file, path, original }, index) => {
    progress.update("migrating", index, candidates.length, path);
    return migrateOne(migrateText, original.text, { ...plan, filePath: file });
  });
}
