import { contains } from "../../ast/flow.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { mayThrow } from "../async/thrown-errors.ts";
import { forEachOf } from "../countdowns/countdown-amounts.ts";
import { setupOf } from "../countdowns/countdown-setup.ts";
import type { CountdownSetup } from "../countdowns/countdown.ts";
import type { Count } from "../countdowns/count-steps.ts";
import { obstacleInCallback } from "../decide/callbacks.ts";
import { leavesThen } from "../decide/completion-calls.ts";
import { obstacle, type AwaitDecision, type Joining, type Obstacle, type Stretch } from "../decide/decision.ts";
import { obstacleAt, placeOf } from "../decide/places.ts";
import type { CountedJoin } from "./counted-joins.ts";
import { countingStatements, readCounts, statementsIn } from "./counted-paths.ts";
import {
  earlyTelling,
  isAskedBefore,
  isBefore,
  isFinishMovable,
  isInRegion,
  loudBehindFlags,
  type CountedFile,
} from "./counted-stops.ts";

/** The operations of a join as they are awaited, and what stands for all of them. */
export interface CountedDecision {
  readonly kind: "counted";
  readonly whole: AwaitDecision;
  readonly members: readonly AwaitDecision[];
}

/**
 * Decides whether operations that are counted can be awaited together, with what the last of them does behind that.
 *
 * @param decided what is decided about each of them by itself
 * @param isApart whether what follows comes to stand in a function of its own
 */
export function decideCounted(
  file: CountedFile,
  join: CountedJoin,
  decided: ReadonlyMap<DescribedOperation, AwaitDecision | Obstacle>,
  isApart: boolean,
): CountedDecision | Obstacle {
  const { context } = file;
  const { operation, starts } = join;
  const unsure = (place: TSESTree.Node): Obstacle => obstacle("count-not-sure", place, operation.name);
  const members: AwaitDecision[] = [];
  for (const each of join.members) {
    const decision = decided.get(each)!;
    if (decision.kind === "obstacle") return decision;
    members.push(decision);
  }
  const placed = obstacleInPlaces(file, join);
  if (placed !== null) return placed;
  const counts = readCounts(context.source, join, members, file.calls);
  const [count] = counts ?? [];
  if (counts === null || count === undefined) return unsure(join.counter.writes[0]!);
  const setup = setupFor(context, join, counts);
  if (setup === null) return unsure(count.write);
  const gone = [...countingStatements(counts), ...setup.preparations];
  if (!isFinishMovable(file, join, counts, isApart)) return unsure(count.asking);
  const early = earlyTelling(file, join, counts);
  if (early !== undefined) return unsure(early);
  const loud = loudBehindFlags(context.source, join, members, gone);
  if (loud !== undefined) return unsure(loud);
  const finishing = counts.flatMap(({ finish }) => finish);
  const isCounting = (use: TSESTree.Node): boolean =>
    gone.some((each) => contains(each, use)) && !finishing.some((each) => contains(each, use));
  const left = [...join.counter.uses].find((use) => !isCounting(use) && !isBefore(join, use));
  if (left !== undefined) return unsure(left);
  const written = members.map((each) => asMember(join, each, gone));
  const success = finishStretch(count);
  const none = { fns: [], values: [], after: [], rewrites: [], told: null } as const;
  const whole: AwaitDecision = {
    kind: "await",
    operation,
    ...none,
    place: placeOf(operation)!,
    end: starts.last,
    failure: { kind: "none" },
    success: [success],
    isApart,
    leaves: statementsIn(success).some((each) => leavesThen(file.calls, each)),
    join: {
      ...joiningOf(join, written),
      ...{ finish: count.finish, gone, mayBeNone: setup.mayBeNone && !isAskedBefore(join) },
      isToldEach:
        join.flags === undefined && members.some(({ failure }) => failure.kind === "thrown" && failure.isTold),
    },
  };
  return { kind: "counted", whole, members: written };
}

function joiningOf(
  { round, starts }: CountedJoin,
  written: readonly AwaitDecision[],
): Pick<Joining, "direct" | "each" | "loop" | "round" | "starts"> {
  const { loop, operations } = starts;
  const start = written.find(({ operation }) => operation === operations[0]!.operation)!;
  const each = loop === null ? null : forEachOf(loop);
  return {
    starts: operations.map(({ begin, operation }) => (round === null ? operation.call.parent : begin)),
    loop: each === null ? loop : null,
    each,
    round,
    direct: start.told === "promise" ? start.place : null,
  };
}

/** A member of a join as it is written: without what counted, and as the promise itself where nothing is left to do behind it. */
function asMember(
  { round, starts }: CountedJoin,
  decision: AwaitDecision,
  gone: readonly TSESTree.Statement[],
): AwaitDecision {
  const { after, failure, operation, place, success, values } = decision;
  const isStart = starts.operations.some((each) => each.operation === operation);
  const isLeft = (stretch: Stretch): boolean => statementsIn(stretch).some((each) => !gone.includes(each));
  const left = { ...decision, success: success.filter(isLeft), after: after.filter(isLeft) };
  if (!isStart) return left;
  const joined = round !== null ? "inside" : starts.loop !== null ? "pushed" : "element";
  const isEmpty = left.success.length + left.after.length + values.length === 0 && failure.kind === "thrown";
  const isAll = round === null || (isAllOf(round, place) && forEachOf(starts.loop!) !== null);
  return { ...left, joined, ...(isEmpty && isAll ? ({ told: "promise" } as const) : {}) };
}

/** Whether a statement, or an expression, is all of a function's code. */
function isAllOf({ body }: FunctionNode, place: TSESTree.Node): boolean {
  return body === place || (body.type === "BlockStatement" && body.body.length === 1 && body.body[0] === place);
}

/** The code that follows the last operation, where it stands. */
function finishStretch({ asking, finish }: Count): Stretch {
  // An event that counts is asked by its wait, and nothing follows a signal.
  if (asking.type !== "IfStatement") return { range: [asking.range[1], asking.range[1]], inside: asking.parent };
  const { consequent } = asking;
  const [first] = finish;
  if (first === consequent) return { range: first.range, inside: first };
  if (consequent.type === "BlockStatement" && first!.parent === consequent)
    return { range: [consequent.range[0] + 1, consequent.range[1] - 1], inside: consequent };
  return { range: [asking.range[1], finish.at(-1)!.range[1]], inside: asking.parent };
}

function setupFor(
  context: Context,
  { counter, direction, starts }: CountedJoin,
  counts: readonly Count[],
): CountdownSetup | null {
  const others = counter.writes.filter((node) => !counts.some(({ write }) => contains(write, node)));
  const setup = setupOf(context, counter, starts, { direction, places: counts, others });
  if (setup === null || !setup.isOwn) return null;
  // What counts its starts one by one may be at zero between them where a callback may come at once.
  const isCountedUp = setup.preparations.some((each) => isInRegion(starts, each));
  const isLater = starts.operations.every(({ operation: { start } }) => start !== null);
  return isCountedUp && !isLater ? null : setup;
}

/** What is around the starts that keeps their code from following an await there. */
function obstacleInPlaces({ context, reach }: CountedFile, { round, starts }: CountedJoin): Obstacle | null {
  if (round === null) return null;
  const own = obstacleInCallback(context.source, round, round as unknown as TSESTree.Expression);
  if (own !== null) return own;
  if (mayThrow(reach, round)) return obstacle("throws-at-once", round);
  for (const { operation } of starts.operations) {
    const place = placeOf(operation);
    const stop = place === null ? null : obstacleAt(place, operation);
    if (stop !== null) return stop;
  }
  return null;
}
