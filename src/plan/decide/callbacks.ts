import { contains } from "../../ast/flow.ts";
import { isFunction } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import { isOffered } from "../../ast/offered.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import { usagesByOwnName } from "../usages.ts";
import { obstacle, type Obstacle } from "./decision.ts";

/** Whether a function is the callback of this one start, and nothing else can reach it. */
export function isGivenOnce(context: Context, fn: FunctionNode, argument: TSESTree.Expression): boolean {
  if (usagesByOwnName(context, fn).length > 0) return false;
  const value = unwrap(argument);
  if (value === fn) return true;
  const variable = variableOf(context.source, value);
  return (
    variable !== null &&
    variable.defs.length === 1 &&
    !isOffered(fn) &&
    !contains(fn, argument) &&
    variable.references.every((reference) => reference.identifier === value || reference.init === true)
  );
}

/** What in a callback has no meaning outside of it. */
export function obstacleInCallback(source: Source, fn: FunctionNode, argument: TSESTree.Expression): Obstacle | null {
  if (fn.generator) return obstacle("callback-not-plain", argument);
  const [first] = fn.body.type === "BlockStatement" ? fn.body.body : [];
  if (first?.type === "ExpressionStatement" && first.directive != null) return obstacle("callback-not-plain", argument);
  if (fn.type === "ArrowFunctionExpression") return null;
  let own: TSESTree.Node | null = null;
  walk(fn, source.visitorKeys, (node) => {
    if (
      node.type === "ThisExpression" ||
      node.type === "Super" ||
      node.type === "MetaProperty" ||
      (node.type === "Identifier" && node.name === "arguments")
    )
      own ??= node;
    return node === fn || node.type === "ArrowFunctionExpression" || !isFunction(node);
  });
  return own === null ? null : obstacle("callback-not-plain", own);
}
