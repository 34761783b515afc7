import { contains, statementList } from "../../ast/flow.ts";
import { enclosingFunction } from "../../ast/functions.ts";
import { isNothing, unwrap } from "../../ast/names.ts";
import { readsOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { CompletedEvent, EventObstacle } from "../../recognize/events/completed-event.ts";
import type { Context } from "../../recognize/context.ts";
import type { CompletionHandler } from "../../recognize/events/event-handlers.ts";
import { isSameKey } from "../../recognize/events/event-user-state.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { findAll } from "../../ast/walk.ts";
import { deadDeclarations } from "../callbacks/callback.ts";
import { stateUse } from "../callbacks/callback-state.ts";
import type { RefusalCode } from "../codes.ts";
import { completionOutcome } from "./completion-outcome.ts";
import { beginName, refuse } from "../planner-base.ts";
import type { Planner } from "../planner.ts";
import { changingInputs, repeatsAlike } from "../callbacks/round-starts.ts";
import { senderUse } from "./sender.ts";
import { displayName } from "../usages.ts";
import type { CallbackShape } from "../callbacks/callback-shape.ts";
import { bodyStatements } from "../callbacks/callback-body.ts";
import { isUsedAsCallbackOnly, usesCaller } from "../callbacks/callback-uses.ts";
import { eventsSetBy, setsIn } from "../callbacks/callback-events.ts";
import { removeCounts } from "../countdowns/countdown-removals.ts";

const OBSTACLES: Readonly<Record<EventObstacle["kind"], RefusalCode>> = {
  severalHandlers: "handlers-several",
  subscription: "subscription-unsupported",
  removedElsewhere: "handler-removed-elsewhere",
  shared: "object-shared",
  overlap: "operations-overlap",
};

/** Refuses an operation whose starter and handler cannot be joined, and says whether it did. */
export function isObstructed(planner: Planner, operation: Operation): boolean {
  const obstacle = operation.event?.obstacle ?? null;
  if (obstacle !== null) refuse(planner, operation, OBSTACLES[obstacle.kind], obstacle.node);
  return obstacle !== null;
}

/** Reads the handler that operations with a completed event share; refuses them and gives `null` when it cannot be rewritten. */
export function completionShape(
  planner: Planner,
  fn: FunctionNode,
  sharing: readonly Operation[],
): CallbackShape | null {
  const repeats = sharing.filter((each) => contains(fn, each.begin));
  const operations = sharing.filter((each) => !repeats.includes(each));
  const [operation = sharing[0]!] = operations;
  const { handler } = operation.event!;
  const refuseAll = (
    code: RefusalCode,
    place: TSESTree.Node = operation.callbackArgument,
    name = beginName(operation),
  ): null => {
    refuse(planner, operation, code, place, name);
    return null;
  };
  if (handler === null || fn.generator || fn.async || sharing.some((each) => usesCaller(planner, fn, each)))
    return refuseAll("callback-unsupported", undefined, displayName(fn));
  const places = sharing.flatMap(({ callbackArgument, event }) => [
    callbackArgument,
    ...event!.removals.flatMap((removal) => removal.handler ?? []),
  ]);
  if (!isUsedAsCallbackOnly(planner, fn, sharing, places))
    return refuseAll("callback-used-elsewhere", undefined, displayName(fn));
  // Every round has to start with what the first one started with.
  const isRound =
    operations.length === 1 &&
    sharing.every(({ event }) => event?.hasUserState === false) &&
    repeatsAlike(planner.context, operation, repeats);
  if (repeats.length > 0 && !isRound) return refuseAll("callback-begins-again", undefined, displayName(fn));
  if (
    sharing.some((each) => each.stem !== operation.stem || each.event!.hasUserState !== operation.event!.hasUserState)
  )
    return refuseAll("handlers-several");
  // What hands its arguments on together with others is no forwarding function.
  if (handler.fn !== fn) return refuseAll("completion-args-escape", fn.body);
  const escaping = handler.reads.find(({ role }) => role === "whole");
  if (escaping !== undefined) return refuseAll("completion-args-escape", escaping.node);

  const odd =
    handler.reads.find(({ node }) => node.type === "Property") ??
    handler.reads.find(({ node }) => isGivenDefault(planner, node));
  if (odd !== undefined) return refuseAll("completion-args-escape", odd.node);

  const removed = new Set<TSESTree.Statement>();
  const { removals, removers } = operation.event!;
  for (const { calls } of removers) for (const call of calls) removed.add(call);
  for (const { node } of removals.filter((each) => !removers.some(({ removal }) => removal === each))) {
    const statement = node.parent.type === "ChainExpression" ? node.parent.parent : node.parent;
    if (statement.type !== "ExpressionStatement") return refuseAll("subscription-unsupported", node);
    removed.add(statement);
  }
  for (const alias of argumentAliases(planner, fn, handler)) removed.add(alias);
  const states = handler.reads.filter(({ role }) => role === "state").map(({ node }) => node);
  const guards = bodyStatements(fn).filter((statement) => isKeyGuard(planner, statement, states, sharing));
  for (const guard of guards) removed.add(guard);
  const events = eventsSetBy(planner, fn, operation);
  if (events === null) return null;
  for (const dead of deadDeclarations(planner, fn, [
    ...setsIn(planner, fn, operation, events),
    ...againParts(planner.context, operation, repeats),
  ]))
    if (dead.type === "VariableDeclaration") removed.add(dead);
  for (const event of events)
    for (const set of event.sets)
      if (contains(fn, set) && set.parent.type === "ExpressionStatement") removed.add(set.parent);
  removeCounts(planner, fn, operation, removed);
  const sender = senderUse(planner, fn, handler, sharing, removed);
  if (sender === null) return refuseAll("sender-unsupported");
  const state = stateUse(planner, sharing, [...removed], states);
  if (state.isNeeded && sharing.some((each) => isNothing(each.state))) return refuseAll("state-unsupported", states[0]);
  if (state.declaration !== null) removed.add(state.declaration);
  const parts = { ends: [], helpers: [], completedReads: [], sender: sender.parameter };
  const shape = { fn, operations, repeats, ...parts, state, events, removed };
  const outcome = completionOutcome(planner, shape, handler, removed);
  return outcome === null ? null : { ...shape, outcome };
}

/** What goes with the starts of further rounds: all of them, but for an argument that changes. */
function againParts(context: Context, operation: Operation, repeats: readonly Operation[]): TSESTree.Node[] {
  const changing = changingInputs(context, operation, repeats);
  return repeats.flatMap(({ begin, inputs }) =>
    changing.length === 0 ? [begin] : [begin.callee, ...inputs.filter((_, index) => !changing.includes(index))],
  );
}

/** Whether a value is taken out of the arguments with another one in its place where there is none: `{ Result = "" }`. */
function isGivenDefault({ context }: Planner, node: TSESTree.Node): boolean {
  const variable = node.type === "Identifier" ? variableOf(context.source, node) : null;
  return (
    variable !== null &&
    variable.identifiers.some(({ parent }) => parent?.type === "AssignmentPattern" && parent.parent.type === "Property")
  );
}

/** The declarations that only name the arguments of a handler, or take them apart: `const { Error, Result } = e`, `const error = e.Error`. */
function argumentAliases(
  { context }: Planner,
  fn: FunctionNode,
  { args, reads }: CompletionHandler,
): TSESTree.VariableDeclaration[] {
  const { source } = context;
  const target = args?.type === "AssignmentPattern" ? args.left : args;
  const own = target?.type === "Identifier" ? variableOf(source, target) : null;
  const names = new Set<Variable | null>([own]);
  const isDeclaration = (node: TSESTree.Node): node is TSESTree.VariableDeclaration =>
    node.type === "VariableDeclaration";
  return findAll(fn.body, source.visitorKeys, isDeclaration).flatMap((statement) => {
    if (statement.declarations.length !== 1 || statementList(statement.parent) === null) return [];
    const [{ id, init }] = statement.declarations as [TSESTree.VariableDeclarator];
    if (init === null) return [];
    const value = unwrap(init);
    const isArgs = value.type === "Identifier" && names.has(variableOf(source, value));
    if (isArgs && id.type === "Identifier") names.add(variableOf(source, id));
    // What holds an error or a cancellation is asked in its place.
    const isOutcome =
      id.type === "Identifier" &&
      reads.some(({ node, role }) => node === value && (role === "error" || role === "cancelled")) &&
      readsOf(variableOf(source, id)!).every(({ identifier }) => reads.some(({ node }) => node === identifier));
    return isArgs || isOutcome ? [statement] : [];
  });
}

/** `if (e.UserState !== key) return;` with the key that every start is given: the adapter hears of its own call only. */
function isKeyGuard(
  { context }: Planner,
  statement: TSESTree.Statement,
  states: readonly TSESTree.Node[],
  sharing: readonly Operation[],
): boolean {
  if (statement.type !== "IfStatement" || statement.alternate != null) return false;
  const { test, consequent } = statement;
  const [only] = consequent.type === "BlockStatement" ? consequent.body : [consequent];
  const isReturn =
    only?.type === "ReturnStatement" &&
    only.argument === null &&
    (consequent.type !== "BlockStatement" || consequent.body.length === 1);
  if (!isReturn || test.type !== "BinaryExpression" || !/^!==?$/.test(test.operator)) return false;
  const [state, key] = states.includes(unwrap(test.left)) ? [test.left, test.right] : [test.right, test.left];
  return states.includes(unwrap(state)) && sharing.every((operation) => isSameKey(context, key, operation.state));
}

/** What adds the handlers of an operation to its events, and to the signals that cancel it where an adapter does that. */
export function subscriptionStatements(
  { target }: Planner,
  { aborts, progress, subscription }: CompletedEvent,
): TSESTree.Statement[] {
  const added = [subscription, ...progress].flatMap((each) => {
    const statement = each === null ? null : (each.connection?.declaration ?? each.node.parent);
    return statement !== null &&
      statement.type !== "VariableDeclarator" &&
      statementList(statement.parent)?.includes(statement as TSESTree.Statement) === true
      ? [statement as TSESTree.Statement]
      : [];
  });
  return target === "twin" ? added : [...added, ...aborts.map(({ statement }) => statement)];
}

/**
 * Whether a handler, or a listener that cancels, lasts beyond the call that it is added for: nothing takes it off, and the object is not
 * made for the call.
 */
export function isLeaking({ context, target }: Planner, { event, receiver, begin }: Operation): boolean {
  const unit = enclosingFunction(begin);
  if (event === null || receiver === null || unit === null) return false;
  const { aborts, subscription, removals } = event;
  const made = variableOf(context.source, unwrap(receiver))?.defs[0]?.node;
  if (made?.type === "VariableDeclarator" && contains(unit, made)) return false;
  if (aborts.length > 0 && target !== "twin") return true;
  return (
    subscription !== null &&
    subscription.isOnce !== "yes" &&
    !removals.some(({ role }) => role === "completed") &&
    contains(unit, subscription.node)
  );
}
