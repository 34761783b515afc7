import { all, at, rare, some, words } from "./text-tests.ts";

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

/** How the body of a loop starts that does nothing but wait. */
const IDLE = String.raw`[;}]|(?:[\w$]+\s*\.\s*)*(?:[cC]onsole|Thread|Atomics)\b|\+\+|--|[\w$]+\s*(?:\+\+|--|[-+]=\s*\d)`;
/** A call of a function of the file, which may do nothing but wait as well. */
const CALL = String.raw`(?:this\s*\.\s*)?[\w$]+\s*\(`;
const EXIT = String.raw`if${GAP}\([^()[\]{}]*\)${GAP}\{?${GAP}(?:break|return|throw)\b`;

/** The words of a clock, not too far behind the start of a loop: a loop that only waits for the time is short. */
const CLOCK = String.raw`(?:[^}]*\}){0,3}?[^}]*?(?:\bDate\b|\bperformance\b|\bhrtime\b|\buptime\b|[tT]ickCount|[dD]ateTime|[eE]lapsed|[sS]topwatch|\bTime\s*\.)`;

/** What is believed of a loop whatever else it does, and what lets time pass. */
const WORDS = /s(?:Completed|Faulted|Canceled|Busy|Alive|Done)|asExited|aitOne|pinOnce|Thread\s*\.|Atomics\s*\.|ait\s*\(\s*(?:0|\w*\.?TimeSpan)|runLoopOnce|deasync/;

/** What makes a function run later; a loop may work while it waits for a flag that such a function sets. */
const DEFERRING = /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|requestAnimationFrame|requestIdleCallback|then|catch|finally|await|[bB]egin[A-Z]\w*)\b/;

/** What a text must hold for a busy wait to be possible in it. */
export const BUSY_WAIT = some(
  rare(words("pinUntil", "oopWhile")),
  all(
    at("while", sticky(WHILE)),
    some(
      at("while", sticky(WHILE + CLOCK)),
      at("do", sticky(String.raw`do\b${GAP}(?:\{|[\w$.]+\s*=)${CLOCK}`)),
      at("while", sticky(String.raw`${WHILE}${PART}\)${GAP}\{?${GAP}(?:${IDLE}|${CALL}|if\b)`)),
      DEFERRING,
      WORDS,
    ),
  ),
  all(
    at("for", sticky(FOR)),
    some(
      at("for", sticky(FOR + CLOCK)),
      at("for", sticky(String.raw`${FOR}${PART};(?:${PART}\)${GAP}\{?${GAP}(?:${IDLE}|${EXIT})|${GAP}\)${GAP}\{?${GAP}(?:${CALL}|if\b))`)),
      all(at("for", sticky(String.raw`${FOR}${GAP}(?:;|[!(])`)), DEFERRING),
      WORDS,
    ),
  ),
);

function sticky(source: string): RegExp {
  return new RegExp(source, "y");
}
