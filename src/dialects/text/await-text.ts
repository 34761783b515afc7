import { mayBeAwaited, mayBeReadOfAwait, nameStart } from "./awaited-text.ts";
import { BEGIN_END } from "./begin-end-text.ts";
import { RAW_TASK_HOST } from "./host-text.ts";
import { REQUEST_STARTERS, REQUEST_TYPES } from "../callback-apis.ts";
import { all, around, atPlaces, near, rest, some, words, type TextTest } from "./text-tests.ts";
import { GATHERED_BEFORE } from "./promise-text.ts";
import { endBefore, endsLike, isInComment, isWordPart, pathStart, SPACE } from "./text-scan.ts";

/** What a text must hold for an `await` that does not wait to be possible in it. */

/** A starter that the text declares to return nothing, whose completed event it names, or whose type it qualifies; the calls known by name. */
const STARTER = all(
  atPlaces(
    ["Async"],
    (text, at) => !isWordPart(text.charCodeAt(at + "Async".length)) && mayBeAwaited(text, nameStart(text, at)),
  ),
  some(
    rest("ompleted", "System", "executeQueryAsync"),
    near(["void", "undefined"], /(?::|=>)\s*(?:void|undefined)\b/),
    near(["Office"], /\bOffice\b/),
  ),
);

/** Functions and methods that give nothing to wait for. */
const NAMES = [
  "setTimeout",
  "setInterval",
  "setImmediate",
  "requestAnimationFrame",
  "requestIdleCallback",
  "nextTick",
  "queueMicrotask",
  "forEach",
  "readAsArrayBuffer",
  "readAsBinaryString",
  "readAsDataURL",
  "readAsText",
];
/** `map`, which gives an array, with what may follow it: by itself it is a part of many words. */
const MAP = [...`(<)!?/"'\`${SPACE}`].map((next) => `map${next}`);
const CALL = atPlaces([...NAMES, ...MAP], (text, at) => !isWordPart(text.charCodeAt(at - 1)) && mayBeAwaited(text, at));

/** An object of the browser that tells by its events, or by those of the requests that it gives. */
const REQUEST = words("XMLHttpRequest", "indexedDB", ...REQUEST_STARTERS.keys(), ...REQUEST_TYPES);

/** A `forEach` that `Promise.all` or the like is given. */
const GATHERED = atPlaces(["forEach"], (text, at) => {
  const start = pathStart(text, at);
  return start === null ? !isInComment(text, at) : endsLike(text, endBefore(text, start), GATHERED_BEFORE);
});

/** An array that is written out, perhaps behind a comment. A cast before it may be of any type. */
const ARRAY = around(["await"], /await[\s(]*(?:[[<]|\/[*/])/y);

const AWAITED_RESULT = atPlaces(["Result", "result"], mayBeReadOfAwait);

/** Whether a text may hold an `await` of what is no promise although work goes on behind it. */
export const INEFFECTIVE_AWAIT: TextTest = all(
  words("await"),
  some(RAW_TASK_HOST, BEGIN_END, STARTER, ARRAY, CALL, REQUEST, GATHERED, AWAITED_RESULT),
);
