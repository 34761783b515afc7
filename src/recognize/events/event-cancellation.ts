import { alwaysLeaves, contains } from "../../ast/flow.ts";
import { enclosingOf, type Enclosing } from "../../ast/functions.ts";
import { isNothing, memberName, unwrap } from "../../ast/names.ts";
import { isSameReference } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../context.ts";
import { assignmentsOf } from "../fields.ts";
import { objectKey } from "./event-objects.ts";
import { eventOperationsOf, handlerOf } from "./event-operations.ts";
import { outcomesOf, type Outcome } from "./event-settling.ts";
import { isSameKey } from "./event-user-state.ts";
import { pendingStates } from "./event-pending.ts";
import type { ControlCall } from "./control-call.ts";
import type { EventOperation } from "./event-operation.ts";

/** A place where code takes an operation for over because it has asked for its cancellation. */
export interface AssumedCancellation {
  readonly operation: EventOperation;
  /** The call that asks. */
  readonly cancel: ControlCall;
  /** The narrow place to report. */
  readonly place: TSESTree.Node;
  readonly kind:
    /** It is started again. */
    | "restarted"
    /** The promise that the handler settles is settled. */
    | "settled"
    /** What the handler resets, and a start asks for, is reset. */
    | "freed";
}

const found = new WeakMap<Context, readonly AssumedCancellation[]>();

/** The places of a file where a cancellation is taken for done, in source order. */
export function assumedCancellationsOf(context: Context): readonly AssumedCancellation[] {
  let known = found.get(context);
  if (known === undefined) {
    const byPlace = new Map<TSESTree.Node, AssumedCancellation>();
    for (const operation of eventOperationsOf(context)) {
      for (const assumed of assumedCancellations(context, operation))
        if (!byPlace.has(assumed.place)) byPlace.set(assumed.place, assumed);
    }
    known = [...byPlace.values()].sort((a, b) => a.place.range[0] - b.place.range[0]);
    found.set(context, known);
  }
  return known;
}

interface Suspect {
  /** What is evaluated on the path. */
  readonly node: TSESTree.Node;
  readonly place: TSESTree.Node;
  readonly kind: AssumedCancellation["kind"];
}

function assumedCancellations(context: Context, operation: EventOperation): AssumedCancellation[] {
  return cancelGroups(operation).flatMap(({ cancels, unit, key }) => {
    const restarts = operation.starters.flatMap(({ call, nameNode }): Suspect[] =>
      enclosingOf(call) === unit && isMeant(context, key, call)
        ? [{ node: call, place: nameNode, kind: "restarted" }]
        : [],
    );
    // With a key, another operation may go on beside the one that is cancelled, and its handler settles or resets for that one.
    const isAlone = operation.starters.every(({ call }) => isMeant(context, key, call));
    const suspects = [...restarts, ...(isAlone ? settlements(context, operation, unit) : [])];
    if (suspects.length === 0) return [];
    const states = pendingStates(
      context,
      unit,
      { ...operation, cancels },
      suspects.map(({ node }) => node),
    );
    return suspects.flatMap(({ kind, node, place }): AssumedCancellation[] => {
      const cancel = cancels.filter(({ call }) => call.range[1] <= node.range[0]).at(-1) ?? cancels[0]!;
      return states.get(node)!.has("cancelling") ? [{ operation, cancel, place, kind }] : [];
    });
  });
}

/** Calls of one piece of code that cancel the same: whatever the object does, or the operation of a key. */
interface CancelGroup {
  readonly unit: Enclosing;
  readonly cancels: readonly ControlCall[];
  readonly key: TSESTree.Expression | null;
}

function cancelGroups({ cancels }: EventOperation): CancelGroup[] {
  const groups = new Map<Enclosing, ControlCall[]>();
  const keyed: CancelGroup[] = [];
  for (const cancel of cancels) {
    const unit = enclosingOf(cancel.call);
    const [key] = cancel.call.arguments;
    if (key === undefined) groups.set(unit, [...(groups.get(unit) ?? []), cancel]);
    else if (key.type !== "SpreadElement" && cancel.call.arguments.length === 1)
      keyed.push({ unit, cancels: [cancel], key });
  }
  return [...[...groups].map(([unit, all]) => ({ unit, cancels: all, key: null })), ...keyed];
}

/** Whether a start is of the operation that is cancelled: it is given the key, which names one value from one call to the other. */
function isMeant(context: Context, key: TSESTree.Expression | null, start: TSESTree.CallExpression): boolean {
  if (key === null) return true;
  const given = start.arguments.length < 2 ? null : start.arguments.at(-1)!;
  if (given === null || isNothing(key)) return false;
  if (isSameKey(context, key, given)) return true;
  const member = unwrap(key);
  if (member.type !== "MemberExpression" || !isSameReference(context.source, member, given)) return false;
  const [first, last] = [key, given].map(({ range }) => range[0]).toSorted((a, b) => a - b) as [number, number];
  return !assignmentsOf(context, memberName(member) ?? "").some(({ range }) => first < range[0] && range[0] < last);
}

/** What a handler of the operation does when it is over, and a piece of code does as well: the promise that is settled, the flag that is reset. */
function settlements(context: Context, operation: EventOperation, unit: Enclosing): Suspect[] {
  return doneByHandlerToo(context, operation, unit).flatMap(({ kind, node }): Suspect[] => {
    if (kind === "settled") return [{ node, place: (node as TSESTree.CallExpression).callee, kind }];
    const { left } = node as TSESTree.AssignmentExpression;
    return isAskedBeforeStart(context, operation, left) ? [{ node, place: left, kind }] : [];
  });
}

function doneByHandlerToo(context: Context, { subscriptions }: EventOperation, unit: Enclosing): readonly Outcome[] {
  const { byTarget, byUnit } = outcomesOf(context);
  const own = byUnit.get(unit);
  if (own === undefined) return [];
  const handlers = subscriptions.flatMap((subscription) => handlerOf(context, subscription)?.fn ?? []);
  const isInHandler = ({ node }: Outcome): boolean => handlers.some((fn) => contains(fn, node));
  return own.filter((outcome) => !isInHandler(outcome) && byTarget.get(outcome.target)!.some(isInHandler));
}

/** Whether a condition that asks for a variable or field decides if the operation is started. */
function isAskedBeforeStart(context: Context, { starters }: EventOperation, flag: TSESTree.Node): boolean {
  const key = objectKey(context, flag);
  const asks = (node: TSESTree.Node): node is TSESTree.Node =>
    (node.type === "Identifier" || node.type === "MemberExpression") && objectKey(context, unwrap(node)) === key;
  const isIf = (node: TSESTree.Node): node is TSESTree.IfStatement => node.type === "IfStatement";
  return starters.some(({ call }) => {
    const decides = (test: TSESTree.IfStatement): boolean =>
      contains(test, call)
        ? !contains(test.test, call)
        : test.range[1] <= call.range[0] && alwaysLeaves(test.consequent);
    const tests = findAll(enclosingOf(call), context.source.visitorKeys, isIf, { intoFunctions: false });
    return tests.some((test) => decides(test) && findAll(test.test, context.source.visitorKeys, asks).length > 0);
  });
}
