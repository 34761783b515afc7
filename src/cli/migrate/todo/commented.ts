import type { FileMigration } from "../../../plan/migration.ts";

/** A migration of one text, and the text with its comments where nothing else changes in it. */
export type CommentedMigration = FileMigration & { readonly commented?: string };
