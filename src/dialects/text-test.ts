import { BEGIN_NAME, mayHoldOperation } from "./begin-end-text.ts";
import { BUSY_WAIT } from "./busy-wait-text.ts";
import { EVENT_CANCEL, EVENT_HANDLER, EVENT_OPERATION, EVENT_START } from "./event-text.ts";
import { all, near, shared, some, words, type TextTest } from "./text-tests.ts";
import { TASK, UNAWAITED_TASK } from "./unawaited-text.ts";
import { BLOCKING_WAIT } from "./wait-text.ts";

/**
 * The cheap text test: what a text must hold for a kind of finding to be possible at all. It runs on every file of every project,
 * so it is a few searches and loads nothing. It may say "possible" in vain; it must never say "impossible" in vain.
 */

/** Kinds of findings, each the business of one recogniser. */
export type Candidate = "beginEnd" | "endResult" | "busyWait" | "blockingWait" | "unawaitedTask" | "pendingMutation" | "eventHandler" | "eventOperation" | "eventStart" | "eventCancel";

const TESTS: Readonly<Record<Candidate, TextTest>> = {
  beginEnd: shared({ test: mayHoldOperation }),
  endResult: all(
    some(BEGIN_NAME, words("IAsyncResult", "AsyncCallback", "AsyncState", "asyncState")),
    near(["End", "end"], /(?<![\w$])[Ee]nd[A-Z_$]\w*\s*(?:\?\.)?[(<"'`\]]/),
  ),
  busyWait: BUSY_WAIT,
  blockingWait: BLOCKING_WAIT,
  unawaitedTask: UNAWAITED_TASK,
  // Nearly every file changes some object; what may be pending tells more.
  pendingMutation: some(BEGIN_NAME, TASK),
  eventHandler: EVENT_HANDLER,
  eventOperation: EVENT_OPERATION,
  eventStart: EVENT_START,
  eventCancel: EVENT_CANCEL,
};

/** Whether a text may hold findings of a kind. */
export function mayContain(text: string, candidate: Candidate): boolean {
  return TESTS[candidate].test(text);
}
