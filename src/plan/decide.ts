import type { Context } from "../recognize/context.ts";
import type { Source } from "../ast/source.ts";
import { completeAlone, finishEdits, type AnalyzeResult, type Checked, type Finished } from "./finish.ts";
import { usesIn, type IsUsedBy } from "./leftovers.ts";
import { planFile, type Decision, type SiteDecision } from "./plan-file.ts";
import { TRANSFORMS } from "./transforms.ts";
import type { Plan, PlanChoices, Refusal, SiteTransformName } from "./types.ts";
import { refusalOf } from "./refusals.ts";

const decisions = new WeakMap<Context, Map<string, readonly SiteDecision[]>>();

/**
 * Decides a file for suggestions: the edits of each plan are complete without the others', its result parses, and its operations are
 * gone. What all plans make of the file together is checked; only where that does not pass each is checked by itself, and one that fails is
 * withdrawn with the refusal `check-failed`. Cached, as the rule and its options ask more than once.
 *
 * This is one round, where `migrateText` goes on until nothing changes: a suggestion is one plan for the text that stands there, which a
 * person accepts or not. What it makes possible is offered when the file is linted again.
 */
export function decideFile(
  context: Context,
  transform: SiteTransformName,
  choices: PlanChoices = {},
): readonly SiteDecision[] {
  let byOptions = decisions.get(context);
  if (byOptions === undefined) decisions.set(context, (byOptions = new Map<string, readonly SiteDecision[]>()));
  const key = [transform, choices.target, choices.yieldInPolls, choices.facade, choices.onlyFamilies].join();
  let known = byOptions.get(key);
  if (known === undefined) {
    const planned = planFile(context, transform, choices);
    const together = finishTogether(context, transform, planned);
    const isUsedBy = together === null ? null : usesIn(together);
    known = planned.map((decision) => complete(context, decision, isUsedBy));
    byOptions.set(key, known);
  }
  return known;
}

/** Whether a decision is a plan. */
export function isPlan(outcome: Decision["outcome"]): outcome is Plan {
  return "kind" in outcome;
}

/** A decision with the edits of its plan complete. @param isUsedBy by the checked result of all plans; `null` where that does not pass */
function complete(context: Context, decision: SiteDecision, isUsedBy: IsUsedBy | null): SiteDecision {
  const { outcome, sites, transform } = decision;
  if (!isPlan(outcome) || isUsedBy === null) return check(context, decision);
  const edits = completeAlone(context, outcome.edits, TRANSFORMS[transform].carriers(context, sites), isUsedBy);
  return edits === null ? check(context, decision) : { ...decision, outcome: { ...outcome, edits } };
}

/** A decision with the edits of its plan complete, whose result passes; else a refusal. */
function check(context: Context, decision: SiteDecision, analyzeResult?: AnalyzeResult): SiteDecision {
  const { sites, outcome, transform } = decision;
  if (!isPlan(outcome)) return decision;
  const finished = finishEdits(context, transform, sites, outcome.edits, analyzeResult);
  if (finished === null) return { ...decision, outcome: [checkFailed(decision)] };
  return { ...decision, outcome: { ...outcome, edits: finished.edits } };
}

function checkFailed({ sites, transform }: SiteDecision): Refusal {
  const [site] = sites;
  return refusalOf("check-failed", site!.nameNode.range, TRANSFORMS[transform].nameOf(site!));
}

/** What was decided about a file by one migration, and what comes of all its plans; `null` where there is none. */
export interface Decided {
  readonly decisions: readonly Decision[];
  readonly finished: Finished | null;
  /** The result as it was parsed for the check; whoever goes on with its text need not parse it. */
  readonly after?: Source;
}

/**
 * All plans of a file as one edit. Only when their common result does not pass is each plan checked by itself.
 *
 * @param analyzeResult how the result is looked at for that check; without types unless told
 */
export function decideTogether(
  context: Context,
  transform: SiteTransformName,
  choices: PlanChoices,
  analyzeResult?: AnalyzeResult,
): Decided {
  const unchecked = planFile(context, transform, choices);
  const finished = finishTogether(context, transform, unchecked, analyzeResult);
  if (finished !== null) return { decisions: unchecked, finished, after: finished.after };
  if (!unchecked.some((decision) => isPlan(decision.outcome))) return { decisions: unchecked, finished };
  const checked = unchecked.map((decision) => check(context, decision, analyzeResult));
  const common = finishTogether(context, transform, checked, analyzeResult);
  if (common !== null) return { decisions: checked, finished: common, after: common.after };
  // Each plan passes by itself but not with the others: none is certain enough.
  return {
    decisions: checked.map((decision) =>
      isPlan(decision.outcome) ? { ...decision, outcome: [checkFailed(decision)] } : decision,
    ),
    finished: null,
  };
}

/** What all plans among decisions make of a file; `null` where there is none, or their common result does not pass. */
export function finishTogether(
  context: Context,
  transform: SiteTransformName,
  decided: readonly Decision[],
  analyzeResult?: AnalyzeResult,
): Checked | null {
  const planned = decided.flatMap(({ sites, outcome }) => (isPlan(outcome) ? [{ sites, outcome }] : []));
  if (planned.length === 0) return null;
  return finishEdits(
    context,
    transform,
    planned.flatMap(({ sites }) => sites),
    planned.flatMap(({ outcome }) => outcome.edits),
    analyzeResult,
  );
}
