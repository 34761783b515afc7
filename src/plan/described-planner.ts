import type { TSESTree } from "../ast/source.ts";
import type { CallbackSite, CompletionSite } from "../recognize/completion/completion-sites.ts";
import type { Context } from "../recognize/context.ts";
import type { Reach } from "./async/reach.ts";
import { DescribedPlan } from "./described-plan.ts";
import type { InFile } from "./draft-edits.ts";
import type { Component, SitePlanner } from "./draft.ts";
import type { Refusal } from "./types.ts";

/**
 * Plans operations that dialects describe, and functions that are called with a completion parameter: where the code of each callback follows its
 * await, and with that all else.
 */
export class DescribedPlanner implements SitePlanner<CallbackSite> {
  readonly #reach: Reach;
  readonly #sites = new Map<Context, readonly CallbackSite[]>();

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  add(context: Context, sites: readonly CallbackSite[]): void {
    this.#sites.set(context, sites);
  }

  finish(isWanted?: (site: CallbackSite) => boolean): Component<CallbackSite>[] {
    const left = new Map<CompletionSite, Refusal & InFile>();
    const held = new Set<TSESTree.CallExpression>();
    for (;;) {
      const plan = new DescribedPlan(this.#reach, this.#sites, left, held);
      const refused = plan.refusedLate();
      // What is in them may change without them.
      for (const [site, refusal] of refused) left.set(site, refusal);
      if (refused.size > 0) continue;
      // Whether a function can become async shows when its callers follow; where it cannot, its callbacks follow apart.
      const calls = plan.heldByHosts();
      if (calls.length === 0) return plan.components(isWanted);
      for (const call of calls) held.add(call);
    }
  }
}
