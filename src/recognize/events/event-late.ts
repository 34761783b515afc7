import { writeNode, writesTo } from "../../ast/aliases.ts";
import { enclosingOf, type Enclosing } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import { waysOut, type Step } from "../../ast/paths.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../context.ts";
import { eventOperationsOf } from "./event-operations.ts";
import type { Subscription } from "./event-subscriptions.ts";
import { assignmentsOf } from "../fields.ts";
import { testsRelatedSince } from "../begin-end/related-tests.ts";
import type { ControlCall } from "./control-call.ts";
import type { EventOperation } from "./event-operation.ts";

/** A subscription that comes after the start of the operation it is there for. */
export interface LateSubscription {
  readonly subscription: Subscription;
  readonly starter: ControlCall;
  /** Whether the event loop may have run in between. */
  readonly isSuspended: boolean;
}

const found = new WeakMap<Context, readonly LateSubscription[]>();

/** The late subscriptions of a file, in source order. */
export function lateSubscriptionsOf(context: Context): readonly LateSubscription[] {
  let known = found.get(context);
  if (known === undefined) {
    const bySubscription = new Map<TSESTree.Node, LateSubscription>();
    for (const operation of eventOperationsOf(context)) {
      for (const late of lateSubscriptions(context, operation))
        if (!bySubscription.has(late.subscription.node)) bySubscription.set(late.subscription.node, late);
    }
    known = [...bySubscription.values()].sort((a, b) => a.subscription.node.range[0] - b.subscription.node.range[0]);
    found.set(context, known);
  }
  return known;
}

type State = "idle" | "started" | "suspended" | "heard" | "unclear";

function lateSubscriptions(context: Context, operation: EventOperation): LateSubscription[] {
  const { starters, subscriptions } = operation;
  const [first] = subscriptions;
  const unit = first === undefined ? null : enclosingOf(first.node);
  // A handler that is added elsewhere may be there already.
  if (unit === null || subscriptions.some(({ node }) => enclosingOf(node) !== unit)) return [];
  return starters
    .filter(({ call }) => enclosingOf(call) === unit)
    .flatMap((starter) => lateTo(context, unit, operation, starter));
}

function lateTo(
  context: Context,
  unit: Enclosing,
  { subscriptions }: EventOperation,
  starter: ControlCall,
): LateSubscription[] {
  const arrivals = new Map(subscriptions.map(({ node }) => [node as TSESTree.Node, new Set<State>()]));
  const suspensions = suspensionsIn(context, unit);
  const replacements = replacementsOf(context, starter.object);
  const step = (event: TSESTree.Node, state: State): Step<State> => {
    arrivals.get(event)?.add(state);
    if (arrivals.has(event)) return { next: "heard", thrown: state };
    if (event === starter.call) return { next: state === "heard" ? state : "started", thrown: state };
    const next = replacements.has(event) ? "idle" : suspensions.has(event) && state === "started" ? "suspended" : state;
    return { next, thrown: next };
  };
  const isRelated = testsRelatedSince(context, unit, starter.call);
  const refine = (test: TSESTree.Expression, _isTrue: boolean, state: State): State =>
    (state === "started" || state === "suspended") && isRelated(test) ? "unclear" : state;
  waysOut<State>(context.source, unit, {
    initial: "idle",
    events: new Set([starter.call, ...arrivals.keys(), ...suspensions, ...replacements]),
    step,
    refine,
    doubt: "inFavour",
  });
  return subscriptions.flatMap((subscription): LateSubscription[] => {
    const states = arrivals.get(subscription.node)!;
    return states.has("started") || states.has("suspended")
      ? [{ subscription, starter, isSuspended: !states.has("started") }]
      : [];
  });
}

/** The places of a piece of code where the event loop gets a turn. */
export function suspensionsIn(context: Context, unit: Enclosing): ReadonlySet<TSESTree.Node> {
  const suspends = (node: TSESTree.Node): node is TSESTree.Node =>
    node.type === "AwaitExpression" ||
    node.type === "YieldExpression" ||
    (node.parent?.type === "ForOfStatement" && node.parent.await && node.parent.left === node);
  return new Set(findAll(unit, context.source.visitorKeys, suspends, { intoFunctions: false }));
}

/** The nodes after which the expression that names an object may name another one. */
export function replacementsOf(context: Context, object: TSESTree.Node): ReadonlySet<TSESTree.Node> {
  const replacements = new Set<TSESTree.Node>();
  for (let node = unwrap(object); ; node = unwrap(node.object)) {
    for (const { identifier } of node.type === "Identifier" ? writesTo(context.source, node) : [])
      replacements.add(writeNode(identifier));
    if (node.type !== "MemberExpression") return replacements;
    const name = !node.computed && node.property.type === "Identifier" ? node.property.name : "";
    for (const assignment of assignmentsOf(context, name)) replacements.add(assignment);
  }
}
