import { mayMigrate } from "../../plan/candidates.ts";
import type { FileMigration, MigrateOptions } from "../../plan/migration.ts";
import { loadOneByOne } from "../load-one-by-one.ts";

/** Migrates one text; throws `ParseError` for one that does not parse. */
export type MigrateText = (text: string, options: MigrateOptions) => FileMigration;

/** What the command needs of the analysis. Loading the second half costs a few hundred milliseconds. */
export interface Core {
  /** Whether a text holds what no migration can do without: a few regular expressions. */
  mayMigrate(text: string, options: MigrateOptions): boolean;
  loadMigrateText(): Promise<MigrateText>;
}

/** The analysis of this package. */
export const CORE: Core = {
  mayMigrate: (text, options) => mayMigrate(text, options.transforms, options),
  loadMigrateText: async () => {
    loadOneByOne("../../core.ts", import.meta.url);
    return (await import("../../core.ts")).migrateText;
  },
};
