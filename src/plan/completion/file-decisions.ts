import { enclosingOf, isFunction } from "../../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { hostedFunctionsOf } from "../../recognize/completion/hosted-functions.ts";
import { named, type CompletionSite } from "../../recognize/completion/completion-sites.ts";
import { isCalledByName } from "../../recognize/completion/own-functions.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import { mayThrow } from "../async/thrown-errors.ts";
import { decideCounted } from "../counted/counted-decision.ts";
import { isInCode as isInLoop } from "../repeats/repeats.ts";
import { beginningAgain, decideRepeat, operationsOf } from "../repeats/repeat-decision.ts";
import { decideAwait } from "../decide/await-callback.ts";
import { CallbackHosts } from "../decide/callback-hosts.ts";
import { mayContinueApart, mustContinueApart } from "../decide/continuations.ts";
import { obstacle, type AwaitDecision, type Obstacle } from "../decide/decision.ts";
import { functionsAround, takesCompletion, tellsFor } from "../decide/keepers.ts";
import { Completions } from "./completions.ts";
import type { Compositions } from "./compositions.ts";
import { StandIns, unsureAt, type Unsure } from "./stand-ins.ts";

/** What was decided about an operation, and what stops it: in itself, or in the function around it. */
export interface Decided {
  readonly decision: AwaitDecision | Obstacle;
  /** Whether its code may follow in a function of its own. */
  readonly isFree: boolean;
  /** Whether it does. */
  readonly isApart: boolean;
  readonly stop: Stop | null;
}

/** What keeps something as it is: what is in its way, or a function that stays and with which it does. */
export type Stop = Obstacle | CompletionSite;

/** Whether it is a function that stays. */
export function isKeeper(stop: Stop): stop is CompletionSite {
  return "fn" in stop;
}

/** What was decided about the operations and the completion parameters of a file, each by itself. */
export interface FileDecisions {
  readonly context: Context;
  readonly operations: readonly DescribedOperation[];
  readonly sites: readonly CompletionSite[];
  readonly hosts: CallbackHosts;
  readonly completions: Completions;
  readonly decisions: ReadonlyMap<DescribedOperation, Decided>;
  /** The operations by what they call back. */
  readonly byCallback: ReadonlyMap<FunctionNode, DescribedOperation>;
  /** What stands for several operations that are awaited as one. */
  readonly standIns: StandIns;
  /** Why others are not. */
  readonly unsure: readonly Unsure[];
}

/**
 * Decides the operations of a file, and the functions that are called with a completion parameter.
 *
 * @param sites the functions that are taken up
 * @param kept others of the file, which stay
 * @param compositions the calls of libraries that call functions
 * @param held starts that nothing can be awaited at, so that the code called back follows in a function of its own where it may
 */
export function decideFile(
  reach: Reach,
  context: Context,
  operations: readonly DescribedOperation[],
  sites: readonly CompletionSite[],
  kept: readonly CompletionSite[],
  compositions: Compositions,
  held: ReadonlySet<TSESTree.CallExpression>,
): FileDecisions {
  const byCallback = new Map(
    operations.flatMap((operation) =>
      operation.callbacks.flatMap((each) => (each.kind === "function" ? [[each.fn, operation] as const] : [])),
    ),
  );
  const unsure: Unsure[] = [];
  const hosts = sites.map(({ fn }) => fn);
  for (let standIns = StandIns.of(context, hosts, operations, byCallback); ;) {
    const file = decideWith(reach, context, operations, sites, kept, compositions, held, byCallback, standIns);
    const stopped = standIns.wholes.find((operation) => file.decisions.get(operation)!.stop !== null);
    if (stopped === undefined) return withReasons(file, [...unsure, ...standIns.unsure]);
    const { decision } = file.decisions.get(stopped)!;
    if (decision.kind === "obstacle") unsure.push({ fns: standIns.codeOf(stopped), stop: decision });
    standIns = standIns.without(stopped);
  }
}

/** What was decided, with the reason why operations cannot be awaited as one where they cannot be awaited by themselves either. */
function withReasons(file: FileDecisions, unsure: readonly Unsure[]): FileDecisions {
  if (unsure.length === 0) return file;
  const decisions = new Map(
    Array.from(file.decisions, ([operation, decided]) => {
      const isOwn = decided.decision.kind === "obstacle";
      const reason = isOwn ? unsureAt(unsure, operation.callbacks[0]?.argument ?? operation.call) : null;
      return [operation, reason === null ? decided : { ...decided, stop: reason }];
    }),
  );
  return { ...file, decisions, unsure };
}

function decideWith(
  reach: Reach,
  context: Context,
  own: readonly DescribedOperation[],
  sites: readonly CompletionSite[],
  kept: readonly CompletionSite[],
  compositions: Compositions,
  held: ReadonlySet<TSESTree.CallExpression>,
  given: ReadonlyMap<FunctionNode, DescribedOperation>,
  standIns: StandIns,
): FileDecisions {
  const { joins: counted, repeats } = standIns;
  const operations = [...own, ...standIns.operations];
  const joins = new Map(counted.flatMap((join) => [...join.members].map((each) => [each, join] as const)));
  const byCallback = new Map([...given, ...standIns.functions]);
  const callbacks = new Set(byCallback.keys());
  const hosted = new Map<FunctionNode, unknown>(
    [...hostedFunctionsOf(context)].filter(([fn, { calledBy }]) => calledBy !== "library" || compositions.isTask(fn)),
  );
  const taken = new Set(sites.map(({ fn }) => fn));
  const keeps = (fn: FunctionNode): boolean => !taken.has(fn) && takesCompletion(context.source, fn);
  const isFree = (operation: DescribedOperation, told: Iterable<DescribedOperation> = [operation]): boolean =>
    mayContinueApart(context, operation, hosted) &&
    functionsAround(operation.call).every((fn) => ![...told].some((each) => tellsFor(context.source, fn, each)));
  const free = new Set([
    ...own.filter((operation) => !joins.has(operation) && isFree(operation)),
    ...counted.filter((join) => isFree(join.operation, join.members)).map(({ operation }) => operation),
  ]);
  const apart = new Set(
    [...free].filter(
      (operation) => held.has(operation.call) || mustContinueApart(reach, context, operation, callbacks, keeps),
    ),
  );
  const moving = [...byCallback].filter(([, operation]) => !apart.has(operation));
  const hosts = new CallbackHosts(new Map(moving.map(([fn, { call }]) => [fn, call] as const)));
  // What the calls of a completion parameter come to do is known before that which they stand in is divided.
  const completions = new Completions(reach, sites, operations, hosts);
  const completing = beginningAgain(completions, repeats);
  const starts = new Set(counted.flatMap((join) => join.starts.operations.map(({ operation }) => operation)));
  const alone = new Map(
    own.map((operation) => {
      const isApart = apart.has(operation);
      const isAsserted = !isApart && completions.takesThrown(hosts.of(operation.call));
      const mayKeepError = free.has(joins.get(operation)?.operation ?? operation) || isAsserted;
      const place = isApart ? "apart" : starts.has(operation) ? "joined" : "here";
      const decision =
        compositions.stopOf(operation) ??
        decideAwait(context, operation, completing, place, {
          isAsserted,
          mayKeepError,
          flags: joins.get(operation)?.flags,
        });
      return [operation, decision] as const;
    }),
  );
  const decided = new Map<DescribedOperation, AwaitDecision | Obstacle>(alone);
  for (const repeat of repeats) {
    const found = decideRepeat(context.source, repeat, own);
    for (const operation of own) {
      const decision = alone.get(operation)!;
      const isIn = decision.kind === "await" && !decision.isApart && isInLoop(operation.call, repeat.fn, given);
      if (isIn && !joins.has(operation)) decided.set(operation, { ...decision, leave: "continue" });
    }
    if ("kind" in found) for (const each of operationsOf(repeat)) decided.set(each, found);
    else for (const [operation, decision] of found) decided.set(operation, decision);
  }
  for (const join of counted) {
    const host = hosts.of(join.operation.call);
    const file = {
      ...{ context, reach, operations: own, calls: completions.calls, passedOn: completions.passedOn },
      isInFunction: host !== null && isFunction(host),
    };
    const found = decideCounted(file, join, alone, apart.has(join.operation));
    decided.set(join.operation, found.kind === "obstacle" ? found : found.whole);
    if (found.kind === "counted") for (const each of found.members) decided.set(each.operation, each);
  }
  const decisions = new Map(
    operations.map((operation) => {
      const isApart = apart.has(operation);
      const decision = decided.get(operation)!;
      const unit = enclosingOf(operation.call);
      // What is one of several is awaited where all of them are.
      const isNested = starts.has(operation) || (isFunction(unit) && byCallback.has(unit));
      const stop =
        decision.kind === "obstacle"
          ? decision
          : (obstacleAround(reach, decision, isNested, hosts, completions) ??
            keeperAround(context, decision, hosts, completions, [...sites, ...kept]));
      return [operation, { decision, isFree: free.has(operation), isApart, stop }] as const;
    }),
  );
  return { context, operations, sites, hosts, completions, decisions, byCallback, standIns, unsure: [] };
}

/** A function around an operation that keeps the callback by which it says that it is done, where the operation would let it do so as an async one. */
function keeperAround(
  context: Context,
  { isApart, operation }: AwaitDecision,
  hosts: CallbackHosts,
  completions: Completions,
  kept: readonly CompletionSite[],
): Stop | null {
  const { source } = context;
  const host = isApart ? null : hosts.of(operation.call);
  for (const fn of functionsAround(operation.call)) {
    if (completions.mayChange(fn)) continue;
    const site = kept.find((each) => each.fn === fn) ?? null;
    const isConcerned = tellsFor(source, fn, operation) || (fn === host && !fn.async && takesCompletion(source, fn));
    if (!isConcerned) continue;
    if (site !== null) return site;
    if (isCalledByName(source, fn)) return obstacle("completion-kept", operation.nameNode, named(context, fn).name);
  }
  return null;
}

/** What in the function around a start, or around all the callbacks that it stands in, keeps it from being awaited there. */
function obstacleAround(
  reach: Reach,
  decision: AwaitDecision,
  isNested: boolean,
  hosts: CallbackHosts,
  completions: Completions,
): Obstacle | null {
  const { nameNode } = decision.operation;
  const host = hosts.of(decision.operation.call);
  if (host === null) return obstacle("callback-shared", nameNode);
  if (decision.isApart) return null;
  if (isNested || !isFunction(host)) return null;
  if (host.async) return completions.isAwaited(host) ? null : obstacle("callers-would-wait", nameNode);
  // A host takes an error that a function throws, and one with which it rejects, for the same.
  return !completions.has(host) && mayThrow(reach, host) ? obstacle("throws-at-once", host) : null;
}
