import { surelyAwaited } from "./awaited-text.ts";
import { BEGIN_NAME } from "./begin-end-text.ts";
import { partsOf } from "./code-places.ts";
import { isMemberPlace } from "./member-text.ts";
import { all, around, member, nearMember, some, words, type TextTest } from "./text-tests.ts";
import { everyPlace } from "./word-places.ts";

/** What a text must hold for a wait that blocks to be possible in it. */

/** A task type, a call named like one that yields a task, or where a promise comes from. */
const AWAITABLE = /Async|Task|\basync\b|\bPromise\b/;
/** A task or an event by name: in lower case the members that block are common words. */
const NAMED = around(["Async", "Task", "Slim", "CountdownEvent"], /Async\b|Task|Slim\b|CountdownEvent/y);

/** Members that block, in .NET's own spelling or in that of a host which changes the first letter. */
const NAMED_MEMBERS = ["result", "getResult"];
const TASK_MEMBERS = ["WaitAll", "waitAll", "WaitAny", "waitAny", "Wait", "GetAwaiter", "getAwaiter"];

/** A wait in lower case is none where it is awaited. */
const WAIT: TextTest = {
  test: (text) => !everyPlace(text, "wait", (at) => !isMemberPlace(text, at) || surelyAwaited(text, at)),
};

const SLEEP = all(around(["Thread"], /Thread\b/y), nearMember("Sleep", "sleep"));

const TASK = some(
  all(member("Result"), AWAITABLE),
  all(NAMED, some(nearMember(...NAMED_MEMBERS), WAIT)),
  member(...TASK_MEMBERS),
);

export const BLOCKING_WAIT = some(
  TASK,
  member("WaitOne", "waitOne"),
  member("getResults"),
  SLEEP,
  all(BEGIN_NAME, /[Ee]nd[A-Z_$]/),
  all(words("Atomics", '"fibers', "'fibers"), nearMember("wait")),
  words("deasync", "sync-fetch", "sync-request", "then-request"),
  all(words("XMLHttp", "XmlHttp", "XMLHTTP", "XmlHTTP", "xmlhttp"), /false|!1/),
  // edge-js: `edge.func(…)` and `fn(payload, true)`.
  all(some(words("edge-js"), around(["func"], /func\b(?<=\.\s*func)/y)), /true|!0/),
);

/**
 * What a text must hold for a wait on a task, or a sleep, that can be an await. What passes is parsed, and the parser loaded for it, so that
 * one more look at what is code and what is prose is worth its time.
 */
export const TASK_WAIT = all(some(TASK, all(SLEEP, /\basync\b/)), { test: isInCode });

function isInCode(text: string): boolean {
  const places: number[] = [];
  for (const name of ["Result", ...NAMED_MEMBERS, ...TASK_MEMBERS, "wait", "Sleep", "sleep"]) {
    everyPlace(text, name, (at) => {
      if (isMemberPlace(text, at) && !(name === "wait" && surelyAwaited(text, at))) places.push(at);
      return true;
    });
  }
  places.sort((a, b) => a - b);
  const parts = partsOf(text, places);
  // A key in quotes is a string.
  return (
    parts === null ||
    parts.some((part, index) => part === "code" || (part === "string" && /["'`]/.test(text[places[index]! - 1]!)))
  );
}
