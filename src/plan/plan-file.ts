import { programOf } from "../ast/functions.ts";
import type { Context } from "../recognize/context.ts";
import { reachOfFile } from "./async/reach.ts";
import type { Source } from "../ast/source.ts";
import type { Component } from "./draft.ts";
import { withoutHidden } from "./hidden-globals.ts";
import { authored, EditConflict } from "./edit-conflict.ts";
import type { PlanKnowledge } from "./planner-base.ts";
import { TRANSFORMS, wantedSites, type Site } from "./transforms.ts";
import type { Plan, PlanChoices, Refusal, SiteTransformName, TransformName } from "./types.ts";
import { refusalOf } from "./refusals.ts";
import { Attempts, type AttemptsBySite } from "./attempts.ts";

/** What was decided about a set of sites that can only change together. */
export interface Decision {
  readonly transform: TransformName;
  readonly sites: readonly Site[];
  readonly outcome: Plan | readonly Refusal[];
  /** What was tried for each site; left out where a migration has one way only. */
  readonly attempts?: AttemptsBySite;
}

/** A decision of a migration that goes by sites. */
export interface SiteDecision extends Decision {
  readonly transform: SiteTransformName;
}

/**
 * Decides every site of a file that a migration takes up before anything is edited. Sites in one function, with one callback, or joined
 * through an event or through callers, are decided together: one plan, or the refusals that stand in its way.
 */
export function planFile(
  context: Context,
  transform: SiteTransformName,
  choices: PlanChoices & PlanKnowledge = {},
): SiteDecision[] {
  const { plannerOf, sitesOf } = TRANSFORMS[transform];
  const sites = sitesOf(context);
  if (sites.length === 0) return [];
  const components = unlessConflict(transform, sites, [context.source], () => {
    const planner = plannerOf(reachOfFile(context), choices);
    planner.add(context, sites);
    return planner.finish(wantedSites(TRANSFORMS[transform], choices));
  });
  return components.map(({ operations, edits, notes, refusals, attempts }) => ({
    transform,
    sites: operations,
    attempts,
    outcome: refusals.length > 0 ? unique(refusals) : planOf(transform, operations, edits, notes),
  }));
}

/** What `plan` makes of sites of some files. Edits that contradict each other are a defect of the planner; each site is refused then. */
export function unlessConflict(
  transform: SiteTransformName,
  sites: readonly Site[],
  sources: readonly Source[],
  plan: () => Component<Site>[],
): Component<Site>[] {
  try {
    const components = authored({ name: "the file", step: transform }, plan);
    return withoutHidden(components, sources, (site) => TRANSFORMS[transform].nameOf(site));
  } catch (error) {
    if (!(error instanceof EditConflict)) throw error;
    return sites.map((site) => {
      const refusal = refusalOf("check-failed", site.nameNode.range, TRANSFORMS[transform].nameOf(site), error);
      const refusals = [{ ...refusal, file: programOf(site.nameNode) }];
      return { operations: [site], edits: [], notes: [], refusals, attempts: new Attempts() };
    });
  }
}

/** The plan for sites whose edits are known. */
export function planOf(
  transform: SiteTransformName,
  sites: readonly Site[],
  edits: Plan["edits"],
  notes: Plan["notes"],
): Plan {
  return {
    kind: "plan",
    transform,
    sites: sites.map((site) => TRANSFORMS[transform].siteOf(site)),
    edits,
    notes: [...notes].sort((a, b) => a.range[0] - b.range[0]),
  };
}

/** Refusals once each, in source order. */
export function unique(refusals: readonly Refusal[]): Refusal[] {
  const seen = new Set<string>();
  return refusals
    .filter((refusal) => {
      const key = `${refusal.code} ${refusal.range.join()}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .sort((a, b) => a.range[0] - b.range[0]);
}
