import { around, some, words } from "./text-tests.ts";

/** The marks of the hosts whose tasks are no promises. */
export const RAW_TASK_HOST = some(
  words("puer", "csharp", "'jsb'", '"jsb"', "ToPromise"),
  around(["System", "UnityEngine"], /(?:System|UnityEngine)\b(?<=\bCS\s*\.\s*(?:System|UnityEngine))/y),
);
