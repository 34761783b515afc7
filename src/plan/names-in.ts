import type { Source, TSESTree } from "../ast/source.ts";
import { renderRange } from "./edits.ts";
import type { Range } from "./types.ts";

/** What a name is made of; an escape in it keeps it in one piece. */
const WORD = /[\p{ID_Continue}$\\]+/gu;

/** The words of a range of a text that may be names of variables: those of members aside. */
export function namesIn(text: string, [start, end]: Range = [0, text.length]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { 0: name, index } of text.slice(start, end).matchAll(WORD))
    if (!isMemberAt(text, start + index)) names.add(name);
  return names;
}

/** The names in a stretch of a file that may be those of variables, nodes that something else is written for aside. */
export function namesBeside(source: Source, range: Range, replaced: readonly TSESTree.Node[]): ReadonlySet<string> {
  const edits = replaced
    .filter((node) => range[0] <= node.range[0] && node.range[1] <= range[1])
    .map((node) => ({ range: node.range, text: " " }));
  return namesIn(renderRange(source.text, range, edits));
}

/** Gives names as they are asked for, with a line behind those that are used already. */
export function freshNames(...names: readonly Iterable<string>[]): (name: string) => string {
  const used = new Set(names.flatMap((each) => [...each]));
  const fresh = (name: string): string => (used.has(name) ? fresh(`${name}_`) : name);
  return fresh;
}

/** Whether a name in a text is that of a member: it stands behind a dot, and not behind those of a spread. */
function isMemberAt(text: string, offset: number): boolean {
  let end = offset;
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  return text[end - 1] === "." && text[end - 2] !== ".";
}
