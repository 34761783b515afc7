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
}

function transformsProblem(value: unknown): string | null {
  if (!Array.isArray(value))
    return `takes an array of names, as in ["${TRANSFORM_NAMES[0]}"], and not ${shownValue(value)}.`;
  return value.map(isTransform).find((problem) => problem !== null) ?? null;
}

function flagProblem(value: unknown): string | null {
  return typeof value === "boolean" ? null : `takes true or false, and not ${shownValue(value)}.`;
}
