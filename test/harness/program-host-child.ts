import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";

/*
 * The process in which a `ProgramHost` runs its programs, one after the other. A program is over when nothing is left to do, when an error
 * reaches nobody, or when it exits. What it still does then, it would not have done in a process of its own: that is awaited and not told.
 */

export interface ProgramCommand {
  readonly cwd: string;
  /** The program, and what is loaded before it: absolute paths. */
  readonly file: string;
  readonly preloads: readonly string[];
  readonly argv: readonly string[];
}

export interface ProgramEnd {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How Node ends a process whose main module awaits something that never comes. */
const UNSETTLED = 13;
const EVENTS = ["beforeExit", "exit", "uncaughtException", "unhandledRejection", "warning"] as const;
/** Milliseconds for what a program has left behind. */
const PATIENCE = 2_000;

class Exit extends Error {}

interface Run {
  readonly written: { stdout: string; stderr: string };
  isLoaded: boolean;
  status: number | null;
}

let run: Run | null = null;
let isEnding = false;
let patience: NodeJS.Timeout | undefined;

for (const name of ["stdout", "stderr"] as const) {
  process[name].write = (text: string | Uint8Array, ...rest: unknown[]): boolean => {
    if (run?.status === null) run.written[name] += String(text);
    const written = rest.at(-1);
    if (typeof written === "function") process.nextTick(written as () => void);
    return true;
  };
}

process.exit = (code) => {
  end(Number(code ?? process.exitCode ?? 0));
  throw new Exit();
};

function end(status: number): void {
  if (run?.status !== null || isEnding) return;
  isEnding = true;
  process.exitCode = status;
  try {
    process.emit("exit", status);
  } catch (error) {
    if (!(error instanceof Exit)) run.written.stderr += `Uncaught ${inspect(error)}\n`;
  }
  run.status = Number(process.exitCode);
  isEnding = false;
  // Nothing of the program is to hear of anything more, and the process has to come by once more.
  for (const event of EVENTS) process.removeAllListeners(event);
  process.on("uncaughtException", crash).on("beforeExit", rest);
  setImmediate(() => {});
  // A program that has ended, and goes on for long, is left alone with its process.
  patience = setTimeout(() => reply(false), PATIENCE);
  patience.unref();
}

/** An error that nothing has caught, unless the program listens to those. */
function crash(error: unknown): void {
  if (error instanceof Exit || run?.status !== null || process.listenerCount("uncaughtException") > 1) return;
  run.written.stderr += `Uncaught ${inspect(error)}\n`;
  end(1);
}

/** Nothing is left to do, unless listeners of the program have found something. */
function rest(): void {
  if (run === null || process.getActiveResourcesInfo().length > 0) return;
  end(run.isLoaded ? Number(process.exitCode ?? 0) : UNSETTLED);
  reply(true);
}

function reply(isIdle: boolean): void {
  clearTimeout(patience);
  const { status, written } = run!;
  run = null;
  const answer: ProgramEnd = { status: status!, ...written };
  process.channel!.ref();
  process.send!({ end: answer, isIdle });
}

process.on("message", ({ argv, cwd, file, preloads }: ProgramCommand) => {
  // What listens is the program's; whether anything is left to do does not depend on who gives it to us.
  for (const event of EVENTS) process.removeAllListeners(event);
  process.on("uncaughtException", crash);
  process.on("beforeExit", rest);
  process.exitCode = undefined;
  process.argv = [process.execPath, file, ...argv];
  process.chdir(cwd);
  run = { written: { stdout: "", stderr: "" }, isLoaded: false, status: null };
  process.channel!.unref();
  setImmediate(() => void load(file, preloads));
});

async function load(file: string, preloads: readonly string[]): Promise<void> {
  for (const each of preloads) await import(pathToFileURL(each).href);
  // A script begins in a turn of its own, and not in a promise's.
  if (file.endsWith(".cjs")) setImmediate(() => loadScript(file));
  else {
    await import(pathToFileURL(file).href);
    if (run !== null) run.isLoaded = true;
    listenLast();
  }
}

function loadScript(file: string): void {
  run!.isLoaded = true;
  createRequire(file)(file);
  listenLast();
}

/** What the program does when nothing is left to do may be more. */
function listenLast(): void {
  process.off("beforeExit", rest).on("beforeExit", rest);
}
