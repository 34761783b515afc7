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

/** Numbers of places, and of the files that they are in. A file with places of both kinds counts for both. */
export interface PlaceCounts {
  readonly migrated: Count;
  readonly refused: Count;
}

interface Count {
  readonly places: number;
  readonly files: number;
}

/** Counts places by what became of them. */
export function countPlaces(outcomes: readonly FileOutcome[]): PlaceCounts {
  const count = (of: "migrations" | "refusals"): Count => {
    const counts = outcomes.map(({ outcome }) => (outcome.status === "error" ? 0 : outcome[of].length));
    return { places: counts.reduce((sum, each) => sum + each, 0), files: counts.filter((each) => each > 0).length };
  };
  return { migrated: count("migrations"), refused: count("refusals") };
}

/** The number of files in which a comment at a refused place comes or goes, and nothing else changes. */
export function countCommented(outcomes: readonly FileOutcome[]): number {
  return outcomes.filter(({ outcome }) => outcome.status !== "error" && outcome.commented !== undefined).length;
}

/** The number of sites that cannot be migrated, also those in files of which other sites can. */
export function countRefusals(outcomes: readonly FileOutcome[]): number {
  return countPlaces(outcomes).refused.places;
}
