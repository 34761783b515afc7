/**
 * The cheap text test: what a text must hold for a kind of finding to be possible at all. It runs on every file of every project,
 * so it is a few regular expressions and loads nothing. It may say "possible" in vain; it must never say "impossible" in vain.
 */

/** Kinds of findings, each the business of one recogniser. */
export type Candidate = "beginEnd" | "endResult" | "busyWait" | "blockingWait" | "unawaitedTask";

/** For each kind the expressions that must all match. */
const TESTS: Readonly<Record<Candidate, readonly RegExp[]>> = {
  beginEnd: [/(?<![\w$])[Bb]egin[A-Z_$]\w*/, /(?:,|\()\s*\S/],
  endResult: [/(?<![\w$])[Ee]nd[A-Z_$]\w*\s*(?:\?\.)?[(<"'`\]]/, /(?<![\w$])[Bb]egin[A-Z_$]\w*|IAsyncResult/],
  busyWait: [/\b(?:while|for)\b|loopWhile|SpinUntil/],
  blockingWait: [/\.\s*(?:[Rr]esult|[Ww]ait(?:All|Any|One)?|[Gg]etAwaiter|[Ss]leep|open)\b|[Bb]egin[A-Z]|Atomics|deasync/],
  unawaitedTask: [/\basync\b|\bPromise\b|Task\b|Async\b/],
};

/** Whether a text may hold findings of a kind. */
export function mayContain(text: string, candidate: Candidate): boolean {
  return TESTS[candidate].every((test) => test.test(text));
}
