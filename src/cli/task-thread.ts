import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { withDescriptorLater } from "../files/descriptors.ts";

/**
 * A worker thread that is given one task at a time. It is started for the first one, and anew after a task that has ended it, by
 * running out of memory for one.
 */
export class TaskThread<Task, Answer> {
  readonly #module: URL;
  #worker: Worker | null = null;

  /** @param module The thread's module without its ending, which is .ts before compilation. */
  constructor(module: URL) {
    this.#module = new URL(`${module.href}${extname(import.meta.url)}`);
  }

  /** Resolves with the answer to a task; rejects if the thread ends first. */
  run(task: Task): Promise<Answer> {
    // A thread needs some descriptors, and opens the modules that it loads.
    return withDescriptorLater(() => this.#try(task));
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  async #try(task: Task): Promise<Answer> {
    const worker = (this.#worker ??= this.#start());
    let settle = (): void => {};
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const onExit = (code: number): void => reject(new Error(`it exited with code ${code}`));
        worker.on("message", resolve).on("error", reject).on("exit", onExit);
        settle = () => worker.off("message", resolve).off("error", reject).off("exit", onExit);
        worker.postMessage(task);
      });
    } catch (error) {
      await this.end();
      throw error;
    } finally {
      settle();
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#module);
    // Between two tasks as well it may come to an end; the next one starts another.
    worker.on("error", () => {});
    worker.on("exit", () => {
      if (this.#worker === worker) this.#worker = null;
    });
    return worker;
  }
}
