import { isOffered } from "../../ast/offered.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { statementOfCall, type Planner } from "../planner.ts";

/** Whether a node is the callback of an operation. */
export function isCallback({ operations }: Planner, node: TSESTree.Node): boolean {
  return operations.some(({ callback }) => callback.kind === "function" && callback.fn === node);
}

/** Whether a function may become async without anybody's notice: every caller can be seen to ignore what it gives. */
export function isStartedSilently({ functions, reach }: Planner, starter: FunctionNode): boolean {
  if (starter.async || functions.obstacle(starter) !== null || !reach.isClosed(starter)) return false;
  const usages = reach.usagesOf(starter);
  // What is offered and called nowhere is called by somebody who does not show.
  return (usages.length > 0 || !isOffered(starter)) && usages.every((usage) => usage.kind === "call" && statementOfCall(usage.call) !== null);
}
