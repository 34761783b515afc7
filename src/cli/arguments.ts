import { parseArgs, type ParseArgsConfig } from "node:util";
import { didYouMean } from "../nearest.ts";
import { UsageError } from "./usage-error.ts";
import { printable } from "../printable.ts";

/** The options of a command, as `parseArgs` takes them. */
export type OptionTable = NonNullable<ParseArgsConfig["options"]>;

/** The values of a command's options, and its paths. */
export type CommandLine<T extends OptionTable> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>
>;

/**
 * Parses what follows a command's name.
 *
 * @param command Named in the messages.
 * @throws {UsageError} for an unknown option, or one with a missing or unwanted value; the message names the nearest, and lists all.
 */
export function parseCommandLine<const T extends OptionTable>(
  command: string,
  argv: readonly string[],
  options: T,
): CommandLine<T> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!isParseArgsError(error)) throw error;
    throw new UsageError(`${problemOf(error, options)}\ntapify ${command} takes ${shownOptions(options)}.`);
  }
}

interface ParseArgsError extends Error {
  readonly code: string;
}

function isParseArgsError(error: unknown): error is ParseArgsError {
  return error instanceof TypeError && String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS_");
}

function problemOf({ code, message }: ParseArgsError, options: OptionTable): string {
  // The first sentence names the option; what Node adds to it is about writing parseArgs code.
  const [sentence = ""] = message.split(/\.\s/);
  const problem = `${printable(sentence.replace(/\.$/, ""))}.`;
  const [, name] = code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" ? (/'--?([^']+)'/.exec(sentence) ?? []) : [];
  return name === undefined ? problem : problem + didYouMean(name, Object.keys(options), (near) => `--${near}`);
}

function shownOptions(options: OptionTable): string {
  const shown = Object.entries(options).map(([name, { type, short }]) => {
    const names = short === undefined ? `--${name}` : `-${short}, --${name}`;
    return type === "string" ? `${names} VALUE` : names;
  });
  return shown.join(", ");
}

/**
 * Checks a value against a closed list.
 *
 * @param option Named in the message, e.g. `--host`.
 * @throws {UsageError} when the value is not in the list; the message names the nearest, and lists all.
 */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found !== undefined) return found;
  const near = didYouMean(value, allowed);
  throw new UsageError(`${option} cannot be "${printable(value)}".${near} It is one of: ${allowed.join(", ")}.`);
}

/**
 * Reads the values of an option that takes names, and may be repeated: `--twins A,B --twins C`.
 *
 * @param option Named in the message, e.g. `--twins`.
 * @throws {UsageError} for a name that is empty.
 */
export function namesIn(option: string, values: readonly string[]): string[] {
  const names = values.flatMap((value) => value.split(",")).map((name) => name.trim());
  if (names.includes("")) throw new UsageError(`${option} takes names with commas between them: ${option} A,B.`);
  return names;
}
