import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { isInside } from "../../project/inside.ts";

/**
 * Whether a path leads elsewhere through symbolic links: out of the folder that its last name stands in, or out of the current folder although
 * it is written as something in it. Shells name links by the way, when they expand a glob.
 *
 * @param path Absolute, as it was named.
 * @param real The same path without symbolic links.
 * @param cwd Absolute.
 */
export function leadsAway(path: string, real: string, cwd: string): boolean {
  // The current folder and those above it are where the user is, whatever their names are links to.
  if (isInside(path, cwd)) return false;
  const around = isInside(cwd, path) ? [dirname(path), cwd] : [dirname(path)];
  return !around.every((folder) => isInside(realpathSync(folder), real));
}
