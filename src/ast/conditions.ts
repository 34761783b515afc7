import { unwrap } from "./names.ts";
import type { TSESTree } from "./source.ts";

/** A part of a condition that holds no `!`, `&&`, `||` of its own, with the value asked of it. */
export interface Atom {
  readonly node: TSESTree.Node;
  readonly value: boolean;
}

/**
 * The atoms of a condition that is asked to have a value: those of `!a && b`, asked to be true, are `a` false and `b` true. Whether one
 * or all of them are needed for it is not told. A comparison with `true` or `false` is taken as the side compared.
 */
export function atomsOf(condition: TSESTree.Node, value: boolean): Atom[] {
  const node = unwrap(condition);
  if (node.type === "UnaryExpression" && node.operator === "!") return atomsOf(node.argument, !value);
  if (node.type === "LogicalExpression" && node.operator !== "??")
    return [...atomsOf(node.left, value), ...atomsOf(node.right, value)];
  if (node.type === "SequenceExpression") return atomsOf(node.expressions.at(-1)!, value);
  if (node.type === "BinaryExpression" && /^[=!]==?$/.test(node.operator)) {
    const isEqual = node.operator.startsWith("=");
    for (const [side, other] of [[node.left, node.right] as const, [node.right, node.left] as const]) {
      const literal = unwrap(side);
      if (literal.type === "Literal" && typeof literal.value === "boolean")
        return atomsOf(other, (literal.value === value) === isEqual);
    }
  }
  return [{ node, value }];
}

/** The value that a condition has whenever it is evaluated, where the text fixes it: `true`, `1`, `!0`. */
export function constantValue(condition: TSESTree.Node): boolean | null {
  const node = unwrap(condition);
  if (node.type === "Literal" && (typeof node.value === "boolean" || typeof node.value === "number"))
    return Boolean(node.value);
  if (node.type !== "UnaryExpression" || node.operator !== "!") return null;
  const inner = constantValue(node.argument);
  return inner === null ? null : !inner;
}
