import { statSync } from "node:fs";
import { resolve } from "node:path";
import { kindOf } from "../../files/read-file.ts";
import { UsageError } from "../usage-error.ts";
import { printable } from "../../printable.ts";

/**
 * The absolute path of the project that `--project` names.
 *
 * @throws {UsageError} when there is no such file, or it is no regular one.
 */
export function findProject(project: string, cwd: string): string {
  const file = resolve(cwd, project);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile()) return file;
  if (stats !== undefined)
    throw new UsageError(
      `--project ${printable(project)}: is a ${kindOf(stats)}, and only regular files are read. Name a tsconfig.json.`,
    );
  throw new UsageError(
    `--project ${printable(project)}: no such file. Name a tsconfig.json; relative paths start at ${printable(cwd)}.`,
  );
}
