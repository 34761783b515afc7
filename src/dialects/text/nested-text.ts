import { RAW_TASK_HOST } from "./host-text.ts";
import { all, around, rest, some, type TextTest } from "./text-tests.ts";

/** What a text must hold for a task of a task to be possible in it. */

/** `Promise<Promise<T>>`, `Task<Task<T>>`, in any qualification. */
export const NESTED_TYPE = around(
  ["Promise", "Task"],
  /(?:Promise|Task(?:\$1)?)\s*<\s*(?:\w+\s*\.\s*)*\$?(?:Promise|PromiseLike|\w*Task(?:\$1)?)\s*</y,
);

/** Whether a text may hold a function that gives a task of a task, or a type that says so. */
export const NESTED_TASK: TextTest = some(
  NESTED_TYPE,
  all(around(["Task"], /Task\b/y), /(?:[sS]tartNew|[rR]un)\b/, rest("async", "await", "Promise")),
  // Hosts whose tasks are no promises: an async function may hand one out.
  all(RAW_TASK_HOST, rest("async"), rest("Async", "Task")),
);
