import { beginName } from "../planner-base.ts";
import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { subscriptionStatements, isLeaking } from "../events/completion-shape.ts";
import { isFunction } from "../../ast/functions.ts";
import { declarationOf } from "./in-place.ts";
import type { Hoisting } from "./inline-handler.ts";
import { leadingComments, commentsIn } from "../layout.ts";
import { contains } from "../../ast/flow.ts";

/** Takes the handlers of a completed event out of the code that added them. */
export function unsubscribe(
  planner: Planner,
  fn: FunctionNode,
  operations: readonly Operation[],
  { hoisted }: Hoisting,
): void {
  const statements = new Set(
    operations.flatMap(({ event }) => (event === null ? [] : subscriptionStatements(planner, event))),
  );
  // A handler that got a name stands where it was added.
  for (const statement of statements)
    if (hoisted?.place !== statement && !isEmptied(planner, fn, statement, statements))
      removeStatement(planner, fn, statement, "remove", "moved");
  // What took the handler off has nothing left to do.
  const removers = new Set(operations.flatMap(({ event }) => (event?.removers ?? []).map((remover) => remover.fn)));
  for (const remover of removers) removeStatement(planner, fn, declarationOf(remover), "remove", "moved");
  for (const operation of operations)
    if (isLeaking(planner, operation))
      planner.draft.note(operation, "handler-now-removed", operation.begin, beginName(operation));
}

/** Empties a function that did nothing but add handlers, where this is the first of them; a constructor without a purpose goes as a whole. */
function isEmptied(
  planner: Planner,
  unit: object,
  statement: TSESTree.Statement,
  statements: ReadonlySet<TSESTree.Statement>,
): boolean {
  const { parent: block } = statement;
  const { source } = planner.context;
  if (
    block?.type !== "BlockStatement" ||
    !isFunction(block.parent) ||
    !block.body.every((other) => statements.has(other as TSESTree.ExpressionStatement))
  )
    return false;
  const own = [...block.body, ...block.body.flatMap((other) => leadingComments(source, other))];
  if (
    commentsIn(source, block.range).some(
      (comment) => !own.some((node) => contains(node as TSESTree.Node, comment as unknown as TSESTree.Node)),
    )
  )
    return false;
  if (block.body[0] !== statement) return true;
  const member = block.parent.parent;
  const isNeedless =
    member.type === "MethodDefinition" &&
    member.kind === "constructor" &&
    block.parent.params.length === 0 &&
    member.accessibility == null;
  if (isNeedless) removeStatement(planner, unit, member, "remove", "moved");
  else {
    planner.draft.replace(unit, block.range, "{}");
  }
  return true;
}
