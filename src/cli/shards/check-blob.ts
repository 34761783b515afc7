import type { ESLint } from "eslint";
import { resolve } from "node:path";
import { portable, type Blob } from "./blob.ts";

/** What `check` makes its report of. */
export interface CheckContent {
  /** Each with its place among all files of the run. */
  readonly results: readonly (readonly [place: number, result: ESLint.LintResult])[];
  readonly failed: readonly (readonly [path: string, message: string])[];
  readonly quiet: boolean;
  readonly maxWarnings: number | null;
}

/** The content for a report that goes elsewhere: its paths are relative. */
export function portableCheck(content: CheckContent, cwd: string): CheckContent {
  const results = content.results.map(
    ([place, result]) => [place, { ...result, filePath: portable(result.filePath, cwd) }] as const,
  );
  return { ...content, results };
}

/** The content of all parts as one. */
export function mergedCheck(blobs: readonly Blob[], cwd: string): CheckContent {
  const contents = blobs.map(({ content }) => content as CheckContent);
  return {
    ...contents[0]!,
    results: contents
      .flatMap(({ results }) => results)
      .sort(([a], [b]) => a - b)
      .map(([place, result]) => [place, { ...result, filePath: resolve(cwd, result.filePath) }] as const),
    failed: contents.flatMap(({ failed }) => failed),
  };
}
