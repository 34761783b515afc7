import { lastMark } from "./marks.ts";
import { accessBefore, tokenEnd } from "./member-text.ts";
import { spend } from "./reading-budget.ts";
import { endBefore, isInComment, isWordPart, openingBefore, pathStart, spaceBefore, wordBefore } from "./text-scan.ts";

/**
 * Reading backwards from a name or a member to the `await` that may be before it. These readings say "no" only where nothing is between
 * the two that could mislead them: a comment, a regular expression or a template may hold any bracket.
 */

/** What may hold brackets that are none, but for lines that are comments. */
const MISLEADING = /[/`]/;

function mayMislead(text: string): boolean {
  return (
    MISLEADING.test(text) && text.split(/[\n\r]/).some((line) => MISLEADING.test(line) && !isCommentLine(line.trim()))
  );
}

/** Whether a line is a comment, or one of several lines of one, and nothing else. */
function isCommentLine(line: string): boolean {
  if (!line.startsWith("/*")) return line.startsWith("//") || line.startsWith("*");
  const end = line.indexOf("*/", "/*".length);
  return end === -1 || end === line.length - "*/".length;
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
    const line = lineStart(text, end);
    const isComment = lastMark(text, "//", end - 2) >= line || (end - 2 >= line && text.startsWith("*/", end - 2));
    if (!isComment && !mayMislead(text.slice(end, at))) return false;
  }
  return !isInComment(text, at);
}

/** Whether `await` surely stands before the call of the method whose name starts at a place, on the same line. */
export function surelyAwaited(text: string, at: number): boolean {
  const start = pathStart(text, at);
  const line = lineStart(text, at);
  if (start === null || start <= line) return false;
  const end = spaceBefore(text, start);
  return (
    end < start &&
    end > line &&
    wordBefore(text, end) === "await" &&
    lastMark(text, "/", at - 1) < line &&
    lastMark(text, "`", at - 1) < line
  );
}

/** Where the line starts that a place is in, however long it is. */
function lineStart(text: string, at: number): number {
  return lastMark(text, "\n", at - 1) + 1;
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
  spend(at - start + 1);
  return start;
}
