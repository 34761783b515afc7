import { SPACE } from "./text-scan.ts";
import { all, at, some, words } from "./text-tests.ts";

/**
 * What a text must hold for a busy wait to be possible in it. Loops are everywhere, so their heads and the first words of their bodies
 * are looked at as well. Each expression moves on over what it has read: none can take more than a few steps a character.
 */

const COMMENT = String.raw`//[^\n]*(?:\n|$)|/\*(?:[^*]|\*(?!/))*\*/`;
const GAP = String.raw`(?:\s|${COMMENT})*`;
/** A part of a loop's head: anything up to a brace or a semicolon that is not in a string or a comment. */
const PART = String.raw`(?:[^{};"'/]|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|${COMMENT}|/(?![/*]))*`;
const WHILE = String.raw`while${GAP}\(`;
const FOR = String.raw`for${GAP}\(${PART};`;

const WHILE_WORD = ["while"];
/** With what may follow it: by itself it is a part of many words. */
const FOR_WORDS = [...`(/${SPACE}`].map((next) => `for${next}`);

/** How the body of a loop starts that does nothing but wait. */
const IDLE = String.raw`[;}]|(?:[\w$]+\s*\.\s*)*(?:[cC]onsole|Thread|Atomics)\b|\+\+|--|[\w$]+\s*(?:\+\+|--|[-+]=\s*\d)`;
/** A call of a function of the file, which may do nothing but wait as well. */
const CALL = String.raw`(?:this\s*\.\s*)?[\w$]+\s*\(`;
const EXIT = String.raw`if${GAP}\([^()[\]{}]*\)${GAP}\{?${GAP}(?:break|return|throw)\b`;

/** The words of a clock, not too far behind the start of a loop: a loop that only waits for the time is short. */
const CLOCK = String.raw`(?:[^}]*\}){0,3}?[^}]*?(?:\bDate\b|\bperformance\b|\bhrtime\b|\buptime\b|[tT]ickCount|[dD]ateTime|[eE]lapsed|[sS]topwatch|\bTime\s*\.)`;

/** What is believed of a loop whatever else it does, and what lets time pass. */
const WORDS =
  /s(?:Completed|Faulted|Canceled|Busy|Alive|Done)|asExited|aitOne|pinOnce|Thread\s*\.|Atomics\s*\.|ait\s*\(\s*(?:0|\w*\.?TimeSpan)|runLoopOnce|deasync/;

/** What makes a function run later; a loop may work while it waits for a flag that such a function sets. */
const DEFERRING =
  /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|requestAnimationFrame|requestIdleCallback|then|catch|finally|await|[bB]egin[A-Z]\w*)\b/;

/** What a text must hold for a busy wait to be possible in it. */
export const BUSY_WAIT = some(
  words("pinUntil", "oopWhile"),
  all(
    at(WHILE_WORD, sticky(WHILE)),
    some(
      at(WHILE_WORD, sticky(WHILE + CLOCK)),
      new RegExp(String.raw`(?<![\w$])do\b${GAP}(?:\{|[\w$.]+\s*=)${CLOCK}`),
      at(WHILE_WORD, sticky(String.raw`${WHILE}${PART}\)${GAP}\{?${GAP}(?:${IDLE}|${CALL}|if\b)`)),
      DEFERRING,
      WORDS,
    ),
  ),
  all(
    at(FOR_WORDS, sticky(FOR)),
    some(
      at(FOR_WORDS, sticky(FOR + CLOCK)),
      at(
        FOR_WORDS,
        sticky(
          String.raw`${FOR}${PART};(?:${PART}\)${GAP}\{?${GAP}(?:${IDLE}|${EXIT})|${GAP}\)${GAP}\{?${GAP}(?:${CALL}|if\b))`,
        ),
      ),
      all(at(FOR_WORDS, sticky(String.raw`${FOR}${GAP}(?:;|[!(])`)), DEFERRING),
      WORDS,
    ),
  ),
);

function sticky(source: string): RegExp {
  return new RegExp(source, "y");
}
