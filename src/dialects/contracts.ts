/**
 * How WCF marks the operations of a service, as decorators in TypeScript. Source: "Synchronous and Asynchronous Operations" and the
 * reference page of `OperationContractAttribute` in the .NET documentation.
 */

/** Decorators of an operation; settings may name more. */
export const OPERATION_DECORATORS: ReadonlySet<string> = new Set(["OperationContract", "operationContract"]);
/** Members of their argument, in either casing. */
export const ASYNC_PATTERN = /^[aA]syncPattern$/;
export const IS_ONE_WAY = /^[iI]sOneWay$/;
export const OPERATION_NAME = /^[nN]ame$/;

/** What a task-returning version of an operation is called. */
export const TASK_VERSION_NAME = /^(\w+?)(?:Task)?Async$/;

/** Types of parameters that only the task-based version of an operation has. */
export const ADDED_BY_TASK_VERSIONS: ReadonlySet<string> = new Set([
  "AbortSignal",
  "CancellationToken",
  "IProgress",
  "IProgress$1",
]);

/**
 * Classes with which a pair stands on a task: the method that makes a handle of a task, a callback and a state, and the one that gives
 * what the task gave. Sources: `TaskToAsyncResult` in .NET, `TaskToApm` in its sources, `ApmAsyncFactory` of AsyncEx.
 */
export const TASK_HANDLES: ReadonlyMap<
  string,
  { readonly begin: ReadonlySet<string>; readonly end: ReadonlySet<string> }
> = new Map(
  ["TaskToAsyncResult", "TaskToApm", "ApmAsyncFactory"].map((name) => [
    name,
    { begin: new Set(["Begin", "begin", "ToBegin", "toBegin"]), end: new Set(["End", "end", "ToEnd", "toEnd"]) },
  ]),
);

/** Classes that make a channel to a service: the channel has the members that the interface has for which it is made. */
export const CHANNEL_FACTORIES: ReadonlySet<string> = new Set([
  "ChannelFactory",
  "DuplexChannelFactory",
  "WebChannelFactory",
]);
