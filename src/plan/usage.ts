import { memberName, wrapped } from "../ast/names.ts";
import { readsOf, type Variable } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import type { RefusalCode } from "./codes.ts";

/** One place where a function is used. */
export type Usage =
  /** It is called here. */
  | { readonly kind: "call"; readonly call: TSESTree.CallExpression }
  /** The file offers it to others. */
  | { readonly kind: "export"; readonly node: TSESTree.Node }
  /** It is passed on as a value. */
  | { readonly kind: "value"; readonly node: TSESTree.Node }
  /** A use of that name on an object that may or may not have this function, unless a code says what else hides who calls it. */
  | { readonly kind: "unknown"; readonly node: TSESTree.Node; readonly code?: RefusalCode };

/** The uses of a variable that holds a function. */
export function usagesOfVariable(variable: Variable): Usage[] {
  const usages: Usage[] = readsOf(variable).map((reference) => usageAt(wrapped(reference.identifier)));
  for (const definition of variable.defs) {
    const statement = definition.node.type === "VariableDeclarator" ? definition.node.parent : definition.node;
    if (statement.parent?.type === "ExportNamedDeclaration" || statement.parent?.type === "ExportDefaultDeclaration")
      usages.push({ kind: "export", node: statement });
  }
  return usages;
}

/** What a place does with a function, or with what stands for it. */
export function usageAt(node: TSESTree.Node): Usage {
  const { parent } = node;
  if (parent?.type === "CallExpression" && parent.callee === node) return { kind: "call", call: parent };
  if (parent?.type === "ExportSpecifier" || parent?.type === "ExportDefaultDeclaration" || isModuleExports(node))
    return { kind: "export", node };
  return { kind: "value", node };
}

/** Whether a node is offered by a CommonJS module: `module.exports = f`, `exports.f = f`, `module.exports.f = f`, `module.exports = { f }`. */
export function isModuleExports(node: TSESTree.Node): boolean {
  let place: TSESTree.Node = node;
  if (place.parent?.type === "Property" && place.parent.parent.type === "ObjectExpression") place = place.parent.parent;
  const assignment = place.parent;
  if (assignment?.type !== "AssignmentExpression" || assignment.right !== place) return false;
  let target: TSESTree.Node = assignment.left;
  while (target.type === "MemberExpression") {
    if (target.object.type === "Identifier" && target.object.name === "module" && memberName(target) === "exports")
      return true;
    target = target.object;
  }
  return target.type === "Identifier" && target.name === "exports" && assignment.left.type === "MemberExpression";
}
