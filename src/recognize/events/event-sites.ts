import { contains } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { calleeOf, unwrap } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { SOURCE_SETTLERS } from "../../dialects/eap.ts";
import { abortListenersOf } from "./abort-listeners.ts";
import { resolveCallable, type Callable } from "../callables.ts";
import type { CompletedEvent } from "./completed-event.ts";
import type { Context } from "../context.ts";
import { completionHandler, forwardingCall, resolveHandler } from "./event-handlers.ts";
import { eventOperationsOf } from "./event-operations.ts";
import { subscriptionsOf, type Subscription } from "./event-subscriptions.ts";
import { isComparedWithKey, isStateShown, userStateOf } from "./event-user-state.ts";
import { destinationOf } from "../begin-end/handle-flow.ts";
import type { Operation } from "../begin-end/operation.ts";
import type { ControlCall } from "./control-call.ts";
import type { EventOperation } from "./event-operation.ts";
import { obstacleTo } from "./event-obstacles.ts";
import { removersOf } from "./handler-removers.ts";

const sites = new WeakMap<Context, readonly Operation[]>();

/**
 * The started event-based operations of a file as operations with a callback, in source order: the starter is what begins, the handler
 * of the completed event is the callback, the user state is the state. An operation that no handler listens to is none of these, nor is
 * one whose handler settles a completion source: that is awaited already.
 */
export function eventSitesOf(context: Context): readonly Operation[] {
  let known = sites.get(context);
  if (known === undefined) {
    known = eventOperationsOf(context)
      .flatMap((operation) =>
        operation.subscriptions.length === 0
          ? []
          : operation.starters.flatMap((starter) => eventSite(context, operation, starter) ?? []),
      )
      .sort((a, b) => a.begin.range[0] - b.begin.range[0]);
    sites.set(context, known);
  }
  return known;
}

function eventSite(context: Context, operation: EventOperation, starter: ControlCall): Operation | null {
  const { call, name } = starter;
  const subscription = subscriptionFor(operation, starter);
  const expression = subscription?.handler ?? null;
  const callback: Callable =
    expression === null ? { kind: "unknown", node: call, delegate: null } : handlerCallable(context, expression);
  const fn = callback.kind === "function" ? callback.fn : null;
  const handler = fn === null ? null : completionHandler(context, fn);
  const added = expression === null ? null : resolveHandler(context, expression);
  if (fn !== null && settlesSource(context, fn)) return null;
  const likely = userStateOf(context, operation, starter);
  const state = likely !== null && isStateShown(context, operation, likely) ? likely : null;
  const unit = enclosingOf(call);
  // A handler of progress that other operations of the object have in common is none of this call alone.
  const others = eventOperationsOf(context).filter(
    (other) => other !== operation && other.objectKey === operation.objectKey && other.starters.length > 0,
  );
  const progress = operation.progress.filter(
    (each) => enclosingOf(each.node) === unit && !others.some((other) => other.progress.includes(each)),
  );
  const removers = fn === null ? [] : removersOf(context, operation.removals, fn);
  const removals =
    fn === null
      ? []
      : [
          ...removalsIn(context, operation, fn, subscription, progress),
          ...removers.map(({ removal }) => removal).filter(({ node }) => !contains(fn, node)),
        ];
  const event: CompletedEvent = {
    operation,
    subscription,
    handler,
    listener: added?.kind === "function" ? added.fn : null,
    removals,
    removers,
    progress,
    aborts: abortListenersOf(context, operation, starter),
    hasUserState: state !== null,
    isStateDoubtful: likely !== state,
    isKeyChecked: state !== null && isComparedWithKey(context, operation, state),
    obstacle: obstacleTo(context, operation, starter, { subscription, removals, progress, state }),
  };
  return {
    stem: name.replace(/Async$/, ""),
    begin: call,
    receiver: starter.object,
    nameNode: starter.nameNode,
    inputs: state === null ? call.arguments : call.arguments.slice(0, -1),
    callbackArgument: expression ?? call,
    callback,
    state: state ?? nothingAfter(call),
    destination: destinationOf(context, call),
    handleUses: [],
    callbackUses: [],
    callbackParameter: null,
    isHandleAmbiguous: false,
    ends: [],
    completion: "callback",
    witnesses: new Set(),
    event,
  };
}

/** Where a handler takes itself off the event, by any name of the object, its sender included. */
function removalsIn(
  context: Context,
  { removals, stem }: EventOperation,
  fn: FunctionNode,
  added: Subscription | null,
  progress: readonly Subscription[],
): Subscription[] {
  const first = fn.params.length > 1 ? fn.params[0] : undefined;
  const isSender = (object: TSESTree.Node): boolean => {
    const node = unwrap(object);
    const variable =
      first?.type === "Identifier" && node.type === "Identifier" ? variableOf(context.source, node) : null;
    const value = variable === null ? null : onlyValueOf(variable);
    return (
      variable !== null &&
      ((value !== null && isSender(value)) || variable.identifiers.includes(first as TSESTree.Identifier))
    );
  };
  // The handlers of progress that are added for the call go with it.
  const isOfProgress = ({ action, connection, handler, role, event }: Subscription): boolean => {
    if (action === "remove" && connection !== null) return progress.some((each) => each.connection === connection);
    const name =
      action === "remove" && role === "progress" && handler !== null ? textOf(context.source, handler) : null;
    return (
      name !== null &&
      progress.some((added) => added.event === event && textOf(context.source, added.handler!) === name)
    );
  };
  return subscriptionsOf(context).filter(
    (each) =>
      contains(fn, each.node) &&
      (isOfProgress(each) ||
        (removals.includes(each) && (each.connection === null || each.connection === added?.connection)) ||
        (each.action === "remove" &&
          each.connection === null &&
          each.role === "completed" &&
          each.stem === stem &&
          isSender(each.object))),
  );
}

/** A starter without user state passes none: .NET's overload without it calls the other one with `null`. */
function nothingAfter(call: TSESTree.CallExpression): TSESTree.CallExpressionArgument {
  const place = call.range[1];
  return {
    type: "Literal",
    value: null,
    raw: "null",
    range: [place, place],
    loc: call.loc,
    parent: call,
  } as unknown as TSESTree.NullLiteral;
}

/** The one handler that hears of what a call starts: added in the same function for this call, or once for all calls. */
function subscriptionFor({ subscriptions, starters }: EventOperation, { call }: ControlCall): Subscription | null {
  const unit = enclosingOf(call);
  const own = subscriptions.filter(({ node }) => enclosingOf(node) === unit);
  const startingUnits = new Set(starters.map((starter) => enclosingOf(starter.call)));
  const lasting = subscriptions.filter(({ node }) => !startingUnits.has(enclosingOf(node)));
  const [only] = own.length > 0 ? own : subscriptions;
  const isOne = own.length > 0 ? own.length === 1 && lasting.length === 0 : subscriptions.length === 1;
  return isOne ? (only ?? null) : null;
}

/** The function that handles a completed event, through one that does nothing but hand its arguments on. */
function handlerCallable(context: Context, expression: TSESTree.Node): Callable {
  const callable = resolveHandler(context, expression);
  const call = callable.kind === "function" && callable.binding === null ? forwardingCall(context, callable.fn) : null;
  const target = call === null ? null : resolveCallable(context, call.callee);
  return call === null || target?.kind !== "function" || callable.kind !== "function"
    ? callable
    : {
        ...callable,
        fn: target.fn,
        binding: target.binding,
        boundThis: calleeOf(call)?.receiver ?? null,
        forwarding: call,
      };
}

/** `source.SetResult(e.Result)`, `source.TrySetException(e.Error)`. */
function settlesSource({ source }: Context, fn: TSESTree.Node): boolean {
  const isSettling = (node: TSESTree.Node): node is TSESTree.CallExpression =>
    node.type === "CallExpression" && SOURCE_SETTLERS.test(calleeOf(node)?.name ?? "");
  return findAll(fn, source.visitorKeys, isSettling).length > 0;
}
