/** How threads are made to wait, besides tasks and events (see tap.ts). Source: the reference pages of .NET and of each Node.js package. */

/** The class whose static members put the thread to sleep. */
export const THREAD_TYPE = "Thread";
export const SLEEP_MEMBERS: ReadonlySet<string> = new Set(["Sleep", "sleep"]);

/** The class whose static members wait for several handles. */
export const WAIT_HANDLE_TYPE = "WaitHandle";

/** Events whose `Wait` blocks as `WaitOne` does. */
export const SLIM_EVENT_TYPES: ReadonlySet<string> = new Set(["ManualResetEventSlim", "CountdownEvent"]);

/** Members of an event that neither wait for it nor let it out of sight. */
export const EVENT_MEMBERS: ReadonlySet<string> = new Set([
  "Close",
  "Dispose",
  "Reset",
  "Set",
  "Signal",
  "Wait",
  "WaitOne",
  "close",
  "dispose",
  "reset",
  "set",
  "signal",
  "wait",
  "waitOne",
]);

/** Time-outs that mean "do not wait". */
export const ZERO_TIMEOUTS: ReadonlySet<string> = new Set(["TimeSpan.Zero"]);
/** Time-outs that mean "for ever". */
export const INFINITE_TIMEOUTS: ReadonlySet<string> = new Set(["Timeout.Infinite", "Timeout.InfiniteTimeSpan"]);

/** Members of a task or promise whose functions run when it is complete. */
export const CONTINUATION_MEMBERS: ReadonlySet<string> = new Set([
  "ContinueWith",
  "continueWith",
  "OnCompleted",
  "onCompleted",
  "done",
  "finally",
  "then",
]);

/** Functions whose callback the event loop calls: it needs the thread to be free. */
export const LOOP_FUNCTIONS: ReadonlySet<string> = new Set([
  "process.nextTick",
  "queueMicrotask",
  "requestAnimationFrame",
  "setImmediate",
  "setInterval",
  "setTimeout",
]);

/**
 * A file with one of these runs in a worker, where nobody else needs the thread. `workerData` as the key of an option is what the
 * other side writes, so it counts only where it is read or imported.
 */
export const WORKER_MARKS: readonly RegExp[] = [
  /\bparentPort\b/,
  /\bworkerData\s*[.[]/,
  // `{ …, workerData, … } =` or `from`, read backwards from the brace that closes it.
  /\}\s*(?:=|from\b)(?<=\{[^{}]*\}\s*(?:=|from))(?<=\bworkerData\b[^{}]*\}\s*(?:=|from))/,
  /DedicatedWorkerGlobalScope/,
  /\bimportScripts\s*\(/,
  /\bself\s*\.\s*onmessage\b/,
  /\bself\s*\.\s*addEventListener\(\s*["']message["']/,
  /<reference\s+lib=["']webworker["']/,
];

/** Packages whose export blocks when it is called. */
export const BLOCKING_CALLS: ReadonlyMap<string, "syncRequest"> = new Map([
  ["sync-fetch", "syncRequest"],
  ["sync-request", "syncRequest"],
  ["then-request/sync", "syncRequest"],
]);

/** The package that makes functions synchronous, and its members that block; its loops are busy waits. */
export const DEASYNC_MODULE = "deasync";
export const DEASYNC_SLEEP = "sleep";

/** Modules that export the `Future` of node-fibers. */
export const FUTURE_MODULES: ReadonlySet<string> = new Set(["fibers/future", "fibers"]);

/** Request classes that can be opened synchronously. */
export const XHR_TYPE = "XMLHttpRequest";
/** What old scripts hand to `new ActiveXObject(…)` for the same class. */
export const ACTIVE_X_XHR = /XMLHTTP/i;

/** The member of edge-js that makes a function of a .NET one. */
export const EDGE_FUNCTION_MEMBER = "func";

/** `promise.operation.getResults()` of WinRT. */
export const GET_RESULTS_MEMBER = "getResults";
export const WINRT_OPERATION_MEMBER = "operation";
