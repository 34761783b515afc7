import type { TextStream } from "./io.ts";
import { printable } from "../printable.ts";

const INTERVAL_MS = 60;

/** Tells a person how far a run is; tells a log file nothing. */
export interface Progress {
  /** Says that `done` of `total` are dealt with and which one is at hand. */
  update(phase: string, done: number, total: number, subject: string): void;
  /** Removes what was shown. */
  clear(): void;
}

const SILENT: Progress = { update: () => {}, clear: () => {} };

/** The progress line of a terminal, or nothing where the stream is none. */
export function createProgress(stream: TextStream & { readonly columns?: number }): Progress {
  if (!stream.isTTY) return SILENT;
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
        `\r\u001B[K${`${phase} ${done}/${total} ${printable(subject)}`.slice(0, (stream.columns ?? 80) - 1)}`,
      );
    },
    clear() {
      if (isShown) stream.write("\r\u001B[K");
      isShown = false;
    },
  };
}
