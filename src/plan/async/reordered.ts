import { enclosingOf } from "../../ast/functions.ts";
import type { TSESTree } from "../../ast/source.ts";
import { displayName } from "../../recognize/display.ts";
import type { Draft } from "../draft.ts";
import type { Reach } from "./reach.ts";

/** Says once of each module that is imported that it awaits at its top level now, so that modules may run in another order. */
export function noteReordered(reach: Reach, draft: Draft<object>, awaits: readonly TSESTree.Node[]): void {
  const noted = new Set<TSESTree.Node>();
  for (const place of awaits) {
    const unit = enclosingOf(place);
    if (unit.type !== "Program" || noted.has(unit) || draft.isRefused(place)) continue;
    if (!reach.mayBeImported(reach.contextOf(unit))) continue;
    noted.add(unit);
    draft.note(place, "modules-now-reordered", place, displayName(place) ?? "an operation");
  }
}
