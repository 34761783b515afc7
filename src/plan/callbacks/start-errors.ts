import { isLoop, statementList, statementsAfter, tryAround } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { beginName, refuse } from "../planner-base.ts";
import type { Planner } from "../planner.ts";
import { onlyTry } from "./callback-body.ts";
import type { CallbackShape } from "./callback-shape.ts";

/**
 * Says what becomes of an error of a start that nobody waits for, where a handler stands around it: that heard that the operation could
 * not start, and a promise over the start tells it to the code that awaits that. Chains of guarded callbacks are written like that: a Begin that
 * is the last act of its `try` gets a note where its callback handles all errors itself. Elsewhere the error would end the program; and where more
 * follows in the `try`, an error kept that from running.
 *
 * @returns whether the operation was refused
 */
export function isStartErrorLost(planner: Planner, shape: CallbackShape, operation: Operation): boolean {
  const attempt = tryAround(operation.begin);
  if (attempt === null) return false;
  const isHandled = operation.event === null && onlyTry(shape)?.handler != null;
  if (isHandled && isLastActIn(attempt.block, operation.begin)) {
    planner.draft.note(operation, "begin-errors-now-caught", operation.begin, beginName(operation));
    return false;
  }
  refuse(planner, operation, "try-boundary");
  return true;
}

/**
 * Notes that an error of a start comes to somebody else than before: to a handler of the callback, or to nobody where a caller of the
 * function around caught it.
 *
 * @param isAwaited whether the function around, and so its callers, wait for the promise over the start
 */
export function noteStartError(planner: Planner, shape: CallbackShape, operation: Operation, isAwaited: boolean): void {
  const unit = enclosingOf(operation.begin);
  const isHandled =
    shape.outcome.isFailureHandled || [...shape.ends, ...shape.helpers].some(({ call }) => tryAround(call) !== null);
  if (isHandled || (!isAwaited && isFunction(unit) && isCaughtByCaller(planner, unit)))
    planner.draft.note(operation, "begin-errors-now-caught", operation.begin, beginName(operation));
}

/** Whether a function is called in a `try` with a handler, or what calls it is. */
function isCaughtByCaller({ reach }: Planner, fn: FunctionNode): boolean {
  // A set is gone through with what is added meanwhile.
  const callees = new Set([fn]);
  for (const callee of callees)
    for (const usage of reach.usagesOf(callee)) {
      if (usage.kind !== "call") continue;
      if (tryAround(usage.call) !== null) return true;
      const caller = enclosingOf(usage.call);
      if (isFunction(caller)) callees.add(caller);
    }
  return false;
}

/** Whether nothing of a block runs behind a place in it. */
function isLastActIn(block: TSESTree.Node, place: TSESTree.Node): boolean {
  for (let current = place; current !== block && current.parent; current = current.parent) {
    const { parent } = current;
    if (isLoop(parent)) return false;
    if (statementList(parent) !== null && statementsAfter(current as TSESTree.Statement).length > 0) return false;
  }
  return true;
}
