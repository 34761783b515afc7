import { contains, isUnconditionalWithin, loopAround } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { calleeOf, lastSegment, unwrap, wrapped } from "../../ast/names.ts";
import { variableOf, writesOf } from "../../ast/scopes.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { EXCLUSIVE_TYPES, UNMISTAKABLE_STARTERS } from "../../dialects/eap.ts";
import { typeNameOf } from "../annotations.ts";
import type { Context } from "../context.ts";
import { outlives } from "./event-objects.ts";
import { eventOperationsOf, handlerOf } from "./event-operations.ts";
import { pendingStates } from "./event-pending.ts";
import { loopOver } from "./event-repeats.ts";
import { isSameKey, userStateOf } from "./event-user-state.ts";
import type { ControlCall } from "./control-call.ts";
import type { EventOperation } from "./event-operation.ts";

/** A start of an operation while the same one is pending on the same object. */
export interface Overlap {
  readonly operation: EventOperation;
  readonly starter: ControlCall;
  /** The start that is pending; `null` where it is this one, in another round of a loop. */
  readonly earlier: ControlCall | null;
  readonly reason:
    /** Objects of this type run one operation at a time. */
    | { readonly kind: "exclusive"; readonly type: string }
    /** The handler does not ask which operation it is called for. */
    | { readonly kind: "indistinct" }
    /** It does, but both have the same key. */
    | { readonly kind: "sameKey"; readonly key: string };
}

const found = new WeakMap<Context, readonly Overlap[]>();

/** The starts of a file that overlap with a pending one, in source order. */
export function overlapsOf(context: Context): readonly Overlap[] {
  let known = found.get(context);
  if (known === undefined) {
    const byCall = new Map<TSESTree.Node, Overlap>();
    for (const operation of eventOperationsOf(context)) {
      for (const overlap of overlaps(context, operation))
        if (!byCall.has(overlap.starter.call)) byCall.set(overlap.starter.call, overlap);
    }
    known = [...byCall.values()].sort((a, b) => a.starter.call.range[0] - b.starter.call.range[0]);
    found.set(context, known);
  }
  return known;
}

function overlaps(context: Context, operation: EventOperation): Overlap[] {
  const units = new Set(operation.starters.map(({ call }) => enclosingOf(call)));
  return [...units].flatMap((unit) => {
    const here = operation.starters.filter(({ call }) => enclosingOf(call) === unit);
    // One start outside of loops is reached once.
    const mayMeet = here.length > 1 || loopAround(here[0]!.call) !== null;
    const states = mayMeet ? pendingStates(context, unit, operation) : null;
    return here.flatMap((starter): Overlap[] => {
      const reached = states?.get(starter.call) ?? new Set();
      const earlier =
        here.filter(({ call, name }) => name === starter.name && call.range[1] <= starter.call.range[0]).at(-1) ?? null;
      // Every path to it has started one; or the rounds of a loop do.
      const isAgain = earlier !== null && reached.size === 1 && reached.has("pending");
      const around = isAgain ? null : repeatedIn(context, starter, reached.has("pending"));
      if (!isAgain && around === null) return [];
      const reason = reasonOf(context, operation, starter, isAgain ? earlier : null, around);
      return reason === null ? [] : [{ operation, starter, earlier: isAgain ? earlier : null, reason }];
    });
  });
}

/** The loop, or the function that is called for each element, in each of whose rounds a start is made on one object; `null` where it is not. */
function repeatedIn(context: Context, { call, object }: ControlCall, comesRound: boolean): TSESTree.Node | null {
  const loop = loopOver(context, call, object);
  if (loop !== null)
    return comesRound && "body" in loop && isUnconditionalWithin(call, loop.body as TSESTree.Node) ? loop : null;
  const fn = enclosingOf(call);
  if (!isFunction(fn) || fn.async || fn.generator) return null;
  const each = wrapped(fn).parent;
  const isEach =
    each?.type === "CallExpression" &&
    each.callee !== fn &&
    /^(?:forEach|ForEach|map)$/.test(calleeOf(each)?.name ?? "");
  return isEach && outlives(context, object, fn) && (fn.body === unwrap(call) || isUnconditionalWithin(call, fn.body))
    ? fn
    : null;
}

function reasonOf(
  context: Context,
  operation: EventOperation,
  starter: ControlCall,
  earlier: ControlCall | null,
  around: TSESTree.Node | null,
): Overlap["reason"] | null {
  const type = lastSegment(typeNameOf(context, starter.object) ?? "");
  if (EXCLUSIVE_TYPES.has(type)) return { kind: "exclusive", type };
  if (UNMISTAKABLE_STARTERS.has(starter.name)) return { kind: "exclusive", type: "BackgroundWorker" };
  const handlers = operation.subscriptions.map((subscription) => handlerOf(context, subscription));
  const reads = handlers.flatMap((handler) => handler?.reads ?? []);
  // A handler out of sight, or one that hands its arguments on, may ask; one that takes no result need not.
  if (handlers.length === 0 || handlers.includes(null) || reads.some(({ role }) => role === "whole")) return null;
  if (!reads.some(({ role }) => role === "state"))
    return reads.some(({ role }) => role === "value") ? { kind: "indistinct" } : null;
  const key = userStateOf(context, operation, starter);
  if (key === null) return null;
  const isSame =
    earlier === null
      ? around !== null && isConstantIn(context, key, around)
      : isSameKey(context, key, earlier.call.arguments.at(-1) ?? null);
  return isSame ? { kind: "sameKey", key: textOf(context.source, key) } : null;
}

/** Whether an argument has one value in all rounds. */
function isConstantIn(context: Context, argument: TSESTree.Node, around: TSESTree.Node): boolean {
  const node = unwrap(argument);
  if (node.type === "Literal" || node.type === "ThisExpression") return true;
  const variable = variableOf(context.source, node);
  return (
    variable !== null &&
    !variable.identifiers.some((identifier) => contains(around, identifier)) &&
    !writesOf(variable).some(({ identifier }) => contains(around, identifier))
  );
}
