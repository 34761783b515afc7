import { createTwoFilesPatch } from "diff";

/** What can be observed of a run. A `ProgramRun` is one; add the `effects` of the servers it talked to. */
export interface ObservedRun {
  readonly stdout: readonly string[];
  readonly exitCode: number | null;
  /** The error that ended the run. */
  readonly uncaught?: string | null;
  /** What the run did to the world outside, in order, such as a server's `effects`. */
  readonly effects?: readonly string[];
}

export interface CompareOptions {
  /** `false` if operations overlap and may complete in any order: the same lines and effects, in whatever order. */
  readonly ordered?: boolean;
  /** What differs from run to run, such as dates: every match is replaced by `<varies>` before lines are compared. */
  readonly varying?: readonly RegExp[];
  /** Compares only what the first run did: for a program that on .NET hangs where its migration goes on. */
  readonly asPrefix?: boolean;
}

export interface Comparison {
  readonly isEqual: boolean;
  /** A unified diff of what was printed and done, empty if the runs are equal. */
  readonly diff: string;
}

/** Compares what two runs printed and did, and how they ended. */
export function compareRuns(before: ObservedRun, after: ObservedRun, options: CompareOptions = {}): Comparison {
  const { ordered = true, varying = [], asPrefix = false } = options;
  const normalize = (lines: readonly string[]): string[] => {
    const normalized = lines.map((line) => varying.reduce((text, pattern) => replaceAll(text, pattern), line));
    return ordered ? normalized : normalized.toSorted();
  };
  const cut = (lines: readonly string[], length: number): readonly string[] =>
    asPrefix ? lines.slice(0, length) : lines;
  const describe = (run: ObservedRun): string =>
    [
      ...normalize(cut(run.stdout, before.stdout.length)),
      "[effects]",
      ...normalize(cut(run.effects ?? [], before.effects?.length ?? 0)),
      ...(asPrefix ? [] : [`[exit code ${run.exitCode}]`, ...normalize([run.uncaught ?? ""])]),
      "",
    ].join("\n");
  const texts = [describe(before), describe(after)] as const;
  const isEqual = texts[0] === texts[1];
  return { isEqual, diff: isEqual ? "" : createTwoFilesPatch("before", "after", ...texts) };
}

function replaceAll(text: string, pattern: RegExp): string {
  return text.replaceAll(
    new RegExp(pattern, pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`),
    "<varies>",
  );
}
