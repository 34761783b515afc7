import { indentAt, lineBreakOf, lineStart } from "../../ast/lines.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { CallbackShape } from "../callbacks/callback-shape.ts";
import { insertAtTop } from "../callbacks/top-of-body.ts";
import type { Planner } from "../planner.ts";
import { text, type Text } from "../write/text.ts";

/**
 * Puts what takes an outcome before a statement of a handler, or at the top of its body where there is none.
 *
 * @param isMoved whether the body comes to stand where the operation begins
 */
export function insertBefore(
  planner: Planner,
  shape: Pick<CallbackShape, "fn" | "operations">,
  place: TSESTree.Statement | null,
  statement: Text,
  isMoved: boolean,
): void {
  const { source } = planner.context;
  if (place === null) return insertAtTop(planner, shape, statement, isMoved ? shape.operations[0]!.begin : null);
  const start = lineStart(source.text, place.range[0]);
  const indent = indentAt(source.text, place.range[0]);
  const isFirstOnLine = indent.length === place.range[0] - start;
  if (isFirstOnLine) planner.draft.insert(shape.fn, start, text`${indent}${statement}${lineBreakOf(source.text)}`);
  else planner.draft.insert(shape.fn, place.range[0], text`${statement} `);
}
