import { contains } from "../../ast/flow.ts";
import { memberName, unwrap, wrapped } from "../../ast/names.ts";
import { isSameReference, variableOf, writesOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { KEY_NAME } from "../../dialects/eap.ts";
import type { Context } from "../context.ts";
import { handlerOf } from "./event-operations.ts";
import type { ControlCall } from "./control-call.ts";
import type { EventOperation } from "./event-operation.ts";

/**
 * The user state that a start is given, its last argument: where its name says so, or a handler of the operation compares the state with
 * it. `null` where there is none, or nothing tells it from the operation's own arguments.
 */
export function userStateOf(
  context: Context,
  operation: EventOperation,
  { call }: ControlCall,
): TSESTree.CallExpressionArgument | null {
  const last = call.arguments.at(-1);
  if (last === undefined || call.arguments.length < 2) return null;
  return KEY_NAME.test(lastName(last)) ||
    isComparedWithKey(context, operation, last) ||
    isStateAsked(context, operation)
    ? last
    : null;
}

/**
 * Whether a state must be among the arguments: each start is given as many, and the handler that they all have takes the state for
 * something.
 */
function isStateAsked(context: Context, { starters, subscriptions }: EventOperation): boolean {
  const amounts = new Set(starters.map(({ call }) => call.arguments.length));
  const handlers = subscriptions.map((subscription) => handlerOf(context, subscription));
  return (
    amounts.size === 1 &&
    handlers.length > 0 &&
    handlers.every((handler) => handler?.reads.some(({ node, role }) => role === "state" && isTaken(node)) === true)
  );
}

/** Whether a read of the state does more than compare it, or ask whether there is one. */
function isTaken(read: TSESTree.Node): boolean {
  const { parent } = wrapped(read);
  return (
    parent !== undefined &&
    parent !== null &&
    !/^(?:Binary|Unary|Logical)Expression$|^(?:If|Expression)Statement$/.test(parent.type)
  );
}

/** Whether a handler of an operation compares the state of a completion with this key. */
export function isComparedWithKey(context: Context, { subscriptions }: EventOperation, key: TSESTree.Node): boolean {
  return subscriptions.some((subscription) => {
    const handler = handlerOf(context, subscription);
    const states = (handler?.reads ?? []).flatMap(({ node, role }) => (role === "state" ? [node] : []));
    const isCompared = (candidate: TSESTree.Node): candidate is TSESTree.BinaryExpression => {
      if (candidate.type !== "BinaryExpression" || !/^[=!]==?$/.test(candidate.operator)) return false;
      const isLeft = states.some((state) => contains(candidate.left, state));
      const isRight = states.some((state) => contains(candidate.right, state));
      return isLeft !== isRight && isSameKey(context, key, isLeft ? candidate.right : candidate.left);
    };
    return states.length > 0 && findAll(handler!.fn, context.source.visitorKeys, isCompared).length > 0;
  });
}

/**
 * Whether the file shows that a key comes back as the state of a completion: a handler asks for the state, or code cancels by this key.
 * A name alone may be that of an ordinary argument.
 */
export function isStateShown(context: Context, operation: EventOperation, key: TSESTree.Node): boolean {
  const { subscriptions, progress, cancels } = operation;
  const isRead = [...subscriptions, ...progress].some(
    (subscription) => handlerOf(context, subscription)?.reads.some(({ role }) => role === "state") === true,
  );
  return isRead || cancels.some(({ call }) => call.arguments.some((argument) => isSameKey(context, key, argument)));
}

function lastName(expression: TSESTree.Node): string {
  const node = unwrap(expression);
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" ? (memberName(node) ?? "") : "";
}

/** Whether two expressions surely are one key: the same literal, `this`, or a variable that is given one value. */
export function isSameKey(context: Context, left: TSESTree.Node, right: TSESTree.Node | null): boolean {
  if (right === null) return false;
  const [a, b] = [unwrap(left), unwrap(right)];
  if (a.type === "Literal") return b.type === "Literal" && a.value === b.value;
  if (a.type !== "Identifier") return a.type === "ThisExpression" && b.type === "ThisExpression";
  const variable = variableOf(context.source, a);
  return variable !== null && writesOf(variable).length <= 1 && isSameReference(context.source, a, b);
}
