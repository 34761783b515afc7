import type { Io, TextStream } from "./io.ts";
import { printable } from "../printable.ts";

const INTERVAL_MS = 60;
/** How often a log is told. */
const LOG_INTERVAL_MS = 10_000;

/** Tells how far a run is: a person on a terminal, and a log of CI now and then. */
export interface Progress {
  /** Says that `done` of `total` are dealt with and which one is at hand. */
  update(phase: string, done: number, total: number, subject: string): void;
  /** Removes what was shown. */
  clear(): void;
}

const SILENT: Progress = { update: () => {}, clear: () => {} };

/** The progress line of a terminal; plain lines in CI, which ends a job that is silent for too long; elsewhere nothing. */
export function createProgress(stream: TextStream & { readonly columns?: number }, env: Io["env"]): Progress {
  if (!stream.isTTY) return env.CI === undefined || env.CI === "" || env.CI === "false" ? SILENT : logged(stream);
  let shownAt = 0;
  let isShown = false;
  return {
    update(phase, done, total, subject) {
      const now = Date.now();
      if (now - shownAt < INTERVAL_MS) return;
      shownAt = now;
      isShown = true;
      // A line that wraps cannot be erased with one carriage return.
      stream.write(
        `\r\u001B[K${withinColumns(`${phase} ${done}/${total} ${printable(subject)}`, (stream.columns || 80) - 1)}`,
      );
    },
    clear() {
      if (isShown) stream.write("\r\u001B[K");
      isShown = false;
    },
  };
}

function logged(stream: TextStream): Progress {
  let loggedAt = Date.now();
  return {
    update(phase, done, total) {
      const now = Date.now();
      if (now - loggedAt < LOG_INTERVAL_MS) return;
      loggedAt = now;
      stream.write(`tapify: ${phase} ${done}/${total}\n`);
    },
    clear: () => {},
  };
}

/** The beginning of a text that takes no more than some columns. What is not ASCII may take two. */
function withinColumns(text: string, columns: number): string {
  let left = columns;
  let shown = "";
  for (const character of text) {
    left -= character > "~" ? 2 : 1;
    if (left < 0) break;
    shown += character;
  }
  return shown;
}
