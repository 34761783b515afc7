import { oneOf, parseCommandLine } from "../arguments.ts";
import { printable } from "../../printable.ts";
import { isScriptName } from "../files/kinds.ts";
import { shardOf, type Shard } from "../shards/shard.ts";
import { UsageError } from "../usage-error.ts";
import { findProject } from "../files/find-project.ts";
import { SETTING_OPTIONS, settingOptionsOf, type SettingOptions } from "../setting-options.ts";

/** What a text is called of which nothing is known but that it may be TypeScript. */
const STDIN_NAME = "stdin.ts";

/** Where results are kept unless the user says so. */
const CACHE_LOCATION = ".tapifycache";

const PRESETS = ["recommended", "migration", "all"] as const;

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly preset: (typeof PRESETS)[number];
  /** The absolute path of a `tsconfig.json`; with one, rules may use types. */
  readonly project: string | null;
  readonly settings: SettingOptions;
  /** Leave warnings out of the report, and do not count them unless `maxWarnings` is given. */
  readonly quiet: boolean;
  /** How many warnings are no finding; `null` where each is one. */
  readonly maxWarnings: number | null;
  /** Where the report goes, as it was named; `null` for stdout. */
  readonly outputFile: string | null;
  /** The name of the text that comes in at stdin, as it was given; `null` where files are read. */
  readonly stdinName: string | null;
  /** A formatter as it was named: one of ESLint's, a package, or a path. */
  readonly format: string;
  /** Which part of the files is checked. */
  readonly shard: Shard;
  /** Where results are kept, as it was named; `null` for nowhere. */
  readonly cache: string | null;
}

/**
 * Reads the arguments of `tapify check`.
 *
 * @param cwd Absolute; where relative paths start.
 * @throws {UsageError} for an unknown option or value, or a project that is not there.
 */
export function parseCheckOptions(argv: readonly string[], cwd: string): CheckOptions {
  const { values, positionals } = parseCommandLine("check", argv, {
    preset: { type: "string", default: PRESETS[0] },
    project: { type: "string", short: "p" },
    ...SETTING_OPTIONS,
    format: { type: "string", short: "f", default: "stylish" },
    quiet: { type: "boolean", default: false },
    "max-warnings": { type: "string" },
    "output-file": { type: "string", short: "o" },
    stdin: { type: "boolean", default: false },
    "stdin-filename": { type: "string" },
    shard: { type: "string" },
    cache: { type: "boolean", default: false },
    "cache-location": { type: "string" },
  });
  const isAlone = values.project === undefined && !values.stdin;
  if (!isAlone && values.shard !== undefined) throw new UsageError("--shard goes without --project and --stdin.");
  if (!isAlone && (values.cache || values["cache-location"] !== undefined))
    throw new UsageError("--cache goes without --project and --stdin: types come from all files.");
  return {
    paths: positionals,
    preset: oneOf("--preset", values.preset, PRESETS),
    project: values.project === undefined ? null : findProject(values.project, cwd),
    settings: settingOptionsOf(values),
    format: values.format,
    shard: shardOf(values.shard),
    cache: values["cache-location"] ?? (values.cache ? CACHE_LOCATION : null),
    quiet: values.quiet,
    maxWarnings: values["max-warnings"] === undefined ? null : countIn("--max-warnings", values["max-warnings"]),
    outputFile: values["output-file"] ?? null,
    stdinName: stdinNameOf(values.stdin, values["stdin-filename"], positionals),
  };
}

function countIn(option: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(printable(`${option} takes a number, and not "${value}".`));
  return Number(value);
}

function stdinNameOf(isAsked: boolean, name: string | undefined, paths: readonly string[]): string | null {
  if (!isAsked) {
    if (name === undefined) return null;
    throw new UsageError("--stdin-filename names the text of --stdin, which is not given.");
  }
  if (paths.length > 0)
    throw new UsageError("--stdin reads one text, and takes no paths. Name it with --stdin-filename.");
  if (name !== undefined && !isScriptName(name))
    throw new UsageError(printable(`--stdin-filename ${name} is no TypeScript or JavaScript by its name.`));
  return name ?? STDIN_NAME;
}
