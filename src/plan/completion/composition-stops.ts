import { enclosingOf, isFunction, type Enclosing } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { Composition } from "../../recognize/compositions/composition.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import type { CompletionDecision } from "../decide/completion.ts";
import { obstacle, type AwaitDecision, type Obstacle } from "../decide/decision.ts";
import { isSeenBehind, seenAtOnce } from "./called-at-once.ts";
import type { ComposedOperation, Compositions } from "./compositions.ts";
import { isKeeper, type FileDecisions, type Stop } from "./file-decisions.ts";
import { obstacleInOutcome } from "./outcome-stops.ts";

/** What keeps calls of libraries as they are, now that all is decided: in themselves, or in what they call. */
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
    compositions.alive.flatMap(({ context, isEmpty, operation, tasks }) => {
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

/** Whether a call stands in a function that a library calls beside others, which start behind what it does at once. */
function hasOthersBehind({ hosts }: FileDecisions, compositions: Compositions, { call }: DescribedOperation): boolean {
  const host = hosts.of(call);
  return compositions.alive.some(
    ({ composition: { form }, tasks }) => form.order === "together" && tasks.some(({ fn }) => fn === host),
  );
}

function obstacleTo(file: FileDecisions, { composition, operation, tasks }: ComposedOperation): Obstacle | null {
  const own = file.decisions.get(operation)?.stop ?? null;
  if (own !== null) return asObstacle(own, operation);
  const awaited = awaitsIn(file);
  for (const site of tasks) {
    const stop = obstacleInTask(file, site, awaited);
    if (stop !== null) return { ...stop, name: stop.name ?? site.name };
  }
  const unlike = composition.form.isHandedOn === true ? unlikeAnswers(file, composition) : null;
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

/** How many values each task of a list answers with; `null` where that differs from path to path, or cannot be told. */
export function answerCounts(file: FileDecisions, { tasks }: Composition): readonly (number | null)[] {
  return tasks.map(({ fn, parameter }) => {
    // A promise always gives one, be it undefined.
    if (parameter === null) return 1;
    const site = file.sites.find((each) => each.fn === fn);
    const decision = site === undefined ? null : file.completions.of(site);
    return decision?.kind === "completion" ? countOf(decision) : null;
  });
}

function countOf({ calls, passedOn }: CompletionDecision): number | null {
  const counts = new Set<number>();
  for (const { call, outcome, place } of calls) {
    if (outcome.kind === "done") counts.add(0);
    // What hands on an outcome, and does nothing else, may tell an error or an answer.
    if (outcome.kind === "error" && !outcome.isSure && isAllOf(enclosingOf(place), place))
      counts.add(outcome.value === null ? 0 : 1);
    if (outcome.kind !== "answer") continue;
    counts.add(outcome.last === undefined ? (outcome.value === null ? 0 : 1) : call.arguments.length - 1);
  }
  for (const { form } of passedOn) counts.add(form.outcome.filter(({ role }) => role === "value").length);
  const [count] = counts;
  // What only fails answers with anything.
  return counts.size === 1 ? count! : null;
}

/** A task that does not take what the one before it answers, or one whose answers the callback would not take. */
function unlikeAnswers(file: FileDecisions, composition: Composition): TSESTree.Node | null {
  const counts = answerCounts(file, composition);
  const { tasks } = composition;
  for (const [index, { fn, given, parameter }] of tasks.entries()) {
    const before = index === 0 ? 0 : counts[index - 1];
    const taken = fn.params.length - (parameter === null ? 0 : 1);
    if (before !== taken) return given;
  }
  const last = counts.at(-1);
  return last === undefined || last === null || last > 1 ? (tasks.at(-1)?.given ?? null) : null;
}

/** Whether a file, or a function, goes on behind a call that calls back at once where there is nothing to go through. */
export function mayBeSeenEmpty(
  reach: Reach,
  file: FileDecisions,
  compositions: Compositions,
  { composition, operation }: ComposedOperation,
): boolean {
  const { list } = composition;
  if (list === null || /^(?:Array|Object)Expression$/.test(unwrap(list).type)) return false;
  const decision = file.decisions.get(operation);
  const host = file.hosts.of(operation.call);
  return (
    decision?.isApart === true ||
    hasOthersBehind(file, compositions, operation) ||
    (isFunction(host) && isSeenBehind(reach, host))
  );
}

/** Whether a statement, or an expression, is all of a function's code, but for what only leaves behind it. */
function isAllOf(fn: Enclosing, place: TSESTree.Node): boolean {
  if (!isFunction(fn) || fn.body === place) return isFunction(fn);
  return fn.body.type === "BlockStatement" && fn.body.body[0] === place;
}
