import { tokensWithin } from "../../ast/ordered.ts";
import { afterBlankLine, indentAt, lineBreakOf } from "../../ast/lines.ts";
import type { TSESTree } from "../../ast/source.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import type { Planner } from "../planner.ts";
import { text, type Text } from "../write/text.ts";
import type { CallbackShape } from "./callback-shape.ts";

/**
 * Puts a statement first in a callback's body.
 *
 * @param movedTo what an expression that is all of the body comes to stand in the place of; `null` where it stays
 */
export function insertAtTop(
  { context, draft }: Planner,
  { fn }: Pick<CallbackShape, "fn">,
  statement: Text,
  movedTo: TSESTree.Node | null = null,
): void {
  const source = context.source.text;
  if (fn.body.type !== "BlockStatement") {
    // Whatever the expression begins with is not read on from the statement.
    const ended = semicolon(context.source) === "" ? text`${statement};` : statement;
    if (movedTo !== null) {
      const between = lineBreakOf(source) + indentAt(source, movedTo.range[0]);
      return draft.insert(fn, fn.body.range[0], text`${ended}${between}`);
    }
    // `(ar) => expression` gets a block, outside the parentheses that may stand around the expression.
    const arrow = tokensWithin(context.source.ast, [fn.range[0], fn.body.range[0]]).findLast(
      ({ value }) => value === "=>",
    )!;
    const start = arrow.range[1] + /^\s*/.exec(source.slice(arrow.range[1]))![0].length;
    draft.insert(fn, start, text`{ ${ended} `);
    return draft.insert(fn, fn.range[1], `${semicolon(context.source)} }`);
  }
  const open = fn.body.range[0] + 1;
  const isMultiLine = afterBlankLine(source, open) > open;
  const indent =
    indentAt(source, fn.body.body[0]?.range[0] ?? fn.range[0]) || indentAt(source, fn.range[0]) + indentUnitOf(source);
  draft.insert(fn, open, isMultiLine ? text`${lineBreakOf(source)}${indent}${statement}` : text` ${statement}`);
}
