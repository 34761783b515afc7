import { explainerOf, type Place } from "../../explain/explain.ts";
import type { Explanation } from "../../explain/explanation.ts";
import { settingsOf } from "../../plan/migration.ts";
import { printable } from "../../printable.ts";
import { reportProjectSites, type ProjectOptions } from "../../project/migrate-project.ts";
import { ProjectError } from "../../project/project-error.ts";
import { openProject } from "../files/open-project.ts";
import { UsageError } from "../usage-error.ts";

/** A file, its path as it was asked for, and its text without a byte order mark. */
export interface AskedFile {
  readonly file: string;
  readonly path: string;
  readonly text: string;
}

/**
 * Looks at a file as a part of a project, with types and with callers in other files, to explain its places.
 *
 * @param configFile the absolute path of the configuration, or of the `package.json` of a folder without one
 * @returns as `explainer` does.
 * @throws {UsageError} for a project that cannot be loaded or migrated, and for a file that is none of those it may change.
 */
export function projectExplainer(
  configFile: string,
  { file, path, text }: AskedFile,
  options: Omit<ProjectOptions, "files">,
): (place: Place) => Explanation {
  try {
    const project = openProject(configFile, settingsOf(options), [file]);
    const reason = project.filesLeft.get(file);
    if (reason !== undefined)
      throw new UsageError(printable(`${path} is never changed with --project: it is ${reason}.`));
    if (!project.files.includes(file)) throw new UsageError(printable(`${path} is not part of the project.`));
    if (project.textOf(file) !== text)
      throw new UsageError(printable(`${path} was changed while it was read. Run tapify again.`));
    return explainerOf(project.contextOf(file, true), () => reportProjectSites(project, file, options));
  } catch (error) {
    if (error instanceof ProjectError) throw new UsageError(error.message);
    throw error;
  }
}
