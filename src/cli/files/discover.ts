import { existsSync, realpathSync, statSync, type Stats } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { kindOf, UnreadableFile } from "../../files/read-file.ts";
import { isInside } from "../../project/inside.ts";
import { UsageError } from "../usage-error.ts";
import type { Glob } from "./glob.ts";
import { isIgnored, openIgnoreScope, type IgnoreScope } from "./gitignore.ts";
import { EXTENSIONS, isDeclarationName, isInNodeModules, isScriptName } from "./kinds.ts";
import { leadsAway } from "./links.ts";
import { comparePaths } from "./order.ts";
import { walk } from "./walk.ts";
import { printable } from "../../printable.ts";

/** A file to work on. */
export interface FoundFile {
  /** Absolute. */
  readonly file: string;
  /** As the user would name it: relative to the current folder if that is how it was asked for, else absolute. */
  readonly path: string;
}

export interface Discovery {
  /** Sorted by absolute path, each file once. */
  readonly files: readonly FoundFile[];
  /** What was named but is never touched, with the reason. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Folders that could not be read, or of which it could not be told what git ignores. */
  readonly unreadable: readonly (FoundFile & { readonly error: Error })[];
}

export interface DiscoverOptions {
  /** Absolute. */
  readonly cwd: string;
  /** Whether files that end in `.d.ts` belong to the files. */
  readonly declarations: boolean;
  /** Whether symbolic links may lead anywhere, and to files of any name. Where files are written, only what was named is. */
  readonly linksAnywhere: boolean;
}

/**
 * Finds the files that the paths of a command line stand for.
 *
 * A path that exists is taken by its name, whatever characters it holds; only another one is read as a glob. `!glob` takes
 * away what it matches. A file named in full is taken even if git ignores it.
 *
 * @param paths Files, folders and globs, absolute or relative to `cwd`; none stand for `cwd` itself.
 * @throws {UsageError} naming every path that matches nothing.
 */
export async function discover(paths: readonly string[], options: DiscoverOptions): Promise<Discovery> {
  const { cwd } = options;
  const exclusions = paths.filter((path) => isExclusion(path, cwd));
  const inclusions = paths.filter((path) => !isExclusion(path, cwd));
  const globs = await Promise.all(exclusions.map((path) => readGlob(path.slice(1), cwd)));
  const search = new Search(
    options,
    globs,
    inclusions.flatMap((path) => realFolder(resolve(cwd, path), cwd) ?? []),
  );
  const problems: string[] = [];
  for (const path of inclusions.length === 0 ? ["."] : inclusions) {
    const problem = existsSync(resolve(cwd, path))
      ? search.addExisting(path)
      : search.addGlob(path, await readGlob(path, cwd));
    if (problem !== null) problems.push(problem);
  }
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return search.result();
}

/** `!glob`, unless a file has just that name. */
function isExclusion(argument: string, cwd: string): boolean {
  return argument.startsWith("!") && !argument.startsWith("!(") && !existsSync(resolve(cwd, argument));
}

/** The real path of a folder that is named; `null` for anything else, and for a link that only leads to a folder. */
function realFolder(path: string, cwd: string): string | null {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return null;
  const real = realpathSync(path);
  return leadsAway(path, real, cwd) ? null : real;
}

// Most runs name files and folders only, and do without the glob parser.
async function readGlob(pattern: string, cwd: string): Promise<Glob> {
  return (await import("./glob.ts")).openGlob(pattern, cwd);
}

/** Gathers files. Each `add` gives the problem if its path stands for nothing. */
class Search {
  readonly #options: DiscoverOptions;
  readonly #exclusions: readonly Glob[];
  /** The folders that are named, by their real paths. */
  readonly #folders: readonly string[];
  // By real path, so that a file reached through a symbolic link as well is taken once.
  readonly #files = new Map<string, FoundFile>();
  readonly #skipped: { path: string; reason: string }[] = [];
  readonly #unreadable: (FoundFile & { error: Error })[] = [];

  constructor(options: DiscoverOptions, exclusions: readonly Glob[], folders: readonly string[]) {
    this.#options = options;
    this.#exclusions = exclusions;
    this.#folders = folders;
  }

  result(): Discovery {
    const files = [...this.#files.values()].sort((a, b) => comparePaths(a.file, b.file));
    return { files, skipped: this.#skipped, unreadable: this.#unreadable };
  }

  addExisting(path: string): string | null {
    const file = resolve(this.#options.cwd, path);
    const stats: Stats = statSync(file);
    if (stats.isFile()) return this.#addFile(path, file);
    if (stats.isDirectory()) return this.#addBelow(path, file, null);
    return `${printable(path)}: is a ${kindOf(stats)}, and only regular files are read. Name a file, a folder or a glob.`;
  }

  addGlob(path: string, glob: Glob): string | null {
    if (glob.isDynamic) return this.#addBelow(path, glob.base, glob);
    return `${printable(path)}: no such file or folder. Check the spelling; relative paths start at ${printable(this.#options.cwd)}.`;
  }

  #addFile(path: string, file: string): string | null {
    const real = realpathSync(file);
    if (isInNodeModules(file) || isInNodeModules(real)) return this.#skip(path, "it is in node_modules");
    if (!isScriptName(file))
      return `${printable(path)}: is no TypeScript or JavaScript file (${EXTENSIONS.map((name) => `.${name}`).join(" ")}).`;
    if (!this.#options.declarations && (isDeclarationName(file) || isDeclarationName(real)))
      return this.#skip(path, "it only declares, so there is nothing to migrate");
    if (!this.#options.linksAnywhere && !isScriptName(real))
      return this.#skip(path, `it leads through a symbolic link to ${real}, which is no TypeScript or JavaScript file`);
    if (this.#leadsAway(file, real)) return this.#skip(path, reasonOfLink(real));
    const shown = isAbsolute(path) ? file : relative(this.#options.cwd, file);
    if (!this.#isExcluded(file)) this.#take(real, { file, path: shown });
    return null;
  }

  #leadsAway(path: string, real: string): boolean {
    const { cwd, linksAnywhere } = this.#options;
    return !linksAnywhere && leadsAway(path, real, cwd) && !this.#folders.some((folder) => isInside(folder, real));
  }

  #addBelow(path: string, folder: string, glob: Glob | null): string | null {
    const { cwd, declarations } = this.#options;
    const realFolder = realpathSync(folder);
    if (isInNodeModules(folder) || isInNodeModules(realFolder)) return this.#skip(path, "it is in node_modules");
    if (this.#leadsAway(folder, realFolder)) return this.#skip(path, reasonOfLink(realFolder));
    const fromCwd = relative(cwd, folder);
    const shown = isAbsolute(path) ? folder : fromCwd;
    const found = (below: string): FoundFile => ({ file: join(folder, below), path: join(shown, below) });
    let scope: IgnoreScope;
    try {
      scope = openIgnoreScope(folder, fromCwd.split("/")[0] === ".." ? folder : cwd);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      this.#unreadable.push({ ...found(""), error });
      return null;
    }
    if (isIgnored(scope, folder, true)) {
      return `${printable(path)}: everything in it is ignored by .gitignore. Name a file in full to have it read all the same.`;
    }
    let isEmpty = true;
    walk(folder, scope, {
      onFile: (below) => {
        if (!declarations && isDeclarationName(below)) return;
        const taken = found(below);
        if (glob && !glob.matches(taken.file)) return;
        isEmpty = false;
        if (!this.#isExcluded(taken.file))
          this.#take(folder === realFolder ? taken.file : join(realFolder, below), taken);
      },
      onSpecial: (below, kind) => {
        const special = found(below);
        if ((glob && !glob.matches(special.file)) || this.#isExcluded(special.file)) return;
        isEmpty = false;
        this.#skip(special.path, `it is a ${kind}, and only regular files are read`);
      },
      onError: (below, error) => {
        isEmpty = false;
        this.#unreadable.push({ ...found(below), error });
      },
    });
    return isEmpty ? this.#nothing(path) : null;
  }

  #take(real: string, found: FoundFile): void {
    if (!this.#files.has(real)) this.#files.set(real, found);
  }

  #skip(path: string, reason: string): null {
    this.#skipped.push({ path, reason });
    return null;
  }

  #isExcluded(file: string): boolean {
    return this.#exclusions.some((glob) => glob.matches(file));
  }

  #nothing(path: string): string {
    const without = this.#options.declarations ? "node_modules" : "node_modules, .d.ts files";
    return `${printable(path)}: matches no TypeScript or JavaScript file (${without} and what .gitignore ignores left out). Check the spelling.`;
  }
}

function reasonOfLink(real: string): string {
  return `it leads through a symbolic link to ${real}. Name that if it is to be migrated`;
}
