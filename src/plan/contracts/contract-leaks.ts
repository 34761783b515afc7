import { isFunction } from "../../ast/functions.ts";
import { dottedName, unwrap } from "../../ast/names.ts";
import { isOffered } from "../../ast/offered.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import { receiverTypeOf } from "../../recognize/receiver-types.ts";

/**
 * Whether other files may get hold of some types of a file, or of what is of these types: by what is exported, what its functions give,
 * and what its declarations name. What a function does with them by itself is seen by nobody.
 */
export function areOffered(context: Context, typeNames: ReadonlySet<string>): boolean {
  return context.source.ast.body.some((statement) => {
    if (statement.type === "ExpressionStatement")
      return isCommonExport(statement) && shows(context, statement.expression, typeNames);
    return isOffered(statement) && shows(context, statement, typeNames);
  });
}

/** `module.exports = …`, `exports.name = …`. */
function isCommonExport({ expression }: TSESTree.ExpressionStatement): boolean {
  return (
    expression.type === "AssignmentExpression" &&
    /^(?:module\.exports|exports)\b/.test(dottedName(expression.left) ?? "")
  );
}

function shows(context: Context, offered: TSESTree.Node, typeNames: ReadonlySet<string>): boolean {
  const { visitorKeys } = context.source;
  const isNamed = (node: TSESTree.Node): node is TSESTree.Identifier =>
    node.type === "Identifier" &&
    (typeNames.has(node.name) || isOfType(context, node, typeNames)) &&
    !isBehind(node, offered);
  const isGiven = (node: TSESTree.Node): node is TSESTree.ReturnStatement | TSESTree.ArrowFunctionExpression => {
    const value =
      node.type === "ReturnStatement"
        ? node.argument
        : node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement"
          ? node.body
          : null;
    return value !== null && isOfType(context, value, typeNames);
  };
  return findAll(offered, visitorKeys, isNamed).length > 0 || findAll(offered, visitorKeys, isGiven).length > 0;
}

/** Whether an expression is of one of these types, or one of them itself. */
function isOfType(context: Context, expression: TSESTree.Expression, typeNames: ReadonlySet<string>): boolean {
  const node = unwrap(expression) as TSESTree.Expression;
  if (node.type === "NewExpression" && node.callee.type === "Identifier") return typeNames.has(node.callee.name);
  if (node.type === "Identifier" && typeNames.has(node.name)) return true;
  return typeNames.has(receiverTypeOf(context, node)?.name ?? "");
}

/** Whether a node stands in the body of a function of what is offered, or in what only its class can reach. */
function isBehind(node: TSESTree.Node, offered: TSESTree.Node): boolean {
  for (let current: TSESTree.Node = node; current !== offered && current.parent; current = current.parent) {
    const { parent } = current;
    if (isFunction(parent) && parent.body === current) return true;
    if (
      (parent.type === "PropertyDefinition" || parent.type === "MethodDefinition") &&
      (parent.accessibility === "private" || parent.key.type === "PrivateIdentifier")
    )
      return true;
    // Parts of an expression that give something else: what is called, whose member is read.
    if (parent.type === "MemberExpression" && parent.property === current && !parent.computed) return true;
  }
  return false;
}
