import { spend } from "./reading-budget.ts";

/**
 * Reading a text backwards without parsing it, for text tests. What these functions cannot tell for sure they answer with `null`:
 * the test then lets the file pass to the parser.
 */

/** How far back a bracket is sought. */
const FAR_BACK = 8000;
/** A longer line is made by a program, which writes no comments at the start of lines. */
const LONG_LINE = 1000;

/** The characters that are white space in a program, but for a few that no keyboard has. */
export const SPACE = " \t\n\r\v\f\u00a0\u2028\u2029\ufeff";

/** Where the text before a place ends, white space aside. */
export function spaceBefore(text: string, at: number): number {
  let end = at;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  spend(at - end + 1);
  return end;
}

const BLANK = /\s*/y;

/** Where the text behind a place goes on, white space aside. */
export function spaceAfter(text: string, at: number): number {
  BLANK.lastIndex = at;
  BLANK.test(text);
  spend(BLANK.lastIndex - at + 1);
  return BLANK.lastIndex;
}

/** Where the text before a place ends, white space and lines that are comments aside. */
export function endBefore(text: string, at: number): number {
  let end = at;
  let isLineBefore = false;
  for (;;) {
    const start = end;
    while (end > 0 && isSpace(text.charCodeAt(end - 1))) {
      end--;
      isLineBefore ||= text.charCodeAt(end) === 0x0a;
    }
    spend(start - end + 1);
    if (!isLineBefore || !isInComment(text, end)) return end;
    end = lineStart(text, end);
  }
}

/** Whether an expression, `(?<=…)` and sticky, matches the text that ends at a place: it is read backwards from there. */
export function endsLike(text: string, end: number, expression: RegExp): boolean {
  expression.lastIndex = end;
  return expression.test(text);
}

/** The word that ends at a place; empty if none does. */
export function wordBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && isWordPart(text.charCodeAt(start - 1))) start--;
  spend(end - start + 1);
  return text.slice(start, end);
}

/** Where the line starts that a place is in; of a very long line, some place in it. */
function lineStart(text: string, at: number): number {
  const far = Math.max(0, at - LONG_LINE);
  let start = at;
  while (start > far && text.charCodeAt(start - 1) !== 0x0a) start--;
  spend(at - start + 1);
  return start;
}

export function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** A letter, a digit, `_`, `$`, or anything beyond ASCII. */
export function isWordPart(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x24 ||
    code > 0x7f
  );
}

/** Whether a line starts as a line of a comment does. A comment behind code is read like code. */
export function isInComment(text: string, at: number): boolean {
  let start = lineStart(text, at);
  if (start === at - LONG_LINE) return false;
  while (start < at && isSpace(text.charCodeAt(start))) start++;
  if (start >= at) return false;
  const first = text.charCodeAt(start);
  if (first === 0x2a) return true;
  if (first !== 0x2f) return false;
  return text.startsWith("//", start) || (text.startsWith("/*", start) && !text.slice(start, at).includes("*/"));
}

/**
 * The place of the bracket that is open before `end`: the one around that place, or, for the place of a closing bracket, the one
 * that it closes. `null` where there is none, or a quotation has no start.
 */
export function openingBefore(text: string, end: number): number | null {
  let depth = 1;
  for (let i = end - 1; i >= 0 && i > end - FAR_BACK; i--) {
    spend(1);
    switch (text.charCodeAt(i)) {
      case 0x29: // )
      case 0x5d: // ]
      case 0x7d: // }
        depth++;
        break;
      case 0x28: // (
      case 0x5b: // [
      case 0x7b: // {
        if (--depth === 0) return i;
        break;
      case 0x22: // "
      case 0x27: // '
      case 0x60: {
        const start = quotationStart(text, i);
        if (start === null) return null;
        i = start;
        break;
      }
      case 0x0a: {
        // A comment line may hold anything.
        while (i > 0 && isInComment(text, i)) i = text.lastIndexOf("\n", i - 1);
        break;
      }
    }
  }
  return null;
}

/** Where the quotation starts that ends at a place: on the same line, but for a template. */
function quotationStart(text: string, end: number): number | null {
  const quote = text[end]!;
  for (let i = end - 1; i >= 0 && i > end - FAR_BACK; i--) {
    spend(1);
    if (text[i] === quote && text[i - 1] !== "\\") return i;
    if (text[i] === "\n" && quote !== "`") return null;
  }
  return null;
}

/** Where a path such as `this.store(key).load` starts that ends in a name at `at`; `null` where that cannot be told. */
export function pathStart(text: string, at: number): number | null {
  let start = at;
  for (;;) {
    let end = endBefore(text, start);
    if (text[end - 1] !== ".") return start;
    end -= text[end - 2] === "?" ? 2 : 1;
    const owner = ownerStart(text, end);
    if (owner === null) return text[end - 1] === "." ? start : null;
    start = owner;
  }
}

/** Where the part of a path before a dot starts: a name, or a call or an element access with what it is made on. */
function ownerStart(text: string, end: number): number | null {
  let at = endBefore(text, end);
  if (text[at - 1] === "!") at--;
  while (text[at - 1] === ")" || text[at - 1] === "]") {
    const open = openingBefore(text, at - 1);
    if (open === null) return null;
    at = open;
  }
  const word = wordBefore(text, at);
  if (word !== "") return at - word.length;
  // `(await x).y`, `[a, b].y`
  if (text[at] === "[") return "\"'`}>/".includes(text.charAt(endBefore(text, at) - 1)) ? null : at;
  return text[at] === "(" ? at : null;
}
