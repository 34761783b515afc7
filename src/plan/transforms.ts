import type { Variable } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import { namesOfFamily } from "../dialects/family-names.ts";
import type { PatternFamily } from "../dialects/pattern-families.ts";
import { isPromiseAdapter } from "../recognize/begin-end/adapters.ts";
import { operationsOf } from "../recognize/begin-end/begin-end.ts";
import type { Context } from "../recognize/context.ts";
import { eventSitesOf } from "../recognize/events/event-sites.ts";
import type { Operation } from "../recognize/begin-end/operation.ts";
import { BlockingPlanner, blockingWaitsOf, waitName, type BlockingWait } from "./waits/blocking.ts";
import type { Reach } from "./async/reach.ts";
import type { SitePlanner } from "./draft.ts";
import { handleVariables } from "./waits/handle-variables.ts";
import { DescribedPlanner } from "./described-planner.ts";
import { unpromisedOperationsOf } from "../recognize/operations/promised.ts";
import { countVariablesOf } from "./counted/count-variables.ts";
import { librariesOf } from "./completion/libraries.ts";
import { completionSitesOf, isCompletionSite, type CallbackSite } from "../recognize/completion/completion-sites.ts";
import { OperationsPlanner } from "./plan-operations.ts";
import { beginName, type PlanKnowledge } from "./planner-base.ts";
import type { PlanChoices, PlannedSite, SiteTransformName } from "./types.ts";

/** What a migration takes up: an operation, or a wait. */
export interface Site {
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
}

/** One migration. */
export interface Transform<Each extends Site = Site> {
  /** The sites of a file that it may change, in source order; those that are wrapped in a promise already are left alone. */
  readonly sitesOf: (context: Context) => Each[];
  /** What decides them, and what hangs together with them as far as can be seen. */
  readonly plannerOf: (reach: Reach, choices: PlanChoices & PlanKnowledge) => SitePlanner<Each>;
  /** How messages call a site. */
  readonly nameOf: (site: Each) => string;
  /** How reports list it. */
  readonly siteOf: (site: Each) => PlannedSite;
  /** The families that a site belongs to. */
  readonly familiesOf: (site: Each) => ReadonlySet<string>;
  /** The variables that may have nothing left to hold. */
  readonly carriers: (context: Context, migrated: readonly Each[]) => ReadonlySet<Variable>;
  /** Whether a site that stays may be none any more: who called it is gone, and what calls it now is not looked at. */
  readonly mayVanish: (site: Each) => boolean;
  /** Whether code comes to stand elsewhere, so that a result is looked at again even if a compiler checks it. */
  readonly movesCode: boolean;
}

function ofOperations(
  family: PatternFamily,
  recognize: (context: Context) => readonly Operation[],
): Transform<Operation> {
  const families = new Set([family]);
  return {
    sitesOf: (context) => recognize(context).filter((operation) => !isPromiseAdapter(context, operation)),
    plannerOf: (reach, choices) => new OperationsPlanner(reach, choices),
    nameOf: beginName,
    siteOf: ({ stem, begin }) => ({ operation: stem, range: begin.range }),
    familiesOf: () => families,
    carriers: handleVariables,
    mayVanish: () => false,
    movesCode: true,
  };
}

const WAITS: ReadonlySet<string> = new Set<PatternFamily>(["waits"]);
const OWN_CALLBACKS: ReadonlySet<string> = new Set<PatternFamily>(["own-callbacks"]);

const OF_WAITS: Transform<BlockingWait> = {
  sitesOf: blockingWaitsOf,
  plannerOf: (reach) => new BlockingPlanner(reach),
  nameOf: waitName,
  siteOf: (wait) => ({ operation: waitName(wait), range: wait.node.range }),
  familiesOf: () => WAITS,
  carriers: () => new Set(),
  mayVanish: () => false,
  movesCode: false,
};

const OF_DESCRIBED: Transform<CallbackSite> = {
  sitesOf: (context) =>
    [...unpromisedOperationsOf(context), ...completionSitesOf(context)].sort(
      (a, b) => a.nameNode.range[0] - b.nameNode.range[0],
    ),
  plannerOf: (reach) => new DescribedPlanner(reach),
  nameOf: ({ name }) => name,
  siteOf: (site) => ({ operation: site.name, range: isCompletionSite(site) ? site.nameNode.range : site.call.range }),
  familiesOf: (site) => (isCompletionSite(site) ? OWN_CALLBACKS : namesOfFamily(site.dialect)),
  carriers: (context, migrated) => new Set([...librariesOf(context, migrated), ...countVariablesOf(context)]),
  mayVanish: (site) => isCompletionSite(site) && site.host?.calledBy === "library",
  movesCode: true,
};

/** Which sites of a migration are to change; `undefined` for all. */
export function wantedSites(
  { familiesOf }: Transform,
  { onlyFamilies }: PlanChoices,
): ((site: Site) => boolean) | undefined {
  if (onlyFamilies === undefined) return undefined;
  return (site) => onlyFamilies.some((name) => familiesOf(site).has(name));
}

/** The migrations by their names. Each is given no sites but its own, which the compiler cannot know. */
export const TRANSFORMS = {
  "begin-end-to-async": ofOperations("begin-end", operationsOf),
  "events-to-async": ofOperations("events", eventSitesOf),
  "blocking-to-await": OF_WAITS,
  "callbacks-to-async": OF_DESCRIBED,
} as unknown as Readonly<Record<SiteTransformName, Transform>>;
