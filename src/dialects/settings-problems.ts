import SemverRange from "semver/classes/range.js";
import { didYouMean } from "../nearest.ts";
import { printable } from "../printable.ts";
import { HOST_NAMES, type Settings } from "./settings.ts";

/** Settings that a configuration can hold. */
type SettingName = Exclude<keyof Settings, "families">;

/** What is wrong with the value of a setting: the end of a sentence that begins with its name, or `null`. */
export type Check = (value: unknown) => string | null;

/** What the values of each setting are checked by. */
export const SETTING_CHECKS: Readonly<Record<SettingName, Check>> = {
  host: oneOfNames(HOST_NAMES),
  entryPoints: (value) => namesProblem(value, '["start"]'),
  twins: (value) => namesProblem(value, '["Storage.FetchAsync"]'),
  operationDecorators: (value) => namesProblem(value, '["Operation"]'),
  assume: assumeProblem,
};

/** What an analysis may be given that no configuration can hold. */
const INTERNAL = "families" satisfies keyof Settings;

/**
 * What is wrong with settings: names that are none, and values that their setting does not take. Each is a sentence or more, and names what is
 * nearest. A setting that is `undefined` is not set.
 *
 * @param settings Whatever stands for them.
 * @param prefix What they are called: stands before the name of a setting.
 */
export function settingsProblems(settings: unknown, prefix: string): string[] {
  if (settings === undefined) return [];
  if (typeof settings !== "object" || settings === null || Array.isArray(settings))
    return [`${prefix} takes an object of settings, and not ${shownValue(settings)}.`];
  return problemsOf(settings, prefix, SETTING_CHECKS);
}

/**
 * What is wrong with the members of an object.
 *
 * @param checks The members that it may have, each with what its values are checked by: that gives the end of a sentence, or `null`.
 */
export function problemsOf(object: object, prefix: string, checks: Readonly<Record<string, Check>>): string[] {
  const names = Object.keys(checks);
  return Object.entries(object).flatMap(([name, value]) => {
    if (value === undefined || name === INTERNAL) return [];
    if (!Object.hasOwn(checks, name))
      return [`${prefix} has no ${shownValue(name)}.${didYouMean(name, names)} It takes: ${names.join(", ")}.`];
    const problem = checks[name]!(value);
    return problem === null ? [] : [`${prefix}.${name} ${problem}`];
  });
}

/** Checks that a value is one of several names. */
export function oneOfNames(names: readonly string[]): Check {
  return (value) => {
    if (names.some((name) => name === value)) return null;
    const near = typeof value === "string" ? didYouMean(value, names) : "";
    return `cannot be ${shownValue(value)}.${near} It is one of: ${names.join(", ")}.`;
  };
}

/** Whether a text is a version, or a range of them as npm reads it. */
export function isVersionRange(text: string): boolean {
  try {
    return new SemverRange(text).range !== undefined;
  } catch {
    return false;
  }
}

function namesProblem(value: unknown, example: string): string | null {
  const isNames = Array.isArray(value) && value.every((name) => typeof name === "string" && name !== "");
  return isNames ? null : `takes an array of names, as in ${example}, and not ${shownValue(value)}.`;
}

function assumeProblem(value: unknown): string | null {
  const example = '{ "mongodb": "6" }';
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return `takes an object of packages and their versions, as in ${example}, and not ${shownValue(value)}.`;
  for (const [name, version] of Object.entries(value)) {
    if (typeof version === "string" && version !== "" && isVersionRange(version)) continue;
    return `takes a version, or a range of them, for each package, as in ${example}, and not ${shownValue(version)} for ${shownValue(name)}.`;
  }
  return null;
}

/** A value as a message shows it: as JSON, if it is any. */
export function shownValue(value: unknown): string {
  try {
    return printable(JSON.stringify(value) ?? `a ${typeof value}`);
  } catch {
    // A circle, or a number that JSON has not.
    return `such a ${typeof value}`;
  }
}
