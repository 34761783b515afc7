import { isFunction } from "../../ast/functions.ts";
import { dottedName, memberName } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import { CLOCK_CALLS, CLOCK_MEMBERS } from "../../dialects/busy-wait.ts";
import type { Context } from "../context.ts";
import { functionRun, returnedExpression, valueInLoop, type WaitNode } from "./loop-values.ts";

const MAX_DEPTH = 4;

/** Whether a call or `new` reads a clock by itself: `Date.now()`, `new Date()`, `Date()`. */
export function isClockCall(node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const path = dottedName(node.callee);
  if (path === null) return false;
  if (path === "Date") return node.arguments.length === 0;
  return node.type === "CallExpression" && CLOCK_CALLS.test(path);
}

/**
 * The first place in an expression that reads a clock: itself, by a function of the file that returns one, or by a variable that the
 * loop sets from one each turn. `null` where none does.
 */
export function clockRead(
  context: Context,
  expression: TSESTree.Node,
  loop: WaitNode,
  depth = 0,
): TSESTree.Node | null {
  let found: TSESTree.Node | null = null;
  walk(expression, context.source.visitorKeys, (node) => {
    if (found !== null || isFunction(node) || isIndex(node)) return false;
    found = clockAt(context, node, loop, depth);
    return found === null;
  });
  return found;
}

function clockAt(context: Context, node: TSESTree.Node, loop: WaitNode, depth: number): TSESTree.Node | null {
  switch (node.type) {
    case "NewExpression":
      return isClockCall(node) ? node : null;
    case "CallExpression":
      return isClockCall(node) ? node : returnedClock(context, node, loop, depth);
    case "MemberExpression": {
      const path = dottedName(node) ?? `.${memberName(node) ?? ""}`;
      return CLOCK_MEMBERS.test(path) ? node : null;
    }
    case "Identifier": {
      if (depth >= MAX_DEPTH || isPropertyName(node)) return null;
      const variable = variableOf(context.source, node);
      const value = variable === null ? null : valueInLoop(loop, variable);
      return value === null ? null : clockRead(context, value, loop, depth + 1);
    }
    default:
      return null;
  }
}

function returnedClock(
  context: Context,
  call: TSESTree.CallExpression,
  loop: WaitNode,
  depth: number,
): TSESTree.Node | null {
  const fn = depth >= MAX_DEPTH ? null : functionRun(context, call);
  const returned = fn === null ? null : returnedExpression(fn);
  return returned === null ? null : clockRead(context, returned, loop, depth + 1);
}

function isPropertyName(node: TSESTree.Identifier): boolean {
  const { parent } = node;
  return parent.type === "MemberExpression" && parent.property === node && !parent.computed;
}

/** The time as a key says nothing of time. */
function isIndex(node: TSESTree.Node): boolean {
  const { parent } = node;
  return parent?.type === "MemberExpression" && parent.computed && parent.property === node;
}
