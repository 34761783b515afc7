import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { COMMANDS, helpText, type CommandName } from "./help.ts";
import { createPaint, type Io } from "./io.ts";
import { loadOneByOne } from "./load-one-by-one.ts";
import { UsageError } from "./usage-error.ts";
import { packageVersion } from "./version.ts";
import { isOutOfDescriptors } from "../files/descriptors.ts";
import { didYouMean } from "../nearest.ts";
import { printable, printableLines } from "../printable.ts";

/**
 * Runs one command line. Nothing of a command is loaded before it is chosen, so that help costs no more than Node's start.
 *
 * @param argv What follows the program's name.
 * @returns The exit code; it never throws and never ends the process. What went wrong is on `stderr`.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    const paint = createPaint(io.stderr, io.env);
    // What is the user's to act on is a message; anything else is a defect, and its stack says where.
    io.stderr.write(`${paint("red", "tapify:")} ${printableLines(textOf(error))}\n`);
    return EXIT.failed;
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError) return error.message;
  if (isOutOfDescriptors(error))
    return `too many files are open: ${error.message}. Close other programs, or raise the limit (ulimit -n).`;
  return String(error.stack);
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === undefined) throw new UsageError(`no command given.\n\n${helpText()}`);
  if (name === "--version" || name === "-v") return print(io, `${packageVersion()}\n`);
  if (name === "--help" || name === "-h") return print(io, helpText());
  if (name === "help") return print(io, helpText(rest[0] === undefined ? undefined : commandOf(rest[0], io.cwd)));
  if (name.startsWith("-")) {
    throw new UsageError(
      `options follow a command (${COMMANDS.join(", ")}); before it only --help and --version do, not ${printable(name)}.`,
    );
  }

  const command = commandOf(name, io.cwd);
  if (asksForHelp(rest)) return print(io, helpText(command));
  loadOneByOne(`./${command}/command.ts`, import.meta.url);
  if (command === "check") return (await import("./check/command.ts")).check(rest, io);
  if (command === "explain") return (await import("./explain/command.ts")).explain(rest, io);
  if (command === "init") return (await import("./init/command.ts")).init(rest, io);
  if (command === "merge-reports") return (await import("./merge-reports/command.ts")).mergeReports(rest, io);
  if (command === "recover") return (await import("./recover/command.ts")).recover(rest, io);
  return (await import("./migrate/command.ts")).migrate(rest, io);
}

/** @throws {UsageError} for a name that is none; the message names the nearest command, or says where a path stands. */
function commandOf(name: string, cwd: string): CommandName {
  const found = COMMANDS.find((command) => command === name);
  if (found !== undefined) return found;
  const isPath = existsSync(resolve(cwd, name));
  const hint = isPath ? ` Paths follow a command: tapify check ${name}.` : didYouMean(name, COMMANDS, (near) => near);
  throw new UsageError(printable(`there is no command "${name}".${hint} The commands are: ${COMMANDS.join(", ")}.`));
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end === -1 ? undefined : end).some((argument) => argument === "--help" || argument === "-h");
}

function print(io: Io, text: string): ExitCode {
  io.stdout.write(text);
  return EXIT.clean;
}
