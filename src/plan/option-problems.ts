import { familyNames } from "../dialects/family-names.ts";
import { oneOfNames, problemsOf, SETTING_CHECKS, shownValue, type Check } from "../dialects/settings-problems.ts";
import type { MigrateOptions } from "./migration.ts";
import { TARGETS, TRANSFORM_NAMES } from "./types.ts";

const isTransform = oneOfNames(TRANSFORM_NAMES);

const CHECKS: Readonly<Record<Exclude<keyof MigrateOptions, "families">, Check>> = {
  filePath: (value) => (typeof value === "string" ? null : `takes a path, and not ${shownValue(value)}.`),
  transforms: transformsProblem,
  target: oneOfNames(TARGETS),
  facade: flagProblem,
  yieldInPolls: flagProblem,
  onlyFamilies: familiesProblem,
  ...SETTING_CHECKS,
};

/**
 * Checks the options of a migration.
 *
 * @throws {TypeError} for an option that is none, or a value that its option does not take; the message names the nearest right one.
 */
export function checkOptions(options: MigrateOptions): void {
  const problems = problemsOf(options, "options", CHECKS);
  if (problems.length > 0) throw new TypeError(problems.join(" "));
  if (options.onlyFamilies === undefined) return;
  const isFamily = oneOfNames(familyNames(options));
  const problem = options.onlyFamilies.map(isFamily).find((each) => each !== null);
  if (problem !== undefined) throw new TypeError(`options.onlyFamilies ${problem}`);
}

function transformsProblem(value: unknown): string | null {
  if (!Array.isArray(value))
    return `takes an array of names, as in ["${TRANSFORM_NAMES[0]}"], and not ${shownValue(value)}.`;
  return value.map(isTransform).find((problem) => problem !== null) ?? null;
}

function familiesProblem(value: unknown): string | null {
  const isNames = Array.isArray(value) && value.every((name) => typeof name === "string" && name !== "");
  return isNames ? null : `takes an array of names, as in ["begin-end", "fs"], and not ${shownValue(value)}.`;
}

function flagProblem(value: unknown): string | null {
  return typeof value === "boolean" ? null : `takes true or false, and not ${shownValue(value)}.`;
}
