import { ASYNC_LIBRARY } from "../async-library.ts";
import type { CompositionForm, KeptComposition } from "../compositions.ts";
import { alike, type Dialect, type OperationForm } from "../dialect.ts";

/**
 * The libraries `async` (2 and 3) and `neo-async`: functions that call others, each with a callback, and say when all are done. Source: their
 * documentation and code. What a function does with which functions is all that is told here.
 */

/** Calls that are gone through, and what they tell: an error, and what comes of the answers. */
function composed(form: CompositionForm, behind = form.at + 1): OperationForm {
  const isSilent = form.gives === "nothing";
  return {
    delivery: { kind: "callback", behind, upTo: behind },
    outcome: [
      // The last task says itself that there is no error.
      { role: "error", at: [{ in: "parameter", index: 0 }], none: form.gives === "last" ? "either" : "null" },
      ...(isSilent ? [] : [{ role: "value", name: "results", at: [{ in: "parameter", index: 1 }] } as const]),
    ],
    awaited: { kind: "composed", composition: form, gives: "value" },
    returns: "nothing",
    ...(isSilent ? {} : { valuesAfterError: "given" as const }),
  };
}

/** Calls that stay, with what they call back behind so many other arguments: functions that they call stand before it. */
function kept(why: KeptComposition, behind: number): OperationForm {
  return {
    delivery: { kind: "callback", behind },
    outcome: [{ role: "error", at: [{ in: "parameter", index: 0 }] }],
    awaited: { kind: "composed", composition: why, gives: "value" },
    returns: "handle",
  };
}

const TASKS = { over: "tasks", at: 0, passed: 0 } as const;
const LIST = { over: "list", at: 1, passed: 1 } as const;
const ENTRIES = { over: "entries", at: 1, passed: 2 } as const;
const COUNT = { over: "count", at: 1, passed: 1 } as const;
const MEMO = { over: "memo", at: 2, passed: 2, order: "inTurn", gives: "last" } as const;
const REPEATED = { over: "repeated", passed: 0, order: "inTurn", gives: "last" } as const;
const TEST = { isNegated: false, callsBackFrom: "3.0.0" } as const;
/** Other versions, and neo-async, give what is done first before the rest. */
const CONCAT = { version: "2.6.0", modules: ["async", "async-es"] } as const;
const TOGETHER = { order: "together" } as const;
const IN_TURN = { order: "inTurn" } as const;

export const ASYNC_JS: Dialect = {
  name: "async",
  starts: [{ kind: "module", modules: ASYNC_LIBRARY.modules, isSplit: true }],
  operations: new Map([
    ...alike("parallel", composed({ ...TASKS, ...TOGETHER, gives: "answers" })),
    ...alike("series", composed({ ...TASKS, ...IN_TURN, gives: "answers" })),
    ...alike("waterfall", composed({ ...TASKS, ...IN_TURN, isHandedOn: true, gives: "last" })),
    ...alike("each forEach", composed({ ...LIST, ...TOGETHER, gives: "nothing" })),
    ...alike("eachSeries forEachSeries", composed({ ...LIST, ...IN_TURN, gives: "nothing" })),
    ...alike("eachOf forEachOf", composed({ ...ENTRIES, ...TOGETHER, gives: "nothing" })),
    ...alike("eachOfSeries forEachOfSeries", composed({ ...ENTRIES, ...IN_TURN, gives: "nothing" })),
    ...alike("map", composed({ ...LIST, ...TOGETHER, gives: "answers" })),
    ...alike("mapSeries", composed({ ...LIST, ...IN_TURN, gives: "answers" })),
    ...alike("filter select", composed({ ...LIST, ...TOGETHER, gives: "kept" })),
    ...alike("filterSeries selectSeries", composed({ ...LIST, ...IN_TURN, gives: "kept" })),
    ...alike("reject", composed({ ...LIST, ...TOGETHER, gives: "dropped" })),
    ...alike("rejectSeries", composed({ ...LIST, ...IN_TURN, gives: "dropped" })),
    ...alike("detectSeries findSeries", composed({ ...LIST, ...IN_TURN, gives: "found" })),
    ...alike("someSeries anySeries", composed({ ...LIST, ...IN_TURN, gives: "some" })),
    ...alike("everySeries allSeries", composed({ ...LIST, ...IN_TURN, gives: "every" })),
    ...alike("times", composed({ ...COUNT, ...TOGETHER, gives: "answers", isStoppedAtOnce: true })),
    ...alike("timesSeries", composed({ ...COUNT, ...IN_TURN, gives: "answers" })),
    ...alike("reduce inject foldl", composed(MEMO)),
    ...alike("reduceRight foldr", composed({ ...MEMO, isReversed: true })),
    ...alike("some any", composed({ ...LIST, ...TOGETHER, gives: "some" })),
    ...alike("every all", composed({ ...LIST, ...TOGETHER, gives: "every" })),
    ...alike("detect find", composed({ ...LIST, ...TOGETHER, gives: "found" })),
    ...alike("race", composed({ ...TASKS, ...TOGETHER, gives: "first" })),
    ...alike(
      "concat flatMap",
      composed({ ...LIST, ...TOGETHER, gives: "joined", orderedFrom: CONCAT, isStoppedAtOnce: true }),
    ),
    ...alike("concatSeries flatMapSeries", composed({ ...LIST, ...IN_TURN, gives: "joined" })),
    ...alike("mapValues", composed({ ...ENTRIES, ...TOGETHER, gives: "members" })),
    ...alike("mapValuesSeries", composed({ ...ENTRIES, ...IN_TURN, gives: "members" })),
    ...alike("sortBy", composed({ ...LIST, ...TOGETHER, gives: "sorted" })),
    ...alike("whilst", composed({ ...REPEATED, at: 1, test: { ...TEST, at: 0, isBehind: false } }, 2)),
    ...alike("until", composed({ ...REPEATED, at: 1, test: { ...TEST, at: 0, isBehind: false, isNegated: true } }, 2)),
    ...alike("doWhilst", composed({ ...REPEATED, at: 0, test: { ...TEST, at: 1, isBehind: true } }, 2)),
    ...alike("doUntil", composed({ ...REPEATED, at: 0, test: { ...TEST, at: 1, isBehind: true, isNegated: true } }, 2)),
    ...alike("forever", composed({ ...REPEATED, at: 0, gives: "nothing" })),
    ...alike("parallelLimit", kept("limited", 2)),
    ...alike(
      `eachLimit forEachLimit eachOfLimit forEachOfLimit mapLimit filterLimit selectLimit rejectLimit detectLimit findLimit someLimit anyLimit
      everyLimit allLimit concatLimit flatMapLimit groupByLimit mapValuesLimit timesLimit`,
      kept("limited", 3),
    ),
    // These take no callback of their own, but for the functions that they keep.
    ...alike("cargo cargoQueue dir log memoize priorityQueue queue", kept("scheduled", 0)),
    ...alike("auto autoInject tryEach", kept("scheduled", 1)),
    ...alike("doDuring during groupBy groupBySeries retry", kept("scheduled", 2)),
    ...alike("transform", kept("scheduled", 3)),
  ]),
};
