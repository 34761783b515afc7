import { contains } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { calleeOf, memberName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { NAMED_REMOVERS } from "../../dialects/eap.ts";
import type { Context } from "../context.ts";
import { isNewFunction, resolveHandler } from "./event-handlers.ts";
import { outlives } from "./event-objects.ts";
import { eventOperationsOf } from "./event-operations.ts";
import { keptHandlerOf, type KeptHandler } from "./event-removal-paths.ts";
import { loopOver, outermostCaller, repeatedFunction } from "./event-repeats.ts";
import { isDropped } from "./event-starters.ts";
import { subscriptionsOf, type Subscription } from "./event-subscriptions.ts";
import { assignmentsOf } from "../fields.ts";
import type { EventOperation } from "./event-operation.ts";

/** A handler that stays subscribed when its operation is over. */
export type LeakedHandler =
  /** It is added by each call of a function, or in each round of a loop, and never removed. */
  | { readonly kind: "call" | "loop"; readonly subscription: Subscription; readonly fn: FunctionNode | null }
  /** It is removed with another function object, which removes nothing. */
  | {
      readonly kind: "removesNothing";
      readonly subscription: Subscription;
      readonly removal: Subscription & { readonly handler: TSESTree.Node };
    }
  /** It removes itself, but not on every path. */
  | KeptHandler;

const found = new WeakMap<Context, readonly LeakedHandler[]>();

/** The handlers of a file that stay subscribed, in source order. */
export function leakedHandlersOf(context: Context): readonly LeakedHandler[] {
  let known = found.get(context);
  if (known === undefined) {
    const leaks = new Map<TSESTree.Node, LeakedHandler>();
    for (const operation of eventOperationsOf(context)) {
      for (const subscription of operation.subscriptions) {
        for (const leak of leaksOf(context, operation, subscription))
          if (!leaks.has(placeOf(leak))) leaks.set(placeOf(leak), leak);
      }
    }
    known = [...leaks.values()].sort((a, b) => placeOf(a).range[0] - placeOf(b).range[0]);
    found.set(context, known);
  }
  return known;
}

/** The narrow place to report. */
export function placeOf(leak: LeakedHandler): TSESTree.Node {
  if (leak.kind === "removesNothing") return leak.removal.handler;
  return leak.kind === "kept" ? (leak.exit ?? leak.removal.nameNode) : leak.subscription.nameNode;
}

function leaksOf(context: Context, operation: EventOperation, subscription: Subscription): LeakedHandler[] {
  if (!staysSubscribed(subscription)) return [];
  const removals = possibleRemovals(context, subscription);
  if (removals === null) return [];
  const inEffect = removals.filter(({ handler }) => handler === null || !isNewFunction(handler));
  if (inEffect.length === 0 && removals.length > 0) {
    return removals.flatMap((removal) =>
      removal.handler === null
        ? []
        : [{ kind: "removesNothing", subscription, removal: { ...removal, handler: removal.handler } }],
    );
  }
  const unit = enclosingOf(subscription.node);
  const starters = operation.starters.filter(
    ({ call }) => enclosingOf(call) === unit && sharesBranch(subscription.node, call),
  );
  if (starters.length === 0) return [];
  if (inEffect.length > 0) {
    const [removal] = inEffect;
    const run = isFunction(unit) ? outermostCaller(context, unit) : null;
    return run !== null && outlives(context, subscription.object, run) && inEffect.length === 1
      ? keptHandlerOf(context, operation, subscription, removal!)
      : [];
  }
  const loop = loopOver(context, subscription.node, subscription.object);
  if (
    loop !== null &&
    starters.some(({ call }) => contains(loop, call)) &&
    addsAnother(context, subscription, loop) &&
    !isReplacedIn(context, subscription, loop)
  )
    return [{ kind: "loop", subscription, fn: null }];
  if (!isFunction(unit) || !outlives(context, subscription.object, unit) || !addsAnother(context, subscription, unit))
    return [];
  const isRestart = operation.subscriptions.some(
    ({ handler }) => handler !== null && isHandler(context, handler, unit),
  );
  const inputs = starters.flatMap(({ call }) => call.arguments);
  const repeated = isRestart ? unit : repeatedFunction(context, unit, inputs);
  // What the repeated function makes for each of its runs goes with its handlers.
  return repeated !== null && outlives(context, subscription.object, repeated)
    ? [{ kind: "call", subscription, fn: repeated }]
    : [];
}

function isHandler(context: Context, handler: TSESTree.Node, fn: FunctionNode): boolean {
  const callable = resolveHandler(context, handler);
  return callable.kind === "function" && callable.fn === fn;
}

/** Whether a subscription ends in no other way than by a removal: it is not for one time, and nobody keeps what it gives. */
function staysSubscribed({ isOnce, node, spelling }: Subscription): boolean {
  return (
    isOnce === "no" && spelling !== "property" && (node.type === "AssignmentExpression" || isDropped(node) === "yes")
  );
}

/**
 * The removals of a file that may be meant for a handler, whatever their object is called there (`sender`); `null` where it may be removed
 * in a way that does not show which event is meant.
 */
function possibleRemovals(context: Context, { stem }: Subscription): readonly Subscription[] | null {
  const removesAny = nodesOf(context.source)
    .of("CallExpression")
    .some(
      (call) =>
        NAMED_REMOVERS.has(calleeOf(call)?.name ?? "") &&
        (call.arguments.length === 0 || !/Literal$/.test(call.arguments[0]!.type)),
    );
  return removesAny
    ? null
    : subscriptionsOf(context).filter(
        (other) => other.action === "remove" && other.role === "completed" && other.stem === stem,
      );
}

/** Whether a subscription and a start are made under the same conditions: a handler that is added only the first time is not added for each start. */
function sharesBranch(subscription: TSESTree.Node, start: TSESTree.Node): boolean {
  for (
    let child = subscription, current = child.parent;
    current && !isFunction(current);
    child = current, current = current.parent
  ) {
    const isBranch =
      ((current.type === "IfStatement" || current.type === "ConditionalExpression") && child !== current.test) ||
      (current.type === "LogicalExpression" && child === current.right) ||
      (current.type === "AssignmentExpression" &&
        /^(?:&&|\|\||\?\?)=$/.test(current.operator) &&
        child === current.right) ||
      current.type === "SwitchCase" ||
      current.type === "CatchClause";
    if (isBranch) return contains(child, start);
  }
  return true;
}

/** Whether adding again adds another handler: an event target takes the same function only once. */
function addsAnother(context: Context, { handler, node, spelling }: Subscription, around: TSESTree.Node): boolean {
  const isTarget =
    spelling === "named" && node.type === "CallExpression" && calleeOf(node)?.name === "addEventListener";
  if (!isTarget || handler === null || isNewFunction(handler)) return true;
  const variable = variableOf(context.source, unwrap(handler));
  return (
    variable !== null &&
    around.type !== "Program" &&
    variable.identifiers.some((identifier) => contains(around, identifier))
  );
}

/** Whether a loop gives the object's field a new value. */
function isReplacedIn(context: Context, { object }: Subscription, loop: TSESTree.Node): boolean {
  for (let current = unwrap(object); current.type === "MemberExpression"; current = unwrap(current.object)) {
    const name = memberName(current) ?? "";
    if (assignmentsOf(context, name).some((assignment) => contains(loop, assignment))) return true;
  }
  return false;
}
