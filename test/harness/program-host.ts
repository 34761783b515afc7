import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { ProgramCommand, ProgramEnd } from "./program-host-child.ts";
import { keptFolder } from "./transpile.ts";

const CHILD = "test/harness/program-host-child";
/** A program of a test takes milliseconds. */
const DEFAULT_TIMEOUT = 60_000;

/**
 * Runs programs that do no more than programs of tests do, each in a folder of its own and all in one process: it takes ten times as long to
 * start a process as to run one. They see modules of their own, working directory, arguments, exit code and listeners of the process; modules
 * of Node and packages that are installed here they share.
 */
export class ProgramHost {
  #child: ChildProcess | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Runs a program, after those before it. A script ends in `.cjs`; all others are modules.
   *
   * @returns how it ended; errors that nobody caught are on `stderr`
   * @throws Error if it has not ended after `timeoutMs`
   */
  run(command: ProgramCommand, timeoutMs = DEFAULT_TIMEOUT): Promise<ProgramEnd> {
    const run = this.#last.then(() => this.#send(command, timeoutMs));
    this.#last = run.catch(() => {});
    return run;
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  #send(command: ProgramCommand, timeoutMs: number): Promise<ProgramEnd> {
    const child = (this.#child ??= this.#start());
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        child.off("message", receive).off("exit", fail);
        act();
      };
      const receive = ({ end, isIdle }: { readonly end: ProgramEnd; readonly isIdle: boolean }): void => {
        if (!isIdle) this.stop();
        settle(() => resolve(end));
      };
      const abandon = (reason: string): void => {
        this.stop();
        settle(() => reject(new Error(`${command.file}: ${reason}`)));
      };
      const fail = (): void => abandon("The process that runs the programs has ended.");
      const timer = setTimeout(() => abandon(`The program has not ended after ${timeoutMs} ms.`), timeoutMs);
      child.on("message", receive).on("exit", fail);
      child.send(command);
    });
  }

  #start(): ChildProcess {
    const folder = keptFolder([`${CHILD}.ts`], { "package.json": JSON.stringify({ type: "module" }) });
    return fork(join(folder, `${CHILD}.js`), { execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
  }
}
