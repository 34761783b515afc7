import SemverRange from "semver/classes/range.js";
import isSubset from "semver/ranges/subset.js";
import { findPackage } from "../files/package-manifests.ts";
import type { Context } from "./context.ts";
import type { Knowledge } from "./knowledge.ts";

const PRERELEASES = { includePrerelease: true };

/** The name of the package that a module is part of: `aws-sdk` for `aws-sdk/clients/s3`, `@scope/name` for what is in that. */
export function packageOf(module: string): string {
  return module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");
}

/**
 * Whether the package that the file gets by a name is of a version or a later one. What the settings assume goes before what is installed,
 * and that before the range of a `package.json`, which tells only where it lies wholly on one side.
 *
 * @param from a full version: `5.0.0`. Its prereleases count as it.
 */
export function isVersionFrom(context: Context, name: string, from: string): Knowledge {
  const ranges = rangesOf(context, name);
  if (ranges === null || ranges.length === 0) return "unknown";
  if (ranges.every((range) => isSubset(range, `>=${from}-0`, PRERELEASES))) return "yes";
  return ranges.every((range) => isSubset(range, `<${from}-0`, PRERELEASES)) ? "no" : "unknown";
}

const known = new WeakMap<Context, Map<string, readonly SemverRange[] | null>>();

/** The ranges in all of which the version of a package lies; `null` where there is one that says nothing. */
function rangesOf(context: Context, name: string): readonly SemverRange[] | null {
  let byName = known.get(context);
  if (byName === undefined) known.set(context, (byName = new Map<string, readonly SemverRange[] | null>()));
  let ranges = byName.get(name);
  if (ranges === undefined) {
    const parsed = textsOf(context, name).map((text) => parsedRange(text, name));
    byName.set(name, (ranges = parsed.every((range) => range !== null) ? parsed : null));
  }
  return ranges;
}

function textsOf({ settings, source }: Context, name: string): readonly string[] {
  const assumed = settings.assume;
  if (assumed !== undefined && Object.hasOwn(assumed, name)) return [String(assumed[name])];
  const found = findPackage(source.filePath, name);
  if (found === null) return [];
  return found.kind === "installed" ? [found.version] : found.ranges;
}

/** A version or a range of them as npm reads it; `null` for anything else that may stand for one: a tag, an address, another package. */
function parsedRange(text: string, name: string): SemverRange | null {
  const own = text.startsWith(`npm:${name}@`) ? text.slice(`npm:${name}@`.length) : text;
  try {
    return new SemverRange(own, PRERELEASES);
  } catch {
    return null;
  }
}
