import { parentPort } from "node:worker_threads";
import type { MigrateOptions } from "../../plan/migration.ts";
import { loadOneByOne } from "../load-one-by-one.ts";
import type { TextOutcome } from "./outcome.ts";

/** What the main thread sends. */
export interface WorkerTask {
  readonly text: string;
  readonly options: MigrateOptions;
  readonly todo: boolean;
}

/** What the worker sends back for each task. */
export type WorkerAnswer = TextOutcome;

if (parentPort === null) throw new Error("This module is the body of a worker thread.");
const port = parentPort;
loadOneByOne("./core.ts", import.meta.url);
const { CORE } = await import("./core.ts");
const { migrateOne } = await import("./outcome.ts");
const { loadMigration } = await import("./todo/load-migration.ts");
const plain = await loadMigration(CORE, false);
const commenting = await loadMigration(CORE, true);
port.on("message", ({ text, options, todo }: WorkerTask) => {
  const answer: WorkerAnswer = migrateOne(todo ? commenting : plain, text, options);
  port.postMessage(answer);
});
