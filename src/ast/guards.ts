import { alwaysLeaves, statementList } from "./flow.ts";
import { unwrap } from "./names.ts";
import type { TSESTree } from "./source.ts";
import { findAll } from "./walk.ts";
import type { Source } from "./source.ts";

/** Whether an atom of a condition (no `!`, `&&`, `||`), being true or false, proves what is asked. */
export type AtomTest = (atom: TSESTree.Expression, isTrue: boolean) => boolean;

/** Whether a condition, being true or false, implies that some atom in it has a value for which `proves` holds. */
export function implies(condition: TSESTree.Node, isTrue: boolean, proves: AtomTest): boolean {
  const node = unwrap(condition) as TSESTree.Expression;
  if (node.type === "UnaryExpression" && node.operator === "!") return implies(node.argument, !isTrue, proves);
  if (node.type === "LogicalExpression" && node.operator !== "??") {
    const sides = [implies(node.left, isTrue, proves), implies(node.right, isTrue, proves)] as const;
    // A true `&&` and a false `||` tell the value of both sides; otherwise only one of them, and not which.
    return (node.operator === "&&") === isTrue ? sides[0] || sides[1] : sides[0] && sides[1];
  }
  return proves(node, isTrue);
}

/**
 * The condition that has proved something wherever `node` is evaluated: a test around it, or a test before it in a statement list
 * around it whose other outcome leaves the list. Functions on the way are passed through, so this is only for facts that stay true.
 *
 * @returns the test, or `null` when nothing proves it.
 */
export function guardOf(source: Source, node: TSESTree.Node, proves: AtomTest): TSESTree.Expression | null {
  for (let child = node, current = node.parent; current; child = current, current = current.parent) {
    const around = testAround(current, child);
    if (around !== null && implies(around.test, around.isTrue, proves)) return around.test;
    const list = statementList(current);
    const before = list?.slice(0, Math.max(0, list.indexOf(child as TSESTree.Statement))) ?? [];
    for (const statement of before) {
      const passed = testPassed(source, statement);
      if (passed !== null && implies(passed.test, passed.isTrue, proves)) return passed.test;
    }
  }
  return null;
}

interface Outcome {
  readonly test: TSESTree.Expression;
  readonly isTrue: boolean;
}

/** The test that has come out one way where `child` of `parent` is evaluated. */
function testAround(parent: TSESTree.Node, child: TSESTree.Node): Outcome | null {
  switch (parent.type) {
    case "IfStatement":
    case "ConditionalExpression":
      if (child === parent.consequent) return { test: parent.test, isTrue: true };
      return child === parent.alternate ? { test: parent.test, isTrue: false } : null;
    case "LogicalExpression":
      return child === parent.right && parent.operator !== "??"
        ? { test: parent.left, isTrue: parent.operator === "&&" }
        : null;
    case "WhileStatement":
      return child === parent.body ? { test: parent.test, isTrue: true } : null;
    case "ForStatement":
      return parent.test !== null && (child === parent.body || child === parent.update)
        ? { test: parent.test, isTrue: true }
        : null;
    default:
      return null;
  }
}

/** The test that has come out one way after a statement has let the next one run. */
function testPassed(source: Source, statement: TSESTree.Statement): Outcome | null {
  switch (statement.type) {
    case "IfStatement":
      if (alwaysLeaves(statement.consequent)) return { test: statement.test, isTrue: false };
      return statement.alternate != null && alwaysLeaves(statement.alternate)
        ? { test: statement.test, isTrue: true }
        : null;
    case "WhileStatement":
    case "DoWhileStatement":
      return hasBreak(source, statement.body) ? null : { test: statement.test, isTrue: false };
    case "ForStatement":
      return statement.test === null || hasBreak(source, statement.body)
        ? null
        : { test: statement.test, isTrue: false };
    default:
      return null;
  }
}

// A `break` of an inner loop is counted too: the answer is then "cannot tell".
function hasBreak(source: Source, body: TSESTree.Node): boolean {
  return (
    findAll(body, source.visitorKeys, (node): node is TSESTree.BreakStatement => node.type === "BreakStatement", {
      intoFunctions: false,
    }).length > 0
  );
}
