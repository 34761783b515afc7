import { nodesOf } from "../../ast/node-index.ts";
import type { FunctionNode, Source } from "../../ast/source.ts";

/** All functions of a file that are not declared without a body, in source order. */
export function functionsOf(source: Source): readonly FunctionNode[] {
  const index = nodesOf(source);
  return [
    ...index.of("FunctionDeclaration"),
    ...index.of("FunctionExpression"),
    ...index.of("ArrowFunctionExpression"),
  ].toSorted((one, other) => one.range[0] - other.range[0]);
}

/** What a parameter of a function is called; `null` where it is a pattern, or there is none. */
export function parameterName(fn: FunctionNode, index: number): string | null {
  const parameter = fn.params[index];
  const named = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
  return named?.type === "Identifier" ? named.name : null;
}
