import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import type { Ignore } from "ignore";
import { readRegularFile, UnreadableFile } from "../../files/read-file.ts";
import { findRepository } from "./repository.ts";

type CreateIgnore = typeof import("ignore");

// Loaded as the CommonJS module it is, and only for the first .gitignore: through `import` it takes half of what the whole
// command needs to start.
let createIgnore: CreateIgnore | undefined;

// As git's `core.ignoreCase` is set where it creates a repository.
const IGNORES_CASE = process.platform === "darwin" || process.platform === "win32";

/** What git ignores below one folder. */
export interface IgnoreScope {
  /** The folder that all patterns were rewritten for. */
  readonly root: string;
  /** Absent where nothing is ignored. */
  readonly rules: Ignore | null;
}

/**
 * What git ignores around a folder: the patterns of its repository's `.git/info/exclude` and of every `.gitignore` from the
 * repository's root down to the folder above it. Without a repository, `.gitignore` files count from `fallbackRoot` on.
 * The folder's own patterns are added where it is entered.
 *
 * @throws {UnreadableFile} when one of these files is there and cannot be read.
 */
export function openIgnoreScope(folder: string, fallbackRoot: string): IgnoreScope {
  const root = findRepository(folder) ?? fallbackRoot;
  if (root === folder) return { root, rules: null };
  let scope = rootScope(root);
  let current = root;
  for (const name of fromRoot(root, folder).split("/").slice(0, -1)) {
    current = join(current, name);
    scope = enterFolder(scope, current);
  }
  return scope;
}

/**
 * A scope in which only the repository at `root` has a say: an outer repository's patterns stop at an inner one.
 *
 * @throws {UnreadableFile} as `openIgnoreScope`.
 */
export function rootScope(root: string): IgnoreScope {
  const excluded = addPatterns({ root, rules: null }, root, join(root, ".git", "info", "exclude"));
  return enterFolder(excluded, root);
}

/**
 * The scope of a folder below: what its own `.gitignore` says comes on top.
 *
 * @throws {UnreadableFile} as `openIgnoreScope`.
 */
export function enterFolder(scope: IgnoreScope, folder: string): IgnoreScope {
  return addPatterns(scope, folder, join(folder, ".gitignore"));
}

/**
 * Whether git ignores a path, by itself or because it ignores a folder above.
 *
 * @param path The scope's root, which is never ignored, or a path below it.
 */
export function isIgnored(scope: IgnoreScope, path: string, isFolder: boolean): boolean {
  if (scope.rules === null || path === scope.root) return false;
  const below = fromRoot(scope.root, path);
  return scope.rules.ignores(isFolder ? `${below}/` : below);
}

function addPatterns(scope: IgnoreScope, folder: string, file: string): IgnoreScope {
  const text = readIfThere(file);
  if (text === null) return scope;
  createIgnore ??= createRequire(import.meta.url)("ignore") as CreateIgnore;
  const rules = createIgnore({ ignorecase: IGNORES_CASE });
  if (scope.rules !== null) rules.add(scope.rules);
  const prefix = escapePattern(fromRoot(scope.root, folder));
  return { root: scope.root, rules: rules.add(text.split(/\r?\n/).map((line) => anchorPattern(line, prefix))) };
}

/**
 * Rewrites a `.gitignore` line of the folder `prefix` for the root. One list for all folders is what gives git's answer: the
 * last line that matches decides, and a folder that a line brings back is no longer ignored for the files in it.
 */
function anchorPattern(line: string, prefix: string): string {
  if (prefix === "" || line.trim() === "" || line.startsWith("#")) return line;
  const isNegated = line.startsWith("!");
  const pattern = isNegated ? line.slice(1) : line;
  // A slash other than at the end ties a pattern to its folder; without one it holds at any depth.
  const isTied = /\/(?!\s*$)/.test(pattern);
  const anchored = isTied ? `/${prefix}/${pattern.replace(/^\//, "")}` : `/${prefix}/**/${pattern}`;
  return isNegated ? `!${anchored}` : anchored;
}

function escapePattern(path: string): string {
  return path.replace(/[\\*?[\]!# ]/g, "\\$&");
}

/** A path below the root, with slashes. Thousands of them are asked for, and the path is known to start with the root. */
function fromRoot(root: string, path: string): string {
  if (sep === "/" && root !== sep) return path.slice(root.length + 1);
  return relative(root, path).replaceAll(sep, "/");
}

function readIfThere(file: string): string | null {
  try {
    return readRegularFile(file).toString("utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    const problem = error instanceof UnreadableFile ? error.problem : `cannot be read: ${message}`;
    throw new UnreadableFile(
      `${file} ${problem}, so what git ignores there cannot be told`,
      "Remove it, or name files in full",
      { cause: error },
    );
  }
}
