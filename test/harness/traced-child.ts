import { compileFunction } from "node:vm";
import * as runtime from "../../fixtures/runtime/index.ts";
import { schedule } from "../../fixtures/runtime/pump.ts";

/* The process in which a `TracedRunner` runs its programs, one after the other. */

export interface TracedCommand {
  readonly id: number;
  /** The body of a CommonJS module. */
  readonly code: string;
}

export interface TracedRun {
  /** What the program traced and printed, in order. */
  readonly trace: readonly string[];
  /** The error that would have ended the program, as `Name: message`; the trace goes no further. */
  readonly uncaught: string | null;
  /** Whether the program awaits something that never comes. */
  readonly isStalled: boolean;
}

/** After so many idle turns of the event loop nothing will happen any more. */
const IDLE_TURNS = 5;

let ends: Pick<TracedRun, "trace" | "uncaught">[] = [];

process.on("unhandledRejection", crash);
runtime.onUnhandledException(crash);
runtime.Console.SetOut({ Write: (text) => runtime.trace(`print ${JSON.stringify(text)}`) });
process.on("message", ({ id, code }: TracedCommand) => {
  void runTraced(code).then((run) => process.send?.({ id, run }));
});

async function runTraced(code: string): Promise<TracedRun> {
  ends = [];
  runtime.clearTrace();
  runtime.restartVirtualClock();
  let isSettled = false;
  const program = compileFunction(`return (async () => {${code}\n})();`, [
    "exports",
    "require",
    "setTimeout",
    "clearTimeout",
  ]) as (exports: object, require: (name: string) => object, ...timers: readonly unknown[]) => Promise<void>;
  program({}, resolveImport, setVirtualTimeout, clearVirtualTimeout)
    .catch(crash)
    .finally(() => {
      isSettled = true;
    });
  for (let idleTurns = 0; idleTurns < IDLE_TURNS && ends.length === 0;) {
    await new Promise<void>((resolve) => void setImmediate(resolve));
    idleTurns = runtime.isPending() ? 0 : idleTurns + 1;
  }
  return { trace: runtime.readTrace(), uncaught: null, isStalled: !isSettled, ...ends[0] };
}

interface VirtualTimeout {
  isCleared: boolean;
}

/** `setTimeout` on the virtual clock, by which everything else in a traced program goes. */
function setVirtualTimeout(handler: (...values: unknown[]) => void, delay = 0, ...values: unknown[]): VirtualTimeout {
  const timeout = { isCleared: false };
  // As in Node.js, none is shorter than a millisecond.
  schedule(Math.max(1, delay), () => {
    if (timeout.isCleared) return;
    try {
      handler(...values);
    } catch (error) {
      crash(error);
    }
  });
  return timeout;
}

function clearVirtualTimeout(timeout?: VirtualTimeout): void {
  if (timeout !== undefined) timeout.isCleared = true;
}

/** Notes the end of the program; the first counts. What it still does here, it would not have done in its own process. */
function crash(error: unknown): void {
  ends.push({ trace: runtime.readTrace(), uncaught: String(error) });
}

function resolveImport(name: string): object {
  if (/\/runtime\/index\.[jt]s$/u.test(name)) return runtime;
  throw new Error(`A traced program can import the runtime only, not ${name}.`);
}
