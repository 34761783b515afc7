import { basename, dirname } from "node:path";
import type { Settings } from "../../dialects/settings.ts";
import { printable } from "../../printable.ts";
import { Project } from "../../project/project.ts";
import { UsageError } from "../usage-error.ts";
import { PACKAGE } from "./find-project.ts";
import { openIgnoreScope } from "./gitignore.ts";
import { scriptsBelow } from "./scripts-below.ts";

/**
 * Loads a project: what a configuration describes, or all scripts in the folder of a `package.json` that git does not ignore.
 *
 * @param path The absolute path of the configuration or the `package.json`.
 * @param named The files that somebody asks for, by absolute path.
 * @throws {ProjectError} when the configuration cannot be read or has errors.
 * @throws {UsageError} when a folder cannot be read, or there is no script.
 */
export function openProject(path: string, settings: Settings, named?: readonly string[]): Project {
  if (basename(path) !== PACKAGE) return new Project(path, settings, named);
  const folder = dirname(path);
  const files = scriptsBelow(folder, openIgnoreScope(folder, folder));
  if (files.length === 0)
    throw new UsageError(
      printable(
        `${folder} holds no TypeScript or JavaScript (node_modules and what .gitignore ignores left out). Name another folder.`,
      ),
    );
  return new Project({ folder, files }, settings, named);
}
