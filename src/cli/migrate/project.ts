import { isAbsolute, relative } from "node:path";
import { migrateProject } from "../../project/migrate-project.ts";
import { ProjectError } from "../../project/project-error.ts";
import type { ReadSource } from "../../project/project.ts";
import { readSource, type SourceText } from "../files/source-text.ts";
import type { FoundFile } from "../files/discover.ts";
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
}

/**
 * Migrates a TypeScript project in memory.
 *
 * @param chosen The files in which to look for something to migrate; `null` for all of the project.
 * @returns An outcome for each file of the project that was asked for and each that has to follow, in the order of the files.
 * @throws {UsageError} for a project that cannot be loaded.
 */
export function migrateInProject(
  configFile: string,
  chosen: readonly FoundFile[] | null,
  plan: ProjectPlan,
  cwd: string,
): ProjectOutcome {
  const asked = new Map((chosen ?? []).map((found) => [found.file, found.path]));
  const outcomes: FileOutcome[] = [];
  // What is replaced in the end has to be what was read: a file may change meanwhile.
  const originals = new Map<string, SourceText>();
  const migrations = migrated(configFile, chosen, plan, (file) => {
    const original = readSource(file);
    originals.set(file, original);
    return original.text;
  });
  for (const [file, migration] of migrations) {
    const isAsked = chosen === null || asked.has(file);
    if (migration.status === "unchanged" && !isAsked) continue;
    const found = { file, path: asked.get(file) ?? pathOf(file, cwd) };
    if (migration.status === "migrated")
      outcomes.push({ ...found, outcome: migration, original: originals.get(file)! });
    else
      outcomes.push({ ...found, outcome: migration.status === "unchanged" ? UNCHANGED : { ...migration, output: "" } });
  }
  return {
    outcomes: outcomes.sort((a, b) => comparePaths(a.file, b.file)),
    outside: (chosen ?? []).filter(({ file }) => !migrations.has(file)),
  };
}

function migrated(
  configFile: string,
  chosen: readonly FoundFile[] | null,
  plan: ProjectPlan,
  readSource: ReadSource,
): ReturnType<typeof migrateProject> {
  try {
    return migrateProject(configFile, {
      ...plan,
      readSource,
      ...(chosen === null ? {} : { files: chosen.map(({ file }) => file) }),
    });
  } catch (error) {
    if (error instanceof ProjectError) throw new UsageError(error.message);
    throw error;
  }
}

function pathOf(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith("..") || isAbsolute(path) ? file : path;
}
