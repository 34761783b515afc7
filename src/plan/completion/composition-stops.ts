import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import { obstacle, type AwaitDecision, type Obstacle } from "../decide/decision.ts";
import { isSeenBehind, seenAtOnce } from "./called-at-once.ts";
import type { ComposedOperation, Compositions } from "./compositions.ts";
import { isKeeper, type FileDecisions, type Stop } from "./file-decisions.ts";
import { obstacleInOutcome } from "./outcome-stops.ts";
import { isStaying, unfitAnswers, unlikeAnswers } from "./task-answers.ts";

/** The functions that calls of libraries call and that cannot do without their callbacks, now that all is decided: these calls give them one. */
export function stayingTasks(
  fileOf: (context: Context) => FileDecisions,
  compositions: Compositions,
): { readonly operation: DescribedOperation; readonly site: CompletionSite }[] {
  return compositions.alive.flatMap(({ context, operation, tasks }) => {
    const file = fileOf(context);
    const awaited = awaitsIn(file);
    return tasks.flatMap((site) => (obstacleInTask(file, site, awaited) === null ? [] : [{ operation, site }]));
  });
}

/** What keeps calls of libraries as they are, now that all is decided. */
export function stoppedCompositions(
  fileOf: (context: Context) => FileDecisions,
  compositions: Compositions,
): Map<DescribedOperation, Obstacle> {
  return new Map(
    compositions.alive.flatMap((composed) => {
      const stop = obstacleTo(fileOf(composed.context), composed);
      return stop === null ? [] : [[composed.operation, stop] as const];
    }),
  );
}

/**
 * What keeps calls as they are of which somebody sees that they called back before they returned.
 *
 * @param atOnce the functions that may do so
 */
export function seenCompositions(
  reach: Reach,
  fileOf: (context: Context) => FileDecisions,
  compositions: Compositions,
  atOnce: ReadonlySet<CompletionSite>,
): Map<DescribedOperation, Obstacle> {
  return new Map(
    compositions.alive.flatMap((composed) => {
      const { context, isEmpty, operation, tasks } = composed;
      if (endsAtOnce(fileOf(context), composed))
        return [[operation, obstacle("completion-at-once", operation.nameNode)] as const];
      if (!isEmpty && !tasks.some((task) => atOnce.has(task))) return [];
      const file = fileOf(context);
      const decision = file.decisions.get(operation)!;
      const seen =
        decision.isApart || hasOthersBehind(file, compositions, operation)
          ? obstacle("completion-at-once", operation.nameNode)
          : seenAtOnce(reach, file, operation);
      return seen === null ? [] : [[operation, seen] as const];
    }),
  );
}

/** Whether functions that are started for an object, one behind the other, may fail at once: the library starts none behind that, and promises all. */
function endsAtOnce({ completions }: FileDecisions, { composition, tasks }: ComposedOperation): boolean {
  const { form, listKind } = composition;
  const isObject = listKind === "object" || composition.tasks.some(({ key }) => key !== null);
  if (form.order !== "together" || !(isObject || form.isStoppedAtOnce === true)) return false;
  return tasks.some((site) => {
    const decision = completions.of(site);
    if (decision.kind === "obstacle") return false;
    return decision.calls.some(
      ({ call, isDeferred, outcome }) =>
        outcome.kind === "error" && outcome.isSure && !isDeferred && enclosingOf(call) === site.fn,
    );
  });
}

/** Whether a call stands in a function that a library calls beside others, which start behind what it does at once. */
function hasOthersBehind({ hosts }: FileDecisions, compositions: Compositions, { call }: DescribedOperation): boolean {
  const host = hosts.of(call);
  return compositions.alive.some(
    ({ composition: { form }, tasks }) => form.order === "together" && tasks.some(({ fn }) => fn === host),
  );
}

function obstacleTo(file: FileDecisions, { composition, operation }: ComposedOperation): Obstacle | null {
  const own = file.decisions.get(operation)?.stop ?? null;
  if (own !== null) return asObstacle(own, operation);
  const unlike =
    composition.form.isHandedOn === true ? unlikeAnswers(file, composition) : unfitAnswers(file, composition);
  return unlike === null ? null : obstacle("answers-not-taken", unlike);
}

function obstacleInTask(file: FileDecisions, site: CompletionSite, awaited: readonly AwaitDecision[]): Obstacle | null {
  const decision = file.completions.of(site);
  if (decision.kind === "obstacle") return decision;
  for (const [operation, { stop }] of file.decisions)
    if (stop !== null && file.hosts.of(operation.call) === site.fn) {
      const found = asObstacle(stop, operation);
      return { ...found, name: found.name ?? operation.name };
    }
  return obstacleInOutcome(file.completions, site, decision, awaited);
}

/** What keeps an operation as it is, be it a function around it that stays. */
function asObstacle(stop: Stop, { nameNode }: DescribedOperation): Obstacle {
  return isKeeper(stop) ? obstacle("completion-kept", nameNode, stop.name) : stop;
}

function awaitsIn({ decisions }: FileDecisions): AwaitDecision[] {
  return [...decisions.values()].flatMap(({ decision }) => (decision.kind === "await" ? [decision] : []));
}

/**
 * Whether a file, or a function, goes on behind a call that may call back at once: where there is nothing to go through, or where functions that stay
 * do so.
 */
export function mayBeSeenAtOnce(
  reach: Reach,
  file: FileDecisions,
  compositions: Compositions,
  { composition, operation }: ComposedOperation,
): boolean {
  const { list, tasks } = composition;
  const isAsked = composition.form.test?.isBehind === false;
  const mayBeEmpty = isAsked || (list !== null && !/^(?:Array|Object)Expression$/.test(unwrap(list).type));
  if (!mayBeEmpty && !tasks.some(isStaying)) return false;
  const decision = file.decisions.get(operation);
  const host = file.hosts.of(operation.call);
  return (
    decision?.isApart === true ||
    hasOthersBehind(file, compositions, operation) ||
    (isFunction(host) && isSeenBehind(reach, host))
  );
}
