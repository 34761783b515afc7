import { accessBefore, tokenEnd } from "./member-text.ts";
import { endBefore, isInComment, isWordPart, openingBefore, pathStart, wordBefore } from "./text-scan.ts";

/**
 * Reading backwards from a name or a member to the `await` that may be before it. These readings say "no" only where nothing is between
 * the two that could mislead them: a comment, a regular expression or a template may hold any bracket.
 */

/** What may hold brackets that are none, but for lines that are comments. */
const MISLEADING = /[/`]/;
const COMMENT_LINES = /^[ \t]*(?:\/\/|\*|\/\*(?!.*\*\/.*\S)).*$/gm;

function mayMislead(text: string): boolean {
  return MISLEADING.test(text) && MISLEADING.test(text.replace(COMMENT_LINES, ""));
}

/** Whether `await` may stand before the call of the function or method whose name starts at a place, parentheses and casts aside. */
export function mayBeAwaited(text: string, at: number): boolean {
  // In quotes, it is computed.
  if (/["'`]/.test(text.charAt(at - 1))) return true;
  let end = pathStart(text, at);
  if (end === null) return !isInComment(text, at);
  do end = endBefore(text, end);
  while (text[end - 1] === "(" && end-- > 0);
  const isCast = text[end - 1] === ">" && text[end - 2] !== "=";
  if (!isCast && wordBefore(text, end) !== "await") {
    // A comment behind code is read like code.
    const line = text.slice(text.lastIndexOf("\n", end - 1) + 1, end);
    if (!line.includes("//") && !line.endsWith("*/") && !mayMislead(text.slice(end, at))) return false;
  }
  return !isInComment(text, at);
}

/** Whether `await` surely stands before the call of the method whose name starts at a place, on the same line. */
export function surelyAwaited(text: string, at: number): boolean {
  const start = pathStart(text, at);
  if (start === null) return false;
  const line = text.slice(text.lastIndexOf("\n", at) + 1, at);
  return start > at - line.length && /\bawait\s+$/.test(text.slice(at - line.length, start)) && !MISLEADING.test(line);
}

/** Whether the member that starts at a place may be read of what `await` gives: `(await task).Result`. */
export function mayBeReadOfAwait(text: string, at: number): boolean {
  if (isWordPart(text.charCodeAt(at - 1))) return false;
  const dot = accessBefore(text, at);
  if (dot === null) return true;
  const close = dot === 0 ? dot : tokenEnd(text, dot, "!");
  if (close === null) return true;
  if (text[close - 1] !== ")") return false;
  const open = openingBefore(text, close - 1);
  if (open === null) return true;
  const between = text.slice(open, at);
  return between.includes("await") || mayMislead(between);
}

/** Where the name starts that has a letter at a place. */
export function nameStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && isWordPart(text.charCodeAt(start - 1))) start--;
  return start;
}
