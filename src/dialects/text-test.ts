import { BEGIN_NAME, mayHoldOperation } from "./begin-end-text.ts";
import { INEFFECTIVE_AWAIT } from "./await-text.ts";
import { BUSY_WAIT } from "./busy-wait-text.ts";
import { CONTRACT } from "./contract-text.ts";
import { EVENT_CANCEL, EVENT_HANDLER, EVENT_OPERATION, EVENT_START } from "./event-text.ts";
import { NESTED_TASK } from "./nested-text.ts";
import { all, near, rare, shared, some, words, type TextTest } from "./text-tests.ts";
import { ASYNC_TWIN } from "./twin-text.ts";
import { TASK, UNAWAITED_TASK } from "./unawaited-text.ts";
import { BLOCKING_WAIT } from "./wait-text.ts";

/**
 * The cheap text test: what a text must hold for a kind of finding to be possible at all. It runs on every file of every project,
 * so it is a few searches and loads nothing. It may say "possible" in vain; it must never say "impossible" in vain.
 */

/** Kinds of findings, each the business of one recogniser. */
export type Candidate = "beginEnd" | "endResult" | "busyWait" | "blockingWait" | "unawaitedTask" | "pendingMutation" | "eventHandler" | "eventOperation" | "eventStart" | "eventCancel" | "asyncTwin" | "ineffectiveAwait" | "nestedTask" | "contract";

const TESTS: Readonly<Record<Candidate, TextTest>> = {
  beginEnd: shared({ test: mayHoldOperation }),
  // Shared by two rules.
  endResult: shared(
    rare(
      all(
        some(BEGIN_NAME, words("IAsyncResult", "AsyncCallback", "AsyncState", "asyncState")),
        near(["End", "end"], /(?<![\w$])[Ee]nd[A-Z_$]\w*\s*(?:\?\.)?[(<"'`\]]/),
      ),
    ),
  ),
  busyWait: BUSY_WAIT,
  blockingWait: rare(BLOCKING_WAIT),
  unawaitedTask: UNAWAITED_TASK,
  // Nearly every file changes some object; what may be pending tells more.
  pendingMutation: some(BEGIN_NAME, TASK),
  eventHandler: rare(EVENT_HANDLER),
  eventOperation: rare(EVENT_OPERATION),
  eventStart: rare(EVENT_START),
  eventCancel: rare(EVENT_CANCEL),
  asyncTwin: ASYNC_TWIN,
  ineffectiveAwait: INEFFECTIVE_AWAIT,
  nestedTask: NESTED_TASK,
  contract: rare(CONTRACT),
};

/** The text test of a kind of findings. */
export function textTestOf(candidate: Candidate): TextTest {
  return TESTS[candidate];
}

/** Whether a text may hold findings of a kind. */
export function mayContain(text: string, candidate: Candidate): boolean {
  return TESTS[candidate].test(text);
}
