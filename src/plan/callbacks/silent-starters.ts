import { tryAround } from "../../ast/flow.ts";
import { isOffered } from "../../ast/offered.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import { statementOfCall, type Planner } from "../planner.ts";

/** Whether a node is the callback of an operation. */
export function isCallback({ operations }: Planner, node: TSESTree.Node): boolean {
  return operations.some(({ callback }) => callback.kind === "function" && callback.fn === node);
}

/** Whether a function may become async without anybody's notice: every caller can be seen to ignore what it gives, and catches nothing. */
export function isStartedSilently({ functions, reach }: Planner, starter: FunctionNode): boolean {
  // What it throws itself, before it starts anything, comes out of its call.
  if (throwsItself(reach.contextOf(starter), starter)) return false;
  if (starter.async || functions.obstacle(starter) !== null || !reach.isClosed(starter)) return false;
  const usages = reach.usagesOf(starter);
  // What is offered and called nowhere is called by somebody who does not show.
  return (usages.length > 0 || !isOffered(starter)) && usages.every((usage) => usage.kind === "call" && statementOfCall(usage.call) !== null && tryAround(usage.call) === null);
}

function throwsItself({ source }: Context, fn: FunctionNode): boolean {
  return findAll(fn.body, source.visitorKeys, (node): node is TSESTree.ThrowStatement => node.type === "ThrowStatement", { intoFunctions: false }).length > 0;
}
