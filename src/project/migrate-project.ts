import { isStackOverflow, NestingError, TOO_DEEP } from "../ast/nesting.ts";
import { mayMigrate } from "../plan/candidates.ts";
import { ContractMigration } from "../plan/contracts/contracts.ts";
import type { Component } from "../plan/draft.ts";
import { MigrationRun } from "../plan/migrate.ts";
import { unlessConflict } from "../plan/plan-file.ts";
import type { Context } from "../recognize/context.ts";
import { settingsOf, type FileMigration, type MigrateOptions } from "../plan/migration.ts";
import { TRANSFORMS, type Site } from "../plan/transforms.ts";
import { TRANSFORM_NAMES, type SiteTransformName } from "../plan/types.ts";
import { syntaxErrorsOf } from "./check.ts";
import { contractOfProject } from "./contract-of-project.ts";
import { ProjectError } from "./project-error.ts";
import { ProjectReach } from "./project-reach.ts";
import { ProjectResult } from "./project-result.ts";
import { Project, type ReadSource } from "./project.ts";
import { printable } from "../printable.ts";

export interface ProjectOptions extends Omit<MigrateOptions, "filePath"> {
  /** Lets functions that a library exports become async; a plan that needs it is refused otherwise. */
  readonly allowExports?: boolean;
  /** The files in which to look for something to migrate; all of the project unless told. Callers follow wherever they are. */
  readonly files?: readonly string[];
  /** Reads the files of the project itself; as the compiler does unless told. */
  readonly readSource?: ReadSource;
}

/** The migration that changes contracts where they are declared, implemented and called, all at once. */
const CONTRACTS = "contract-to-async";
const SITE_TRANSFORMS = TRANSFORM_NAMES.filter((name) => name !== CONTRACTS);
/** What a file that waits has in it. Its types say the rest, so that no word needs to say that there is a task. */
const MAY_WAIT = /\b(?:[Rr]esult|[Ww]ait|[Ww]ait(?:All|Any)|[Gg]etResult|Sleep)\b/;

/**
 * Migrates the files of a TypeScript project, in memory, with types. What becomes async takes its callers along through the whole project,
 * and what hangs together changes together or not at all. The result has no compiler error that was not there before.
 *
 * @returns what became of each file, by its absolute path.
 * @throws {ProjectError} when the configuration cannot be read, or has errors, or a file cannot be read, does not parse or is nested too deeply.
 */
export function migrateProject(configFile: string, options: ProjectOptions = {}): ReadonlyMap<string, FileMigration> {
  const project = new Project(configFile, settingsOf(options), options.readSource);
  try {
    return migrateLoaded(project, options);
  } catch (error) {
    if (!(error instanceof NestingError) && !isStackOverflow(error)) throw error;
    throw new ProjectError(printable(`${project.deepestFile} ${TOO_DEEP}.`), { cause: error });
  }
}

function migrateLoaded(project: Project, options: ProjectOptions): ReadonlyMap<string, FileMigration> {
  const [error] = syntaxErrorsOf(project);
  // What a file that does not parse calls cannot be told, so nothing can be said of any function it may call.
  if (error !== undefined)
    throw new ProjectError(printable(`${error.file}:${error.line}:${error.column} does not parse: ${error.message}`));
  const asked = options.transforms ?? TRANSFORM_NAMES;
  const chosen = new Set(options.files ?? project.files);
  const runs = new Map(project.files.map((file) => [file, new MigrationRun(project.textOf(file))]));
  if (asked.includes(CONTRACTS)) {
    const files = contractOfProject(project, options.allowExports ?? false, (file) => chosen.has(file));
    for (const [file, decided] of files.paths.length === 0 ? [] : new ContractMigration(files, options).run())
      for (const each of decided) runs.get(file)!.take(each);
  }
  const update = (): void => {
    for (const [file, run] of runs) if (run.text !== project.textOf(file)) project.update(file, run.text);
  };
  for (const transform of SITE_TRANSFORMS) {
    if (!asked.includes(transform)) continue;
    update();
    const components = planAcross(project, transform, options, (file) => chosen.has(file));
    for (const [file, decided] of new ProjectResult(project, transform, components, (file, offset) =>
      runs.get(file)!.positionOf(offset),
    ).checked())
      runs.get(file)!.take(decided);
  }
  return new Map([...runs].map(([file, run]) => [file, run.outcome()]));
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
    if (!isChosen(file) || !(transform === "blocking-to-await" ? MAY_WAIT.test(text) : mayMigrate(text, [transform])))
      continue;
    const context = project.contextOf(file, true);
    const sites = sitesOf(context);
    if (sites.length > 0) all.push([context, sites]);
  }
  return unlessConflict(
    transform,
    all.flatMap(([, sites]) => sites),
    () => {
      const planner = plannerOf(new ProjectReach(project, options.allowExports ?? false), options);
      for (const [context, sites] of all) planner.add(context, sites);
      return planner.finish();
    },
  );
}
