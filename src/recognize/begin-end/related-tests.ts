import type { Enclosing } from "../../ast/functions.ts";
import { calleeOf, dottedName, unwrap } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll, walk } from "../../ast/walk.ts";
import { WAIT_ALL_MEMBERS, WAIT_ANY_MEMBERS, WAIT_MEMBERS, WAIT_ONE_MEMBERS } from "../../dialects/tap.ts";
import type { Context } from "../context.ts";

/** Says of a test on a path whether its outcome may depend on what has come before, so that not each outcome is a path of its own. */
export type RelatedTest = (test: TSESTree.Expression) => boolean;

/**
 * The tests of a piece of code that may be related to what happened from `start` on: those that ask for something which another test
 * has asked for in between (`if (x) …; if (x) …`), and those outside of the branch in which `start` itself lies (`if (x) begin(); if (x) end()`).
 */
export function testsRelatedSince(context: Context, unit: Enclosing, start: TSESTree.Node | null): RelatedTest {
  const branch = start === null ? null : branchAround(unit, start);
  const earlier = testsIn(context, unit).filter((test) => start === null || test.range[0] >= start.range[1]);
  return (test) => {
    if (branch !== null && !(branch.range[0] <= test.range[0] && test.range[1] <= branch.range[1])) return true;
    const names = namesIn(context, test);
    return earlier.some(
      (other) => other.range[1] <= test.range[0] && [...namesIn(context, other)].some((name) => names.has(name)),
    );
  };
}

/** The innermost part of a condition, `switch` or handler that a node lies in. */
function branchAround(unit: Enclosing, node: TSESTree.Node): TSESTree.Node | null {
  for (let child = node, current = node.parent; current && child !== unit; child = current, current = current.parent) {
    if (current.type === "IfStatement" || current.type === "ConditionalExpression") {
      if (child !== current.test) return child;
    } else if (current.type === "LogicalExpression") {
      if (child === current.right) return child;
    } else if (current.type === "SwitchCase" || current.type === "CatchClause") {
      return child === ("test" in current ? current.test : null) ? null : current;
    }
  }
  return null;
}

const testsByUnit = new WeakMap<TSESTree.Node, readonly TSESTree.Node[]>();

function testsIn(context: Context, unit: Enclosing): readonly TSESTree.Node[] {
  let known = testsByUnit.get(unit);
  if (known === undefined) {
    const isTesting = (node: TSESTree.Node): node is TSESTree.Node => testOf(node) !== null;
    known = findAll(unit, context.source.visitorKeys, isTesting, { intoFunctions: false }).map((node) => testOf(node)!);
    testsByUnit.set(unit, known);
  }
  return known;
}

function testOf(node: TSESTree.Node): TSESTree.Node | null {
  switch (node.type) {
    case "ConditionalExpression":
    case "DoWhileStatement":
    case "ForStatement":
    case "IfStatement":
    case "WhileStatement":
      return node.test;
    case "LogicalExpression":
      return node.left;
    case "SwitchStatement":
      return node.discriminant;
    default:
      return null;
  }
}

/** The variables and members that an expression asks for, each by its whole path. */
function namesIn(context: Context, expression: TSESTree.Node): ReadonlySet<string> {
  const names = new Set<string>();
  walk(expression, context.source.visitorKeys, (node) => {
    const path = node.type === "Identifier" || node.type === "MemberExpression" ? dottedName(node) : null;
    if (path !== null) names.add(path);
    return path === null;
  });
  return names;
}

/** Whether a test says, by coming out as it does, that a wait with a time-out has given up. */
export function mayHaveTimedOut(context: Context, test: TSESTree.Expression, isTrue: boolean): boolean {
  const node = unwrap(test);
  if (isTimedWait(node)) return !isTrue;
  const variable = variableOf(context.source, node);
  const value = variable === null ? null : onlyValueOf(variable);
  if (value !== null) return isTimedWait(unwrap(value)) && !isTrue;
  return findAll(node, context.source.visitorKeys, isTimedWait, { intoFunctions: false }).length > 0;
}

function isTimedWait(node: TSESTree.Node): node is TSESTree.CallExpression {
  const name = node.type === "CallExpression" && node.arguments.length > 0 ? (calleeOf(node)?.name ?? "") : "";
  return [WAIT_ALL_MEMBERS, WAIT_ANY_MEMBERS, WAIT_MEMBERS, WAIT_ONE_MEMBERS].some((members) => members.has(name));
}
