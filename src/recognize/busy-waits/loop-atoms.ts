import { atomsOf } from "../../ast/conditions.ts";
import type { LoopCondition } from "../../ast/loops.ts";
import { unwrap } from "../../ast/names.ts";
import { variableOf, parameterVariable, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { elementTest, functionRun, returnedExpression, valueInLoop, type WaitNode } from "./loop-values.ts";

const MAX_DEPTH = 4;

/** A part of what a loop asks before it comes round again. */
export interface LoopAtom {
  /** What is asked in the end: in a helper of the file, or in the value that the loop gives to a variable. */
  readonly node: TSESTree.Node;
  /** The value with which the loop goes on. */
  readonly value: boolean;
  /** Where the loop asks it: `node`, or the call or variable it stands behind. */
  readonly place: TSESTree.Node;
  /** What the parameters of the helpers on the way stand for. */
  readonly bindings: ReadonlyMap<Variable, TSESTree.Node>;
}

/** The parts of a loop's condition, looked up through helper functions, getters of `this` and variables that the loop sets each turn. */
export function loopAtoms(context: Context, loop: WaitNode, condition: LoopCondition): readonly LoopAtom[] {
  return expand(context, loop, condition.test, condition.goesOnWhen, null, new Map(), 0);
}

function expand(
  context: Context,
  loop: WaitNode,
  condition: TSESTree.Node,
  goesOnWhen: boolean,
  place: TSESTree.Node | null,
  bindings: LoopAtom["bindings"],
  depth: number,
): LoopAtom[] {
  return atomsOf(condition, goesOnWhen).flatMap(({ node, value }) => {
    const behind = depth < MAX_DEPTH ? valueBehind(context, loop, node, bindings) : null;
    if (behind === null) return [{ node, value, place: place ?? node, bindings }];
    return expand(context, loop, behind.value, value, place ?? node, behind.bindings, depth + 1);
  });
}

interface ValueBehind {
  readonly value: TSESTree.Node;
  readonly bindings: LoopAtom["bindings"];
}

function valueBehind(
  context: Context,
  loop: WaitNode,
  node: TSESTree.Node,
  bindings: LoopAtom["bindings"],
): ValueBehind | null {
  if (node.type === "AssignmentExpression") return node.operator === "=" ? { value: node.right, bindings } : null;
  if (node.type === "Identifier") {
    const variable = variableOf(context.source, node);
    const value = variable === null ? null : valueInLoop(loop, variable);
    return value === null ? null : { value, bindings };
  }
  if (node.type !== "CallExpression" && node.type !== "MemberExpression") return null;
  // What is asked of all elements, or of any, is asked of each with the same value.
  const test = node.type === "CallExpression" ? elementTest(context, node) : null;
  const fn = test ?? functionRun(context, node);
  const value = fn === null ? null : returnedExpression(fn);
  if (value === null) return null;
  if (node.type === "MemberExpression" || test !== null) return { value, bindings };
  const inner = new Map(bindings);
  for (const [index, argument] of node.arguments.entries()) {
    const parameter = parameterVariable(context.source, fn!, index);
    if (parameter !== null && argument.type !== "SpreadElement")
      inner.set(parameter, substituted(context, argument, bindings));
  }
  return { value, bindings: inner };
}

/** What an expression in a helper stands for in the loop: the argument, where it is one of the helper's parameters. */
export function substituted(
  context: Context,
  expression: TSESTree.Node,
  bindings: LoopAtom["bindings"],
): TSESTree.Node {
  const variable = variableOf(context.source, unwrap(expression));
  return (variable === null ? undefined : bindings.get(variable)) ?? expression;
}
