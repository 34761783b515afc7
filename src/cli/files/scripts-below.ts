import { join } from "node:path";
import { printable } from "../../printable.ts";
import { UsageError } from "../usage-error.ts";
import type { IgnoreScope } from "./gitignore.ts";
import { comparePaths } from "./order.ts";
import { walk } from "./walk.ts";

/**
 * The scripts in a folder that git does not ignore, sorted, by absolute path.
 *
 * @throws {UsageError} for a folder that cannot be read: callers in it would be out of sight.
 */
export function scriptsBelow(folder: string, scope: IgnoreScope): string[] {
  const files: string[] = [];
  walk(folder, scope, {
    onFile: (below) => files.push(join(folder, below)),
    onSpecial: () => {},
    onError: (below, error) => {
      throw new UsageError(printable(`${join(folder, below)} cannot be read: ${error.message}.`));
    },
  });
  return files.sort(comparePaths);
}
