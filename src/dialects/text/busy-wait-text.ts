import { bodyStart, gapEnd, HeadWalk, isClockNear } from "./loop-text.ts";
import { isWordPart, SPACE } from "./text-scan.ts";
import { all, some, words, type TextTest } from "./text-tests.ts";
import { somePlace, wordId } from "./word-scan.ts";

/**
 * What a text must hold for a busy wait to be possible in it. Loops are everywhere, so their heads and the first words of their bodies
 * are looked at as well.
 */

const WHILE = ["while"];
/** With what may follow it: by itself it is a part of many words. */
const FOR = [...`(/${SPACE}`].map((next) => `for${next}`);

/** How the body of a loop starts that does nothing but wait. */
const IDLE = /[;}]|(?:[\w$]+\s*\.\s*)*(?:[cC]onsole|Thread|Atomics)\b|\+\+|--|[\w$]+\s*(?:\+\+|--|[-+]=\s*\d)/y;
/** A call of a function of the file, which may do nothing but wait as well, or a condition. */
const CALL_OR_IF = /(?:this\s*\.\s*)?[\w$]+\s*\(|if\b/y;
const CONDITION = /\([^()[\]{}]*\)/y;
const EXIT = /(?:break|return|throw)\b/y;

/** What is believed of a loop whatever else it does, and what lets time pass. */
const WORDS =
  /s(?:Completed|Faulted|Canceled|Busy|Alive|Done)|asExited|aitOne|pinOnce|Thread\s*[./]|Atomics\s*[./]|ait\s*(?:\/|\(\s*(?:0|\/|\w*\.?TimeSpan))|runLoopOnce|deasync/;

/** What makes a function run later; a loop may work while it waits for a flag that such a function sets. */
const DEFERRING =
  /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|requestAnimationFrame|requestIdleCallback|then|catch|finally|await|[bB]egin[A-Z]\w*)\b/;

/** What a text must hold for a busy wait to be possible in it. */
export const BUSY_WAIT: TextTest = some(
  words("pinUntil", "oopWhile"),
  all(words(...WHILE), { test: mayWaitInWhile }),
  all(words(...FOR), { test: mayWaitInFor }),
);

function mayWaitInWhile(text: string): boolean {
  const heads = headsOf(text, WHILE_IDS, "while");
  if (heads.length === 0) return false;
  if (isClockNear(text, heads) || isClockNear(text, doBodies(text))) return true;
  const walk = new HeadWalk(text);
  const mayIdle = once((body) => matches(IDLE, text, body) || matches(CALL_OR_IF, text, body));
  return (
    heads.some((head) => walk.someClosing(head, 0, (close) => mayIdle(bodyStart(text, close)))) ||
    DEFERRING.test(text) ||
    WORDS.test(text)
  );
}

function mayWaitInFor(text: string): boolean {
  const walk = new HeadWalk(text);
  const conditions = headsOf(text, FOR_IDS, "for").flatMap((head) => behind(walk.semicolonAfter(head, 0)));
  conditions.sort((a, b) => a - b);
  if (conditions.length === 0) return false;
  if (isClockNear(text, conditions)) return true;
  const updates = conditions.flatMap((condition) => behind(walk.semicolonAfter(condition, 1)));
  const mayIdle = once((body) => matches(IDLE, text, body) || isExit(text, body));
  return (
    updates.some((update) => {
      const close = gapEnd(text, update);
      return (
        (text[close] === ")" && matches(CALL_OR_IF, text, bodyStart(text, close))) ||
        walk.someClosing(update, 2, (at) => mayIdle(bodyStart(text, at)))
      );
    }) ||
    (conditions.some((condition) => /[;!(]/.test(text.charAt(gapEnd(text, condition)))) && DEFERRING.test(text)) ||
    WORDS.test(text)
  );
}

const WHILE_IDS = WHILE.map(wordId);
const FOR_IDS = FOR.map(wordId);

/** Where the heads of the loops with a keyword start, with their parenthesis. */
function headsOf(text: string, ids: readonly number[], keyword: string): readonly number[] {
  const heads: number[] = [];
  for (const id of ids) {
    somePlace(text, id, (at) => {
      if (isWordPart(text.charCodeAt(at - 1))) return false;
      const open = gapEnd(text, at + keyword.length);
      if (text[open] === "(") heads.push(open);
      return false;
    });
  }
  return heads.sort((a, b) => a - b);
}

/** Where the bodies of `do` loops start, behind the brace or the sign of an assignment. */
function doBodies(text: string): readonly number[] {
  return Array.from(text.matchAll(/(?<![\w$])do\b/g), ({ index }) => gapEnd(text, index + "do".length)).flatMap(
    (start) => {
      if (text[start] === "{") return [start + 1];
      return matches(ASSIGNMENT, text, start) ? [ASSIGNMENT.lastIndex] : [];
    },
  );
}

const ASSIGNMENT = /(?<![\w$.])[\w$.]+\s*=/y;

/** `if (…) break`, and the like. */
function isExit(text: string, at: number): boolean {
  if (!text.startsWith("if", at) || !matches(CONDITION, text, gapEnd(text, at + "if".length))) return false;
  return matches(EXIT, text, bodyStart(text, CONDITION.lastIndex - 1));
}

/** The same test, which fails at once where it has failed before. */
function once(test: (at: number) => boolean): (at: number) => boolean {
  const failed = new Set<number>();
  return (at) => {
    if (failed.has(at)) return false;
    const holds = test(at);
    if (!holds) failed.add(at);
    return holds;
  };
}

function behind(at: number | null): readonly number[] {
  return at === null ? [] : [at + 1];
}

function matches(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}
