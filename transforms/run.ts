import type { API, FileInfo, Options } from "jscodeshift";
import { migrateText } from "../src/plan/migrate.ts";
import { checkOptions } from "../src/plan/option-problems.ts";
import type { MigrateOptions } from "../src/plan/migration.ts";
import { printable } from "../src/printable.ts";
import type { TransformName } from "../src/plan/types.ts";
import { choicesOf } from "./options.ts";

/** The exit code of a run with an option that is none, as in `tapify migrate`. */
const WRONG_OPTIONS = 2;

/**
 * Runs one migration as jscodeshift asks for it: on one file, with the options of its command line.
 *
 * @throws for an option that is none, or a value that its option does not take: for each file, as jscodeshift goes on. It ends with 2 where
 * this process is its own (`--run-in-band`).
 */
export function runTransform(transform: TransformName, file: FileInfo, api: API, options: Options): string | undefined {
  if (/(?:^|[\\/])node_modules[\\/]|\.d\.[cm]?ts$/.test(file.path)) return undefined;
  const migration = migrateText(file.source, migrateOptionsOf(transform, file, options));
  for (const refusal of migration.refusals)
    api.report(printable(`${file.path}:${refusal.line}:${refusal.column} ${refusal.code}: ${refusal.message}`));
  return migration.status === "migrated" ? migration.output : undefined;
}

function migrateOptionsOf(transform: TransformName, { path }: FileInfo, options: Options): MigrateOptions {
  try {
    const asked: MigrateOptions = { filePath: path, transforms: [transform], ...choicesOf(options) };
    checkOptions(asked);
    return asked;
  } catch (error) {
    process.exitCode = WRONG_OPTIONS;
    throw error;
  }
}
