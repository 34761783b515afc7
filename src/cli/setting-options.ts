import { HOST_NAMES, type HostName, type Settings } from "../dialects/settings.ts";
import { namesIn, oneOf, type OptionTable } from "./arguments.ts";
import { assumedVersions } from "./assumed-versions.ts";

/** The settings of an ESLint configuration as options, for every command that has them. */
export const SETTING_OPTIONS = {
  host: { type: "string", default: HOST_NAMES[0] },
  assume: { type: "string", multiple: true, default: [] as string[] },
  "entry-points": { type: "string", multiple: true, default: [] as string[] },
  twins: { type: "string", multiple: true, default: [] as string[] },
  "operation-decorators": { type: "string", multiple: true, default: [] as string[] },
} satisfies OptionTable;

/** What the options say; a setting that none of them names is left out. */
export interface SettingOptions extends Omit<Settings, "families" | "host"> {
  readonly host: HostName;
}

/**
 * What the values of `SETTING_OPTIONS` say.
 *
 * @throws {UsageError} for a value that is none.
 */
export function settingOptionsOf(values: {
  readonly host: string;
  readonly assume: readonly string[];
  readonly "entry-points": readonly string[];
  readonly twins: readonly string[];
  readonly "operation-decorators": readonly string[];
}): SettingOptions {
  const names = (option: "entry-points" | "twins" | "operation-decorators") => namesIn(`--${option}`, values[option]);
  const [entryPoints, twins, operationDecorators] = [
    names("entry-points"),
    names("twins"),
    names("operation-decorators"),
  ];
  return {
    host: oneOf("--host", values.host, HOST_NAMES),
    ...assumedVersions(values.assume),
    ...(entryPoints.length === 0 ? {} : { entryPoints }),
    ...(twins.length === 0 ? {} : { twins }),
    ...(operationDecorators.length === 0 ? {} : { operationDecorators }),
  };
}
