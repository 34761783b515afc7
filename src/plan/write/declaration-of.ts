import { wrapped } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";

/** What declares a function that is given by its name. */
export function declarationOf(fn: FunctionNode): TSESTree.Node {
  if (fn.type === "FunctionDeclaration") return fn;
  const { parent } = wrapped(fn);
  return parent?.type === "VariableDeclarator" && parent.parent.declarations.length === 1 ? parent.parent : parent!;
}
