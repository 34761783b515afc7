import { type ChosenTarget, type Kind, type Source, TARGETS } from "./random-kinds.ts";

/** A random program that is known to be migrated wrongly. */
export interface Fault {
  readonly kind: Kind;
  readonly source: Source;
  /** The targets for which it is. */
  readonly targets: readonly ChosenTarget[];
  /** Its number among the programs of seed 1. */
  readonly program: number;
  /** What is wrong. */
  readonly fault: string;
  /** By which the fault is told in the program before and after, and in what was expected and seen. */
  readonly shows: RegExp;
}

export const FAULTS: readonly Fault[] = [
  {
    kind: "line starts",
    source: "Begin and End",
    targets: TARGETS,
    program: 29,
    fault: "two new statements of one line lose the semicolon between them, so that the migration is withdrawn",
    shows: /WaitOne\(TimeSpan[^]*Actual:\n\[\n\s*"check-failed"\n\]/u,
  },
  {
    kind: "throwing starts",
    source: "events",
    targets: ["adapter"],
    program: 140,
    fault: "what the start throws left the function, and now the handler of the outcome catches it, with no note",
    shows: /"isCrash": true[^]*"isCrash": false/u,
  },
];
