import type { ESLint } from "eslint";
import { dirname, relative, sep } from "node:path";
import { comparePaths } from "../files/order.ts";
import { Candidates, cleanResult } from "./candidates.ts";
import { createConfig } from "./config.ts";
import type { CheckOptions } from "./options.ts";
import { keepOwnMessages } from "./own-results.ts";

export interface LintRun {
  /** In ESLint's own format, sorted by file. */
  readonly results: ESLint.LintResult[];
  /** Files that were to be checked with types and are not part of the project. */
  readonly untyped: readonly string[];
  /** The instance that knows the rules of the results. */
  readonly eslint: ESLint;
}

/**
 * Lints files with our rules alone.
 *
 * @param files Absolute, existing files.
 * @param cwd Absolute; also the base of the run, unless files lie elsewhere.
 * @throws whatever a rule throws; ESLint's message names the file and the rule.
 */
export async function lint(
  files: readonly string[],
  options: Pick<CheckOptions, "preset" | "host" | "project">,
  cwd: string,
  Eslint: typeof ESLint,
): Promise<LintRun> {
  const base = commonFolder(cwd, files);
  const create = (project: string | null) =>
    new Eslint({
      cwd: base,
      overrideConfigFile: true,
      overrideConfig: createConfig({ ...options, project }),
      // The files are known: a name with brackets in it is a name.
      globInputPaths: false,
      warnIgnored: false,
      ruleFilter: ({ ruleId }) => ruleId.startsWith("tapify/"),
    });
  const eslint = create(options.project);
  const candidates = options.project === null ? new Candidates(options.preset, { host: options.host }) : null;
  const [linted, clean] = partition(files, (file) => candidates?.includes(file) ?? true);
  const all = linted.length === 0 ? [] : await eslint.lintFiles(linted);
  const untyped = new Set(all.filter(isOutsideProject).map(({ filePath }) => filePath));
  const again = untyped.size === 0 ? [] : await create(null).lintFiles([...untyped]);
  const results = [
    ...[...all.filter(({ filePath }) => !untyped.has(filePath)), ...again].map(keepOwnMessages),
    ...clean.map(cleanResult),
  ];
  results.sort((a, b) => comparePaths(a.filePath, b.filePath));
  return { results, untyped: [...untyped], eslint };
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  const [passing, failing]: [Item[], Item[]] = [[], []];
  for (const item of items) (test(item) ? passing : failing).push(item);
  return [passing, failing];
}

/** The deepest folder that holds the current folder and every file: ESLint ignores what lies outside its base. */
function commonFolder(cwd: string, files: readonly string[]): string {
  let folder = cwd;
  for (const file of files) {
    while (relative(folder, file).split(sep)[0] === "..") folder = dirname(folder);
  }
  return folder;
}

// The parser has no error code for a file that no program holds; each variant of its message names the option.
function isOutsideProject({ messages }: ESLint.LintResult): boolean {
  return messages.some(({ fatal, message }) => fatal && message.includes("parserOptions.project"));
}
