import type { Subscription } from "./event-subscriptions.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import type { EventOperation } from "./event-operation.ts";
import type { ControlCall } from "./control-call.ts";
import type { EventObstacle } from "./completed-event.ts";
import { enclosingOf, classOf, isFunction } from "../../ast/functions.ts";
import { isAlwaysBefore, suspends, loopAround, contains } from "../../ast/flow.ts";
import { isReachableFromOutside } from "./event-reach.ts";
import { overlapsOf } from "./event-overlaps.ts";
import { resolveHandler } from "./event-handlers.ts";
import { unwrap, calleeOf } from "../../ast/names.ts";
import { isStaticContext } from "../callables.ts";
import { findAll } from "../../ast/walk.ts";
import { EXCLUSIVE_TYPES } from "../../dialects/eap.ts";
import { typeNameOf } from "../annotations.ts";
import { variableOf, onlyValueOf } from "../../ast/scopes.ts";

interface Parts {
  readonly subscription: Subscription | null;
  readonly removals: readonly Subscription[];
  readonly progress: readonly Subscription[];
  readonly state: TSESTree.Node | null;
}

export function obstacleTo(
  context: Context,
  operation: EventOperation,
  { call, object }: ControlCall,
  { subscription, removals, progress, state }: Parts,
): EventObstacle | null {
  if (subscription === null)
    return { kind: "severalHandlers", node: (operation.subscriptions[1] ?? operation.subscriptions[0]!).nameNode };
  const { node, isOnce, nameNode } = subscription;
  const odd = [subscription, ...progress].find(
    (each) => each.node.parent.type !== "ExpressionStatement" && each.connection === null,
  );
  if (odd !== undefined) return { kind: "subscription", node: odd.nameNode };
  if (isOnce === "unknown" || (isOnce === "yes" && state !== null)) return { kind: "subscription", node: nameNode };
  const removed = operation.removals.find((removal) => !removals.includes(removal));
  if (removed !== undefined) return { kind: "removedElsewhere", node: removed.nameNode };
  const end = progress
    .flatMap(({ connection }) => connection?.ends ?? [])
    .find((call) => !removals.some((removal) => removal.node === call));
  if (end !== undefined) return { kind: "removedElsewhere", node: end };
  const unit = enclosingOf(call);
  // A handler that starts its operation again is there already.
  const isRound =
    operation.starters.some((other) => enclosingOf(other.call) === enclosingOf(node)) &&
    isInHandler(context, subscription, call);
  if (isRound) {
    if (isOnce === "yes" || removals.some(({ role }) => role === "completed"))
      return { kind: "subscription", node: nameNode };
  } else if (enclosingOf(node) === unit) {
    if (
      !isAlwaysBefore(node, call) ||
      (isSuspendedBetween(context, node, call) && !isFirstStart(context, operation, call, object))
    )
      return { kind: "subscription", node: nameNode };
  } else if (isOnce === "yes" || removals.some(({ role }) => role === "completed") || !isUnconditional(node))
    return { kind: "subscription", node: nameNode };
  else if (isAddedPerObject(node, object)) return { kind: "severalHandlers", node: nameNode };
  else if (isReachableFromOutside(context, object)) return { kind: "shared", node: nameNode };
  // A key tells the completions apart unless it is the same one.
  const isKeyRepeated = overlapsOf(context).some(
    ({ starter, reason }) => starter.call === call && reason.kind === "sameKey",
  );
  return isKeyRepeated || (state === null && mayOverlap(context, operation, call, object))
    ? { kind: "overlap", node: call }
    : null;
}

/** Whether a call stands in the function that a subscription adds. */
function isInHandler(context: Context, { handler }: Subscription, call: TSESTree.Node): boolean {
  const added = handler === null ? null : resolveHandler(context, handler);
  return added?.kind === "function" && enclosingOf(call) === added.fn;
}

/** Whether every object of a class adds a handler of its own to an event that is not its own. */
function isAddedPerObject(subscription: TSESTree.Node, object: TSESTree.Node): boolean {
  let root = unwrap(object);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  return classOf(subscription) !== null && !isStaticContext(subscription) && root.type !== "ThisExpression";
}

function isSuspendedBetween({ source }: Context, subscription: TSESTree.Node, call: TSESTree.Node): boolean {
  const unit = enclosingOf(call);
  const isBetween = (node: TSESTree.Node): node is TSESTree.Node =>
    node.range[0] >= subscription.range[1] &&
    node.range[1] <= call.range[0] &&
    /^(?:Await|Yield)Expression$|^ForOfStatement$/.test(node.type) &&
    suspends(source, node);
  return findAll(unit, source.visitorKeys, isBetween, { intoFunctions: false }).length > 0;
}

/** Whether an object is made for a call, and nothing can start the operation on it before: what comes in between raises no event. */
function isFirstStart(
  context: Context,
  { starters }: EventOperation,
  call: TSESTree.CallExpression,
  object: TSESTree.Expression,
): boolean {
  const made = creationOf(context, object);
  const isOnly = starters.every((other) => other.call === call || isAlwaysBefore(call, other.call));
  return (
    made !== null &&
    enclosingOf(made) === enclosingOf(call) &&
    loopAround(made) === loopAround(call) &&
    isOnly &&
    !isReachableFromOutside(context, object)
  );
}

/** Whether a statement is evaluated whenever the function, class or file around it is. */
function isUnconditional(node: TSESTree.Node): boolean {
  for (let current = node.parent; current && !isFunction(current); current = current.parent) {
    if (
      /^(?:If|For|ForOf|ForIn|While|DoWhile|Switch|Try)Statement$|^(?:Conditional|Logical)Expression$/.test(
        current.type,
      )
    )
      return false;
  }
  return true;
}

/** Whether one evaluation of the code around a start starts the operation again on the same object before it can be complete. */
function mayOverlap(
  context: Context,
  { starters }: EventOperation,
  call: TSESTree.CallExpression,
  object: TSESTree.Expression,
): boolean {
  if (EXCLUSIVE_TYPES.has(typeNameOf(context, object) ?? "")) return false;
  const unit = enclosingOf(call);
  const made = creationOf(context, object);
  const repeats = loopAround(call);
  // In a loop, or in the function that a `forEach` calls for each item.
  const isRepeated =
    repeats !== null
      ? made === null || !contains(repeats, made)
      : isFunction(unit) && isIterationCallback(unit) && (made === null || !contains(unit, made));
  return (
    isRepeated ||
    starters.some(
      (other) =>
        other.call !== call &&
        enclosingOf(other.call) === unit &&
        (isAlwaysBefore(other.call, call) || isAlwaysBefore(call, other.call)),
    )
  );
}

/** Where the object of a variable is made, when that is the only one it holds. */
function creationOf({ source }: Context, object: TSESTree.Node): TSESTree.Node | null {
  const variable = variableOf(source, unwrap(object));
  const value = variable === null ? null : onlyValueOf(variable);
  return value !== null && unwrap(value).type === "NewExpression" ? value : null;
}

function isIterationCallback(fn: TSESTree.Node): boolean {
  const call = fn.parent;
  return (
    call?.type === "CallExpression" &&
    call.arguments.includes(fn as TSESTree.Expression) &&
    /^(?:forEach|ForEach|map|filter|flatMap|some|every)$/.test(calleeOf(call)?.name ?? "")
  );
}
