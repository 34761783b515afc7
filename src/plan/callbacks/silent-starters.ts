import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { statementOfCall, type Planner } from "../planner.ts";
import { usagesOf } from "../usages.ts";

/** Whether a node is the callback of an operation. */
export function isCallback({ operations }: Planner, node: TSESTree.Node): boolean {
  return operations.some(({ callback }) => callback.kind === "function" && callback.fn === node);
}

/** Whether a function may become async without anybody's notice: every caller can be seen to ignore what it gives. */
export function isStartedSilently({ context, functions }: Planner, starter: FunctionNode): boolean {
  return !starter.async && functions.obstacle(starter) === null && usagesOf(context, starter).every((usage) => usage.kind === "call" && statementOfCall(usage.call) !== null);
}
