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
    kind: "throwing call",
    source: "Begin and End",
    targets: TARGETS,
    program: 42,
    fault: "what the handler throws by a call ended the program, and now the try around the wait catches it",
    shows: /fail\(error\);[^]*await read2;\n\} catch[^]*"isCrash": true[^]*"isCrash": false/u,
  },
  {
    kind: "mutable operands",
    source: "Begin and End",
    targets: TARGETS,
    program: 51,
    fault: "an argument before the End was read when the operation had ended, and now before it is awaited",
    shows: /trace\(count \+ 1, await read\);[^]*"2 4"[^]*"1 4",\n\s*"state 10"/u,
  },
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
    source: "Begin and End",
    targets: ["adapter"],
    program: 18,
    fault: "the handler of the outcome catches what the start throws, with no note that says so",
    shows: /"caught 8 Exception: first refused"[^]*Actual:[^]*"caught 4 Exception: first refused"/u,
  },
  {
    kind: "throwing starts",
    source: "events",
    targets: ["adapter"],
    program: 140,
    fault: "what the start throws left the function, and now the handler of the outcome catches it, with no note",
    shows: /"isCrash": true[^]*"isCrash": false/u,
  },
  {
    kind: "throwing starts",
    source: "events",
    targets: ["twin"],
    program: 108,
    fault: "the promise over an event with progress rejects for what the start throws, which left the function before",
    shows: /release\(\);\n\s*reject\(error\);[^]*"isCrash": true[^]*"isCrash": false/u,
  },
  {
    kind: "one tick",
    source: "Begin and End",
    targets: TARGETS,
    program: 51,
    fault: "operations add what they give to the total as it was before they were awaited, so all but one are lost",
    shows: /total \+= await read;[^]*"total 8"[^]*"total 4"/u,
  },
];
