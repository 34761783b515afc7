import { parseArgs, type ParseArgsConfig } from "node:util";
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
 * @throws {UsageError} for an unknown option, or one with a missing or unwanted value; the message lists the options.
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
    // The first sentence names the option; what Node adds to it is about writing parseArgs code.
    const [problem = ""] = error.message.split(/\.\s/);
    const known = Object.entries(options).map(([name, { type }]) =>
      type === "string" ? `--${name} VALUE` : `--${name}`,
    );
    throw new UsageError(`${printable(problem.replace(/\.$/, ""))}.\ntapify ${command} takes ${known.join(", ")}.`);
  }
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof TypeError && String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS_");
}

/**
 * Checks a value against a closed list.
 *
 * @param option Named in the message, e.g. `--host`.
 * @throws {UsageError} when the value is not in the list; the message lists what is.
 */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found === undefined)
    throw new UsageError(`${option} cannot be "${printable(value)}". It is one of: ${allowed.join(", ")}.`);
  return found;
}
