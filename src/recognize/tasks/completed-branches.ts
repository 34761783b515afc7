import { alwaysLeaves, contains, isUnconditionalWithin, statementList } from "../../ast/flow.ts";
import { implies, type AtomTest } from "../../ast/guards.ts";
import { unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";

/**
 * A statement before a place after which a task is complete whichever way it went: tested as complete on one way, awaited on the other.
 * `if (!task.IsCompleted) await task;` is one. `completions` are the places that complete the task. `null` when there is none.
 */
export function branchesBefore(
  place: TSESTree.Node,
  proves: AtomTest,
  completions: readonly TSESTree.Node[],
): TSESTree.Node | null {
  if (completions.length === 0) return null;
  for (let child = place, current = place.parent; current; child = current, current = current.parent) {
    // A declaration can be called before the statements around it have run.
    if (child.type === "FunctionDeclaration") return null;
    const list = statementList(current);
    const before = list?.slice(0, Math.max(0, list.indexOf(child as TSESTree.Statement))) ?? [];
    const found = before.find((statement) => completes(statement, proves, completions));
    if (found !== undefined) return found;
  }
  return null;
}

/** Whether the task is complete wherever a node has been evaluated to its end. */
function completes(node: TSESTree.Node, proves: AtomTest, completions: readonly TSESTree.Node[]): boolean {
  const follow = (inner: TSESTree.Node): boolean => completes(inner, proves, completions);
  switch (node.type) {
    case "BlockStatement":
      return node.body.some(follow);
    case "ExpressionStatement":
      return follow(unwrap(node.expression));
    case "IfStatement":
      return (
        (implies(node.test, true, proves) || alwaysLeaves(node.consequent) || follow(node.consequent)) &&
        (implies(node.test, false, proves) ||
          (node.alternate != null && (alwaysLeaves(node.alternate) || follow(node.alternate))))
      );
    case "ConditionalExpression":
      return (
        (implies(node.test, true, proves) || follow(unwrap(node.consequent))) &&
        (implies(node.test, false, proves) || follow(unwrap(node.alternate)))
      );
    case "LogicalExpression":
      return (
        follow(unwrap(node.left)) ||
        (node.operator !== "??" && implies(node.left, node.operator === "||", proves) && follow(unwrap(node.right)))
      );
    case "TryStatement":
      // An `await` that throws leaves the task complete as well.
      return node.block.body.length > 0 && follow(node.block.body[0]!);
    default:
      return completions.some((each) => contains(node, each) && isUnconditionalWithin(each, node));
  }
}
