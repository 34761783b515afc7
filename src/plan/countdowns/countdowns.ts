import { operationsByCallback } from "../callbacks/operations-by-callback.ts";
import { contains, listedStatement, loopAround, statementList, statementsBetween, suspends } from "../../ast/flow.ts";
import { enclosingFunction, enclosingOf, isFunction } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { thisBehind } from "../../recognize/field-uses.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { mayOverride } from "../async/overrides.ts";
import { forEachOf, isRunThrough } from "./countdown-amounts.ts";
import { setupOf } from "./countdown-setup.ts";
import { CountReader } from "./countdown-counts.ts";
import { finishOf } from "./countdown-finish.ts";
import { isThisOfStart } from "./countdown-objects.ts";
import { countersOf } from "./counters.ts";
import { signalledEvents, writtenBy } from "./signalled-events.ts";
import { statementOfCall } from "../planner-base.ts";
import type { PlannerBase } from "../planner-base.ts";
import { usagesOf } from "../usages.ts";
import type { Countdown, CountdownStarts, CountingHelper } from "./countdown.ts";
import { bodyStatements } from "../callbacks/callback-body.ts";
import { stepOf, type Count, type Direction } from "./count-steps.ts";
import type { Counter } from "./counter.ts";

/** The countdowns of a file among the operations that are planned. A shape that is not surely one is none, and its counter stays. */
export function findCountdowns(planner: PlannerBase): Map<Operation, Countdown> {
  const found = new Map<Operation, Countdown>();
  for (const counter of [...countersOf(planner.context), ...signalledEvents(planner)]) {
    const countdown = readCountdown(planner, counter);
    // An operation that two counters wait for has no one end.
    if (countdown === null || countdown.operations.some((operation) => found.has(operation))) continue;
    for (const operation of countdown.operations) found.set(operation, countdown);
  }
  return found;
}

function readCountdown(planner: PlannerBase, counter: Counter): Countdown | null {
  const { context, operations: all } = planner;
  const counting = countingFunctions(planner, counter);
  if (counting === null) return null;
  const { callbacks, direction, helper, helperCalls } = counting;
  const operations = all.filter(({ callback }) => callback.kind === "function" && callbacks.has(callback.fn));
  const starts = startsOf(context, operations);
  if (starts === null || [...callbacks].some((fn) => fn === starts.unit)) return null;

  const ignored = new Set<TSESTree.Node>(
    operations.flatMap(({ event }) => [
      ...(event?.removals ?? []).map(({ node }) => node.parent),
      ...(event?.removers ?? []).flatMap(({ calls }) => calls),
    ]),
  );
  const isHelped = (statement: TSESTree.Statement): boolean => helperCalls.has(statement);
  const counts = new Map<FunctionNode, readonly Count[]>();
  for (const fn of helper === null ? callbacks : [...callbacks, helper]) {
    const reader = new CountReader(context.source, counter, direction, ignored, fn === helper ? () => false : isHelped);
    if (!reader.readTail(bodyStatements(fn))) return null;
    if (reader.counts.length > 0) counts.set(fn, reader.counts);
  }
  if (counter.owner !== null && !isOneObject(planner, counter, starts, counting)) return null;
  const places = [...counts.values()].flat();
  const isCounted = (node: TSESTree.Node): boolean => places.some(({ write }) => contains(write, node));
  const setup = setupOf(context, counter, starts, {
    direction,
    places,
    others: counter.writes.filter((node) => !isCounted(node)),
  });
  const finish = setup === null ? null : finishOf(planner, counter, starts, counts, counting, setup);
  if (setup === null || finish === null) return null;
  const isQuestion = (node: TSESTree.Node): boolean =>
    places.some(({ asking }) => asking.type === "IfStatement" && contains(asking.test, node));
  const isCounterNeeded =
    counter.event === null &&
    [...counter.uses].some(
      (node) =>
        !isCounted(node) && !isQuestion(node) && !setup.preparations.some((statement) => contains(statement, node)),
    );
  return {
    ...starts,
    counter,
    counts,
    helper,
    calls: [...helperCalls],
    preparations: setup.preparations,
    isCounterNeeded,
    mayBeNone: setup.mayBeNone,
    finish,
  };
}

/** Whether the field that callbacks count in is that of the object whose method starts the operations. */
function isOneObject(
  { context }: PlannerBase,
  { uses }: Counter,
  starts: CountdownStarts,
  counting: CountingFunctions,
): boolean {
  const places = counting.helper === null ? [...counting.callbacks] : [...counting.callbacks, counting.helper];
  return [...uses].every((use) => {
    const self =
      use.type === "MemberExpression" && places.some((fn) => contains(fn, use))
        ? thisBehind(context, use.object)
        : null;
    return self === null || isThisOfStart(context, self, starts, counting);
  });
}

interface CountingFunctions extends CountingHelper {
  readonly callbacks: ReadonlySet<FunctionNode>;
  readonly direction: Direction;
}

/** The callbacks that change a counter by one, themselves or by a function that they call for that alone. */
function countingFunctions({ context, operations }: PlannerBase, counter: Counter): CountingFunctions | null {
  const all = operationsByCallback(operations);
  const callbacks = new Set<FunctionNode>();
  const directions = new Set<Direction | undefined>();
  let helper: FunctionNode | null = null;
  for (const write of counter.writes) {
    const fn = enclosingFunction(write);
    const isHelper = fn !== null && !all.has(fn) && helperCallsOf(context, fn, all) !== null;
    if (fn === null || (!all.has(fn) && !isHelper)) continue;
    directions.add(stepOf(writtenBy(counter, write), counter)?.direction);
    if (!isHelper) callbacks.add(fn);
    else if (helper === null || helper === fn) helper = fn;
    else return null;
  }
  const [direction] = directions;
  const helperCalls = helper === null ? [] : helperCallsOf(context, helper, all)!;
  for (const call of helperCalls) callbacks.add(enclosingOf(call) as FunctionNode);
  return directions.size !== 1 || direction === undefined
    ? null
    : { callbacks, direction, helper, helperCalls: new Set(helperCalls) };
}

/** The statements in callbacks that call a function, where it is used in no other way; `null` where it is. */
function helperCallsOf(
  context: Context,
  fn: FunctionNode,
  callbacks: Pick<ReadonlySet<FunctionNode>, "has">,
): TSESTree.Statement[] | null {
  if (fn.params.length > 0 || fn.async || fn.generator || mayOverride(context, fn)) return null;
  const usages = usagesOf(context, fn);
  const calls = usages.flatMap((usage) =>
    usage.kind === "call" && usage.call.arguments.length === 0 ? (statementOfCall(usage.call) ?? []) : [],
  );
  return calls.length > 0 &&
    calls.length === usages.length &&
    calls.every((call) => callbacks.has(enclosingOf(call) as FunctionNode))
    ? calls
    : null;
}

/** Where operations begin, if that is side by side: nothing waits from the first to the last. */
function startsOf(context: Context, operations: readonly Operation[]): CountdownStarts | null {
  const { source } = context;
  const placed = operations.map((operation) => ({ operation, ...placeOf(operation) }));
  const [{ loop, statement: first } = { loop: null, statement: null }] = placed;
  const last = placed.at(-1)?.statement ?? null;
  if (first === null || last === null || !operations.every(isStartOnly)) return null;
  const isAlike = placed.every(
    ({ statement, loop: other }) => other === loop && statement !== null && statement.parent === first.parent,
  );
  if (!isAlike || (loop !== null) !== (operations.length === 1)) return null;
  const between = first === last ? [] : (statementsBetween(first, last) ?? [last]);
  if (suspends(source, first) || !isRunThrough(context, between)) return null;
  return { operations, unit: enclosingOf(first), loop, first, last };
}

/** Whether all that is done with an operation where it begins is to begin it. */
function isStartOnly({ callback, destination, handleUses }: Operation): boolean {
  return (
    destination.kind === "discarded" &&
    callback.kind === "function" &&
    handleUses.every(({ node }) => contains(callback.fn, node))
  );
}

/** The statement that begins an operation, or the loop or `forEach` around it that is no part of another one. */
function placeOf({ begin }: Operation): {
  readonly statement: TSESTree.Statement | null;
  readonly loop: TSESTree.Statement | null;
} {
  const statement = listedStatement(begin);
  const around = loopAround(begin);
  const unit = enclosingOf(begin);
  const each = around === null && isFunction(unit) ? listedStatement(unit) : null;
  const loop =
    around === null
      ? each !== null && isFunction(unit) && forEachOf(each) !== null && unwrap(forEachOf(each)!.arguments[0]!) === unit
        ? each
        : null
      : listedStatement(around);
  if (loop === null) return { statement, loop: null };
  const isOwn = around === null || loop === around;
  return { statement: isOwn && loopAround(loop) === null && statementList(loop.parent) !== null ? loop : null, loop };
}
