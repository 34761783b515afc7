import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { leadingComments, removalRange } from "../layout.ts";
import type { TextEdit } from "../types.ts";

/** The edits that remove members; neighbours go as one, with the blank lines between them. */
export function removalsOf({ source }: Context, gone: ReadonlySet<TSESTree.Node>): TextEdit[] {
  const runs: TSESTree.Node[][] = [];
  for (const node of [...gone].sort((a, b) => a.range[0] - b.range[0])) {
    const last = runs.at(-1)?.at(-1);
    const [comment] = leadingComments(source, node);
    const isNext =
      last !== undefined && source.text.slice(last.range[1], comment?.range[0] ?? node.range[0]).trim() === "";
    if (isNext) runs.at(-1)!.push(node);
    else runs.push([node]);
  }
  return runs.map((run) => ({
    range: removalRange(source, { ...run[0]!, range: [run[0]!.range[0], run.at(-1)!.range[1]] }, "remove", gone),
    text: "",
  }));
}
