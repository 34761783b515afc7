import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ParseError } from "../../ast/parse-error.ts";
import { printable } from "../../printable.ts";
import { parseCommandLine } from "../arguments.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { replaceFile } from "../files/replace-file.ts";
import { encode, readSource, type SourceText } from "../files/source-text.ts";
import { createPaint, hasColour, warn, type Io } from "../io.ts";
import { formatDiff } from "../migrate/diff.ts";
import { UsageError } from "../usage-error.ts";
import { addToFlatConfig, type Added } from "./flat-config.ts";
import { NEW_CONFIG, NEW_CONFIG_NAME } from "./new-config.ts";
import { addToOxlintConfig } from "./oxlint-config.ts";

/** The flat configurations that ESLint looks for, in its order. */
const FLAT_NAMES = ["js", "mjs", "cjs", "ts", "mts", "cts"].map((ending) => `eslint.config.${ending}`);
const OXLINT_NAME = ".oxlintrc.json";
/** Configurations that ESLint 9 does not read any more. */
const OLD_NAMES = [".eslintrc", ...["js", "cjs", "yaml", "yml", "json"].map((ending) => `.eslintrc.${ending}`)];

/** A configuration that changes, or is written. */
interface Change {
  readonly name: string;
  /** `null` for a file that is not there yet. */
  readonly before: SourceText | null;
  readonly after: string;
}

/**
 * `tapify init`: adds the plugin to the configuration in the current folder, or writes one. The difference is shown; it is written with
 * `--write` only.
 *
 * @param argv The arguments after the command's name.
 * @returns 0 when it is added, was there or can be, 2 when a configuration has to be changed by hand.
 * @throws {UsageError} for arguments that make no sense, or a configuration that cannot be read or parsed.
 */
export function init(argv: readonly string[], io: Io): ExitCode {
  const { values, positionals } = parseCommandLine("init", argv, { write: { type: "boolean", default: false } });
  if (positionals.length > 0) throw new UsageError("tapify init takes no paths. It looks at the current folder.");
  const here = (name: string): boolean => existsSync(join(io.cwd, name));
  const flat = FLAT_NAMES.find(here);
  const old = OLD_NAMES.find(here);
  if (flat === undefined && old !== undefined)
    throw new UsageError(
      `${old} is a configuration that ESLint 9 does not read. Turn it into a flat one first: npx @eslint/migrate-config ${old}`,
    );
  const changes: Change[] = [];
  let isByHand = false;
  for (const [name, add] of [
    [flat, (text: string) => addToFlatConfig(text, join(io.cwd, flat ?? ""))],
    [here(OXLINT_NAME) ? OXLINT_NAME : undefined, addToOxlintConfig],
  ] as const) {
    if (name === undefined) continue;
    const before = read(name, io.cwd);
    const added = addedTo(name, before.text, add);
    if (added.kind === "there already") io.stdout.write(`${name} has the plugin already.\n`);
    else if (added.kind === "added") changes.push({ name, before, after: added.text });
    else {
      isByHand = true;
      warn(
        io,
        `${name} is of a form that tapify init does not change. Add these lines to it:\n\n${added.lines.join("\n")}\n`,
      );
    }
  }
  if (flat === undefined && !here(OXLINT_NAME))
    changes.push({ name: NEW_CONFIG_NAME, before: null, after: NEW_CONFIG });
  for (const change of changes) show(change, io);
  if (values.write) for (const change of changes) write(change, io.cwd);
  if (changes.length > 0) io.stdout.write(`\n${nextStep(changes, values.write)}\n`);
  return isByHand ? EXIT.failed : EXIT.clean;
}

function read(name: string, cwd: string): SourceText {
  try {
    return readSource(join(cwd, name));
  } catch (error) {
    throw new UsageError(printable(`${name} cannot be read: ${(error as Error).message}.`));
  }
}

function addedTo(name: string, text: string, add: (text: string) => Added): Added {
  try {
    return add(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new UsageError(printable(`${name}:${error.line}:${error.column} does not parse: ${error.message}`));
  }
}

function show({ name, before, after }: Change, io: Io): void {
  const file = { file: join(io.cwd, name), path: name, original: before ?? { text: "", hasBom: false } };
  const outcome = { status: "migrated", output: after, migrations: [], refusals: [] } as const;
  const isForEyes = io.stdout.isTTY === true || hasColour(io.stdout, io.env);
  io.stdout.write(formatDiff({ ...file, outcome }, io.cwd, createPaint(io.stdout, io.env), isForEyes));
}

function write({ name, before, after }: Change, cwd: string): void {
  const file = join(cwd, name);
  try {
    if (before === null) writeFileSync(file, after, { flag: "wx" });
    else replaceFile(file, encode(before), encode({ text: after, hasBom: before.hasBom }));
  } catch (error) {
    throw new UsageError(printable(`${name} cannot be written: ${(error as Error).message}.`));
  }
}

function nextStep(changes: readonly Change[], isWritten: boolean): string {
  if (!isWritten) return "Nothing was written. Next: tapify init --write";
  const packages = changes.some(({ before }) => before === null)
    ? "eslint typescript-eslint eslint-plugin-tapify"
    : "eslint-plugin-tapify";
  return `Written. Next: npm install --save-dev ${packages}`;
}
