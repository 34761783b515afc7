import { isFunction } from "../../ast/functions.ts";
import { calleeOf, unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import { isHarmless } from "../../recognize/events/event-outcomes.ts";
import { isValue, type CompletionRead } from "../../recognize/events/event-reads.ts";

/** Whether a statement surely throws nothing, so that it may stand in the `try` with the await. */
export function isQuiet(context: Context, statement: TSESTree.Statement, reads: readonly CompletionRead[]): boolean {
  const values = reads.filter(isValue).map(({ node }) => node);
  const mayThrow = (node: TSESTree.Node): node is TSESTree.Node => {
    if (
      isFunction(node) ||
      /^(?:New|TaggedTemplate|Await|Yield|Import|Unary|Update)Expression$|^(?:Throw|For\w*|While|DoWhile|Return)Statement$|^(?:ClassDeclaration|SpreadElement|ObjectPattern|ArrayPattern)$/.test(
        node.type,
      )
    )
      return true;
    if (node.type === "CallExpression") return !isHarmless(context, node);
    if (node.type !== "MemberExpression" || values.includes(node)) return false;
    const object = unwrap(node.object);
    const isCallee = node.parent.type === "CallExpression" && node.parent.callee === node;
    return !(object.type === "ThisExpression" || isCallee || values.some((value) => value === unwrap(node)));
  };
  return findAll(statement, context.source.visitorKeys, mayThrow).length === 0;
}

/** Whether an error is only handed to a call that takes any value, such as one that writes a log. */
export function isOnlyLogged({ parent, ...node }: TSESTree.Node): boolean {
  return (
    parent?.type === "CallExpression" &&
    parent.callee.range[0] !== node.range[0] &&
    /^(?:error|log|warn|info|debug|WriteLine|String)$/.test(calleeOf(parent)?.name ?? "")
  );
}
