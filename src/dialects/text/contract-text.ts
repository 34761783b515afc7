import { beginStemsIn } from "../apm-names.ts";
import { CALLBACK_TYPE, HANDLE_TYPE } from "../apm.ts";
import { BEGIN_NAME, END_NAME, holdsEndOf } from "./begin-end-text.ts";
import { all, around, near, rest, some, words, type TextTest } from "./text-tests.ts";

/** A Begin/End pair that a type declares, or a service operation: one of the words by which it is known. */
const PAIR = all(words(HANDLE_TYPE, CALLBACK_TYPE), some(BEGIN_NAME, END_NAME));

/** A group of members with a completed event: starters in .NET's spelling, and a member that only such classes have. */
const EVENT_GROUP = all(
  around(["Async"], /Async\b(?<=\b[A-Z]\w*Async\b)/y),
  some(rest("CancelAsync", "AsyncCancel", "IsBusy"), near(["Completed"], /\b(?:(?:add|remove)_)?[A-Z]\w*Completed\b/)),
);

/** Whether a text may declare members that have to fit together. */
export const CONTRACT = some(words("perationContract", "syncPattern"), PAIR, EVENT_GROUP);

/** Whether a text may declare a pair: both names of one stem. Without types, what else it holds says nothing. */
const DECLARED_PAIR: TextTest = {
  needs: BEGIN_NAME.needs,
  test: (text) => BEGIN_NAME.test(text) && holdsEndOf(text, beginStemsIn(text)),
};

/** Whether a text may declare a starter and its event. */
const DECLARED_EVENT = all(
  around(["Async"], /\BAsync\b/y),
  near(["ompleted"], /\w[Cc]ompleted(?:Handler|Listener)?["']?\]?\s*[(:=!?<;/]/),
);

/** Whether a text may declare an operation in one of the old patterns. */
export const DECLARED_OPERATION = some(DECLARED_PAIR, DECLARED_EVENT);
