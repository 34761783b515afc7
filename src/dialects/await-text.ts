import { mayHoldOperation } from "./begin-end-text.ts";
import { all, near, some, words, type TextTest } from "./text-tests.ts";

/** What a text must hold for an `await` that does not wait to be possible in it. */

/** The marks of the hosts whose tasks are no promises. */
const RAW_TASK_HOST = some(words("puer", "csharp", "jsb", "ToPromise"), near(["System", "UnityEngine"], /\bCS\s*\.\s*(?:System|UnityEngine)\b/));

/** `(await task).Result`: the parenthesis, a cast's or a mark's end, and the member. */
const AWAITED_RESULT = near(["Result", "result"], /\)[\s)!]*(?:\/\*[^]*?\*\/\s*|\/\/[^\n]*\n\s*)*(?:\?\.\s*|\.\s*)?(?:\/\*[^]*?\*\/\s*)?(?:\[\s*["'`])?[rR]esult\b/);

/** A starter that the text declares to return nothing, whose completed event it names, or whose type it qualifies. */
const STARTER = all(near(["Async"], /\wAsync\b/), some(words("ompleted", "System"), near(["void", "undefined"], /(?::|=>)\s*(?:void|undefined)\b/)));

/** `await setTimeout(…)`, with what may stand before the name: parentheses, a cast, a comment, the global object. */
const CALLBACK = near(
  ["setTimeout", "setInterval", "setImmediate", "requestAnimationFrame", "requestIdleCallback", "nextTick", "queueMicrotask"],
  /\bawait(?:[\s(!]|\/\*[^]*?\*\/|\/\/[^\n]*\n|<[\w.]+>)*(?:(?:window|globalThis|self|global|process)(?:[\s)!]|as\s+[\w.]+)*(?:\?\.|\.|\[\s*["'`])\s*)?(?:setTimeout|setInterval|setImmediate|requestAnimationFrame|requestIdleCallback|nextTick|queueMicrotask)\b/,
);

const FOR_EACH = near(["forEach"], /\bawait\b[^;{}]*?\bforEach\b/);

/** An array of promises, made by `map` or written out. */
const ARRAY = some(near(["map"], /\bawait\b[^;{}]*?\bmap\b/), near(["await"], /\bawait(?:[\s(]|\/\*[^]*?\*\/|\/\/[^\n]*\n|<[^<>]+>)*\[/));

/** Whether a text may hold an `await` of what is no promise although work goes on behind it. */
export const INEFFECTIVE_AWAIT: TextTest = all(
  words("await"),
  some(RAW_TASK_HOST, AWAITED_RESULT, { test: mayHoldOperation }, STARTER, CALLBACK, words("executeQueryAsync"), near(["Office"], /\bOffice\s*[.!?[]/), FOR_EACH, ARRAY),
);
