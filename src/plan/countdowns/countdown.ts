import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { Enclosing } from "../../ast/functions.ts";
import type { ResetEvent } from "../../recognize/waits/reset-events.ts";
import type { Count } from "./count-steps.ts";
import type { Counter } from "./counter.ts";

/**
 * Operations that are pending side by side and count their completions, so that the last one runs what is to follow them all: one
 * `Promise.all` waits for them. Each callback counts once on every path, as the last thing it does.
 */
export interface Countdown extends CountdownStarts {
  readonly counter: Counter;
  /** Where is counted and asked: in callbacks, or in the function that they all call for it. */
  readonly counts: ReadonlyMap<FunctionNode, readonly Count[]>;
  /** The function that counts for callbacks, where there is one, and their calls of it. */
  readonly helper: FunctionNode | null;
  readonly calls: readonly TSESTree.Statement[];
  /** Statements that do no more than give the counter its amount. */
  readonly preparations: readonly TSESTree.ExpressionStatement[];
  /** Whether somebody else reads the counter, so that it goes on counting. */
  readonly isCounterNeeded: boolean;
  /** Whether it may be that no operation begins; then nothing followed. */
  readonly mayBeNone: boolean;
  readonly finish: CountdownFinish;
}

/** What begins one of several operations that are counted, of whatever family. */
export interface CountedStart {
  readonly begin: TSESTree.Node;
}

/** Where the operations of a countdown begin: in statements of one list, or one in each round of a loop. */
export interface CountdownStarts<Start extends CountedStart = Operation> {
  readonly operations: readonly Start[];
  readonly unit: Enclosing;
  /** The loop, or the statement of a `forEach`; `null` where there is none. */
  readonly loop: TSESTree.Statement | null;
  /** The first and the last statement of the unit that begins one. */
  readonly first: TSESTree.Statement;
  readonly last: TSESTree.Statement;
}

/** What follows the last of several operations, and who waits for it. */
export interface CountdownFinish {
  /** The count whose code is taken; that of the others is the same. */
  readonly count: Count;
  /** The wait that what follows ends, by an event; `null` where nobody waits. */
  readonly wait: { readonly event: ResetEvent; readonly statement: TSESTree.ExpressionStatement } | null;
}

/** How a counter gets the amount of operations that it counts. */
export interface CountdownSetup {
  readonly preparations: readonly TSESTree.ExpressionStatement[];
  /** Signals of the starts themselves, behind the last of them: `new CountdownEvent(1)` counts them beside the operations. */
  readonly signals: readonly TSESTree.ExpressionStatement[];
  /** Whether each run of the code around the starts has a counter of its own, or there is one run only. */
  readonly isOwn: boolean;
  /** Whether a later run finds the counter as this one did, once all operations are complete. */
  readonly isRestored: boolean;
  readonly mayBeNone: boolean;
}

/** The function that counts for callbacks, and their calls of it. */
export interface CountingHelper {
  readonly helper: FunctionNode | null;
  readonly helperCalls: ReadonlySet<TSESTree.Statement>;
}
