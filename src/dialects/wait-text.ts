/** The text tests of `no-blocking-wait` and `no-unawaited-task`: in each row all expressions must match, of one row at least. */

/**
 * A member of this name: after a dot, with a line break or a comment between them at most, as a key in quotes, or in a pattern.
 * A name that stands elsewhere (a variable, a type) does not count.
 */
function member(names: string): RegExp {
  return new RegExp(`(?:[./\\n\\r]\\s*|\\["|\\['|\\[\`|[{,]\\s*)(?:${names})\\b`);
}

/** The name of a task type, of a call that yields a task, or of what a promise comes from. */
const AWAITABLE = /(?:Async|Task)(?:\$1)?\b|\basync\b|\bPromise\b|\bTask/;

export const BLOCKING_WAIT_TEXTS: readonly (readonly RegExp[])[] = [
  // In .NET's own spelling; in lower case, where both names are common words, a task must be named as well.
  [member("Result"), AWAITABLE],
  [member("result|wait|getResult"), /(?:Async|Task)(?:\$1)?\b|\$Task\b/],
  [member("Wait(?:All|Any|One)?|wait(?:All|Any|One)|[Gg]etAwaiter|getResults")],
  [member("wait"), /Slim\b|CountdownEvent/],
  [member("[Ss]leep"), /\bThread\b|deasync/],
  [/(?<![\w$])[Bb]egin[A-Z_$]/, /(?<![\w$])[Ee]nd[A-Z_$]/],
  [/\bAtomics\b/, member("wait")],
  [/["'](?:deasync|sync-fetch|sync-request|then-request\/sync)["']/],
  [/["']fibers/, member("wait")],
  [/XMLHttpRequest|XMLHTTP/i, /\bfalse\b|!1/],
  // edge-js: `edge.func(…)` and `fn(payload, true)`.
  [/["']edge-js["']|\.\s*func\b/, /\btrue\b|!0/],
];

export const UNAWAITED_TASK_TEXTS: readonly (readonly RegExp[])[] = [[/\basync\b|\bPromise\b|\bTask|(?:Async|Task)(?:\$1)?\b|\bfetch\b|\$promise\b|\bYield\b|\bToPromise\b|\/promises["']|\bpromises\b/]];
