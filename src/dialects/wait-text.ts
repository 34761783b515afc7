import { BEGIN_NAME } from "./begin-end-text.ts";
import { all, member, near, some, words } from "./text-tests.ts";

/** What a text must hold for a wait that blocks to be possible in it. */

/** A task type, a call named like one that yields a task, or where a promise comes from. */
const AWAITABLE = /Async|Task|\basync\b|\bPromise\b/;

export const BLOCKING_WAIT = some(
  // In .NET's own spelling; in lower case, where these are common words, a task or an event must be named as well.
  all(member("Result"), AWAITABLE),
  all(near(["Async", "Task", "Slim", "CountdownEvent"], /Async\b|Task|Slim\b|CountdownEvent/), member("result", "wait", "getResult")),
  member("WaitAll", "waitAll", "WaitAny", "waitAny", "WaitOne", "waitOne"),
  member("Wait"),
  member("GetAwaiter", "getAwaiter"),
  member("getResults"),
  all(near(["Thread"], /Thread\b/), member("Sleep", "sleep")),
  all(BEGIN_NAME, /(?:End|end)[A-Z_$]/),
  all(words("Atomics", '"fibers', "'fibers"), member("wait")),
  words("deasync", "sync-fetch", "sync-request", "then-request"),
  all(words("XMLHttp", "XmlHttp", "XMLHTTP", "XmlHTTP", "xmlhttp"), words("false", "!1")),
  // edge-js: `edge.func(…)` and `fn(payload, true)`.
  all(some(words("edge-js"), near([".func", " func(", "\tfunc(", "\nfunc("], /func\b(?<=\.\s*func)/)), words("true", "!0")),
);

