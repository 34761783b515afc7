import { statSync } from "node:fs";
import { join, relative } from "node:path";
import picomatch from "picomatch";
import { isInside } from "../../project/inside.ts";

/** A glob, split where it stops being the name of a folder. */
export interface Glob {
  /** Absolute: an existing folder that holds all that can match. */
  readonly base: string;
  /** Whether any special character is left. */
  readonly isDynamic: boolean;
  /** Whether an absolute path matches. */
  matches(file: string): boolean;
}

/**
 * Reads a glob. Leading segments that name a folder are taken by their name, so `app/[id]/*.ts` looks into `[id]` where there
 * is one. `*` and `**` match names with a leading dot too, as they do in ESLint.
 *
 * @param pattern Absolute or relative to `cwd`, also with leading `../`.
 */
export function openGlob(pattern: string, cwd: string): Glob {
  const segments = pattern.split("/");
  let base = pattern.startsWith("/") ? "/" : cwd;
  while (segments.length > 0 && isFolder(join(base, segments[0]!))) base = join(base, segments.shift()!);
  const rest = segments.join("/");
  const isMatch = picomatch(rest === "" ? "**" : rest, { dot: true });
  return {
    base,
    isDynamic: /[*?[\]{}()\\]/.test(rest),
    matches: (file) => isInside(base, file) && isMatch(relative(base, file)),
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
