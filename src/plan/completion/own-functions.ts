import { contains } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import type { TSESTree } from "../../ast/source.ts";
import {
  isCompletionSite,
  type CallbackSite,
  type CompletionSite,
} from "../../recognize/completion/completion-sites.ts";
import type { HostedFunction } from "../../recognize/completion/hosted-functions.ts";
import type { Context } from "../../recognize/context.ts";
import { groupBy } from "../../recognize/group-by.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import { mayThrow } from "../async/thrown-errors.ts";
import { signalsOf } from "../decide/completion-signals.ts";
import { obstacle, type AwaitDecision } from "../decide/decision.ts";
import { chainAround } from "../decide/promise-chains.ts";
import { absentCallbackOf, isAbsent } from "./absent-callbacks.ts";
import { Answers } from "./answers.ts";
import { callsAtOnce, seenAtOnce } from "./called-at-once.ts";
import { seenCompositions, stayingTasks, stoppedCompositions } from "./composition-stops.ts";
import { Compositions } from "./compositions.ts";
import { decideFile, isKeeper, type FileDecisions, type Stop } from "./file-decisions.ts";
import { unsureAt } from "./stand-ins.ts";
import { ownCallsOf } from "./own-calls.ts";
import { obstacleInOutcome } from "./outcome-stops.ts";
import { promisedSignature, type PromisedSignature } from "./promised-signature.ts";

/** A function of the project that does without its completion parameter, with all of its calls. */
export interface OwnFunction {
  readonly site: CompletionSite;
  readonly calls: readonly DescribedOperation[];
  /** The operations in it on which its outcome depends. */
  readonly needed: readonly DescribedOperation[];
  readonly signature: PromisedSignature;
}

/** What was decided about some files. */
export interface Round {
  readonly files: readonly FileDecisions[];
  readonly compositions: Compositions;
  readonly own: readonly OwnFunction[];
  /** The functions that may call back before they return. */
  readonly atOnce: ReadonlySet<CompletionSite>;
  /** The project's functions that stay as they are, and why. */
  readonly stopped: ReadonlyMap<CompletionSite, Stop>;
}

/**
 * Decides files together. A function of the project changes only if each of its calls can be awaited, and all in it on which its outcome depends;
 * one that stays is no operation for those that call it, so that they are decided again.
 *
 * @param left functions of the project that are to stay, whatever is decided
 * @param held starts that nothing can be awaited at
 */
export function decideFiles(
  reach: Reach,
  sites: ReadonlyMap<Context, readonly CallbackSite[]>,
  left: ReadonlySet<CompletionSite>,
  held: ReadonlySet<TSESTree.CallExpression>,
): Round {
  const stopped = new Map<CompletionSite, Stop>();
  const alive = new Map<CompletionSite, readonly DescribedOperation[]>();
  for (const site of [...sites.values()].flat()) {
    if (!isCompletionSite(site) || site.host !== null || left.has(site)) continue;
    const calls = ownCallsOf(reach, site);
    if ("kind" in calls) stopped.set(site, calls);
    else alive.set(site, calls);
  }
  const compositions = new Compositions(sites);
  for (;;) {
    const files = decideAll(reach, sites, alive, compositions, held);
    if (stopsCompositions(reach, files, alive, compositions)) continue;
    const found = stoppedIn(reach, files, alive, compositions);
    if (found.size === 0) {
      const answers = answersIn(reach, files, alive);
      const own = Array.from(alive, ([site, calls]) => ({
        site,
        calls,
        needed: neededFor(fileOf(files, reach, site), site),
        signature: promisedSignature(reach.contextOf(site.fn), site, answers.of(site)) as PromisedSignature,
      }));
      return {
        files: [...files.values()],
        own,
        stopped,
        compositions,
        atOnce: atOnceIn(reach, files, alive, compositions),
      };
    }
    for (const [site, stop] of found) {
      stopped.set(site, stop);
      alive.delete(site);
    }
  }
}

type Files = ReadonlyMap<Context, FileDecisions>;
type Alive = ReadonlyMap<CompletionSite, readonly DescribedOperation[]>;

function fileOf(files: Files, reach: Reach, { fn }: CompletionSite): FileDecisions {
  return files.get(reach.contextOf(fn))!;
}

function decideAll(
  reach: Reach,
  sites: ReadonlyMap<Context, readonly CallbackSite[]>,
  alive: Alive,
  compositions: Compositions,
  held: ReadonlySet<TSESTree.CallExpression>,
): Files {
  const called = groupBy([...alive.values()].flat(), ({ call }) => reach.contextOf(call));
  const contexts = new Set([...sites.keys(), ...called.keys()]);
  return new Map(
    Array.from(contexts, (context) => {
      const all = sites.get(context) ?? [];
      const absent = all.flatMap((site) =>
        isCompletionSite(site) && alive.has(site) ? absentCallbackOf(context.source, site).gone : [],
      );
      const described = all.filter((site): site is DescribedOperation => !isCompletionSite(site));
      const present = described.filter(({ call }) => !isAbsent({ gone: absent }, call));
      const operations = [...present, ...(called.get(context) ?? [])].sort((a, b) => a.call.range[0] - b.call.range[0]);
      const completing = all.filter(isCompletionSite);
      const isTakenUp = (site: CompletionSite): boolean =>
        site.host === null ? alive.has(site) : isConcerned(context, site, site.host, operations, compositions);
      const [taken, kept] = [completing.filter(isTakenUp), completing.filter((site) => !isTakenUp(site))];
      return [context, decideFile(reach, context, operations, taken, kept, compositions, held)] as const;
    }),
  );
}

/** Whether a host's function is taken up: a test in which nothing can be awaited stays as it is. */
function isConcerned(
  context: Context,
  site: CompletionSite,
  { calledBy, fn }: HostedFunction,
  operations: readonly DescribedOperation[],
  compositions: Compositions,
): boolean {
  if (calledBy === "library") return compositions.isTask(fn);
  return (
    calledBy === "host" ||
    operations.some(({ call }) => contains(fn, call)) ||
    signalsOf(context, site).some(({ at, named }) => chainAround(at?.call ?? named) !== null)
  );
}

/** The functions that cannot change as things are, and why. */
function stoppedIn(reach: Reach, files: Files, alive: Alive, compositions: Compositions): Map<CompletionSite, Stop> {
  const stopped = new Map<CompletionSite, Stop>();
  const answers = answersIn(reach, files, alive);
  for (const [site, calls] of alive) {
    const stop = obstacleTo(reach, files, site, calls) ?? obstacleInTypes(reach, site, answers);
    if (stop !== null) stopped.set(site, stop);
  }
  if (stopped.size > 0) return stopped;
  const atOnce = atOnceIn(reach, files, alive, compositions);
  for (const [site, calls] of alive) {
    if (!atOnce.has(site)) continue;
    const seen = calls
      .map((call) => seenAtOnce(reach, files.get(reach.contextOf(call.call))!, call))
      .find((each) => each !== null);
    if (seen !== undefined) stopped.set(site, seen);
  }
  return stopped;
}

/** The functions that may call back before they return, those among them that libraries call. */
function atOnceIn(reach: Reach, files: Files, alive: Alive, compositions: Compositions): ReadonlySet<CompletionSite> {
  const composed = compositions.alive;
  const called = composed.flatMap(({ tasks }) => tasks.map((site) => ({ site, calls: [] })));
  const own = Array.from(alive, ([site, calls]) => ({ site, calls }));
  return callsAtOnce(
    [...own, ...called].map((each) => ({ ...each, file: fileOf(files, reach, each.site) })),
    composed,
  );
}

/** Takes those calls of libraries out that stay, and lets functions that they call stay. @returns whether there are any */
function stopsCompositions(reach: Reach, files: Files, alive: Alive, compositions: Compositions): boolean {
  const fileIn = (context: Context): FileDecisions => files.get(context)!;
  const staying = stayingTasks(fileIn, compositions);
  for (const { operation, site } of staying) compositions.wrap(operation, site);
  if (staying.length > 0) return true;
  const stopped = stoppedCompositions(fileIn, compositions);
  const found =
    stopped.size > 0
      ? stopped
      : seenCompositions(reach, fileIn, compositions, atOnceIn(reach, files, alive, compositions));
  for (const [operation, stop] of found) compositions.stop(operation, stop);
  return found.size > 0;
}

function obstacleTo(
  reach: Reach,
  files: Files,
  site: CompletionSite,
  calls: readonly DescribedOperation[],
): Stop | null {
  const file = fileOf(files, reach, site);
  const decision = file.completions.of(site);
  if (decision.kind === "obstacle") return unsureAt(file.unsure, decision.place) ?? decision;
  for (const call of calls) {
    const stop = files.get(reach.contextOf(call.call))!.decisions.get(call)?.stop;
    if (stop != null) return stop;
  }
  for (const operation of neededFor(file, site)) {
    const stop = file.decisions.get(operation)?.stop;
    if (stop != null) return isKeeper(stop) ? stop : { name: operation.name, ...stop };
  }
  const untold = obstacleInOutcome(file.completions, site, decision, awaitedIn(file));
  if (untold !== null) return untold;
  return mayThrow(reach, site.fn) ? obstacle("throws-at-once", site.nameNode) : null;
}

/** What is written of a function's type, and cannot be said of a promise. */
function obstacleInTypes(reach: Reach, site: CompletionSite, answers: Answers): Stop | null {
  const signature = promisedSignature(reach.contextOf(site.fn), site, answers.of(site));
  return "type" in signature ? obstacle("completion-parameter", signature) : null;
}

function answersIn(reach: Reach, files: Files, alive: Alive): Answers {
  const ownerOf = new Map(Array.from(alive, ([site, calls]) => calls.map((call) => [call, site] as const)).flat());
  return new Answers((site) => {
    const { byCallback, completions, context } = fileOf(files, reach, site);
    const decision = completions.of(site);
    return decision.kind === "obstacle" ? null : { context, decision, byCallback };
  }, ownerOf);
}

function awaitedIn({ decisions }: FileDecisions): AwaitDecision[] {
  return [...decisions.values()].flatMap(({ decision }) => (decision.kind === "await" ? [decision] : []));
}

/** The operations that come before what a function tells its completion parameter, and those that it is given to. */
function neededFor({ byCallback, completions }: FileDecisions, site: CompletionSite): DescribedOperation[] {
  const needed = new Set<DescribedOperation>();
  const addAround = (node: TSESTree.Node): void => {
    for (let unit = enclosingOf(node); isFunction(unit) && unit !== site.fn;) {
      const operation = byCallback.get(unit);
      if (operation === undefined) return;
      needed.add(operation);
      unit = enclosingOf(operation.call);
    }
  };
  for (const place of completions.placesOf(site)) addAround(place);
  const decision = completions.of(site);
  if (decision.kind === "completion") for (const operation of decision.passedOn) needed.add(operation);
  return [...needed];
}
