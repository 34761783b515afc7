import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { RunResult } from "./workspace.ts";

/** Reads command lines from its parent, and runs the compiled program with each of them, in the folder that is told. */
export const CLI_HOST = `
import { run } from "./src/cli/run.js";

process.on("message", async ({ argv, cwd }) => {
  process.chdir(cwd);
  const written = { stdout: "", stderr: "" };
  const stream = (name) => ({ write: (text) => void (written[name] += text) });
  const io = { cwd, env: process.env, stdout: stream("stdout"), stderr: stream("stderr") };
  process.send({ code: await run(argv, io), ...written });
});
`;

/** No run of a test takes so long, however busy the machine is: it hangs. */
const TIMEOUT = 300_000;

/**
 * Runs command lines in one process, one after the other: to start one and to load the compiler, the parser and all modules takes ten times as
 * long as most runs. A run that hangs, or ends the process, fails, and the next one gets another process.
 */
export class CliHost {
  readonly #dist: string;
  #child: ChildProcess | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param dist the compiled package, with `CLI_HOST` as `cli-host.js` in it */
  constructor(dist: string) {
    this.#dist = dist;
  }

  run(cwd: string, argv: readonly string[]): Promise<RunResult> {
    const run = this.#last.then(() => this.#send(cwd, argv));
    this.#last = run.catch(() => {});
    return run;
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  #send(cwd: string, argv: readonly string[]): Promise<RunResult> {
    const child = (this.#child ??= fork(join(this.#dist, "cli-host.js"), { execArgv: [], cwd: this.#dist }));
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        child.off("message", receive).off("exit", fail);
        act();
      };
      const receive = (result: RunResult): void => settle(() => resolve(result));
      const fail = (): void => {
        this.stop();
        settle(() => reject(new Error(`tapify ${argv.join(" ")} hangs, or has ended its process.`)));
      };
      const timer = setTimeout(fail, TIMEOUT);
      child.on("message", receive).on("exit", fail);
      child.send({ argv, cwd });
    });
  }
}
