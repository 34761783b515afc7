import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { isOutOfDescriptors, withDescriptor } from "../../files/descriptors.ts";

/** Stands for the start of a process where the system does not tell it. */
const UNKNOWN = "0";

/** A process, so that another one can tell whether it still runs. */
export interface ProcessId {
  readonly pid: number;
  /** Tells it from a later process with the same number; `"0"` where the system does not say when a process started. */
  readonly started: string;
  /** A hash of the name of the machine or container: numbers of processes mean nothing elsewhere. */
  readonly host: string;
}

let own: ProcessId | undefined;

/** This process. */
export function ownProcess(): ProcessId {
  return (own ??= processOf(process.pid));
}

/** A process of this machine that runs, by its number. */
export function processOf(pid: number): ProcessId {
  return { pid, started: readProcess(pid)?.started ?? UNKNOWN, host: shortHash(hostname()) };
}

/**
 * Whether a process of this machine runs. Where the system does not say when it started, another process that has got its number
 * since passes for it: what a process may still need is better kept for too long than taken away too early.
 */
export function isRunning({ pid, started }: Pick<ProcessId, "pid" | "started">): boolean {
  if (!exists(pid)) return false;
  const now = readProcess(pid);
  if (now === null) return true;
  return !now.hasEnded && (started === UNKNOWN || started === now.started);
}

/** Whether a process ran on this machine, under the name that the machine has now. */
export function isOfThisHost({ host }: Pick<ProcessId, "host">): boolean {
  return host === ownProcess().host;
}

function exists(pid: number): boolean {
  try {
    // Signal 0 is never sent: it asks whether another one could be.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user exists, and may not be asked.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** What Linux tells of a process; `null` elsewhere. */
function readProcess(pid: number): { readonly started: string; readonly hasEnded: boolean } | null {
  try {
    const text = withDescriptor(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
    // The name of the program, in parentheses, may hold anything; behind it stand the state and, as the 20th, the start in ticks.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const boot = withDescriptor(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1"));
    // A process that has ended stays in the list until its parent has asked for its exit code.
    return { started: shortHash(`${boot} ${fields[19]}`), hasEnded: /^[ZX]/.test(fields[0] ?? "") };
  } catch (error) {
    if (isOutOfDescriptors(error)) throw error;
    return null;
  }
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
