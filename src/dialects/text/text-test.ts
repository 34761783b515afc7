import { familiesIn } from "../callback-settings.ts";
import type { Settings } from "../settings.ts";
import { CALLBACK_TYPE, HANDLE_TYPE, STATE_MEMBERS } from "../apm.ts";
import { BEGIN_NAME, BEGIN_END, END_CALL } from "./begin-end-text.ts";
import { INEFFECTIVE_AWAIT } from "./await-text.ts";
import { BUSY_WAIT } from "./busy-wait-text.ts";
import { COMPLETION_CALL, COMPLETION_FUNCTION, COMPLETION_PARAMETER } from "./completion-text.ts";
import { CONTRACT, DECLARED_OPERATION } from "./contract-text.ts";
import { ASYNC_TASK, DESCRIBED_OPERATION, describedText } from "./described-text.ts";
import { EVENT_CANCEL, EVENT_HANDLER, EVENT_OPERATION, EVENT_SITE, EVENT_START } from "./event-text.ts";
import { NESTED_TASK } from "./nested-text.ts";
import { perText } from "./per-text.ts";
import { testWithin } from "./reading-budget.ts";
import { all, some, words, type TextTest } from "./text-tests.ts";
import { ASYNC_TWIN } from "./twin-text.ts";
import { PROMISE_IN_TRY, TASK, UNAWAITED_TASK } from "./unawaited-text.ts";
import { BLOCKING_WAIT, TASK_WAIT } from "./wait-text.ts";
import { foundWords, wordId } from "./word-scan.ts";

/**
 * The cheap text test: what a text must hold for a kind of finding to be possible at all. It runs on every file of every project,
 * so it is one pass over the text and loads nothing. It may say "possible" in vain; it must never say "impossible" in vain.
 */

/** Kinds of findings, each the business of one recogniser. */
export type Candidate =
  | "beginEnd"
  | "endResult"
  | "busyWait"
  | "blockingWait"
  | "taskWait"
  | "unawaitedTask"
  | "pendingMutation"
  | "eventHandler"
  | "eventOperation"
  | "eventStart"
  | "eventSite"
  | "eventCancel"
  | "asyncTwin"
  | "ineffectiveAwait"
  | "nestedTask"
  | "contract"
  | "declaredOperation"
  | "describedOperation"
  | "callback"
  | "completionParameter"
  | "completionCall"
  | "promiseInTry"
  | "callbackAndPromise";

const TESTS: Readonly<Record<Candidate, TextTest>> = {
  beginEnd: BEGIN_END,
  endResult: all(some(BEGIN_NAME, words(HANDLE_TYPE, CALLBACK_TYPE, ...STATE_MEMBERS)), END_CALL),
  busyWait: BUSY_WAIT,
  blockingWait: BLOCKING_WAIT,
  taskWait: TASK_WAIT,
  unawaitedTask: UNAWAITED_TASK,
  // Nearly every file changes some object; what may be pending tells more.
  pendingMutation: some(BEGIN_NAME, TASK),
  eventHandler: EVENT_HANDLER,
  eventOperation: EVENT_OPERATION,
  eventStart: EVENT_START,
  eventSite: EVENT_SITE,
  eventCancel: EVENT_CANCEL,
  asyncTwin: ASYNC_TWIN,
  ineffectiveAwait: INEFFECTIVE_AWAIT,
  nestedTask: NESTED_TASK,
  contract: CONTRACT,
  declaredOperation: DECLARED_OPERATION,
  describedOperation: DESCRIBED_OPERATION,
  callback: some(DESCRIBED_OPERATION, COMPLETION_FUNCTION),
  completionParameter: COMPLETION_PARAMETER,
  completionCall: COMPLETION_CALL,
  promiseInTry: PROMISE_IN_TRY,
  callbackAndPromise: some(DESCRIBED_OPERATION, ASYNC_TASK),
};

/** The kinds that a described operation is enough for, so that one of a family that the settings bring along is as well. */
const OF_FAMILIES: ReadonlySet<Candidate> = new Set(["callback", "callbackAndPromise", "describedOperation"]);

/** Every kind of findings. */
export const CANDIDATES = Object.keys(TESTS) as readonly Candidate[];

/** Bits of the candidates that need a word, by the word's number. */
const neededFor: number[] = [];
for (const [index, candidate] of CANDIDATES.entries()) {
  const { needs } = TESTS[candidate];
  if (needs === undefined) throw new TypeError(`The text test for ${candidate} is not made of words.`);
  for (const word of needs) neededFor[wordId(word)] = (neededFor[wordId(word)] ?? 0) | (1 << index);
}

/** What is known of a text, one bit a candidate: which tests have yet to be asked, as their words occur, and which have passed. */
const stateOf = perText((text) => {
  let open = 0;
  for (const id of foundWords(text)) open |= neededFor[id] ?? 0;
  return { open, possible: 0 };
});

/** The text test of a kind of findings. */
export function textTestOf(candidate: Candidate): TextTest {
  const inner = TESTS[candidate];
  const bit = 1 << CANDIDATES.indexOf(candidate);
  return {
    test(text) {
      const state = stateOf(text);
      if ((state.open & bit) !== 0) {
        if (testWithin(text, inner)) state.possible |= bit;
        state.open &= ~bit;
      }
      return (state.possible & bit) !== 0;
    },
  };
}

/** Whether a text may hold findings of a kind, those of the families that the settings bring along included. */
export function mayContain(text: string, candidate: Candidate, settings: Settings = {}): boolean {
  if (textTestOf(candidate).test(text)) return true;
  if (!OF_FAMILIES.has(candidate)) return false;
  const families = familiesIn(settings);
  return families.length > 0 && describedText(families).test(text);
}
