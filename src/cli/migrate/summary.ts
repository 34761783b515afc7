import type { FileOutcome } from "./outcome.ts";

/** Numbers of files. */
export interface Summary {
  readonly files: number;
  readonly migrated: number;
  /** Files in which something was found and nothing could be migrated. */
  readonly refused: number;
  readonly unchanged: number;
  readonly errors: number;
}

/** Counts files by what became of them. */
export function summarize(outcomes: readonly FileOutcome[]): Summary {
  const count = (status: FileOutcome["outcome"]["status"]) =>
    outcomes.filter(({ outcome }) => outcome.status === status).length;
  return {
    files: outcomes.length,
    migrated: count("migrated"),
    refused: count("refused"),
    unchanged: count("unchanged"),
    errors: count("error"),
  };
}

/** The number of sites that cannot be migrated, also those in files of which other sites can. */
export function countRefusals(outcomes: readonly FileOutcome[]): number {
  return outcomes.reduce((sum, { outcome }) => sum + (outcome.status === "error" ? 0 : outcome.refusals.length), 0);
}
