import { familyNames } from "../../dialects/family-names.ts";
import type { PatternFamily } from "../../dialects/pattern-families.ts";
import type { Settings } from "../../dialects/settings.ts";
import type { TransformName } from "../../plan/types.ts";
import { namesIn, oneOf } from "../arguments.ts";
import { UsageError } from "../usage-error.ts";

/** The migrations that take up a family; those of packages are callbacks. */
const MIGRATED_BY: Readonly<Record<PatternFamily, readonly TransformName[]>> = {
  "begin-end": ["contract-to-async", "begin-end-to-async"],
  events: ["contract-to-async", "events-to-async"],
  waits: ["blocking-to-await"],
  "own-callbacks": ["callbacks-to-async"],
};

/**
 * The options of a migration that is to take up only some families: `--family fs,begin-end`.
 *
 * @param values The values of `--family`; none for all families.
 * @throws {UsageError} for a name that no family has, or families that none of the migrations takes up which `--transform` names.
 */
export function ofFamilies<Plan extends Settings & { readonly transforms: readonly TransformName[] }>(
  values: readonly string[],
  plan: Plan,
): Plan & { readonly onlyFamilies?: readonly string[] } {
  if (values.length === 0) return plan;
  const names = familyNames(plan);
  const onlyFamilies = namesIn("--family", values).map((name) => oneOf("--family", name, names));
  const needed = new Set(onlyFamilies.flatMap((name) => migrationsOf(name)));
  const transforms = plan.transforms.filter((name) => needed.has(name));
  if (transforms.length === 0)
    throw new UsageError(`--family ${onlyFamilies.join(",")} needs --transform ${[...needed].join(", ")}.`);
  return { ...plan, transforms, onlyFamilies };
}

function migrationsOf(family: string): readonly TransformName[] {
  return Object.hasOwn(MIGRATED_BY, family) ? MIGRATED_BY[family as PatternFamily] : ["callbacks-to-async"];
}
