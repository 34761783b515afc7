import { unwrap } from "./names.ts";
import { onlyValueOf, variableOf, writesOf, type Reference, type Variable } from "./scopes.ts";
import type { Source, TSESTree } from "./source.ts";

/**
 * The variable behind an identifier, through constants that only give it another name. A variable that is given several values
 * ends the search: its alias may hold an earlier one.
 */
export function aliasedVariable(source: Source, expression: TSESTree.Node, depth = 0): Variable | null {
  const variable = variableOf(source, unwrap(expression));
  const value = variable === null || depth > 8 ? null : onlyValueOf(variable);
  const inner = value === null ? null : aliasedVariable(source, value, depth + 1);
  return inner === null || isReassigned(inner) ? variable : inner;
}

function isReassigned(variable: Variable): boolean {
  const isParameter = variable.defs.some(({ type }) => String(type) === "Parameter");
  return writesOf(variable).length > (isParameter ? 0 : 1);
}

/** The places that give the variable behind an identifier a value; of a name that the file does not declare, those in the file. */
export function writesTo(source: Source, identifier: TSESTree.Identifier): readonly Reference[] {
  const variable = aliasedVariable(source, identifier);
  if (variable !== null) return writesOf(variable);
  return (source.scopeManager.globalScope?.through ?? []).filter(
    (reference) => reference.identifier.name === identifier.name && reference.isWrite(),
  );
}

/** The node after whose evaluation a written variable has its new value: the assignment or declarator, or the target itself in a loop head. */
export function writeNode(target: TSESTree.Node): TSESTree.Node {
  for (let current: TSESTree.Node | null | undefined = target.parent; current; current = current.parent) {
    if (["AssignmentExpression", "UpdateExpression", "VariableDeclarator"].includes(current.type)) return current;
    if (!/^(?:Array|Object|Assignment)Pattern$|^(?:Property|RestElement)$/.test(current.type)) return target;
  }
  return target;
}
