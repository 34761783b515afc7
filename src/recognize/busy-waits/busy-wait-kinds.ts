import type { WaitNode } from "./loop-values.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Variable } from "../../ast/scopes.ts";
import type { Operation } from "../begin-end/operation.ts";

/** What a busy wait waits for, or how. */
export type BusyWaitCause =
  /** `handle.IsCompleted`, `worker.IsBusy`, … */
  | "handle"
  /** `event.WaitOne(0)`. */
  | "zero-wait"
  /** The time. */
  | "clock"
  /** A variable or member that only a callback changes. */
  | "flag"
  /** A loop that runs the event loop from inside. */
  | "run-loop-once"
  /** `deasync.loopWhile(…)`. */
  | "loop-while"
  /** `SpinWait.SpinUntil(…)`. */
  | "spin-until";

/** A place where code waits by asking again and again, and lets nothing else run meanwhile. */
export interface BusyWait {
  readonly cause: BusyWaitCause;
  /** The loop, or the call that is one. */
  readonly node: WaitNode;
  /** The narrow place: what is asked, as the loop writes it. */
  readonly place: TSESTree.Node;
  /** What is asked, or the call that waits. */
  readonly subject: TSESTree.Node;
  /** The variable that holds the handle or task that is waited for, where there is one. */
  readonly handle: Variable | null;
  /** The operation whose completion is waited for, where the file shows it. */
  readonly operation: Operation | null;
  /** What the loop does besides asking: nothing at all, only sleep, log and look at the time, or real work. */
  readonly body: "empty" | "idle" | "work";
}
