import { versionsNamed } from "../dialects/named-versions.ts";
import { isVersionRange } from "../dialects/settings-problems.ts";
import { printable } from "../printable.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Reads the values of `--assume`: `mongodb@6`.
 *
 * @returns the versions by the names of the packages, as an option; none where there are no values.
 * @throws {UsageError} for one that names no package, or no version or range of versions.
 */
export function assumedVersions(values: readonly string[]): { assume?: Record<string, string> } {
  for (const value of values) {
    const [[name, version]] = Object.entries(versionsNamed([value])) as [[string, string]];
    if (name === "" || version === "" || !isVersionRange(version))
      throw new UsageError(printable(`--assume takes a package and its version, as in mongodb@6, and not "${value}".`));
  }
  return values.length === 0 ? {} : { assume: versionsNamed(values) };
}
