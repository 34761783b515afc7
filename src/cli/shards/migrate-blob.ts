import { resolve } from "node:path";
import { comparePaths } from "../files/order.ts";
import type { FileOutcome } from "../migrate/outcome.ts";
import { portable, type Blob } from "./blob.ts";

/** What `migrate` makes its report of. */
export interface MigrateContent {
  readonly outcomes: readonly FileOutcome[];
  readonly isWritten: boolean;
  readonly failOnRefusal: boolean;
}

/** The content for a report that goes elsewhere: its paths are relative. */
export function portableMigrate(content: MigrateContent, cwd: string): MigrateContent {
  return { ...content, outcomes: content.outcomes.map((each) => ({ ...each, file: portable(each.file, cwd) })) };
}

/** The content of all parts as one. */
export function mergedMigrate(blobs: readonly Blob[], cwd: string): MigrateContent {
  const contents = blobs.map(({ content }) => content as MigrateContent);
  return {
    ...contents[0]!,
    outcomes: contents
      .flatMap(({ outcomes }) => outcomes.map((each) => ({ ...each, file: resolve(cwd, each.file) })))
      .sort((a, b) => comparePaths(a.file, b.file)),
  };
}
