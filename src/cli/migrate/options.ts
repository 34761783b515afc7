import { TARGETS, TRANSFORM_NAMES, type Target, type TransformName } from "../../plan/types.ts";
import { oneOf, parseCommandLine, type OptionTable } from "../arguments.ts";
import { findProject } from "../files/find-project.ts";
import { ofFamilies } from "./families.ts";
import { placeOf, type NamedPlace } from "../place.ts";
import { shardOf, type Shard } from "../shards/shard.ts";
import { UsageError } from "../usage-error.ts";
import { SETTING_OPTIONS, settingOptionsOf, type SettingOptions } from "../setting-options.ts";

const FORMATS = ["text", "json", "html", "sarif", "github", "blob"] as const;

/** The formats of reports for people and programs. */
export type MigrateFormat = Exclude<(typeof FORMATS)[number], "blob">;

/** The formats of whole reports. */
export const MIGRATE_FORMATS = FORMATS.filter((format): format is MigrateFormat => format !== "blob");

export interface MigrateCommandOptions {
  /** The absolute path of a `tsconfig.json`; with one, callers follow through the whole project. */
  readonly project: string | null;
  readonly allowExports: boolean;
  readonly paths: readonly string[];
  /** The one place to migrate; `null` for all that the paths hold. */
  readonly only: NamedPlace | null;
  readonly write: boolean;
  readonly allowDirty: boolean;
  readonly failOnRefusal: boolean;
  /** Ask about each change, and write what was chosen. */
  readonly interactive: boolean;
  /** Which part of the files is migrated. */
  readonly shard: Shard;
  /** Keep a comment at each refused place. */
  readonly todo: boolean;
  readonly format: (typeof FORMATS)[number];
  /** Where the report goes, as it was named; `null` for stdout. */
  readonly outputFile: string | null;
  readonly plan: PlanOptions;
}

/** What decides how a file is migrated, the same for each file of a run. */
export interface PlanOptions extends SettingOptions {
  readonly target: Target;
  readonly transforms: readonly TransformName[];
  readonly yieldInPolls: boolean;
  readonly facade: boolean;
  /** Left out where all families are migrated. */
  readonly onlyFamilies?: readonly string[];
}

/** The options that decide how a file is migrated, for every command that has them. */
export const PLAN_OPTIONS = {
  transform: { type: "string", multiple: true, default: TRANSFORM_NAMES.map(String) },
  target: { type: "string", default: TARGETS[0] },
  ...SETTING_OPTIONS,
  facade: { type: "boolean", default: false },
  "yield-in-polls": { type: "boolean", default: false },
} satisfies OptionTable;

/**
 * What the values of `PLAN_OPTIONS` say.
 *
 * @throws {UsageError} for a value that is none.
 */
export function planOptionsOf(
  values: Parameters<typeof settingOptionsOf>[0] & {
    readonly transform: readonly string[];
    readonly target: string;
    readonly facade: boolean;
    readonly "yield-in-polls": boolean;
  },
): PlanOptions {
  const asked = values.transform.map((name) => oneOf("--transform", name, TRANSFORM_NAMES));
  return {
    ...settingOptionsOf(values),
    target: oneOf("--target", values.target, TARGETS),
    // In the order in which migrations build on each other, whatever the order of the arguments.
    transforms: TRANSFORM_NAMES.filter((name) => asked.includes(name)),
    yieldInPolls: values["yield-in-polls"],
    facade: values.facade,
  };
}

/**
 * Reads the arguments of `tapify migrate`.
 *
 * @param cwd Absolute; where relative paths start.
 * @throws {UsageError} for an unknown option or value, or a project that is not there.
 */
export function parseMigrateOptions(argv: readonly string[], cwd: string): MigrateCommandOptions {
  const { values, positionals } = parseCommandLine("migrate", argv, {
    write: { type: "boolean", default: false },
    "allow-dirty": { type: "boolean", default: false },
    "fail-on-refusal": { type: "boolean", default: false },
    ...PLAN_OPTIONS,
    project: { type: "string", short: "p" },
    only: { type: "string" },
    todo: { type: "boolean", default: false },
    shard: { type: "string" },
    interactive: { type: "boolean", short: "i", default: false },
    family: { type: "string", multiple: true, default: [] as string[] },
    "allow-exports": { type: "boolean", default: false },
    format: { type: "string", short: "f", default: FORMATS[0] },
    "output-file": { type: "string", short: "o" },
  });
  const only = values.only === undefined ? null : placeOf(values.only);
  if (only !== null && (positionals.length > 0 || values.project !== undefined))
    throw new UsageError("--only names one place of one file, and goes with no paths and no --project.");
  if (values.todo && (only !== null || values.project !== undefined))
    throw new UsageError("--todo looks at whole files, each alone, and goes with no --only and no --project.");
  if (
    values.interactive &&
    (only !== null || values.project !== undefined || values.todo || values.format !== FORMATS[0])
  )
    throw new UsageError("--interactive goes with no --only, no --project, no --todo, and with the text report alone.");
  if (values.shard !== undefined && (only !== null || values.project !== undefined))
    throw new UsageError("--shard goes without --only and --project.");
  return {
    paths: only === null ? positionals : [only.path],
    only,
    project: values.project === undefined ? null : findProject(values.project, cwd, true),
    allowExports: values["allow-exports"],
    interactive: values.interactive,
    write: values.write || values.interactive,
    allowDirty: values["allow-dirty"],
    failOnRefusal: values["fail-on-refusal"],
    format: oneOf("--format", values.format, FORMATS),
    shard: shardOf(values.shard),
    todo: values.todo,
    outputFile: values["output-file"] ?? null,
    plan: ofFamilies(values.family, planOptionsOf(values)),
  };
}
