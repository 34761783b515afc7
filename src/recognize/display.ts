import { memberName, unwrap } from "../ast/names.ts";
import type { TSESTree } from "../ast/source.ts";

/** An expression as a message names it: `client.GetAsync(…)`, never more than its names; `null` where it has none. */
export function displayName(expression: TSESTree.Node): string | null {
  const node = unwrap(expression);
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "ThisExpression":
      return "this";
    case "Super":
      return "super";
    case "MemberExpression": {
      const object = displayName(node.object);
      const name = memberName(node) ?? (node.computed ? null : "");
      if (object === null) return name;
      return name === null ? `${object}[…]` : `${object}.${name}`;
    }
    case "CallExpression": {
      const callee = displayName(node.callee);
      return callee === null ? null : `${callee}(${node.arguments.length === 0 ? "" : "…"})`;
    }
    case "NewExpression": {
      const callee = displayName(node.callee);
      return callee === null ? null : `new ${callee}(${node.arguments.length === 0 ? "" : "…"})`;
    }
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return `(${node.async ? "async " : ""}function${node.id == null ? "" : ` ${node.id.name}`})`;
    default:
      return null;
  }
}
