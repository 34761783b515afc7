import { indentAt, lineBreakOf, lineStart } from "../ast/lines.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import type { Draft } from "./draft.ts";
import { commentsIn, removalRange } from "./layout.ts";
import { partsOf, type Text } from "./write/text.ts";

/**
 * Removes a statement with the comments above it (or without, with `comments: "keep"`). Comments inside it are carried to the line
 * above, unless its inside has been moved elsewhere, or a text was made of it that has them.
 */
export function removeStatement(
  { context, draft }: { readonly context: Context; readonly draft: Pick<Draft<object>, "replace"> },
  unit: object,
  statement: TSESTree.Node,
  comments: "remove" | "keep" = "remove",
  inside: "carried" | "moved" | { readonly text: Text } = "carried",
  gone?: ReadonlySet<TSESTree.Node>,
): void {
  const { source } = context;
  const attempt = onlyInFinally(statement, gone);
  if (attempt !== null) return draft.replace(unit, [attempt.handler!.range[1], attempt.finalizer!.range[1]], "");
  const { parent } = statement;
  // `if (done) event.Set(); else event.Set();` leaves an empty branch, and no `else` at all.
  if (parent?.type === "IfStatement" && parent.alternate === statement)
    return draft.replace(unit, [parent.consequent.range[1], statement.range[1]], "");
  if (
    parent !== undefined &&
    parent !== null &&
    /^(?:If|While|DoWhile|For|ForIn|ForOf|Labeled)Statement$/.test(parent.type)
  )
    return draft.replace(unit, statement.range, "{}");
  const range = removalRange(source, statement, comments, gone);
  const newline = lineBreakOf(source.text);
  const indent = indentAt(source.text, statement.range[0]);
  const isLeft = (comment: TSESTree.Comment): boolean =>
    inside === "carried" || (inside !== "moved" && !holdsComment(source, inside.text, comment));
  const left = commentsIn(source, statement.range).filter((comment) => isLeft(comment));
  const carried = left.map((comment) => `${indent}${source.text.slice(...comment.range)}${newline}`);
  const isWholeLines = lineStart(source.text, range[0]) === range[0];
  draft.replace(unit, range, isWholeLines ? carried.join("") : carried.map((line) => line.trim()).join(" "));
}

/** Whether a comment stands in a text, as new text or in what is moved. */
function holdsComment(source: Source, text: Text, { range }: TSESTree.Comment): boolean {
  const comment = source.text.slice(...range);
  return partsOf(text).some((part) =>
    typeof part === "string" ? part.includes(comment) : part.range[0] <= range[0] && range[1] <= part.range[1],
  );
}

/** The try whose `finally` holds nothing but this statement, and others that go as well, when a handler stays. */
function onlyInFinally(
  statement: TSESTree.Node,
  gone: ReadonlySet<TSESTree.Node> = new Set(),
): TSESTree.TryStatement | null {
  const { parent } = statement;
  const attempt =
    parent?.type === "BlockStatement" && parent.parent.type === "TryStatement" && parent.parent.finalizer === parent
      ? parent.parent
      : null;
  return attempt?.handler != null &&
    parent?.type === "BlockStatement" &&
    parent.body.every((other) => other === statement || gone.has(other))
    ? attempt
    : null;
}
