import type { Core, MigrateText } from "../core.ts";
import type { CommentedMigration } from "./commented.ts";

/** Loads what migrates one text. @param todo Whether it keeps comments at the refused places. */
export async function loadMigration(
  core: Core,
  todo: boolean,
): Promise<(...args: Parameters<MigrateText>) => CommentedMigration> {
  const migrateText = await core.loadMigrateText();
  return todo ? (await import("./migrate-with-todos.ts")).migrateWithTodos(migrateText) : migrateText;
}
