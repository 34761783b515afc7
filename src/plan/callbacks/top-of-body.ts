import { tokensWithin } from "../../ast/ordered.ts";
import { afterBlankLine, indentAt, lineBreakOf } from "../../ast/lines.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import type { Planner } from "../planner.ts";
import { text, type Text } from "../write/text.ts";
import type { CallbackShape } from "./callback-shape.ts";

/** Puts a statement first in a callback's body. */
export function insertAtTop({ context, draft }: Planner, { fn }: Pick<CallbackShape, "fn">, statement: Text): void {
  const source = context.source.text;
  if (fn.body.type !== "BlockStatement") {
    // `(ar) => expression` gets a block, outside the parentheses that may stand around the expression.
    const arrow = tokensWithin(context.source.ast, [fn.range[0], fn.body.range[0]]).findLast(
      ({ value }) => value === "=>",
    )!;
    const start = arrow.range[1] + /^\s*/.exec(source.slice(arrow.range[1]))![0].length;
    draft.insert(fn, start, text`{ ${statement} `);
    return draft.insert(fn, fn.range[1], `${semicolon(context.source)} }`);
  }
  const open = fn.body.range[0] + 1;
  const isMultiLine = afterBlankLine(source, open) > open;
  const indent =
    indentAt(source, fn.body.body[0]?.range[0] ?? fn.range[0]) || indentAt(source, fn.range[0]) + indentUnitOf(source);
  draft.insert(fn, open, isMultiLine ? text`${lineBreakOf(source)}${indent}${statement}` : text` ${statement}`);
}
