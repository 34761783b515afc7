import { realpathSync } from "node:fs";

/** A path without symbolic links in it; `null` where nothing is there, or it cannot be told. */
export function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
