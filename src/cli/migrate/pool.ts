import type { Progress } from "../progress.ts";
import { TaskThread } from "../task-thread.ts";
import type { MigrateCommandOptions } from "./options.ts";
import { failure, type TextOutcome } from "./outcome.ts";
import type { WorkerAnswer, WorkerTask } from "./worker.ts";
import type { Candidate } from "./candidate.ts";

/**
 * Migrates texts on worker threads. Each thread gets one text at a time, so that one big file holds up nothing else. A text
 * that ends its thread, by running out of memory for one, becomes a failure, and a new thread goes on with the next.
 *
 * @returns An outcome for each candidate, in their order.
 */
export async function migrateInWorkers(
  candidates: readonly Candidate[],
  { plan, todo }: Pick<MigrateCommandOptions, "plan" | "todo">,
  workers: number,
  progress: Progress,
): Promise<TextOutcome[]> {
  const outcomes: TextOutcome[] = [];
  const waiting = candidates.entries();
  let done = 0;

  async function work(): Promise<void> {
    const thread = new TaskThread<WorkerTask, WorkerAnswer>(new URL("./worker", import.meta.url));
    for (const [index, { file, path, original }] of waiting) {
      try {
        outcomes[index] = await thread.run({ text: original.text, options: { ...plan, filePath: file }, todo });
      } catch (error) {
        outcomes[index] = failure(`ended the worker thread it was migrated on: ${(error as Error).message}`);
      }
      progress.update("migrating", ++done, candidates.length, path);
    }
    await thread.end();
  }

  await Promise.all(Array.from({ length: workers }, work));
  return outcomes;
}
