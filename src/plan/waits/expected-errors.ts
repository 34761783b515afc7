import { lineStart } from "../../ast/lines.ts";
import { firstFrom } from "../../ast/ordered.ts";
import type { Context } from "../../recognize/context.ts";
import { natureOf } from "../../recognize/tasks/tasks.ts";
import type { Wait } from "../../recognize/waits/wait.ts";
import type { TextEdit } from "../types.ts";

const EXPECTATION = "@ts-expect-error";

/**
 * What changes in a comment that expects an error on the line of a wait. A promise of the script has no member that blocks: that error goes
 * with the wait. Another one may be left on the line, so it is no error any more if there is none.
 */
export function expectedErrorEdits(context: Context, { nameNode, subjects }: Wait): TextEdit[] {
  const { ast, text } = context.source;
  if (!text.includes(EXPECTATION) || !subjects.some((subject) => natureOf(context, subject).kind === "promise"))
    return [];
  const comments = ast.comments ?? [];
  const start = lineStart(text, nameNode.range[0]);
  const comment = comments[firstFrom(comments, start) - 1];
  if (comment === undefined || text.slice(comment.range[1], start).trim() !== "") return [];
  const found = /^[\s*/]*@ts-expect-error\b/.exec(comment.value);
  if (found === null) return [];
  const end = comment.range[0] + 2 + found[0].length;
  return [{ range: [end - EXPECTATION.length, end], text: "@ts-ignore" }];
}
