import type { MigrateOptions } from "../../plan/migration.ts";
import { NestingError } from "../../ast/nesting.ts";
import { ParseError } from "../../ast/parse-error.ts";
import type { FoundFile } from "../files/discover.ts";
import type { SourceText } from "../files/source-text.ts";
import type { MigrateText } from "./core.ts";
import type { CommentedMigration } from "./todo/commented.ts";

/** Why a file is left alone. The position is one-based, and known only of a text that does not parse. */
export interface FileError {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** What became of one text. A plain value: it goes from a worker to the main thread. */
export type TextOutcome = CommentedMigration | { readonly status: "error"; readonly error: FileError };

/** What became of one file. `original` is there for a file that is, or would be, changed. */
export interface FileOutcome extends FoundFile {
  readonly outcome: TextOutcome;
  readonly original?: SourceText;
}

/** The text that is to be written; `null` where the file stays as it is. */
export function newText({ outcome }: Pick<FileOutcome, "outcome">): string | null {
  if (outcome.status === "error") return null;
  return outcome.status === "migrated" ? outcome.output : (outcome.commented ?? null);
}

/** The outcome of a text without anything to migrate, and without the text: there may be thousands. */
export const UNCHANGED: TextOutcome = { status: "unchanged", output: "", migrations: [], refusals: [] };

/** An outcome that says why nothing became of a file. */
export function failure(message: string, line: number | null = null, column: number | null = null): TextOutcome {
  return { status: "error", error: { message, line, column } };
}

/** Migrates one text. It never throws: one file's failure must not end a run over others. */
export function migrateOne(
  migrateText: (...args: Parameters<MigrateText>) => CommentedMigration,
  text: string,
  options: MigrateOptions,
): TextOutcome {
  try {
    const migration = migrateText(text, options);
    return migration.status === "migrated" ? migration : { ...migration, output: "" };
  } catch (error) {
    if (error instanceof NestingError) return failure(error.message);
    if (error instanceof ParseError) return failure(`does not parse: ${error.message}`, error.line, error.column);
    return failure(
      `tapify failed on this file, which is a defect of tapify: ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}
