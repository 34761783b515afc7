import type { Range } from "./types.ts";

/** The words of a range of a text that may be names of variables: those of members aside. */
export function namesIn(text: string, [start, end]: Range = [0, text.length]): ReadonlySet<string> {
  const words = Array.from(text.slice(start, end).matchAll(/[\p{ID_Continue}$\\]+/gu));
  return new Set(words.flatMap(({ 0: name, index }) => (isMemberAt(text, start + index) ? [] : [name])));
}

/** Whether a name in a text is that of a member: it stands behind a dot, and not behind those of a spread. */
function isMemberAt(text: string, offset: number): boolean {
  let end = offset;
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  return text[end - 1] === "." && text[end - 2] !== ".";
}
