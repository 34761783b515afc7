import type { FileMigration } from "../../../plan/migration.ts";
import type { MigrateText } from "../core.ts";
import type { CommentedMigration } from "./commented.ts";
import { withoutTodos, type BareText } from "./find.ts";
import { withTodos } from "./write.ts";

/**
 * Migrates texts, and keeps a comment at each place that is refused in what comes of them: comments of earlier runs are taken away first, and
 * those that still hold come back as they were.
 */
export function migrateWithTodos(migrateText: MigrateText): (...args: Parameters<MigrateText>) => CommentedMigration {
  return (text, options) => {
    const bare = withoutTodos(text, options.filePath);
    const migration = migrateText(bare.text, options);
    const isMigrated = migration.status === "migrated";
    // Places are told in the text as it was; the comments go into what comes of it.
    const result = isMigrated ? migration.output : bare.text;
    const { refusals } = isMigrated && migration.refusals.length > 0 ? migrateText(result, options) : migration;
    const commented = withTodos(result, options.filePath, refusals);
    const told = withLinesOf(bare, migration);
    if (isMigrated) return { ...told, output: commented };
    return commented === text ? { ...told, output: text } : { ...told, output: text, commented };
  };
}

/** The same migration, with the lines of the text that the user has. */
function withLinesOf({ lineBefore }: BareText, migration: FileMigration): FileMigration {
  const placed = <Each extends { readonly line: number }>(each: Each): Each => ({
    ...each,
    line: lineBefore(each.line),
  });
  return {
    ...migration,
    migrations: migration.migrations.map((site) => ({ ...placed(site), notes: site.notes.map(placed) })),
    refusals: migration.refusals.map(placed),
  };
}
