import { unwrap } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";

/** Whether an argument is surely `true`, or surely `false`: as a literal, as minifiers write it, or by a constant. */
export function isFlag(context: Context, node: TSESTree.Node, value: boolean, depth = 0): boolean {
  const inner = unwrap(node);
  if (inner.type === "Literal") return inner.value === value;
  if (inner.type === "UnaryExpression" && inner.operator === "!") {
    const { argument } = inner;
    return argument.type === "Literal" && argument.value === (value ? 0 : 1);
  }
  const variable = variableOf(context.source, inner);
  const only = variable === null || depth > 8 ? null : onlyValueOf(variable);
  return only !== null && isFlag(context, only, value, depth + 1);
}
