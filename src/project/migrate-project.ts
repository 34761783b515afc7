import { isStackOverflow, NestingError, TOO_DEEP } from "../ast/nesting.ts";
import { mayMigrate } from "../plan/candidates.ts";
import { ContractMigration } from "../plan/contracts/contracts.ts";
import type { Decided } from "../plan/decide.ts";
import type { Component } from "../plan/draft.ts";
import { MigrationRun } from "../plan/migration-run.ts";
import { unlessConflict } from "../plan/plan-file.ts";
import type { Context } from "../recognize/context.ts";
import { settingsOf, type FileMigration, type MigrateOptions, type SiteReport } from "../plan/migration.ts";
import { settle } from "../plan/settle.ts";
import { TRANSFORMS, wantedSites, type Site } from "../plan/transforms.ts";
import { TRANSFORM_NAMES, type SiteTransformName, type TransformName } from "../plan/types.ts";
import { syntaxErrorsOf } from "./check.ts";
import { contractOfProject } from "./contract-of-project.ts";
import { ProjectError } from "./project-error.ts";
import { ProjectReach } from "./project-reach.ts";
import { ProjectResult } from "./project-result.ts";
import { Project } from "./project.ts";
import type { PositionOf } from "./told-in-file.ts";
import { printable } from "../printable.ts";

export interface ProjectOptions extends Omit<MigrateOptions, "filePath"> {
  /** Lets functions that a library exports become async; a plan that needs it is refused otherwise. */
  readonly allowExports?: boolean;
  /** The files in which to look for something to migrate; all of the project unless told. Callers follow wherever they are. */
  readonly files?: readonly string[];
}

/** What a file that waits has in it. Its types say the rest, so that no word needs to say that there is a task. */
const MAY_WAIT = /\b(?:[Rr]esult|[Ww]ait|[Ww]ait(?:All|Any)|[Gg]etResult|Sleep)\b/;

/**
 * Migrates the files of a TypeScript project, in memory, with types. What becomes async takes its callers along through the whole project,
 * and what hangs together changes together or not at all, until nothing more changes. The result has no compiler error that was not there
 * before.
 *
 * @param configuration the `tsconfig.json`, or the project itself, loaded with the settings among the options
 * @returns what became of each file, by its absolute path.
 * @throws {ProjectError} when the configuration cannot be read, or has errors, or a file cannot be read, does not parse or is nested too deeply.
 */
export function migrateProject(
  configuration: string | Project,
  options: ProjectOptions = {},
): ReadonlyMap<string, FileMigration> {
  const project =
    typeof configuration === "string" ? new Project(configuration, settingsOf(options), options.files) : configuration;
  return withinDepth(project, () => {
    const { runs, isSettled } = migrateLoaded(project, options);
    return new Map([...runs].map(([file, run]) => [file, isSettled ? run.outcome() : run.unsettled()]));
  });
}

/**
 * What `migrateProject` makes of each site of one file, and what it tried. Offsets are those of the file's text.
 *
 * @param file one of the project's own
 * @throws as `migrateProject`.
 */
export function reportProjectSites(project: Project, file: string, options: ProjectOptions = {}): SiteReport[] {
  return withinDepth(project, () => {
    const { runs, isSettled } = migrateLoaded(project, options);
    return runs.get(file)!.sites(isSettled);
  });
}

function withinDepth<Result>(project: Project, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof NestingError) && !isStackOverflow(error)) throw error;
    const file = error instanceof NestingError ? error.filePath : project.deepestFile;
    throw new ProjectError(printable(`${file} ${TOO_DEEP}.`), { cause: error });
  }
}

function migrateLoaded(
  project: Project,
  options: ProjectOptions,
): { readonly runs: ReadonlyMap<string, MigrationRun>; readonly isSettled: boolean } {
  const [error] = syntaxErrorsOf(project);
  // What a file that does not parse calls cannot be told, so nothing can be said of any function it may call.
  if (error !== undefined)
    throw new ProjectError(printable(`${error.file}:${error.line}:${error.column} does not parse: ${error.message}`));
  const asked = options.transforms ?? TRANSFORM_NAMES;
  const chosen = new Set(options.files ?? project.files);
  const runs = new Map(project.files.map((file) => [file, new MigrationRun(project.textOf(file))]));
  const isSettled = settle(
    TRANSFORM_NAMES.filter((transform) => asked.includes(transform)),
    (transform) => {
      for (const run of runs.values()) run.restart(transform);
      const made = migrateOnce(project, transform, options, chosen, (file, offset) =>
        runs.get(file)!.positionOf(offset),
      );
      for (const [file, decided] of made) for (const each of decided) runs.get(file)!.take(each);
      const changed = [...runs].filter(([file, run]) => run.text !== project.textOf(file));
      for (const [file, run] of changed) project.update(file, run.text);
      return changed.length > 0;
    },
  );
  return { runs, isSettled };
}

/** What one migration decides about each file of a project as it is now: changes that are made one after the other. */
function migrateOnce(
  project: Project,
  transform: TransformName,
  options: ProjectOptions,
  chosen: ReadonlySet<string>,
  positionOf: PositionOf,
): ReadonlyMap<string, readonly Decided[]> {
  const isChosen = (file: string): boolean => chosen.has(file);
  if (transform !== "contract-to-async") {
    const components = planAcross(project, transform, options, isChosen);
    const checked = new ProjectResult(project, transform, components, positionOf).checked();
    return new Map([...checked].map(([file, decided]) => [file, [decided]]));
  }
  const lineOf = (file: string, offset: number): number => positionOf(file, offset).line;
  const files = contractOfProject(project, options.allowExports ?? false, isChosen, lineOf);
  return files.paths.length === 0 ? new Map() : new ContractMigration(files, options).run();
}

/** Plans the sites of a project's files that one migration takes up, with all that has to follow. What comes of it has still to be checked. */
export function planAcross(
  project: Project,
  transform: SiteTransformName,
  options: ProjectOptions = {},
  isChosen: (file: string) => boolean = () => true,
): Component<Site>[] {
  const { plannerOf, sitesOf } = TRANSFORMS[transform];
  const all: (readonly [Context, readonly Site[]])[] = [];
  for (const file of project.files) {
    const text = project.textOf(file);
    if (
      !isChosen(file) ||
      !(transform === "blocking-to-await" ? MAY_WAIT.test(text) : mayMigrate(text, [transform], options))
    )
      continue;
    const context = project.contextOf(file, true);
    const sites = sitesOf(context);
    if (sites.length > 0) all.push([context, sites]);
  }
  return unlessConflict(
    transform,
    all.flatMap(([, sites]) => sites),
    all.map(([{ source }]) => source),
    () => {
      const planner = plannerOf(new ProjectReach(project, options.allowExports ?? false), options);
      for (const [context, sites] of all) planner.add(context, sites);
      return planner.finish(wantedSites(TRANSFORMS[transform], options));
    },
  );
}
