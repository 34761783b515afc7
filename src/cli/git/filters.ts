import { runGit, type ConfigValue } from "./run-git.ts";

/** The filters of a repository that would run when git compares a file with its index. */
export interface Filters {
  /** The values that switch them off. */
  readonly off: readonly ConfigValue[];
  /** The names of those that would have run, as attributes give them. */
  readonly names: ReadonlySet<string>;
}

/**
 * Finds the filters that any configuration of a repository names: its own, the user's, that of the system, and what these include.
 *
 * @throws {Error} when git cannot tell, or a filter cannot be switched off.
 */
export function filtersOf(repository: string): Filters {
  const configured = readFilters(repository, []);
  if (configured.size === 0) return { off: [], names: new Set() };
  const off = [...configured.keys()].flatMap((name): ConfigValue[] => [
    [`filter.${name}.clean`, ""],
    [`filter.${name}.process`, ""],
    // A filter that is required and is not there would be an error.
    [`filter.${name}.required`, "false"],
  ]);
  const left = programsOf(readFilters(repository, off));
  if (left.length > 0) throw new Error(`the filter ${JSON.stringify(left[0])} cannot be switched off`);
  return { off, names: new Set(programsOf(configured)) };
}

type FilterValues = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The values of each filter, by its name; of several values, git takes the last. */
function readFilters(repository: string, config: readonly ConfigValue[]): FilterValues {
  const filters = new Map<string, Map<string, string>>();
  for (const entry of runGit(repository, ["config", "--list", "-z"], config).split("\0")) {
    const [, name, variable, value = ""] = /^filter\.([^\n]*)\.([^.\n]+)(?:\n(.*))?$/s.exec(entry) ?? [];
    if (name === undefined || variable === undefined) continue;
    const values = filters.get(name) ?? new Map<string, string>();
    filters.set(name, values.set(variable, value));
  }
  return filters;
}

function programsOf(filters: FilterValues): string[] {
  return [...filters].flatMap(([name, values]) => (values.get("clean") || values.get("process") ? name : []));
}
