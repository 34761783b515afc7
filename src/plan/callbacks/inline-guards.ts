import type { TSESTree } from "../../ast/source.ts";
import type { Planner } from "../planner.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { suspends, tryAround } from "../../ast/flow.ts";
import { handlesErrors } from "../../ast/handled-errors.ts";

/** Whether a guarded block opens between a node and the list it will be moved from. */
export function crossesTry(node: TSESTree.Node, root: TSESTree.Node): boolean {
  for (
    let child = node, current = node.parent;
    current && current !== root;
    child = current, current = current.parent
  ) {
    if (current.type === "TryStatement" && child === current.block && handlesErrors(current)) return true;
  }
  return false;
}

/** Whether an await or a way out lies between a start and its await, so that its rejection could find nobody listening. */
export function needsGuard(
  planner: Planner,
  operation: Operation,
  beginStatement: TSESTree.Statement,
  list: readonly TSESTree.Statement[],
  listens?: TSESTree.Statement,
): boolean {
  const { source } = planner.context;
  const calls = operation.ends.map((end) => end.call);
  const ends = calls.map((call) => call.range[0]);
  const last = listens?.range[0] ?? Math.max(...ends);
  const others = planner.operations
    .filter((other) => other !== operation)
    .flatMap((other) => other.ends.map((end) => end.call));
  const isBetween = (node: TSESTree.Node) => beginStatement.range[1] <= node.range[0] && node.range[0] < last;
  if (others.some((call) => isBetween(call) && enclosingOf(call) === enclosingOf(operation.begin))) return true;
  const isGuarded = tryAround(operation.begin) !== null;
  return list.some((statement) => {
    if (!isBetween(statement)) return false;
    const holds = calls.some((call) => statement.range[0] <= call.range[0] && call.range[1] <= statement.range[1]);
    if (holds) return calls.every((call) => isUnderCondition(call, statement));
    // A handler in this function goes on after an error of the work between.
    return (
      isGuarded ||
      suspends(source, statement) ||
      /\b(?:return|throw|break|continue)\b/.test(source.text.slice(...statement.range))
    );
  });
}

/** Whether a node inside a statement may go unevaluated although nothing throws. */
function isUnderCondition(node: TSESTree.Node, statement: TSESTree.Statement): boolean {
  for (
    let child = node, current = node.parent;
    child !== statement && current;
    child = current, current = current.parent
  ) {
    if ((current.type === "IfStatement" || current.type === "ConditionalExpression") && child !== current.test)
      return true;
    if (current.type === "LogicalExpression" && child === current.right) return true;
    if (current.type === "SwitchCase" || current.type === "CatchClause") return true;
  }
  return false;
}
