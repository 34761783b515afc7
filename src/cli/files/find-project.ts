import { statSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../usage-error.ts";

/**
 * The absolute path of the project that `--project` names.
 *
 * @throws {UsageError} when there is no such file.
 */
export function findProject(project: string, cwd: string): string {
  const file = resolve(cwd, project);
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  throw new UsageError(`--project ${project}: no such file. Name a tsconfig.json; relative paths start at ${cwd}.`);
}
