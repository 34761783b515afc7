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
