import { mayContain, type Candidate } from "../../dialects/text-test.ts";
import type { FileMigration, MigrateOptions } from "../../plan/migration.ts";
import { TRANSFORM_NAMES, type TransformName } from "../../plan/types.ts";

/** Migrates one text; throws `ParseError` for one that does not parse. */
export type MigrateText = (text: string, options: MigrateOptions) => FileMigration;

/** What the command needs of the analysis. Loading the second half costs a few hundred milliseconds. */
export interface Core {
  /** Whether a text holds what no migration can do without: a few regular expressions. */
  mayMigrate(text: string, options: MigrateOptions): boolean;
  loadMigrateText(): Promise<MigrateText>;
}

/** What each migration starts from. */
const NEEDED: Readonly<Record<TransformName, Candidate>> = { "begin-end-to-async": "beginEnd" };

/** The analysis of this package. */
export const CORE: Core = {
  mayMigrate: (text, { transforms = TRANSFORM_NAMES }) => transforms.some((name) => mayContain(text, NEEDED[name])),
  loadMigrateText: async () => (await import("../../core.ts")).migrateText,
};
