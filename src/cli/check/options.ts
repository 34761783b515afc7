import { HOST_NAMES, type CallbackSetting, type HostName } from "../../dialects/settings.ts";
import { oneOf, parseCommandLine } from "../arguments.ts";
import { assumedVersions } from "../assumed-versions.ts";
import { namedCallbacks } from "../named-callbacks.ts";
import { findProject } from "../files/find-project.ts";

const PRESETS = ["recommended", "migration", "all"] as const;

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly preset: (typeof PRESETS)[number];
  /** The absolute path of a `tsconfig.json`; with one, rules may use types. */
  readonly project: string | null;
  readonly host: HostName;
  /** The versions of packages that the command line names, by the packages' names. */
  readonly assume?: Readonly<Record<string, string>>;
  /** The functions with callbacks that the command line names. */
  readonly callbacks?: readonly CallbackSetting[];
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
    project: { type: "string" },
    host: { type: "string", default: HOST_NAMES[0] },
    assume: { type: "string", multiple: true, default: [] },
    callbacks: { type: "string", multiple: true, default: [] },
    format: { type: "string", default: "stylish" },
  });
  return {
    paths: positionals,
    preset: oneOf("--preset", values.preset, PRESETS),
    project: values.project === undefined ? null : findProject(values.project, cwd),
    host: oneOf("--host", values.host, HOST_NAMES),
    ...assumedVersions(values.assume),
    ...namedCallbacks(values.callbacks),
    format: values.format,
  };
}
