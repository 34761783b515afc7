import { isFunction } from "../../ast/functions.ts";
import { writesOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";

/** The variables that a parameter declares. */
export function variablesOf(source: Source, fn: FunctionNode, parameter: TSESTree.Node): Variable[] {
  return source.scopeManager
    .getDeclaredVariables(fn)
    .filter(({ identifiers }) =>
      identifiers.some(({ range }) => parameter.range[0] <= range[0] && range[1] <= parameter.range[1]),
    );
}

export function isUsed(source: Source, parameter: TSESTree.Parameter): boolean {
  const fn = parameter.parent as FunctionNode;
  // Taking a pattern apart may throw, and run code.
  if (parameter.type !== "Identifier") return true;
  return variablesOf(source, fn, parameter).some(({ references }) => references.length > 0);
}

export function isAssigned(source: Source, fn: FunctionNode, parameter: TSESTree.Node): boolean {
  return variablesOf(source, fn, parameter).some((variable) => writesOf(variable).length > 0);
}

export function readsWithin(source: Source, fn: FunctionNode, parameter: TSESTree.Node): TSESTree.Node[] {
  return variablesOf(source, fn, parameter).flatMap(({ references }) =>
    references.map(({ identifier }) => identifier as TSESTree.Node),
  );
}

/** Whether functions inside a decision read a value, which they may do later. */
export function isCaptured(source: Source, fn: FunctionNode, parameter: TSESTree.Node): boolean {
  const inner = findAll(fn.body, source.visitorKeys, isFunction);
  return readsWithin(source, fn, parameter).some((read) =>
    inner.some((each) => each.range[0] <= read.range[0] && read.range[1] <= each.range[1]),
  );
}
