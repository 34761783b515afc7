import { contains, tryAround } from "../../ast/flow.ts";
import { enclosingOf, isFunction, type Enclosing } from "../../ast/functions.ts";
import { meetingOf } from "../../ast/meetings.ts";
import { waysOut, type Step } from "../../ast/paths.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { callsWithoutReturn } from "../begin-end/no-return.ts";
import type { Context } from "../context.ts";
import { completionUsesOf, type CompletionUse, type CompletionUses } from "./completion-uses.ts";
import type { CompletionFault } from "./completion-fault.ts";
import { unansweredPathsOf } from "./unanswered-paths.ts";

/** The completion parameters of a file that are called twice on a path, or on some path never; in source order. */
export function completionFaultsOf(context: Context): readonly CompletionFault[] {
  return completionUsesOf(context)
    .flatMap((uses) => [...repeatedCallsOf(context, uses), ...unansweredPathsOf(context, uses)])
    .sort((one, other) => one.node.range[0] - other.node.range[0]);
}

function repeatedCallsOf(context: Context, uses: CompletionUses): CompletionFault[] {
  const byUnit = new Map<Enclosing, CompletionUse[]>();
  for (const use of uses.calls) {
    const unit = enclosingOf(use.call);
    const list = byUnit.get(unit);
    if (list === undefined) byUnit.set(unit, [use]);
    else list.push(use);
  }
  return [...byUnit].flatMap(([unit, own]) => [
    ...meetingsIn(context, unit, uses, own),
    ...caughtIn(context.source, unit, uses, own),
  ]);
}

/** Calls in one function that come one after the other on every path from, or to, one of them. */
function meetingsIn(
  context: Context,
  unit: Enclosing,
  { calledBy, name }: CompletionUses,
  own: readonly CompletionUse[],
): CompletionFault[] {
  if (own.length < 2 && !isInLoop(own[0]!.call, unit)) return [];
  const ends = callsWithoutReturn(context, unit);
  const all = new Set<TSESTree.Node>(own.map(({ call }) => call));
  const faults: CompletionFault[] = [];
  const told = new Set<TSESTree.Node>();
  const sayOf = new Map<TSESTree.Node, CompletionUse["says"]>(own.map(({ call, says }) => [call, says]));
  // What is given one value after the other, whatever comes, may be meant for several.
  const isSeries = (one: TSESTree.CallExpression, other: TSESTree.CallExpression): boolean =>
    calledBy === "project" &&
    [one, other].every((call) => sayOf.get(call) === "answer" && call.arguments.length > 1) &&
    meetingOf(context.source, unit, { earlier: new Set([one]), later: new Set([other]), ends, countsThrown: false })
      .isLed;
  for (const { call } of own) {
    const { isFollowed, reached } = meetingOf(context.source, unit, {
      earlier: new Set([call]),
      later: all,
      ends,
      countsThrown: false,
    });
    const other = own.find((use) => reached.has(use.call))?.call;
    if (!isFollowed || other === undefined || isSeries(call, other)) continue;
    for (const node of reached) told.add(node);
    faults.push({ kind: "again", node: call, name, other });
  }
  for (const { call } of own) {
    if (told.has(call)) continue;
    const others = new Set([...all].filter((each) => each !== call));
    if (!meetingOf(context.source, unit, { earlier: others, later: new Set([call]), ends, countsThrown: false }).isLed)
      continue;
    const other = own.findLast((use) => use.call.range[1] <= call.range[0])?.call;
    if (other !== undefined && !isSeries(other, call)) faults.push({ kind: "already", node: call, name, other });
  }
  return faults;
}

function isInLoop(call: TSESTree.Node, unit: Enclosing): boolean {
  for (let current = call.parent; current && current !== unit; current = current.parent)
    if (/^(?:While|DoWhile|For|ForIn|ForOf)Statement$/.test(current.type)) return true;
  return false;
}

type Thrown = "none" | "thrown" | "again";

/** Calls in a `try` whose handler, entered by what they throw, calls again whatever happens; of each `try` the first. */
function caughtIn(
  source: Source,
  unit: Enclosing,
  { calledBy, calls, name }: CompletionUses,
  own: readonly CompletionUse[],
): CompletionFault[] {
  // A host's callback throws nothing. Nor does what is only told that a test is done.
  if (calledBy !== "project" || isOnlyTold(name, calls) || !isFunction(unit)) return [];
  const tries = new Set<TSESTree.Node>();
  return own.flatMap(({ call }): CompletionFault[] => {
    const around = tryAround(call);
    if (around === null || tries.has(around)) return [];
    let other: TSESTree.CallExpression | null = null;
    const step = (event: TSESTree.Node, state: Thrown): Step<Thrown> => {
      if (event === call && state === "none") return { next: null, thrown: "thrown" };
      if (state === "thrown" && contains(around.handler!, event)) other ??= event as TSESTree.CallExpression;
      const next = state === "thrown" ? "again" : state;
      return { next, thrown: next };
    };
    const events = new Set<TSESTree.Node>(own.map((use) => use.call));
    const exits = waysOut<Thrown>(source, unit, { initial: "none", events, step, doubt: "everyPath" });
    if (other === null || exits.some(({ state }) => state === "thrown")) return [];
    tries.add(around);
    return [{ kind: "caught", node: call, name, other }];
  });
}

/** Whether a parameter is called as a test's is: with an error, or with nothing. */
function isOnlyTold(name: string, calls: readonly CompletionUse[]): boolean {
  return /done/i.test(name) && calls.every(({ call }) => call.arguments.length < 2);
}
