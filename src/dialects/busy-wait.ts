/**
 * How completion is spelled where a loop asks for it again and again. Sources: the .NET reference pages of IAsyncResult, Task, Thread,
 * SpinWait, Process, BackgroundWorker and WebClient; Unity's of AsyncOperation; the DOM's; the documentation of deasync and of fibers.
 */

import { EVENT_TYPES } from "./tap.ts";

/** Members that tell whether one kind of object has completed. */
export interface CompletionState {
  /** Spelled as .NET does; a script may see them with a small first letter. */
  readonly members: ReadonlySet<string>;
  /** The value they have until then. */
  readonly whilePending: boolean;
  /** Last segments of the names of types that have them, and mean by them what is meant here. */
  readonly types: ReadonlySet<string>;
  /** Calls on an object, or whose value it is, that start what it tells of. */
  readonly starters: RegExp | null;
}

/** Methods of a collection that ask each of its elements. */
export const QUANTIFIERS: ReadonlySet<string> = new Set(["every", "some", "All", "Any", "all", "any"]);

const NO_TYPES: ReadonlySet<string> = new Set();

/** First match wins. */
export const COMPLETION_STATES: readonly CompletionState[] = [
  {
    members: new Set(["IsCompleted", "IsCompletedSuccessfully", "IsFaulted", "IsCanceled"]),
    whilePending: false,
    types: new Set(["IAsyncResult", "TaskAwaiter", "ConfiguredTaskAwaiter", "ValueTaskAwaiter"]),
    starters: null,
  },
  {
    members: new Set(["IsBusy"]),
    whilePending: true,
    types: new Set(["WebClient", "BackgroundWorker"]),
    starters: /Async$/,
  },
  { members: new Set(["IsAlive"]), whilePending: true, types: new Set(["Thread"]), starters: null },
  {
    members: new Set(["IsDone"]),
    whilePending: false,
    types: new Set([
      "AsyncOperation",
      "AsyncOperationHandle",
      "AssetBundleCreateRequest",
      "AssetBundleRequest",
      "ResourceRequest",
      "UnityWebRequest",
      "UnityWebRequestAsyncOperation",
      "WWW",
    ]),
    starters: /Async$|^SendWebRequest$/i,
  },
  { members: new Set(["IsSet"]), whilePending: false, types: EVENT_TYPES, starters: null },
  { members: new Set(["HasExited"]), whilePending: false, types: new Set(["Process"]), starters: null },
  // Names that mean completion often enough to be believed in a loop that does nothing else.
  {
    members: new Set([
      "Complete",
      "Completed",
      "Done",
      "Finished",
      "IsCancellationRequested",
      "IsComplete",
      "IsFinished",
      "IsLoaded",
      "IsReady",
      "IsResolved",
      "IsSettled",
      "Loaded",
      "Ready",
    ]),
    whilePending: false,
    types: NO_TYPES,
    starters: null,
  },
  {
    members: new Set(["Busy", "IsLoading", "IsPending", "IsRunning", "Loading", "Pending", "Running"]),
    whilePending: true,
    types: NO_TYPES,
    starters: null,
  },
];

/** Members that tell a state by a number or a word, and are compared with one. */
export const STATUS_MEMBERS: ReadonlySet<string> = new Set([
  "ReadyState",
  "readyState",
  "Status",
  "status",
  "ThreadState",
  "threadState",
]);

/** What reads a clock: dotted names of functions, with any qualification before them. */
export const CLOCK_CALLS =
  /^(?:.+\.)?(?:Date\.now|performance\.now|process\.(?:hrtime(?:\.bigint)?|uptime)|os\.uptime|Stopwatch\.GetTimestamp|Environment\.get_?TickCount(?:64)?|DateTime(?:Offset)?\.get_?(?:Utc)?Now)$/;

/** Dotted names of members that are a clock. */
export const CLOCK_MEMBERS =
  /^(?:.+\.)?(?:Environment\.[tT]ickCount(?:64)?|DateTime(?:Offset)?\.(?:[nN]ow|[uU]tcNow)|Time\.(?:time|realtimeSinceStartup|unscaledTime))$|\.[eE]lapsed(?:Milliseconds|Ticks)?(?:\.|$)/;

/** Functions that let time pass: a loop with one of them waits. */
export const SLEEPING_CALLS =
  /^(?:.+\.)?(?:Thread\.(?:Sleep|SpinWait|Yield|sleep|spinWait|yield)|Atomics\.(?:wait|pause))$|\.(?:SpinOnce|spinOnce|WaitOne|waitOne)$/;

/** Functions that only tell somebody about it. */
export const LOGGING_CALLS = /^(?:.+\.)?(?:Console|console)\.\w+$/;

/** Functions and methods without any effect that conditions on time are made with. */
export const PURE_CALLS =
  /^(?:Math\.\w+|Number|BigInt|Boolean|String|parseInt|parseFloat|Date\.(?:parse|UTC)|TimeSpan\.From\w+)$|\.(?:getTime|valueOf|toString|get(?:UTC)?(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)|Add(?:Days|Hours|Minutes|Seconds|Milliseconds|Ticks)|Subtract|CompareTo)$/;

/** Functions that give other code of the script a turn: a loop with one of them polls, but does not spin. */
export const YIELDING_CALLS = /^(?:WScript\.Sleep|Fiber\.yield)$/;

/** Names of functions that run what is queued, timers and callbacks among it: after one of them nothing is known of a flag. */
export const PUMPING_NAME =
  /^_?(?:advance|doEvents|drain|flush|pump|pushFrame|run(?:All|Any|Loop|Microtasks|Next|Once|Only|Pending|ToLast|Until)?|step|tick)(?![a-z])|^(?:act|wait|yield)$/i;

/** Functions that run a function later, never at once: dotted names, or methods. */
export const DEFERRING_CALLS =
  /^(?:.+\.)?(?:setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame|requestIdleCallback|process\.nextTick)$|\.(?:then|catch|finally)$/;

/** Methods that change the size of what they belong to. */
export const SIZE_MUTATORS: ReadonlySet<string> = new Set([
  "add",
  "Add",
  "clear",
  "Clear",
  "delete",
  "pop",
  "push",
  "Remove",
  "set",
  "shift",
  "splice",
  "unshift",
]);
export const SIZE_MEMBERS: ReadonlySet<string> = new Set(["length", "size", "Count", "Length"]);

/** Packages that run the event loop from inside a call, under any of the names they are published by. */
export const DEASYNC_MODULE = /(?:^|[/-])deasync(?:$|[/-])/;
/** Their function that runs the loop for as long as a predicate holds. */
export const LOOP_WHILE = "loopWhile";
/** Their functions that run it once, or for a time. */
export const LOOP_ONCE: ReadonlySet<string> = new Set(["runLoopOnce", "sleep"]);

export const SPIN_TYPE = "SpinWait";
export const SPIN_UNTIL_MEMBERS: ReadonlySet<string> = new Set(["SpinUntil", "spinUntil"]);
