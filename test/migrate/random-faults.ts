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
    kind: "line starts",
    source: "events",
    targets: TARGETS,
    program: 40,
    fault: "a moved statement stands before a line that begins with a bracket, and the semicolon between them goes",
    shows: /trace\("success 2"\)\n\s*\[4\]\.forEach/u,
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
    kind: "namespaces",
    source: "Begin and End",
    targets: TARGETS,
    program: 19,
    fault: "the call of a function by the name of its namespace is not awaited, and what follows runs too early",
    shows:
      /export async function run1[^]*\n\s*(?:trace\()?Names\d+\.run\d+\(\)[^]*Actual:[^]*"end",\n\s*"Query#0 completed"/u,
  },
  {
    kind: "namespaces",
    source: "events",
    targets: TARGETS,
    program: 8,
    fault: "the call of a function by the name of its namespace is not awaited, and what follows runs too early",
    shows: /export const (run\d+) = async[^]*\nNames\d+\.\1\(\);[^]*Actual:[^]*"end",\n\s*"\w+#0 completed"/u,
  },
  {
    kind: "decorators",
    source: "Begin and End",
    targets: TARGETS,
    program: 18,
    fault: "the decorator of a method that becomes async is given a promise where it was given what the method returns",
    shows: /@told\n\s*static async [^]*"given undefined"[^]*"given \[object Promise\]"/u,
  },
  {
    kind: "decorators",
    source: "events",
    targets: TARGETS,
    program: 8,
    fault: "the decorator of a method that becomes async is given a promise where it was given what the method returns",
    shows: /@told\n\s*async [^]*"given undefined"[^]*"given \[object Promise\]"/u,
  },
  {
    kind: "own names",
    source: "Begin and End",
    targets: TARGETS,
    program: 30,
    fault: "the call of the local function of the same name is awaited, and the call of the function is not",
    shows: /await run1\("name"\);[^]*\nrun1\(\);\n/u,
  },
  {
    kind: "own names",
    source: "events",
    targets: TARGETS,
    program: 19,
    fault: "the call of the local function of the same name is awaited, and the call of the function is not",
    shows: /await run1\("name"\);[^]*\nrun1\("key 1 0"\);\n/u,
  },
  {
    kind: "annotated constants",
    source: "Begin and End",
    targets: TARGETS,
    program: 14,
    fault: "a field that is annotated as a callback keeps its annotation, which the new function does not fit",
    shows: /AsyncCallback = async \([^]*TS2322: [^]*not assignable to type 'AsyncCallback'/u,
  },
  {
    kind: "annotated constants",
    source: "events",
    targets: TARGETS,
    program: 59,
    fault: "a constant that is annotated as a handler keeps its annotation, which the new call does not fit",
    shows: /AsyncCompletedEventHandler = async \([^]*TS2554: Expected 2 arguments, but got 1/u,
  },
  {
    kind: "plain JavaScript",
    source: "Begin and End",
    targets: TARGETS,
    program: 47,
    fault: "a method of a base class calls what only its subclass has, which becomes async and is not awaited there",
    shows:
      /return this\.run2\(\);[^]*async run2\(\)[^]*worker2\.start2\(\);[^]*Actual:[^]*"end",\n\s*"Write#0 completed"/u,
  },
];
