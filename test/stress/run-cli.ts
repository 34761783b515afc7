import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../harness/transpile.ts";

const BIN = join(ROOT, "dist/src/cli/bin.js");
/** No run takes so long, however busy the machine is. */
const LONGEST_MS = 120_000;
const MOST_OUTPUT = 2 ** 24;

export interface CliRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it had to be ended, as it took too long. */
  readonly isHung: boolean;
}

/**
 * Runs the compiled program.
 *
 * @param onStart gets the process, for whoever wants to end it.
 */
export function runCli(
  cwd: string,
  argv: readonly string[],
  onStart: (child: ChildProcess) => void = () => {},
): Promise<CliRun> {
  const child = spawn(process.execPath, [BIN, ...argv], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (chunk: Buffer) => {
      if (output[name].length < MOST_OUTPUT) output[name] += chunk.toString("utf8");
    });
  let isHung = false;
  const timer = setTimeout(() => {
    isHung = true;
    child.kill("SIGKILL");
  }, LONGEST_MS);
  onStart(child);
  return new Promise((resolve) => {
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...output, isHung });
    });
  });
}

/** What is wrong with the way in which a run ended; `null` when it ended in good order. */
export function faultOf({ code, signal, stdout, stderr, isHung }: CliRun): string | null {
  if (isHung) return `It had not ended after ${LONGEST_MS / 1000} seconds.`;
  if (signal !== null) return `It was ended by ${signal}.`;
  if (code === null || code > 2) return `It ended with exit code ${code}.\n${stderr}`;
  const told = `${stdout}\n${stderr}`;
  if (/defect of tapify|^ {4}at .*[:(]\d+:\d+\)?$/m.test(told))
    return `It shows a defect.\n${stderr}\n${stdout.slice(0, 2000)}`;
  return null;
}
