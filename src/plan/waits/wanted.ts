import { memberOf } from "../../ast/functions.ts";
import { wrapped } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { isResultIgnored } from "../async/receivers.ts";
import { resultAnnotations } from "../async/signatures.ts";
import { usagesOf } from "../usages.ts";

/**
 * Whether something may read the value of an expression. A statement does not, nor does `void`; an arrow function hands the question on
 * to its calls, if all of them are in sight.
 */
export function isValueWanted(context: Context, expression: TSESTree.Node): boolean {
  return isWanted(context, expression, new Set());
}

/** @param seen the functions that are being asked about; one that calls itself wants nothing more than its other calls do */
function isWanted(context: Context, expression: TSESTree.Node, seen: ReadonlySet<FunctionNode>): boolean {
  const outer = wrapped(expression);
  const { parent } = outer;
  switch (parent?.type) {
    case "ExpressionStatement":
      return false;
    case "UnaryExpression":
      return parent.operator !== "void";
    case "SequenceExpression":
      return outer === parent.expressions.at(-1) && isWanted(context, parent, seen);
    case "ForStatement":
      return outer === parent.test;
    case "ConditionalExpression":
      return outer === parent.test || isWanted(context, parent, seen);
    case "LogicalExpression":
      // What stands on the left decides whether the right is reached.
      return outer === parent.left || isWanted(context, parent, seen);
    case "ArrowFunctionExpression":
      return !seen.has(parent) && isResultWanted(context, parent, new Set([...seen, parent]));
    default:
      return true;
  }
}

/** Whether a call of a function, or the type that it is said to have, wants what it gives. */
function isResultWanted(context: Context, fn: FunctionNode, seen: ReadonlySet<FunctionNode>): boolean {
  // Code out of sight may call a member.
  if (memberOf(fn) !== null) return true;
  if (resultAnnotations(fn).some(({ type }) => type !== "TSVoidKeyword")) return true;
  return usagesOf(context, fn).some((usage) => {
    if (usage.kind === "call") return isWanted(context, usage.call, seen);
    return usage.kind !== "value" || !isResultIgnored(usage.node);
  });
}
