import { contains } from "../../ast/flow.ts";
import { classOf, enclosingFunction, functionName } from "../../ast/functions.ts";
import { calleeOf, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { onlyValueOf, readsOf, variableOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { STATE_MEMBERS } from "../../dialects/apm.ts";
import { RESET_MEMBERS, SET_MEMBERS, WAIT_MEMBERS, WAIT_ONE_MEMBERS } from "../../dialects/tap.ts";
import { callsReached } from "../../recognize/busy-waits/event-loop-calls.ts";
import { functionRun } from "../../recognize/busy-waits/loop-values.ts";
import { classOfThis, thisBehind } from "../../recognize/field-uses.ts";
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

function withStates(planner: PlannerBase, event: ResetEvent): ResetEvent {
  const { context, operations } = planner;
  if (event.field !== null) return withFieldOfState(planner, event);
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

/** The uses of a field by the object that an operation is given as its state, and by that object's name where it is made. */
function withFieldOfState({ context, operations }: PlannerBase, event: ResetEvent): ResetEvent {
  const { source } = context;
  const owner = classOf(event.field!);
  const calls = { sets: [...event.sets], waits: [...event.waits], resets: [...event.resets] };
  const objects = new Set<Variable | "this">(event.sets.length + event.waits.length > 0 ? ["this"] : []);
  for (const node of event.others) {
    const call = wrapped(wrapped(node).parent!).parent;
    const access = wrapped(node).parent;
    if (node.type !== "MemberExpression" || access?.type !== "MemberExpression") return event;
    if (call?.type !== "CallExpression" || call.callee !== wrapped(access)) return event;
    const object = objectOf(node.object);
    const name = memberName(access) ?? "";
    if (object === null) return event;
    objects.add(object);
    if (SET_MEMBERS.has(name)) calls.sets.push(call);
    else if (WAIT_ONE_MEMBERS.has(name) || WAIT_MEMBERS.has(name)) calls.waits.push(call);
    else if (RESET_MEMBERS.has(name)) calls.resets.push(call);
    else return event;
  }
  // The event of another object is another event.
  return objects.size === 1 ? { ...event, ...calls, others: [] } : event;

  /** Whose field it is: of the class's own object, of the one that a constant is made to hold, or of the one that is the state of all of a callback's operations. */
  function objectOf(expression: TSESTree.Node): Variable | "this" | null {
    const node = unwrap(expression);
    const self = thisBehind(context, node);
    if (self !== null) return classOfThis(self) === owner ? "this" : null;
    const variable = variableOf(source, node);
    const value = unwrap((variable === null ? null : onlyValueOf(variable)) ?? node);
    if (variable !== null && value.type === "NewExpression")
      return variableOf(source, unwrap(value.callee))?.defs[0]?.node === owner ? variable : null;
    const given = operations.filter((operation) => stateReads(operation).includes(value));
    const states = new Set(given.map(({ state }) => (unwrap(state) === node ? null : objectOf(state))));
    const [state] = states;
    return states.size === 1 ? state! : null;
  }
}

/** The places where a callback reads the state that its operation was given. */
function stateReads({ callbackUses, event }: Operation): readonly TSESTree.Node[] {
  return event === null
    ? callbackUses.flatMap((use) => (use.kind === "member" && STATE_MEMBERS.has(use.name) ? [use.member] : []))
    : (event.handler?.reads ?? []).flatMap(({ node, role }) => (role === "state" ? [node] : []));
}

/** The calls by which a callback sets the event that is its state; `null` where it does anything else with the state. */
function setsOfState(planner: Pick<Planner, "context">, operation: Operation): TSESTree.CallExpression[] | null {
  const { callback, callbackUses, event } = operation;
  if (callback.kind !== "function") return null;
  const reads = stateReads(operation);
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
