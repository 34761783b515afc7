import { parseCommandLine } from "../arguments.ts";
import { findProject } from "../files/find-project.ts";
import { PLAN_OPTIONS, planOptionsOf, type PlanOptions } from "../migrate/options.ts";
import { placeOf } from "../place.ts";
import { UsageError } from "../usage-error.ts";

export interface ExplainCommandOptions {
  readonly path: string;
  /** One-based. */
  readonly line: number;
  /** One-based; `null` for the whole line. */
  readonly column: number | null;
  readonly json: boolean;
  /** The absolute path of a `tsconfig.json`; with one, the file is looked at as a part of that project. */
  readonly project: string | null;
  readonly allowExports: boolean;
  readonly plan: PlanOptions;
}

/**
 * Reads the arguments of `tapify explain`.
 *
 * @param cwd Absolute; where relative paths start.
 * @throws {UsageError} for an unknown option or value, a project that is not there, or where there is not exactly one place.
 */
export function parseExplainOptions(argv: readonly string[], cwd: string): ExplainCommandOptions {
  const { values, positionals } = parseCommandLine("explain", argv, {
    ...PLAN_OPTIONS,
    project: { type: "string" },
    "allow-exports": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  });
  const [place] = positionals;
  if (place === undefined || positionals.length > 1)
    throw new UsageError("tapify explain takes one place: FILE:LINE or FILE:LINE:COLUMN.");
  return {
    ...placeOf(place),
    json: values.json,
    project: values.project === undefined ? null : findProject(values.project, cwd, true),
    allowExports: values["allow-exports"],
    plan: planOptionsOf(values),
  };
}
