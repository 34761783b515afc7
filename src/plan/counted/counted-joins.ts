import { contains, isUnconditionalWithin, listedStatement, loopAround, statementsBetween } from "../../ast/flow.ts";
import { enclosingOf, isFunction, type Enclosing } from "../../ast/functions.ts";
import { unwrap, wrapped } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Dialect, OperationForm } from "../../dialects/dialect.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { forEachOf, isRunThrough } from "../countdowns/countdown-amounts.ts";
import type { CountdownStarts, CountedStart } from "../countdowns/countdown.ts";
import type { Counter } from "../countdowns/counter.ts";
import { countersOf } from "../countdowns/counters.ts";
import { stepOf, type Direction } from "../countdowns/count-steps.ts";
import { errorFlagsIn, type ErrorFlags } from "./error-flags.ts";

/**
 * Operations with callbacks that are pending side by side and count their completions, so that the last one runs what is to follow them all. That
 * they are awaited together is decided by what the countdowns of other families go by; what is written for them is an operation of its own.
 */

/** Operations whose callbacks change one counter, by where they are started. */
export interface CountedJoin {
  /** What stands for all of them: it is started where they are, and what follows it is what the last of them does. */
  readonly operation: DescribedOperation;
  readonly counter: Counter;
  readonly direction: Direction;
  readonly starts: CountdownStarts<BegunCall>;
  /** The function of a `forEach`, or one that is called at once in each round of a loop; `null` where there is none. */
  readonly round: FunctionNode | null;
  /** What keeps errors behind the first one from being told; `undefined` where nothing does. */
  readonly flags: ErrorFlags | undefined;
  /** The operations whose callbacks count, and those in whose callbacks these are started. */
  readonly members: ReadonlySet<DescribedOperation>;
}

/** Several operations as one: an await of it gives nothing, and throws what one of them was told. */
const JOINED: Dialect = { name: "joined operations", starts: [], operations: new Map() };
const FORM: OperationForm = {
  delivery: { kind: "callback" },
  outcome: [],
  awaited: { kind: "sameCall", gives: "value" },
  returns: "nothing",
};

type ByCallback = ReadonlyMap<FunctionNode, DescribedOperation>;

/** The counters of a file that callbacks of some operations change, with those; no operation is one of two. */
export function countedJoinsIn(
  context: Context,
  operations: readonly DescribedOperation[],
  byCallback: ByCallback,
): CountedJoin[] {
  if (operations.length === 0) return [];
  const taken = new Set<DescribedOperation>();
  return countersOf(context).flatMap((counter) => {
    const join = counter.declarator === null || counter.member !== null ? null : joinOf(context, counter, byCallback);
    if (join === null || [...join.members].some((each) => taken.has(each))) return [];
    for (const each of join.members) taken.add(each);
    return [join];
  });
}

function joinOf(context: Context, counter: Counter, byCallback: ByCallback): CountedJoin | null {
  const members = new Set<DescribedOperation>();
  const directions = new Set<Direction>();
  const first = new Set<DescribedOperation>();
  for (const write of counter.writes) {
    const step = stepOf(wrapped(write).parent!, counter);
    const chain = step === null ? [] : chainTo(write, counter, byCallback);
    if (chain.length === 0) continue;
    directions.add(step!.direction);
    first.add(chain.at(-1)!);
    for (const each of chain) members.add(each);
  }
  const [direction] = directions;
  if (direction === undefined || directions.size > 1) return null;
  const placed = [...first].sort((a, b) => a.call.range[0] - b.call.range[0]).map((operation) => placeOf(operation));
  const found = startsOf(context, placed);
  if (found === null) return null;
  const { round, starts } = found;
  const [{ begin, operation: start }] = starts.operations as [BegunCall];
  const { name, nameNode } = start;
  const each = starts.loop === null ? null : forEachOf(starts.loop);
  const object =
    each === null ? { variable: null, first: starts.first, last: starts.last, names: new Set<TSESTree.Node>() } : null;
  const operation: DescribedOperation = {
    ...{ dialect: JOINED, form: FORM, start: null, name, call: each ?? begin, module: null, nameNode },
    ...{ inputs: [], callbacks: [], members: [], object },
  };
  const callbacks = [...byCallback].flatMap(([fn, each]) => (members.has(each) ? [fn] : []));
  const flags = errorFlagsIn(context.source, (node) => callbacks.some((fn) => contains(fn, node)));
  return {
    ...{ operation, counter, direction, starts, round, members },
    flags: flags.variables.length === 0 ? undefined : flags,
  };
}

/** The operations in whose callbacks a place stands, the innermost first, as far as the function that declares the counter. */
function chainTo(place: TSESTree.Node, { declarator }: Counter, byCallback: ByCallback): DescribedOperation[] {
  const chain: DescribedOperation[] = [];
  for (let unit = enclosingOf(place); isFunction(unit) && !contains(unit, declarator!);) {
    const operation = byCallback.get(unit);
    if (operation === undefined || chain.includes(operation)) break;
    chain.push(operation);
    unit = enclosingOf(operation.call);
  }
  return chain;
}

/** What runs in each round: the call that starts an operation, or that of a function around it. */
interface BegunCall extends CountedStart {
  readonly begin: TSESTree.CallExpression;
  readonly operation: DescribedOperation;
}

interface Placed extends BegunCall {
  readonly statement: TSESTree.Statement | null;
  readonly loop: TSESTree.Statement | null;
  readonly round: FunctionNode | null;
}

/** The statement that starts an operation, or the loop or `forEach` around it. */
function placeOf(operation: DescribedOperation): Placed {
  const { call } = operation;
  const around = loopAround(call);
  const fn = enclosingOf(call);
  if (around !== null)
    return { operation, begin: call, statement: statementOf(call), loop: listedIn(around), round: null };
  if (isFunction(fn)) {
    const each = listedStatement(fn);
    const given = each === null ? null : forEachOf(each);
    if (given !== null && unwrap(given.arguments[0]!) === fn)
      return { operation, begin: call, statement: each, loop: each, round: fn };
    // for (var i = 0; i < n; i++) (function (i) { … })(i);
    const { parent } = wrapped(fn);
    const called = parent?.type === "CallExpression" && parent.callee === wrapped(fn) ? parent : null;
    const loop = called === null ? null : loopAround(called);
    if (called !== null && loop !== null && statementOf(called) !== null && isUnconditionalWithin(call, fn.body))
      return { operation, begin: called, statement: statementOf(called), loop: listedIn(loop), round: fn };
  }
  return { operation, begin: call, statement: statementOf(call), loop: null, round: null };
}

function statementOf({ parent }: TSESTree.Node): TSESTree.Statement | null {
  return parent?.type === "ExpressionStatement" ? parent : null;
}

function listedIn(loop: TSESTree.Node): TSESTree.Statement | null {
  const statement = listedStatement(loop);
  return statement === loop && loopAround(loop) === null ? statement : null;
}

/** Where the operations of a join begin, if that is side by side; `null` where it is not, or there is one only. */
function startsOf(context: Context, placed: readonly Placed[]): Pick<CountedJoin, "round" | "starts"> | null {
  const [start, ...others] = placed;
  if (start === undefined || placed.some(({ statement }) => statement === null)) return null;
  const { loop, round } = start;
  const [begun, last] = [start.statement!, placed.at(-1)!.statement!];
  if (loop === null) {
    if (others.length === 0 || placed.some((each) => each.loop !== null)) return null;
    const between = statementsBetween(begun, last);
    // Nothing else may be done between the starts: they become one expression.
    if (between?.every((each) => placed.some(({ statement }) => statement === each)) !== true) return null;
    const unit: Enclosing = enclosingOf(begun);
    return { round: null, starts: { operations: placed, unit, loop: null, first: begun, last } };
  }
  if (others.length > 0 || (start.statement !== loop && !isInRound(loop, start.statement!))) return null;
  if (!isRunThrough(context, [loop]) || (round !== null && (round.async || round.generator))) return null;
  return { round, starts: { operations: placed, unit: enclosingOf(loop), loop, first: loop, last: loop } };
}

/** Whether a statement is the body of a loop, or one of its statements. */
function isInRound(loop: TSESTree.Statement, { parent }: TSESTree.Statement): boolean {
  return parent === loop || (parent.type === "BlockStatement" && parent.parent === loop);
}
