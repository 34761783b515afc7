import { calleeOf, memberName, unwrap } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { contains } from "../../ast/flow.ts";
import type { Context } from "../../recognize/context.ts";

/** What code that is called back tells its caller by way of the event: too late behind an await. */
const DECIDING_CALLS = /^(?:preventDefault|stopPropagation|stopImmediatePropagation|respondWith|waitUntil)$/;
const DECIDING_MEMBERS = /^(?:Cancel|cancel|Handled|handled|cancelBubble|returnValue)$/;

/** Whether an event handler tells the event what is to become of it behind a place: behind an await nobody asks any more. */
export function decidesBehind({ source }: Context, fn: FunctionNode, place: TSESTree.Node): boolean {
  const isDecision = (node: TSESTree.Node): node is TSESTree.Node =>
    (node.type === "CallExpression" && DECIDING_CALLS.test(calleeOf(node)?.name ?? "")) ||
    (node.type === "AssignmentExpression" &&
      node.left.type === "MemberExpression" &&
      DECIDING_MEMBERS.test(memberName(node.left) ?? ""));
  return findAll(fn.body, source.visitorKeys, isDecision).some((node) => node.range[1] > place.range[0]);
}

/** Calls that put something at a place which depends on what came before. */
const ORDERED_CALLS = /^(?:push|unshift|splice|Add|Insert|Append\w*)$/;

/**
 * Whether rounds of a function leave something behind outside of it whose order or value depends on the rounds before, so that rounds
 * which overlap would leave something else.
 */
export function dependsOnRounds(context: Context, fn: FunctionNode): boolean {
  const { source } = context;
  const isTrace = (node: TSESTree.Node): node is TSESTree.AssignmentExpression | TSESTree.CallExpression =>
    node.type === "AssignmentExpression" || node.type === "CallExpression";
  return findAll(fn.body, source.visitorKeys, isTrace).some((node) => {
    if (node.type === "AssignmentExpression") return !isOwn(context, fn, node.left);
    const callee = calleeOf(node);
    return (
      callee !== null &&
      callee.receiver !== null &&
      ORDERED_CALLS.test(callee.name) &&
      !isOwn(context, fn, callee.receiver)
    );
  });
}

/** Whether what is changed is a variable of the function itself, or part of one. */
function isOwn(context: Context, fn: FunctionNode, target: TSESTree.Node): boolean {
  let root = unwrap(target);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  if (root.type !== "Identifier") return false;
  const variable = variableOf(context.source, root);
  return (
    variable !== null &&
    variable.defs.length > 0 &&
    variable.defs.every(
      ({ name }) => contains(fn, name as TSESTree.Node) && !fn.params.some((parameter) => contains(parameter, name)),
    )
  );
}
