import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import ts from "typescript";
import type { TracedRun } from "./traced-child.ts";
import { transpiledRoot } from "./transpile.ts";

export type { TracedRun } from "./traced-child.ts";

/** An endless loop only takes as long, however busy the machine is. */
const DEFAULT_TIMEOUT = 90_000;
const CHILD = "test/harness/traced-child.js";

/**
 * Runs programs on the virtual clock, for tests with very many of them: a program takes milliseconds, since one process
 * runs them all. They may import the runtime only, and use no network.
 */
export class TracedRunner {
  #child: ChildProcess | undefined;
  #lastId = 0;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Runs a program, after those before it.
   * @param sourceText TypeScript or JavaScript; its types are not checked
   * @throws Error if it has not ended after `timeoutMs`, which only an endless loop takes
   */
  run(sourceText: string, timeoutMs = DEFAULT_TIMEOUT): Promise<TracedRun> {
    const code = toCommonJs(sourceText);
    const run = this.#last.then(() => this.#send(code, timeoutMs));
    this.#last = run.catch(() => {});
    return run;
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  #send(code: string, timeoutMs: number): Promise<TracedRun> {
    this.#child ??= fork(join(transpiledRoot(), CHILD), { execArgv: [] });
    const child = this.#child;
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const finish = (act: () => void): void => {
        clearTimeout(timer);
        child.off("message", receive);
        child.off("exit", fail);
        act();
      };
      const receive = (reply: { readonly id: number; readonly run: TracedRun }): void => {
        if (reply.id === id) finish(() => resolve(reply.run));
      };
      const abandon = (reason: string): void => {
        this.stop();
        finish(() => reject(new Error(reason)));
      };
      const fail = (): void => abandon("The process that runs the programs has ended.");
      const timer = setTimeout(() => abandon(`The program has not ended after ${timeoutMs} ms.`), timeoutMs);
      child.on("message", receive);
      child.on("exit", fail);
      child.send({ id, code });
    });
  }
}

/** The script of the operations of a program, which stands on one line and is made of literals. */
const SCRIPT = /(?<=new Scripted(?:Channel|Events|EventsWithTwins)\()\{.*\}(?=\))/gu;
/** More programs than this are not run in turns. */
const KEPT = 20;
const transpiled = new Map<string, string>();

/** A program is transpiled once for all scripts that it is run with: they are put in afterwards, as they are JavaScript already. */
function toCommonJs(sourceText: string): string {
  const scripts: string[] = [];
  const program = sourceText.replaceAll(SCRIPT, (script) =>
    isJavaScript(script) ? `$script${scripts.push(script) - 1}` : script,
  );
  let code = transpiled.get(program);
  if (code === undefined) {
    code = transpileProgram(program);
    if (transpiled.size >= KEPT) transpiled.delete(transpiled.keys().next().value!);
    transpiled.set(program, code);
  }
  return code.replaceAll(/\$script(\d+)/gu, (name, index: string) => scripts[Number(index)] ?? name);
}

function isJavaScript(expression: string): boolean {
  try {
    new Function(`return (${expression});`);
    return true;
  } catch {
    return false;
  }
}

function transpileProgram(sourceText: string): string {
  return ts.transpileModule(sourceText, {
    fileName: "program.ts",
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  }).outputText;
}
