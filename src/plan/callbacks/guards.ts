import { enclosingOf } from "../../ast/functions.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { semicolon } from "../layout.ts";
import type { Unguarded } from "../planner.ts";
import type { PlannerBase } from "../planner-base.ts";

/** Keeps the rejection of a started promise from being unhandled while something else is awaited; its own await still gets it. */
export function guard(
  { context, draft }: Pick<PlannerBase, "context" | "draft">,
  operation: Operation,
  name: string,
  statement: TSESTree.Statement,
): void {
  const { source } = context;
  const indent = indentAt(source.text, statement.range[0]);
  draft.insert(
    operation,
    statement.range[1],
    `${lineBreakOf(source.text)}${indent}${name}.catch(() => {})${semicolon(source)} // Its error surfaces at the await below.`,
  );
}

/** Guards the started promises before whose await another await has come to stand, now that all awaits are known. */
export function guardStarted(planner: PlannerBase, unguarded: readonly Unguarded[]): void {
  for (const { operation, name, statement, end } of unguarded) {
    const unit = enclosingOf(statement);
    const isCrossed = planner.functions.awaits.some(
      (place) =>
        statement.range[1] <= place.range[0] &&
        place.range[0] < end &&
        enclosingOf(place) === unit &&
        !planner.draft.isRefused(place),
    );
    if (isCrossed) guard(planner, operation, name, statement);
  }
}
