/**
 * How tasks and the waits on them are spelled. Source: "Task-based Asynchronous Pattern (TAP)" and the reference pages of
 * Task, WaitHandle, Thread, SpinWait in the .NET documentation; the typings that script hosts emit for generic names.
 */

/** Last segments of type names that mean a .NET task. */
export const TASK_TYPES: ReadonlySet<string> = new Set([
  "Task",
  "Task$1",
  "$Task",
  "ValueTask",
  "ValueTask$1",
  "UniTask",
  "UniTask$1",
]);

/** Type names of the script's own awaitable. */
export const PROMISE_TYPES: ReadonlySet<string> = new Set(["Promise", "PromiseLike"]);

/** Names of awaitable operations: `PutObjectAsync`, `putObjectAsync`. A name is one witness only. */
export const ASYNC_NAME = /^[A-Za-z_$]\w*Async$/;

/** Static members of `Task` that yield a task. */
export const TASK_FACTORIES: ReadonlySet<string> = new Set([
  "Run",
  "Delay",
  "WhenAll",
  "WhenAny",
  "FromResult",
  "FromException",
  "run",
  "delay",
  "whenAll",
  "whenAny",
]);

export const RESULT_MEMBERS: ReadonlySet<string> = new Set(["Result", "result"]);
export const WAIT_MEMBERS: ReadonlySet<string> = new Set(["Wait", "wait"]);
export const GET_AWAITER_MEMBERS: ReadonlySet<string> = new Set(["GetAwaiter", "getAwaiter"]);
export const GET_RESULT_MEMBERS: ReadonlySet<string> = new Set(["GetResult", "getResult"]);
export const WAIT_ALL_MEMBERS: ReadonlySet<string> = new Set(["WaitAll", "waitAll"]);
export const WAIT_ANY_MEMBERS: ReadonlySet<string> = new Set(["WaitAny", "waitAny"]);
export const WHEN_ANY_MEMBERS: ReadonlySet<string> = new Set(["WhenAny", "whenAny"]);
export const WHEN_ALL_MEMBERS: ReadonlySet<string> = new Set(["WhenAll", "whenAll", "all"]);

/** Members that start work on `Task.Factory`. */
export const TASK_FACTORY_MEMBERS: ReadonlySet<string> = new Set([
  "StartNew",
  "startNew",
  "FromAsync",
  "fromAsync",
  "ContinueWhenAll",
  "continueWhenAll",
  "ContinueWhenAny",
  "continueWhenAny",
]);

/** Members of a task that give another task. */
export const TASK_CONTINUATIONS: ReadonlySet<string> = new Set(["ContinueWith", "continueWith"]);
/** Members of a task that give the same work as a task again. */
export const TASK_VIEWS: ReadonlySet<string> = new Set([
  "ConfigureAwait",
  "configureAwait",
  "AsTask",
  "asTask",
  "Unwrap",
  "unwrap",
  "WaitAsync",
  "waitAsync",
]);
/** Static members of `Task` that yield a task that is complete from the start. */
export const COMPLETED_TASK_MEMBERS: ReadonlySet<string> = new Set(["CompletedTask", "completedTask"]);
export const FROM_RESULT_MEMBERS: ReadonlySet<string> = new Set(["FromResult", "fromResult"]);
export const COMPLETE_TASK_FACTORIES: ReadonlySet<string> = new Set([
  ...FROM_RESULT_MEMBERS,
  ...COMPLETED_TASK_MEMBERS,
  "FromException",
  "fromException",
]);

/** Members that a class called `Task` has when it means what .NET means by it. */
export const TASK_CLASS_MEMBERS: ReadonlySet<string> = new Set([
  "Result",
  "Wait",
  "GetAwaiter",
  "ContinueWith",
  "IsCompleted",
  "getAwaiter",
  "continueWith",
  "getResult",
]);

/**
 * Members that no task has. What an `xxxAsync` gives is another kind of object where one of them is used: an operation of Unity
 * (`AsyncOperation`, `AsyncOperationHandle`), a request of the DOM, an emitter of Node.js.
 */
export const OPERATION_OBJECT_MEMBERS: ReadonlySet<string> = new Set([
  "Task",
  "IsDone",
  "isDone",
  "Completed",
  "completed",
  "add_Completed",
  "add_completed",
  "CompletedTypeless",
  "PercentComplete",
  "progress",
  "allowSceneActivation",
  "WaitForCompletion",
  "waitForCompletion",
  "onsuccess",
  "onerror",
  "onload",
  "oncomplete",
  "onupgradeneeded",
  "readyState",
  "on",
  "once",
  "addListener",
  "addEventListener",
]);

/** Modules that stand for .NET namespaces: `System.Threading.Tasks`, `csharp`, `node-api-dotnet/net8.0`. */
export const DOTNET_MODULE = /(?:^|[./\\])(?:System\.|csharp$|dotnet|clr$)|node-api-dotnet/;

/** A task that says it is complete. */
export const COMPLETED_MEMBERS: ReadonlySet<string> = new Set([
  "IsCompleted",
  "isCompleted",
  "IsCompletedSuccessfully",
  "isCompletedSuccessfully",
  "IsFaulted",
  "isFaulted",
  "IsCanceled",
  "isCanceled",
]);

/** Values of `TaskStatus` that a task has before it is complete. */
export const PENDING_STATUSES: ReadonlySet<string> = new Set([
  "Created",
  "WaitingForActivation",
  "WaitingToRun",
  "Running",
  "WaitingForChildrenToComplete",
]);

/** The event that is set once it has been signalled as often as it counts. */
export const COUNTDOWN_EVENT_TYPE = "CountdownEvent";
export const EVENT_TYPES: ReadonlySet<string> = new Set([
  "ManualResetEvent",
  "ManualResetEventSlim",
  "AutoResetEvent",
  "EventWaitHandle",
  COUNTDOWN_EVENT_TYPE,
  "WaitHandle",
]);
export const WAIT_ONE_MEMBERS: ReadonlySet<string> = new Set(["WaitOne", "waitOne"]);
/** Members that release whoever waits for an event. */
export const SET_MEMBERS: ReadonlySet<string> = new Set(["Set", "set", "Signal", "signal"]);
/** Members by which it is to be signalled once more. */
export const ADD_COUNT_MEMBERS: ReadonlySet<string> = new Set(["AddCount", "addCount"]);
/** Members that arm an event again. */
export const RESET_MEMBERS: ReadonlySet<string> = new Set(["Reset", "reset"]);

/** The exception that a wait for tasks throws around their errors; in a port it may have the script's name for the same. */
export const AGGREGATE_TYPES: ReadonlySet<string> = new Set(["AggregateException", "AggregateError"]);
/** Its members that are the error itself where there is one. */
export const FIRST_ERROR_MEMBERS: ReadonlySet<string> = new Set([
  "InnerException",
  "innerException",
  "GetBaseException",
  "getBaseException",
]);
/** Its members that no other exception has. */
export const AGGREGATE_MEMBERS: ReadonlySet<string> = new Set([
  "InnerExceptions",
  "innerExceptions",
  "Flatten",
  "flatten",
  "Handle",
  "handle",
]);
