import { all, near, some, words, type TextTest } from "./text-tests.ts";

/** What a text must hold for a task of a task to be possible in it. */

/** `Promise<Promise<T>>`, `Task<Task<T>>`, in any qualification. */
export const NESTED_TYPE = /(?:Promise|Task(?:\$1)?)\s*<\s*(?:\w+\s*\.\s*)*\$?(?:Promise|PromiseLike|\w*Task(?:\$1)?)\s*</;

/** Whether a text may hold a function that gives a task of a task, or a type that says so. */
export const NESTED_TASK: TextTest = some(
  near(["Promise", "Task"], NESTED_TYPE),
  all(near(["Task"], /Task\b/), near(["StartNew", "startNew", "Run", "run"], /(?:[sS]tartNew|[rR]un)\b/), words("async", "await", "Promise")),
  // Hosts whose tasks are no promises: an async function may hand one out.
  all(words("async"), words("Async", "Task"), some(words("puer", "csharp", "jsb", "ToPromise"), near(["System", "UnityEngine"], /\bCS\s*\.\s*(?:System|UnityEngine)\b/))),
);
