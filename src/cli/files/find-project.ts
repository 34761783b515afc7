import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { kindOf } from "../../files/read-file.ts";
import { UsageError } from "../usage-error.ts";
import { printable } from "../../printable.ts";

/** The folder of this is a project of all scripts in it, where it has no configuration. */
export const PACKAGE = "package.json";

/** What a configuration is called in a folder that is named in its place, the first that is there. */
const CONFIGS = ["tsconfig.json", "jsconfig.json"];

/**
 * The absolute path of the project that `--project` names: a configuration, or a folder that has one.
 *
 * @param mayBePackage Whether the `package.json` of a folder without a configuration will do.
 * @throws {UsageError} when there is no such file, or it is no regular one.
 */
export function findProject(project: string, cwd: string, mayBePackage = false): string {
  const file = resolve(cwd, project);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile()) return file;
  if (stats?.isDirectory()) {
    const names = mayBePackage ? [...CONFIGS, PACKAGE] : CONFIGS;
    const config = names
      .map((name) => join(file, name))
      .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
    if (config !== undefined) return config;
    throw new UsageError(
      `--project ${printable(project)}: this folder has no ${names.join(" and no ")}. Name a configuration, or a folder that has one.`,
    );
  }
  if (stats !== undefined)
    throw new UsageError(
      `--project ${printable(project)}: is a ${kindOf(stats)}, and only regular files are read. Name a tsconfig.json.`,
    );
  throw new UsageError(
    `--project ${printable(project)}: no such file. Name a tsconfig.json; relative paths start at ${printable(cwd)}.`,
  );
}
