import { wholeLinesOf } from "../../src/ast/lines.ts";

/** Gives numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/**
 * A source of numbers that gives the same ones for the same seed, an integer (Mulberry32).
 *
 * @param name something else that makes a difference: with that of a fixture, another fixture beside it changes nothing
 */
export function randomOf(seed: number, name = ""): Random {
  let state = seed | 0;
  for (const character of name) state = Math.imul(state ^ character.codePointAt(0)!, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Edit = (text: string, random: Random) => string;

/** What slips of the hand, bad merges and cut-off files do to a text. */
const EDITS: readonly Edit[] = [
  // A line goes, comes twice, changes places with the next, moves, or becomes a comment: what comes of it often still parses.
  inLines((lines, at) => lines.splice(at, 1)),
  inLines((lines, at) => lines.splice(at, 0, lines[at]!)),
  inLines((lines, at) => lines.splice(at, 0, ...lines.splice(at + 1, 1))),
  inLines((lines, at, random) => lines.splice(below(random, lines.length), 0, ...lines.splice(at, 1))),
  inLines((lines, at) => (lines[at] = `// ${lines[at]!}`)),
  inLines((lines, at, random) => lines.splice(at, 1 + below(random, 4))),
  // The file is cut off.
  (text, random) => text.slice(0, below(random, text.length)),
  // A name becomes another one.
  replacing(/[\w$]+/gu, (words, _, random) => words[below(random, words.length)]!),
  // A character goes, or comes twice.
  replacing(/[^\s\w]/gu, (tokens, at) => tokens[at]! + tokens[at]!),
  replacing(/[^\s]/gu, () => ""),
];

/**
 * A text with one fault in it, sometimes with a second or a third. It need not parse any more, and may by chance be the same.
 *
 * @param random decides what is done and where: the same numbers give the same text
 */
export function damage(text: string, random: Random): string {
  let damaged = text;
  do damaged = EDITS[below(random, EDITS.length)]!(damaged, random);
  while (random() < 1 / 3);
  return damaged;
}

/** An integer from 0 up to, but not including, a limit. */
function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

function inLines(edit: (lines: string[], at: number, random: Random) => unknown): Edit {
  return (text, random) => {
    const lines = wholeLinesOf(text);
    if (lines.length > 1) edit(lines, below(random, lines.length - 1), random);
    return lines.join("");
  };
}

function replacing(expression: RegExp, edit: (found: readonly string[], at: number, random: Random) => string): Edit {
  return (text, random) => {
    const found = [...text.matchAll(expression)];
    if (found.length === 0) return text;
    const at = below(random, found.length);
    const { index, 0: word } = found[at]!;
    const words = found.map(([each]) => each);
    return text.slice(0, index) + edit(words, at, random) + text.slice(index + word.length);
  };
}
