import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { replaceFile } from "../files/replace-file.ts";
import { encode } from "../files/source-text.ts";
import { holdingInterrupts } from "../interrupts.ts";
import { foldersOf, journalsAbove, removeLeftovers } from "../journal/places.ts";
import { writeTogether, type NewContent } from "../journal/write-together.ts";
import { inspectTrees } from "./inspect-trees.ts";
import { failure, newText, type FileOutcome } from "./outcome.ts";
import { printable } from "../../printable.ts";

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
 * @param together The folder of a project whose files are written all or none; `null` where each stands for itself.
 */
export async function writeMigrated(
  outcomes: readonly FileOutcome[],
  allowDirty: boolean,
  together: string | null = null,
): Promise<WriteResult> {
  const folders = foldersOf(outcomes.map(({ file }) => file));
  const [journal] = journalsAbove(together === null ? folders : [...folders, together]);
  if (journal !== undefined)
    return refuse(outcomes, "not written: another run of tapify writes there, or was cut short", [
      printable(
        `nothing was written: ${journal} belongs to another run of tapify. When that has ended, run tapify recover ${dirname(journal)}`,
      ),
    ]);
  removeLeftovers(folders);
  const { notes, refusals } = inspectTrees(
    outcomes.flatMap((outcome) => (newText(outcome) === null ? [] : outcome.file)),
    allowDirty,
  );
  if (refusals.length > 0)
    return refuse(outcomes, "not written: a git tree has uncommitted changes, or cannot be asked", refusals);
  return {
    outcomes: await holdingInterrupts((isInterrupted) =>
      together === null ? writeEach(outcomes, isInterrupted) : writeAllOrNone(outcomes, together, isInterrupted),
    ),
    notes,
  };
}

function refuse(outcomes: readonly FileOutcome[], message: string, notes: readonly string[]): WriteResult {
  const refused = outcomes.map((file) => (newText(file) === null ? file : { ...file, outcome: failure(message) }));
  return { outcomes: refused, notes };
}

async function writeEach(outcomes: readonly FileOutcome[], isInterrupted: () => boolean): Promise<FileOutcome[]> {
  const written: FileOutcome[] = [];
  for (const file of outcomes) {
    const content = contentOf(file);
    if (content === null) {
      written.push(file);
      continue;
    }
    // Signals arrive between turns of the event loop only.
    await setImmediate();
    written.push(isInterrupted() ? { ...file, outcome: failure("not written: interrupted") } : writeOne(file, content));
  }
  return written;
}

function writeOne(file: FileOutcome, { before, after }: NewContent): FileOutcome {
  try {
    replaceFile(file.file, before, after);
    return file;
  } catch (error) {
    return { ...file, outcome: failure(printable(`cannot be written: ${(error as Error).message}`)) };
  }
}

async function writeAllOrNone(
  outcomes: readonly FileOutcome[],
  folder: string,
  isInterrupted: () => boolean,
): Promise<readonly FileOutcome[]> {
  const contents = outcomes.flatMap((file) => contentOf(file) ?? []);
  if (contents.length === 0) return outcomes;
  const failed = await writeTogether(folder, contents, isInterrupted);
  if (failed === null) return outcomes;
  const first = outcomes.find(({ file }) => file === failed.file);
  const because =
    first === undefined
      ? failed.message
      : `not written, as ${printable(first.path)} cannot be and they change together`;
  return outcomes.map((file) => {
    if (contentOf(file) === null) return file;
    if (failed.kept.has(file.file))
      return {
        ...file,
        outcome: failure(
          printable(
            `written, and cannot be taken back although not all files can be written. Run tapify recover ${folder}`,
          ),
        ),
      };
    return { ...file, outcome: failure(file === first ? failed.message : because) };
  });
}

/** What is to be written of a file, as bytes; `null` where nothing is. */
function contentOf({ file, outcome, original }: FileOutcome): NewContent | null {
  const text = newText({ outcome });
  if (text === null || original === undefined) return null;
  return { file, before: encode(original), after: encode({ text, hasBom: original.hasBom }) };
}
