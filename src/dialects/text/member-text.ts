import { lastMark, nextMark } from "./marks.ts";
import { spend } from "./reading-budget.ts";
import { isSpace, isWordPart } from "./text-scan.ts";

/** Reading backwards from a name to what it is a member of, over comments and line breaks. */

/** Whether what starts at a place may be the name of a member: behind a dot, as a key in quotes, or in a pattern. */
export function isMemberPlace(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  if (before === ".") return true;
  if (isWordPart(text.charCodeAt(at - 1))) return false;
  const end = tokenEnd(text, "\"'`".includes(before) ? at - 1 : at, "", ".?[{,");
  return end === null || ".[{,".includes(text.charAt(end - 1) || " ");
}

/** Where the dot or the bracket is by which the member at a place is read; 0 where it is none, `null` where that cannot be told. */
export function accessBefore(text: string, at: number): number | null {
  const isQuoted = at > 0 && "\"'`".includes(text[at - 1]!);
  const end = tokenEnd(text, isQuoted ? at - 1 : at);
  if (end === null) return null;
  if (text[end - 1] !== (isQuoted ? "[" : ".")) return 0;
  if (!isQuoted) return text[end - 2] === "?" ? end - 2 : end - 1;
  // `?.["Result"]`
  const optional = tokenEnd(text, end - 1);
  return optional !== null && text.startsWith("?.", optional - 2) ? optional - 2 : optional;
}

/**
 * Where what is before a place ends, white space, comments and some marks aside; `null` where that cannot be told. Of a line that may end
 * in a comment it matters only whether one of `tokens` may be before that.
 */
export function tokenEnd(text: string, at: number, marks = "", tokens = ".?[)!"): number | null {
  let end = at;
  for (;;) {
    spend(1);
    const code = text.charCodeAt(end - 1);
    const comment = code === 0x0a ? lineCommentBefore(text, end - 1) : -1;
    if (comment !== -1) {
      const before = text.slice(lastMark(text, "\n", comment) + 1, comment).trimEnd();
      // One of several pairs of slashes may be in a string, and one comment behind another.
      if (before.includes("//") || (before !== "" && `${tokens}/`.includes(before.at(-1)!))) return null;
      end = comment;
    } else if (isSpace(code) || (end > 0 && marks.includes(text[end - 1]!))) {
      end--;
    } else if (text.startsWith("*/", end - 2)) {
      const start = lastMark(text, "/*", end - 2);
      // One more in the same comment, or in a string before it.
      if (start === -1 || nextMark(text, "/*", lastMark(text, "*/", end - 3) + 2) !== start) return null;
      end = start;
    } else {
      return code > 0x7f ? null : end;
    }
  }
}

/** Where the last two slashes of the line are that ends at a place; -1 where there are none. */
function lineCommentBefore(text: string, end: number): number {
  const at = lastMark(text, "//", end - 2);
  return at > lastMark(text, "\n", end - 1) ? at : -1;
}
