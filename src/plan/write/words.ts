import type { Source, TSESTree } from "../../ast/source.ts";
import { renderRange } from "../edits.ts";
import type { Range } from "../types.ts";

/** The names in a stretch that may be those of variables, nodes that something else is written for aside. */
export function namesIn(source: Source, range: Range, replaced: readonly TSESTree.Node[]): readonly string[] {
  const edits = replaced
    .filter((node) => range[0] <= node.range[0] && node.range[1] <= range[1])
    .map((node) => ({ range: node.range, text: " " }));
  const text = renderRange(source.text, range, edits);
  return Array.from(text.matchAll(/[\w$]+/g)).flatMap(({ 0: name, index }) => (isMember(text, index) ? [] : [name]));
}

/** Whether a name stands right behind a dot that is not the last one of a spread. */
function isMember(text: string, index: number): boolean {
  return text[index - 1] === "." && text.slice(index - 3, index) !== "...";
}
