import { parseCommandLine } from "../arguments.ts";
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
  readonly plan: PlanOptions;
}

/**
 * Reads the arguments of `tapify explain`.
 *
 * @throws {UsageError} for an unknown option or value, or where there is not exactly one place.
 */
export function parseExplainOptions(argv: readonly string[]): ExplainCommandOptions {
  const { values, positionals } = parseCommandLine("explain", argv, {
    ...PLAN_OPTIONS,
    json: { type: "boolean", default: false },
  });
  const [place] = positionals;
  if (place === undefined || positionals.length > 1)
    throw new UsageError("tapify explain takes one place: FILE:LINE or FILE:LINE:COLUMN.");
  return { ...placeOf(place), json: values.json, plan: planOptionsOf(values) };
}
