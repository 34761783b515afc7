import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Progress } from "../progress.ts";
import type { PlanOptions } from "./options.ts";
import { failure, type TextOutcome } from "./outcome.ts";
import type { WorkerAnswer, WorkerTask } from "./worker.ts";
import type { Candidate } from "./candidate.ts";

// Beside this module, and like it a .ts file before compilation.
const WORKER_URL = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);

/**
 * Migrates texts on worker threads. Each thread gets one text at a time, so that one big file holds up nothing else. A text
 * that ends its thread, by running out of memory for one, becomes a failure, and a new thread goes on with the next.
 *
 * @returns An outcome for each candidate, in their order.
 */
export async function migrateInWorkers(
  candidates: readonly Candidate[],
  plan: PlanOptions,
  workers: number,
  progress: Progress,
): Promise<TextOutcome[]> {
  const outcomes: TextOutcome[] = [];
  const waiting = candidates.entries();
  let done = 0;

  async function work(): Promise<void> {
    let worker: MigrationThread | null = null;
    for (const [index, { file, path, original }] of waiting) {
      if (worker === null || worker.hasEnded) worker = new MigrationThread();
      try {
        outcomes[index] = await worker.migrate({ text: original.text, options: { ...plan, filePath: file } });
      } catch (error) {
        outcomes[index] = failure(`ended the worker thread it was migrated on: ${(error as Error).message}`);
        await worker.end();
        worker = null;
      }
      progress.update("migrating", ++done, candidates.length, path);
    }
    await worker?.end();
  }

  await Promise.all(Array.from({ length: workers }, work));
  return outcomes;
}

class MigrationThread {
  readonly #worker = new Worker(WORKER_URL);
  #hasEnded = false;
  #task: { resolve: (answer: WorkerAnswer) => void; reject: (error: Error) => void } | null = null;

  constructor() {
    this.#worker.on("message", (answer: WorkerAnswer) => this.#task?.resolve(answer));
    this.#worker.on("error", (error) => this.#task?.reject(error));
    this.#worker.on("exit", (code) => {
      this.#hasEnded = true;
      this.#task?.reject(new Error(`it exited with code ${code}`));
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Resolves with what became of the text; rejects if the thread ends first. One text at a time. */
  migrate(task: WorkerTask): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      this.#task = { resolve, reject };
      this.#worker.postMessage(task);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
