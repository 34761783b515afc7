import { contains } from "../../ast/flow.ts";
import { enclosingFunction, functionName } from "../../ast/functions.ts";
import { calleeOf, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { readsOf, variableOf, writesOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { STATE_MEMBERS } from "../../dialects/apm.ts";
import { SET_MEMBERS } from "../../dialects/tap.ts";
import { callsReached } from "../../recognize/busy-waits/event-loop-calls.ts";
import { functionRun } from "../../recognize/busy-waits/loop-values.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { resetEventsOf, type ResetEvent } from "../../recognize/waits/reset-events.ts";
import type { Planner } from "../planner.ts";
import type { PlannerBase } from "../planner-base.ts";

const known = new WeakMap<readonly Operation[], readonly ResetEvent[]>();

/**
 * The reset events of a file as its operations know them: one that an operation is given as its state is set by the callback under
 * another name, `(ar.AsyncState as ManualResetEvent).Set()`.
 */
export function resetEventsIn(planner: PlannerBase): readonly ResetEvent[] {
  let events = known.get(planner.operations);
  if (events === undefined)
    known.set(planner.operations, (events = resetEventsOf(planner.context).map((event) => withStates(planner, event))));
  return events;
}

function withStates({ context, operations }: PlannerBase, event: ResetEvent): ResetEvent {
  const given = event.others.map((node) => ({
    node,
    operation: operations.find(
      ({ state }) => unwrap(state) === node && variableOf(context.source, node) === event.variable,
    ),
  }));
  const sets = new Set(event.sets);
  for (const { operation } of given) {
    const found = operation === undefined ? null : setsOfState({ context }, operation);
    if (found === null) return event;
    for (const set of found) sets.add(set);
  }
  return given.length === 0 ? event : { ...event, others: [], sets: [...sets] };
}

/** The calls by which a callback sets the event that is its state; `null` where it does anything else with the state. */
function setsOfState(
  planner: Pick<Planner, "context">,
  { callback, callbackUses, event }: Operation,
): TSESTree.CallExpression[] | null {
  if (callback.kind !== "function") return null;
  const reads =
    event === null
      ? callbackUses.flatMap((use) => (use.kind === "member" && STATE_MEMBERS.has(use.name) ? [use.member] : []))
      : (event.handler?.reads ?? []).flatMap(({ node, role }) => (role === "state" ? [node] : []));
  const sets = reads.flatMap((read) => setsOf(planner, read));
  const isFollowed =
    event === null
      ? callbackUses.every(({ kind }) => kind !== "other")
      : event.handler?.reads.every(({ role }) => role !== "whole") === true;
  return isFollowed && sets.length > 0 && sets.every((set) => set !== null) ? sets : null;
}

/** The calls that set an event by an expression, or by the constant that it is the value of. */
function setsOf({ context }: Pick<Planner, "context">, read: TSESTree.Node): (TSESTree.CallExpression | null)[] {
  const { parent } = wrapped(read);
  const variable =
    parent?.type === "VariableDeclarator" && parent.id.type === "Identifier"
      ? variableOf(context.source, parent.id)
      : null;
  if (variable !== null)
    return writesOf(variable).length === 1
      ? readsOf(variable).map(({ identifier }) => setBy(identifier as TSESTree.Node))
      : [null];
  return [setBy(read)];
}

function setBy(expression: TSESTree.Node): TSESTree.CallExpression | null {
  const access = wrapped(expression).parent;
  const call =
    access?.type === "MemberExpression" &&
    access.object === wrapped(expression) &&
    SET_MEMBERS.has(memberName(access) ?? "")
      ? wrapped(access).parent
      : undefined;
  return call?.type === "CallExpression" && call.arguments.length === 0 ? call : null;
}

/**
 * An event that a callback sets by way of another function, or may set as it is given it as its state; `null` where there is none.
 * Whoever waits for that blocks the thread on which the code after an await would have to run.
 */
export function lostEvent(planner: Planner, fn: FunctionNode): ResetEvent | null {
  const { context, facts, operations } = planner;
  const events = resetEventsIn(planner);
  if (events.length === 0) return null;
  const own = operations.filter(({ callback }) => callback.kind === "function" && callback.fn === fn);
  const known = new Set(own.map((operation) => facts.countdowns.get(operation)?.finish.wait?.event));
  const calls = callsReached(context, [fn.body]);
  const reached = new Set(calls.flatMap((call) => functionRun(context, call) ?? []));
  // What cannot be told by its object may be told by its name.
  const names = new Set(
    calls.flatMap((call) => (functionRun(context, call) === null ? (calleeOf(call)?.name ?? []) : [])),
  );
  const isNamed = (setter: FunctionNode | null): boolean =>
    setter !== null && setter !== fn && names.has(functionName(setter) ?? "");
  const isSetBehind = ({ sets }: ResetEvent): boolean =>
    sets.some(
      (set) => [...reached].some((other) => other !== fn && contains(other, set)) || isNamed(enclosingFunction(set)),
    );
  return (
    events.find(
      (event) =>
        own.some(({ state }) => event.others.includes(unwrap(state))) || (!known.has(event) && isSetBehind(event)),
    ) ?? null
  );
}
