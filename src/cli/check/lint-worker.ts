import { parentPort } from "node:worker_threads";
import { loadOneByOne } from "../load-one-by-one.ts";
import type { FileLinter, Linted, LintOptions } from "./file-linter.ts";

/** What the main thread sends; the options and the base are the same each time. */
export interface LintTask {
  readonly options: LintOptions;
  readonly base: string;
  readonly file: string;
  readonly text: string;
}

/** What the worker sends back for each task. */
export type LintAnswer =
  { readonly linted: Linted; readonly problems: ReadonlyMap<string, string> } | { readonly defect: string };

if (parentPort === null) throw new Error("This module is the body of a worker thread.");
const port = parentPort;
loadOneByOne("./lint.ts", import.meta.url);
const { defectOf } = await import("./defect.ts");
const { withGuardedProject } = await import("./guarded-project.ts");
const { FileLinter: Linter } = await import("./file-linter.ts");
const { ESLint } = await import("eslint");
let linter: FileLinter | null = null;

async function answer({ options, base, file, text }: LintTask): Promise<LintAnswer> {
  try {
    const own = (linter ??= new Linter(options, base, ESLint));
    const { result: linted, problems } = await withGuardedProject(options.project, () => own.lint(file, text));
    return { linted, problems };
  } catch (error) {
    return { defect: defectOf(error) };
  }
}

port.on("message", (task: LintTask) => void answer(task).then((message) => port.postMessage(message)));
