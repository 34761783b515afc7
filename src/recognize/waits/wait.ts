import type { TSESTree } from "../../ast/source.ts";
import type { Deadlock } from "./deadlocks.ts";
import type { EntryPoint } from "./entry-points.ts";
import type { Operation } from "../begin-end/operation.ts";
import type { PendingStart } from "./pending.ts";

/** What a wait blocks on. */
export type WaitKind =
  /** `.Result`, `.Wait()`, `.GetAwaiter().GetResult()`. */
  | "task"
  /** `Task.WaitAll(…)`. */
  | "allTasks"
  /** `Task.WaitAny(…)`. */
  | "anyTask"
  /** `handle.AsyncWaitHandle.WaitOne()`. */
  | "waitHandle"
  /** `WaitOne()` on a ManualResetEvent, AutoResetEvent, … */
  | "event"
  /** `WaitHandle.WaitAll(…)`, `WaitHandle.WaitAny(…)`. */
  | "waitHandles"
  /** `EndRead(…)` of an operation that nothing has waited for. */
  | "end"
  /** `Thread.Sleep(…)`. */
  | "sleep"
  /** `Atomics.wait(…)`. */
  | "atomics"
  /** `future.wait()` of node-fibers. */
  | "fiber"
  /** A function made synchronous, or a sleep, by deasync. */
  | "deasync"
  /** `request(…)` of sync-request, `fetch(…)` of sync-fetch. */
  | "syncRequest"
  /** `xhr.open(method, url, false)`. */
  | "syncXhr"
  /** `fn(payload, true)` of edge-js. */
  | "edge"
  /** `promise.operation.getResults()` of WinRT. */
  | "getResults";

/** A place where the thread stands still until something else has happened, before what surrounds it is known. */
export interface WaitSite {
  readonly kind: WaitKind;
  /** The expression that blocks: the call, or the member access of `.Result`. */
  readonly node: TSESTree.Node;
  /** The name that blocks: the narrow place to report. */
  readonly nameNode: TSESTree.Node;
  /** What is waited for: tasks, the handle, the event, the future; what a `WaitAll` lists. */
  readonly subjects: readonly TSESTree.Expression[];
  /** The Begin/End operation that is waited for, where it is known. */
  readonly operation: Operation | null;
  /** The argument that limits the wait, if there is one. */
  readonly timeout: TSESTree.Node | null;
}

/** A wait that blocks, with what a message or a migration has to know of its surroundings. */
export interface Wait extends WaitSite {
  readonly entryPoint: EntryPoint | null;
  /** Why the wait can never end, where that is certain. */
  readonly deadlock: Deadlock | null;
  /** For a sleep: what was started before it in the same function and is awaited nowhere. */
  readonly pending: readonly PendingStart[];
}
