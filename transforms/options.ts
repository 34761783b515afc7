import { versionsNamed } from "../src/dialects/named-versions.ts";
import type { MigrateOptions } from "../src/plan/migration.ts";
import { didYouMean } from "../src/nearest.ts";

/** What jscodeshift's own options are called in what it hands on: those of its command line, and what it makes of them. */
const OF_RUNNER: ReadonlySet<string> = new Set([
  "babel",
  "cpus",
  "dry",
  "extensions",
  "failOnError",
  "gitignore",
  "help",
  "ignoreConfig",
  "ignorePattern",
  "ignoreSet",
  "parser",
  "parserConfig",
  "print",
  "runInBand",
  "silent",
  "stdin",
  "transform",
  "verbose",
  "version",
]);

type Choices = Omit<MigrateOptions, "filePath" | "transforms" | "families">;

/** How an option of the command line becomes one of a migration. What is no such value is left as it is, and refused later by its own check. */
const READ: Readonly<Record<string, (value: unknown) => Choices>> = {
  host: (value) => ({ host: value }) as Choices,
  target: (value) => ({ target: value }) as Choices,
  facade: (value) => ({ facade: value }) as Choices,
  "yield-in-polls": (value) => ({ yieldInPolls: value }) as Choices,
  twins: (value) => ({ twins: textsOf(value) }),
  "entry-points": (value) => ({ entryPoints: textsOf(value) }),
  "operation-decorators": (value) => ({ operationDecorators: textsOf(value) }),
  assume: (value) => ({ assume: versionsNamed(textsOf(value)) }),
};

/** An option that is none. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/**
 * The options of a migration, from those of jscodeshift's command line, which are spelled as in `tapify migrate`.
 *
 * @throws {OptionError} for one that neither jscodeshift nor the migration has; the message names the nearest.
 */
export function choicesOf(options: Readonly<Record<string, unknown>>): Choices {
  const names = Object.keys(READ);
  const choices = Object.entries(options).map(([name, value]): Choices => {
    if (Object.hasOwn(READ, name)) return value === undefined ? {} : READ[name]!(value);
    if (OF_RUNNER.has(name)) return {};
    const near = didYouMean(name, names, (option) => `--${option}`);
    throw new OptionError(
      `Unknown option --${name}.${near} This transform takes ${names.map((option) => `--${option}`).join(", ")}.`,
    );
  });
  return Object.assign({}, ...choices) as Choices;
}

/** `A,B`, or the same option several times. */
function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((each) => String(each).split(","));
}
