import { isPascalCase } from "../../ast/names.ts";
import { BARE_STARTERS, COMPLETED_ARGS, UNMISTAKABLE_STARTERS } from "../eap.ts";
import { partsOf } from "./code-places.ts";
import { all, around, nearMember, rest, shared, some, words, type TextTest } from "./text-tests.ts";
import { everyPlace } from "./word-places.ts";

/**
 * What a text must hold for an event-based operation to be possible in it: the name of a completed event where something may be done
 * with the event, and a call that may start the operation, or a word of what its handlers are given. "Completed" is a common word, and
 * so is "Async"; few files hold both in such places.
 */

/** Names without their first letter, whose case differs between hosts. */
function withoutFirst(names: ReadonlySet<string>): string[] {
  return [...new Set(Array.from(names, (name) => name.slice(1)))];
}

/** A completed event with what may stand between its name and what is done with it: a quote, brackets, marks, a cast, a comment. */
const COMPLETED = shared(
  around(["ompleted"], /ompleted(?:Handler|Listener)?["'`]?[\])!?\s]*(?:[(.,=+\-/[<]|as\b|satisfies\b)/y),
);

/** A word of `AsyncCompletedEventArgs` that ordinary events have not. */
const ARGS = shared(
  some(
    rest("EventArgs", ...withoutFirst(COMPLETED_ARGS.cancelled), ...withoutFirst(COMPLETED_ARGS.state)),
    nearMember(...[...COMPLETED_ARGS.error].filter(isPascalCase)),
  ),
);

/** `XxxAsync` and what may stand between it and its arguments. */
const STARTER = shared(around(["Async"], /\BAsync["'`]?[\])!?\s]*(?:[(.</]|as\b|satisfies\b)/y));

/** A call that starts an operation, of which only the handler shows what it is. */
const BARE_STARTER: TextTest = {
  test: (text) =>
    [...BARE_STARTERS].some((name) => !everyPlace(text, name, (at) => !isFollowedByCall(text, at + name.length))),
};

const BEFORE_CALL = /["'`]?[\])!?\s]*(?:[(.</]|as\b|satisfies\b)/y;

function isFollowedByCall(text: string, end: number): boolean {
  BEFORE_CALL.lastIndex = end;
  return BEFORE_CALL.test(text);
}

/** Whether a text may hold the handler of an event-based operation. */
export const EVENT_HANDLER = all(COMPLETED, some(STARTER, ARGS));

/** Whether a text may hold a completed event and the call that starts its operation. */
export const EVENT_OPERATION = all(COMPLETED, some(STARTER, all(ARGS, BARE_STARTER)));

/** Whether a text may start an event-based operation; that of a `BackgroundWorker` is known without its event. */
export const EVENT_START = some(words(...withoutFirst(UNMISTAKABLE_STARTERS)), EVENT_OPERATION);

/**
 * Whether a text may start an operation and handle its event, so that the two can be one call. What passes is parsed, and the parser
 * loaded for it, so that one more look at what is a comment is worth its time.
 */
export const EVENT_SITE = all(EVENT_OPERATION, { test: isOutsideComments });

function isOutsideComments(text: string): boolean {
  const parts = partsOf(
    text,
    Array.from(text.matchAll(/ompleted/g), ({ index }) => index),
  );
  return parts === null || parts.some((part) => part !== "comment");
}

/** Whether a text may cancel an event-based operation. */
export const EVENT_CANCEL = all(words("ancelAsync", "AsyncCancel"), EVENT_START);
