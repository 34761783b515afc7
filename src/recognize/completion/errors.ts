import { globalPathOf } from "../../ast/globals.ts";
import { unwrap } from "../../ast/names.ts";
import { variableOf, writesOf } from "../../ast/scopes.ts";
import type { Source, TSESTree } from "../../ast/source.ts";

/** Whether an expression is surely no falsy value, which would say that there is no error. */
export function isSurelyError(source: Source, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  switch (node.type) {
    case "NewExpression":
    case "ObjectExpression":
    case "ArrayExpression":
      return true;
    case "Literal":
      return typeof node.value === "string" && node.value !== "";
    case "TemplateLiteral":
      return node.quasis.some(({ value }) => value.cooked !== "");
    case "CallExpression":
      return /^(?:[A-Z]\w*)?Error$/.test(globalPathOf(source, node.callee) ?? "");
    case "Identifier": {
      const variable = variableOf(source, node);
      // What a `catch` is given is an error, but for programs that throw nothing.
      return variable !== null && writesOf(variable).length === 0 && String(variable.defs[0]?.type) === "CatchClause";
    }
    default:
      return false;
  }
}
