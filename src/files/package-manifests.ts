import { dirname, isAbsolute, join } from "node:path";
import { answered } from "./questions.ts";
import { readRegularFile } from "./read-file.ts";
import { stampOf } from "./stamp.ts";

/** What a `package.json` says that tells the version of a package: its own, or that of one which it asks for. */
export interface PackageManifest {
  readonly name: string | null;
  readonly version: string | null;
  /** The ranges in which it asks for packages, by their names: one for each list that names the package. */
  readonly ranges: ReadonlyMap<string, readonly string[]>;
}

/** What is known of the package that a module is taken from: the one that is installed, or else what is asked for. */
export type FoundPackage =
  | { readonly kind: "installed"; readonly version: string }
  | { readonly kind: "declared"; readonly ranges: readonly string[] };

/** Far more than a `package.json` has. */
const LARGEST = 2 ** 24;
const LISTS = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/**
 * Finds the package that a file gets by a name: in the nearest `node_modules` above it that has one, as Node looks for it; else what the
 * nearest `package.json` that names it asks for. Nothing of the package is run.
 *
 * @param file a path; one that is not absolute is no file of a file system.
 * @returns `null` where nothing is found, there is no file system, or what is found first cannot be read or is another package.
 */
export function findPackage(file: string, name: string): FoundPackage | null {
  return answered("package", [file, name], packageOf(file, name));
}

function packageOf(file: string, name: string): FoundPackage | null {
  if (!isAbsolute(file)) return null;
  const folders = foldersAbove(file);
  for (const folder of folders) {
    const installed = manifestAt(join(folder, "node_modules", name, "package.json"));
    if (installed === undefined) continue;
    const { name: own = name, version = null } = installed ?? {};
    // An alias gives another package this name.
    return version === null || (own ?? name) !== name ? null : { kind: "installed", version };
  }
  for (const folder of folders) {
    const manifest = manifestAt(join(folder, "package.json"));
    if (manifest === null) return null;
    const ranges = manifest?.ranges.get(name);
    if (ranges !== undefined) return { kind: "declared", ranges };
  }
  return null;
}

/**
 * Which of some packages the nearest `package.json` above a file asks for that asks for any of them.
 *
 * @param file a path; one that is not absolute is no file of a file system, and has no packages.
 */
export function packagesAskedFor(file: string, names: readonly string[]): ReadonlySet<string> {
  return answered("asked for", [file, names], askedFor(file, names));
}

function askedFor(file: string, names: readonly string[]): ReadonlySet<string> {
  for (const folder of isAbsolute(file) ? foldersAbove(file) : []) {
    const manifest = manifestAt(join(folder, "package.json"));
    const asked = names.filter((name) => manifest?.ranges.has(name) === true);
    if (asked.length > 0) return new Set(asked);
  }
  return new Set();
}

function foldersAbove(file: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(file); folders.at(-1) !== folder; folder = dirname(folder)) folders.push(folder);
  return folders;
}

const known = new Map<string, { readonly stamp: string; readonly manifest: PackageManifest | null }>();

/** The manifest at a path, read again when it has changed; `undefined` where there is none, `null` for one that cannot be read. */
function manifestAt(path: string): PackageManifest | null | undefined {
  const stamp = stampOf(path);
  if (stamp === null) return undefined;
  let entry = known.get(path);
  if (entry?.stamp !== stamp) known.set(path, (entry = { stamp, manifest: readManifest(path) }));
  return entry.manifest;
}

function readManifest(path: string): PackageManifest | null {
  try {
    const manifest: unknown = JSON.parse(
      readRegularFile(path, LARGEST)
        .toString("utf8")
        .replace(/^\uFEFF/, ""),
    );
    return isObject(manifest) ? manifestOf(manifest) : null;
  } catch {
    return null;
  }
}

function manifestOf(manifest: Readonly<Record<string, unknown>>): PackageManifest {
  const ranges = new Map<string, string[]>();
  for (const list of LISTS) {
    const packages = manifest[list];
    for (const [name, range] of Object.entries(isObject(packages) ? packages : {}))
      ranges.set(name, [...(ranges.get(name) ?? []), String(range)]);
  }
  return { name: textOrNull(manifest["name"]), version: textOrNull(manifest["version"]), ranges };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
