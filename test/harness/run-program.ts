import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { outputName, transpile, transpiledRoot } from "./transpile.ts";

const DEFAULT_TIMEOUT = 120_000;

/** The line of the error in what Node, or the runtime for a callback, prints when an error ends the program. */
const UNCAUGHT = /^(?:Unhandled exception\. )?(\w*(?:Error|Exception)(?: \[\w+\])?(?:: .*)?)$/mu;

export interface RunOptions {
  /** Where the program is taken to lie, relative to the repository's root; by default `fixtures/seeds/program.ts`. */
  readonly fileName?: string;
  readonly args?: readonly string[];
  /** Environment variables on top of those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** After so many milliseconds the program is killed. */
  readonly timeoutMs?: number;
}

export interface ProgramRun {
  /** The lines that were printed; the line break after the last one makes no further line. */
  readonly stdout: readonly string[];
  readonly stderr: string;
  /** The error that ended the program, as `Name: message`; `null` if none did. `DeadlockError: …` for a wait without end. */
  readonly uncaught: string | null;
  /** `null` if the program was killed. */
  readonly exitCode: number | null;
  readonly timedOut: boolean;
}

/**
 * Runs a program in a process of its own, with the runtime at `../runtime` of its folder.
 * @param sourceText TypeScript or JavaScript; its types are not checked
 */
export async function runProgram(sourceText: string, options: RunOptions = {}): Promise<ProgramRun> {
  const { fileName = "fixtures/seeds/program.ts", args = [], env = {}, timeoutMs = DEFAULT_TIMEOUT } = options;
  const root = mkdtempSync(join(tmpdir(), "tapify-run-"));
  try {
    const file = join(root, outputName(fileName));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(join(root, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(file, transpile(sourceText, basename(fileName)));
    symlinkSync(join(transpiledRoot(), "fixtures/runtime"), join(dirname(dirname(file)), "runtime"), "junction");
    return await runFile(file, args, { ...process.env, ...env }, timeoutMs);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Runs a file that Node.js can run, and waits for its end. */
export function runFile(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  timeout: number,
): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let timedOut = false;
    // A thread that blocks in a wait hears no milder signal.
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, timeout);
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      const errors = Buffer.concat(stderr).toString("utf8");
      resolve({
        stdout: toLines(Buffer.concat(stdout).toString("utf8")),
        stderr: errors,
        uncaught: exitCode === 0 ? null : (UNCAUGHT.exec(errors)?.[1] ?? null),
        exitCode,
        timedOut,
      });
    });
  });
}

function toLines(text: string): readonly string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
