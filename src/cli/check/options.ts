import { oneOf, parseCommandLine } from "../arguments.ts";
import { findProject } from "../files/find-project.ts";
import { SETTING_OPTIONS, settingOptionsOf, type SettingOptions } from "../setting-options.ts";

const PRESETS = ["recommended", "migration", "all"] as const;

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly preset: (typeof PRESETS)[number];
  /** The absolute path of a `tsconfig.json`; with one, rules may use types. */
  readonly project: string | null;
  readonly settings: SettingOptions;
  /** A formatter as it was named: one of ESLint's, a package, or a path. */
  readonly format: string;
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
    format: { type: "string", default: "stylish" },
  });
  return {
    paths: positionals,
    preset: oneOf("--preset", values.preset, PRESETS),
    project: values.project === undefined ? null : findProject(values.project, cwd),
    settings: settingOptionsOf(values),
    format: values.format,
  };
}
