/**
 * The text tests of `no-blocking-wait` and `no-unawaited-task`: in each row all expressions must match, of one row at least. Nearly every
 * expression starts with a word and looks back from there, because a search for a word is many times faster than any other.
 */

/**
 * A member of this name: after a dot, with a line break or a comment between them at most, as a key in quotes, or in a pattern.
 * A name that stands elsewhere (a variable, a type) does not count.
 */
function member(name: string): RegExp {
  return new RegExp(`${name}\\b(?<=(?:[./\\n\\r]\\s*|\\[["'\`]|[{,]\\s*)${name})`);
}

/** A task type, a call named like one that yields a task, or where a promise comes from. */
const AWAITABLE = /Async|Task|\basync\b|\bPromise\b/;
export const BLOCKING_WAIT_TEXTS: readonly (readonly RegExp[])[] = [
  // In .NET's own spelling; in lower case, where these are common words, a task or an event must be named as well.
  [member("Result"), AWAITABLE],
  [/Async\b|Task|Slim\b|CountdownEvent/, member("(?:result|wait|getResult)")],
  [member("[Ww]ait(?:All|Any|One)")],
  [member("Wait")],
  [member("[Gg]etAwaiter")],
  [member("getResults")],
  [/Thread\b/, member("[Ss]leep")],
  [/(?:Begin|begin)[A-Z_$](?<![\w$]\w{5}.)/, /(?:End|end)[A-Z_$]/],
  [/Atomics|["']fibers/, member("wait")],
  [/deasync|sync-fetch|sync-request|then-request/],
  [/X(?:ML|ml)H(?:TTP|ttp)|xmlhttp/, /false|!1/],
  // edge-js: `edge.func(…)` and `fn(payload, true)`.
  [/edge-js|func\b(?<=\.\s*func)/, /true|!0/],
];

export const UNAWAITED_TASK_TEXTS: readonly (readonly RegExp[])[] = [[/async/], [/Promise/], [/Async\b/], [/Task/], [/fetch/], [/promise/], [/Yield/]];
