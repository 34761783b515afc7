import { BEGIN_NAME } from "./begin-end-text.ts";
import { all, around, near, rest, some, words } from "./text-tests.ts";

/** A Begin/End pair that a type declares, or a service operation: one of the words by which it is known. */
const PAIR = all(words("IAsyncResult", "AsyncCallback"), some(BEGIN_NAME, /(?<![\w$])[Ee]nd[A-Z_$]/));

/** A group of members with a completed event: starters in .NET's spelling, and a member that only such classes have. */
const EVENT_GROUP = all(
  around(["Async"], /(?<=\b[A-Z]\w*)Async\b/y),
  some(rest("CancelAsync", "AsyncCancel", "IsBusy"), near(["Completed"], /\b(?:(?:add|remove)_)?[A-Z]\w*Completed\b/)),
);

/** Whether a text may declare members that have to fit together. */
export const CONTRACT = some(words("perationContract", "syncPattern"), PAIR, EVENT_GROUP);
