import type { Context } from "../recognize/context.ts";
import { finishEdits, type AnalyzeResult, type Finished } from "./finish.ts";
import { planFile, type Decision, type SiteDecision } from "./plan-file.ts";
import { TRANSFORMS } from "./transforms.ts";
import type { Plan, PlanChoices, Refusal, SiteTransformName } from "./types.ts";
import { refusalOf } from "./refusals.ts";

/** A decision whose plan has passed the check that follows it. */
export type CheckedDecision = SiteDecision & { readonly finished: Finished | null };

const decisions = new WeakMap<Context, Map<string, readonly CheckedDecision[]>>();

/**
 * Decides a file and checks each plan by itself: its edits are complete, its result parses, and its operations are gone. A plan that
 * does not pass is withdrawn with the refusal `check-failed`. Cached, as the rule and its options ask more than once.
 *
 * This is one round, where `migrateText` goes on until nothing changes: a suggestion is one plan for the text that stands there, which a
 * person accepts or not. What it makes possible is offered when the file is linted again.
 */
export function decideFile(
  context: Context,
  transform: SiteTransformName,
  choices: PlanChoices = {},
  analyzeResult?: AnalyzeResult,
): readonly CheckedDecision[] {
  let byOptions = decisions.get(context);
  if (byOptions === undefined) decisions.set(context, (byOptions = new Map<string, readonly CheckedDecision[]>()));
  const key = [transform, choices.target, choices.yieldInPolls, choices.facade].join();
  let known = byOptions.get(key);
  if (known === undefined) {
    known = planFile(context, transform, choices).map((decision) => check(context, decision, analyzeResult));
    byOptions.set(key, known);
  }
  return known;
}

/** Whether a decision is a plan. */
export function isPlan(outcome: Decision["outcome"]): outcome is Plan {
  return "kind" in outcome;
}

function check(context: Context, decision: SiteDecision, analyzeResult?: AnalyzeResult): CheckedDecision {
  const { sites, outcome, transform } = decision;
  if (!isPlan(outcome)) return { ...decision, finished: null };
  const finished = finishEdits(context, transform, sites, outcome.edits, analyzeResult);
  if (finished === null) return { ...decision, outcome: [checkFailed(decision)], finished };
  return { ...decision, outcome: { ...outcome, edits: finished.edits }, finished };
}

function checkFailed({ sites, transform }: SiteDecision): Refusal {
  const [site] = sites;
  return refusalOf("check-failed", site!.nameNode.range, TRANSFORMS[transform].nameOf(site!));
}

/** What was decided about a file by one migration, and what comes of all its plans; `null` where there is none. */
export interface Decided {
  readonly decisions: readonly Decision[];
  readonly finished: Finished | null;
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
  if (finished !== null || !unchecked.some((decision) => isPlan(decision.outcome)))
    return { decisions: unchecked, finished };
  const checked = decideFile(context, transform, choices, analyzeResult);
  const common = finishTogether(context, transform, checked, analyzeResult);
  if (common !== null) return { decisions: checked, finished: common };
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
): Finished | null {
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
