import { isAbsolute, relative } from "node:path";
import { settingsOf } from "../../plan/migration.ts";
import { migrateProject } from "../../project/migrate-project.ts";
import { printable } from "../../printable.ts";
import { ProjectError } from "../../project/project-error.ts";
import { readSource, type SourceText } from "../files/source-text.ts";
import type { FoundFile } from "../files/discover.ts";
import { openProject } from "../files/open-project.ts";
import { comparePaths } from "../files/order.ts";
import { UsageError } from "../usage-error.ts";
import type { PlanOptions } from "./options.ts";
import { UNCHANGED, type FileOutcome } from "./outcome.ts";

export interface ProjectPlan extends PlanOptions {
  readonly allowExports: boolean;
}

export interface ProjectOutcome {
  readonly outcomes: FileOutcome[];
  /** The files that were asked for and are none of the project's. */
  readonly outside: readonly FoundFile[];
  /** The files that were asked for, are the project's, and are never changed, each with the reason. */
  readonly left: readonly (FoundFile & { readonly reason: string })[];
}

/**
 * Migrates a project in memory.
 *
 * @param configFile A configuration, or the `package.json` of a folder without one.
 * @param chosen The files in which to look for something to migrate; `null` for all of the project.
 * @returns An outcome for each file of the project that was asked for and each that has to follow, in the order of the files.
 * @throws {UsageError} for a project that cannot be loaded, or a file of it that changed under way or is not UTF-8.
 */
export function migrateInProject(
  configFile: string,
  chosen: readonly FoundFile[] | null,
  plan: ProjectPlan,
  cwd: string,
): ProjectOutcome {
  try {
    const files = chosen?.map(({ file }) => file);
    const project = openProject(configFile, settingsOf(plan), files);
    const originals = new Map(project.files.map((file) => [file, project.textOf(file)]));
    const migrations = migrateProject(project, { ...plan, ...(files === undefined ? {} : { files }) });

    const asked = new Map((chosen ?? []).map(({ file, path }) => [file, path]));
    const toFound = (file: string): FoundFile => ({ file, path: asked.get(file) ?? pathOf(file, cwd) });
    const outcomes = [...migrations].flatMap(([file, migration]): FileOutcome[] => {
      if (migration.status === "unchanged" && chosen !== null && !asked.has(file)) return [];
      const found = toFound(file);
      if (migration.status === "migrated")
        return [{ ...found, outcome: migration, original: originalOf(found, originals.get(file)!) }];
      return [{ ...found, outcome: migration.status === "unchanged" ? UNCHANGED : { ...migration, output: "" } }];
    });
    const left = [...project.filesLeft]
      .filter(([file]) => chosen === null || asked.has(file))
      .sort(([a], [b]) => comparePaths(a, b));
    return {
      outcomes: outcomes.sort((a, b) => comparePaths(a.file, b.file)),
      outside: (chosen ?? []).filter(({ file }) => !migrations.has(file) && !project.filesLeft.has(file)),
      left: left.map(([file, reason]) => ({ ...toFound(file), reason })),
    };
  } catch (error) {
    if (error instanceof ProjectError) throw new UsageError(error.message);
    throw error;
  }
}

/** What a file holds, which must be what was migrated: the compiler reads more than UTF-8, and somebody may have written since. */
function originalOf({ file, path }: FoundFile, migrated: string): SourceText {
  let original: SourceText;
  try {
    original = readSource(file);
  } catch (error) {
    throw new UsageError(printable(`nothing was migrated: ${path} cannot be read: ${(error as Error).message}.`));
  }
  if (original.text === migrated) return original;
  throw new UsageError(printable(`nothing was migrated: ${path} was changed while it was. Run tapify again.`));
}

function pathOf(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith("..") || isAbsolute(path) ? file : path;
}
