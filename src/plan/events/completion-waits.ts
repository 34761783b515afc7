import { contains, isAlwaysBefore, listedStatement, loopAround, statementsBetween } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { isSetInsteadOf, previousLink } from "../callbacks/chains.ts";
import { waitsOf } from "../callbacks/ends.ts";
import type { RefusalCode } from "../codes.ts";
import { beginName, refuse, statementOfCall } from "../planner-base.ts";
import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";
import { synchronousBranch } from "../async/synchronous.ts";
import type { CallbackShape } from "../callbacks/callback-shape.ts";

/** Where the completion of an operation with a callback is waited for. */
export type CompletionWait =
  | { readonly kind: "none" }
  /** In the function that begins it. `adjacent`: nothing that stays lies between. */
  | { readonly kind: "here"; readonly statement: TSESTree.Statement; readonly isAdjacent: boolean }
  /** Where the operation is waited for whose callback begins this one. */
  | { readonly kind: "chain"; readonly starter: FunctionNode; readonly statement: TSESTree.Statement }
  /** In a function that calls the one that begins it. */
  | {
      readonly kind: "caller";
      readonly call: TSESTree.CallExpression;
      readonly statement: TSESTree.Statement;
      readonly isAdjacent: boolean;
    };

/** Finds the wait for an operation, through its handle or through an event that its callback sets; `null` when it was refused. */
export function completionWait(planner: Planner, shape: CallbackShape, operation: Operation): CompletionWait | null {
  const ofHandle = handleWaits(planner, shape, operation);
  if (ofHandle === null) return null;
  const { events } = shape;
  const waits = [...ofHandle, ...events.flatMap((event) => event.waits.map((call) => statementOfCall(call)!))];
  if (waits.length === 0) return { kind: "none" };
  const [statement] = waits;
  const name = events[0]?.name ?? beginName(operation);
  const unresolved = (code: RefusalCode = "wait-not-after-start"): null => {
    refuse(planner, operation, code, statement, name);
    return null;
  };
  if (waits.length > 1 || statement === undefined || shape.operations.length > 1)
    return unresolved("event-for-several");
  if (ofHandle.length === 0 && previousLink(planner, operation) !== null)
    return chainWait(shape, operation, statement) ?? unresolved("event-set-too-early");
  // An event that stays set lets every later round of a loop through at once.
  const staysSet = events.some((event) => !event.isAutoReset && event.resets.length === 0);
  if (staysSet && (loopAround(statement) !== null || loopAround(operation.begin) !== null))
    return unresolved(loopAround(statement) === null ? "event-for-several" : "event-stays-set");
  const unit = enclosingOf(statement);
  const starter = enclosingOf(operation.begin);
  if (unit === starter) {
    const isAfter = isAlwaysBefore(operation.begin, statement) && loopAround(statement) === loopAround(operation.begin);
    return isAfter
      ? { kind: "here", statement, isAdjacent: isAdjacent(planner, shape, operation.begin, statement) }
      : unresolved();
  }
  if (!isFunction(starter)) return unresolved();
  const calls = planner.reach.usagesOf(starter).flatMap((usage) => (usage.kind === "call" ? [usage.call] : []));
  const [call] = calls;
  const isResolved =
    calls.length === 1 &&
    call !== undefined &&
    enclosingOf(call) === unit &&
    statementOfCall(call) !== null &&
    isAlwaysBefore(call, statement) &&
    loopAround(call) === loopAround(statement);
  return isResolved
    ? { kind: "caller", call, statement, isAdjacent: isAdjacent(planner, shape, call, statement) }
    : unresolved();
}

/** The wait of a chain's later link: no link before it may set the event on the way to it. */
function chainWait(
  { events }: CallbackShape,
  operation: Operation,
  statement: TSESTree.Statement,
): CompletionWait | null {
  const starter = enclosingOf(operation.begin) as FunctionNode;
  const sets = events.flatMap((event) => event.sets.filter((set) => enclosingOf(set) === starter));
  return sets.every((set) => isSetInsteadOf(set, operation.begin)) ? { kind: "chain", starter, statement } : null;
}

/** Waits on the handle of an operation that has a callback as well. */
function handleWaits(planner: Planner, { fn }: CallbackShape, operation: Operation): TSESTree.Statement[] | null {
  const outside = operation.handleUses.filter((use) => !contains(fn, use.node));
  const branch = synchronousBranch(operation, outside);
  if (branch !== null) {
    removeStatement(planner, operation, branch);
    planner.draft.note(operation, "never-completes-at-once", branch, beginName(operation));
  }
  const handleUses = branch === null ? outside : [];
  if (handleUses.some((use) => use.kind === "end")) {
    refuse(planner, operation, "completed-synchronously");
    return null;
  }
  if (operation.destination.kind !== "discarded" && operation.destination.kind !== "variable") {
    refuse(planner, operation, "handle-escapes");
    return null;
  }
  if (operation.isHandleAmbiguous || handleUses.some((use) => use.kind === "other")) {
    refuse(planner, operation, operation.isHandleAmbiguous ? "handle-ambiguous" : "handle-escapes");
    return null;
  }
  const found = waitsOf(planner, operation, handleUses);
  if (found !== null && found.groups.length > 0) {
    refuse(planner, operation, "wait-with-time-out", found.groups[0]!.group.call);
    return null;
  }
  return found?.waits ?? null;
}

function isAdjacent(planner: Planner, shape: CallbackShape, start: TSESTree.Node, wait: TSESTree.Statement): boolean {
  const statement = listedStatement(start);
  const between = statement === null ? null : statementsBetween(statement, wait);
  const resets = new Set<TSESTree.Node | null>(shape.events.flatMap((event) => event.resets.map(statementOfCall)));
  return (
    between !== null &&
    between.every((other) => resets.has(other as TSESTree.ExpressionStatement)) &&
    planner.operations.every((operation) => !between.some((other) => contains(other, operation.begin)))
  );
}
