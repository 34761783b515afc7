import { isLoop, statementList, statementsAfter, tryAround } from "../../ast/flow.ts";
import type { TSESTree } from "../../ast/source.ts";
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
  if (attempt?.handler == null) return false;
  const isHandled = operation.event === null && onlyTry(shape)?.handler != null;
  if (isHandled && isLastActIn(attempt.block, operation.begin)) {
    planner.draft.note(operation, "begin-errors-now-caught", operation.begin, beginName(operation));
    return false;
  }
  refuse(planner, operation, "try-boundary");
  return true;
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
