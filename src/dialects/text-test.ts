import { mayHoldOperation } from "./begin-end-text.ts";
import { BUSY_WAIT_TEXTS } from "./busy-wait-text.ts";
import { BLOCKING_WAIT_TEXTS, UNAWAITED_TASK_TEXTS } from "./wait-text.ts";

/**
 * The cheap text test: what a text must hold for a kind of finding to be possible at all. It runs on every file of every project,
 * so it is a few regular expressions and loads nothing. It may say "possible" in vain; it must never say "impossible" in vain.
 */

/** Kinds of findings, each the business of one recogniser. */
export type Candidate = "beginEnd" | "endResult" | "busyWait" | "blockingWait" | "unawaitedTask" | "pendingMutation";

const BEGIN = /(?<![\w$])[Bb]egin[A-Z_$]\w*/;

interface Test {
  test(text: string): boolean;
}

/** For each kind the tests that must all hold, of one alternative at least. */
const TESTS: Readonly<Record<Candidate, readonly (readonly Test[])[]>> = {
  beginEnd: [[{ test: mayHoldOperation }]],
  endResult: [[/(?<![\w$])[Ee]nd[A-Z_$]\w*\s*(?:\?\.)?[(<"'`\]]/, /(?<![\w$])[Bb]egin[A-Z_$]\w*|IAsyncResult|AsyncCallback|[aA]syncState/]],
  busyWait: BUSY_WAIT_TEXTS,
  blockingWait: BLOCKING_WAIT_TEXTS,
  unawaitedTask: UNAWAITED_TASK_TEXTS,
  // Nearly every file changes some object; what may be pending tells more.
  pendingMutation: [[BEGIN], ...UNAWAITED_TASK_TEXTS],
};

/** Whether a text may hold findings of a kind. */
export function mayContain(text: string, candidate: Candidate): boolean {
  return TESTS[candidate].some((alternative) => alternative.every((test) => test.test(text)));
}
