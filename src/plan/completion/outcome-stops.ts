import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import { uncertainError, type CompletionDecision } from "../decide/completion.ts";
import { obstacle, type AwaitDecision, type Obstacle } from "../decide/decision.ts";
import type { Completions } from "./completions.ts";
import { alwaysTells, tellingIn } from "./telling-paths.ts";

/** What keeps a function from returning and throwing what it tells its completion parameter: that is unclear, or nothing on some path. */
export function obstacleInOutcome(
  completions: Completions,
  { fn, nameNode }: CompletionSite,
  decision: CompletionDecision,
  awaited: readonly AwaitDecision[],
): Obstacle | null {
  const unclear = uncertainError(decision, awaited);
  if (unclear !== undefined) return obstacle("completion-unclear", unclear);
  return alwaysTells(tellingIn(completions, awaited), fn.body) ? null : obstacle("completion-not-told", nameNode);
}
