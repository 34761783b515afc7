import { isAbsolute, relative, sep } from "node:path";

/** Whether a path is that of a folder or of something in it. Both are absolute; symbolic links on the way are not looked at. */
export function isInside(folder: string, path: string): boolean {
  const below = relative(folder, path);
  return below.split(sep)[0] !== ".." && !isAbsolute(below);
}
