import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { pathRead, type MemberPath } from "../../ast/member-paths.ts";
import { wrapped } from "../../ast/names.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../context.ts";

/**
 * What a function of the file may use of an argument after it has returned, as paths from the argument; what it hands on counts as a whole.
 * Members that are read before the first `await` are not needed any more.
 */
export function usedLater(context: Context, fn: FunctionNode, index: number): readonly MemberPath[] {
  const parameter = fn.params[index];
  const isPattern =
    parameter?.type === "ObjectPattern" ||
    (parameter?.type === "AssignmentPattern" && parameter.left.type === "ObjectPattern");
  const variable = parameterVariable(context.source, fn, index);
  if (variable === null) return isPattern ? [] : [[]];
  const suspensions = findAll(fn, context.source.visitorKeys, isSuspension, { intoFunctions: false });
  return readsOf(variable)
    .filter(({ identifier }) => {
      const read = wrapped(identifier);
      const isMemberRead = read.parent?.type === "MemberExpression" && read.parent.object === read;
      if (!isMemberRead || enclosingOf(identifier) !== fn) return true;
      return suspensions.some((suspension) => suspension.range[1] <= read.range[0] || sharesLoop(suspension, read));
    })
    .map(({ identifier }) => pathRead(identifier));
}

function isSuspension(node: TSESTree.Node): node is TSESTree.Node {
  return (
    node.type === "AwaitExpression" || node.type === "YieldExpression" || (node.type === "ForOfStatement" && node.await)
  );
}

function sharesLoop(suspension: TSESTree.Node, read: TSESTree.Node): boolean {
  for (
    let current: TSESTree.Node | null | undefined = suspension;
    current && !isFunction(current);
    current = current.parent
  ) {
    if (
      /^(?:DoWhile|For|ForIn|ForOf|While)Statement$/.test(current.type) &&
      current.range[0] <= read.range[0] &&
      read.range[1] <= current.range[1]
    )
      return true;
  }
  return false;
}
