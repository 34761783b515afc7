import { asyncObstacle } from "../async/async-obstacle.ts";
import { operationsWith } from "./operations-by-callback.ts";
import { tryAround } from "../../ast/flow.ts";
import { isOffered } from "../../ast/offered.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { mayThrow } from "../async/thrown-errors.ts";
import { statementOfCall } from "../planner-base.ts";
import type { Planner } from "../planner.ts";

/** Whether a node is the callback of an operation. */
export function isCallback({ operations }: Planner, node: TSESTree.Node): boolean {
  return operationsWith(operations, node).length > 0;
}

/** Whether a function may become async without anybody's notice: every caller can be seen to ignore what it gives, and catches nothing. */
export function isStartedSilently({ reach }: Planner, starter: FunctionNode): boolean {
  // What is thrown before it starts anything comes out of its call.
  if (mayThrow(reach, starter)) return false;
  if (starter.async || asyncObstacle(reach, starter) !== null || !reach.isClosed(starter)) return false;
  const usages = reach.usagesOf(starter);
  // What is offered and called nowhere is called by somebody who does not show.
  return (
    (usages.length > 0 || !isOffered(starter)) &&
    usages.every(
      (usage) => usage.kind === "call" && statementOfCall(usage.call) !== null && tryAround(usage.call) === null,
    )
  );
}
