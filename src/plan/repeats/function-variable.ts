import { wrapped } from "../../ast/names.ts";
import { writesOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";

/** The variable by which alone a function is known; `null` where there is none, or it may hold another one. */
export function functionVariable(source: Source, fn: FunctionNode): Variable | null {
  const { parent } = wrapped(fn);
  const holder: TSESTree.Node | undefined =
    fn.type === "FunctionDeclaration" ? fn : parent?.type === "VariableDeclarator" ? parent : undefined;
  if (holder === undefined || (fn.type === "FunctionExpression" && fn.id !== null)) return null;
  const name = holder.type === "VariableDeclarator" ? holder.id : holder.id;
  const variable = source.scopeManager.getDeclaredVariables(holder).find(({ identifiers }) => identifiers[0] === name);
  const isOnly = holder.type === "VariableDeclarator" ? holder.parent.declarations.length === 1 : true;
  const mayWrite = holder.type === "VariableDeclarator" ? 1 : 0;
  return variable !== undefined && isOnly && variable.defs.length === 1 && writesOf(variable).length === mayWrite
    ? variable
    : null;
}
