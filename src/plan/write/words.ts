import type { Source, TSESTree } from "../../ast/source.ts";
import { renderRange } from "../edits.ts";
import type { Range } from "../types.ts";

/** Names, but for those of members: what stands behind a dot that is not the last one of a spread. */
const NAMES = /(?<![\w$])(?<!(?<!\.\.)\.)[\w$]+/g;

/** The names in a stretch that may be those of variables, nodes that something else is written for aside. */
export function namesIn(source: Source, range: Range, replaced: readonly TSESTree.Node[]): readonly string[] {
  const edits = replaced
    .filter((node) => range[0] <= node.range[0] && node.range[1] <= range[1])
    .map((node) => ({ range: node.range, text: " " }));
  return renderRange(source.text, range, edits).match(NAMES) ?? [];
}
