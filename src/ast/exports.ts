import { dottedName, keyName, unwrap, wrapped } from "./names.ts";
import { variableOf } from "./scopes.ts";
import type { FunctionNode, Source, TSESTree } from "./source.ts";

/** The name under which the module exports a function, the two ways of CommonJS included. */
export function exportedName(source: Source, fn: FunctionNode): string | null {
  const outer = wrapped(fn);
  const { parent } = outer;
  if (fn.type === "FunctionDeclaration" && fn.id !== null) {
    return fn.parent.type === "ExportNamedDeclaration" ? fn.id.name : exportedVariable(source, fn.id);
  }
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") {
    return parent.parent.parent?.type === "ExportNamedDeclaration"
      ? parent.id.name
      : exportedVariable(source, parent.id);
  }
  if (parent?.type === "AssignmentExpression" && parent.right === outer) return commonJsName(parent.left);
  if (parent?.type === "Property" && parent.value === outer)
    return isModuleExports(parent.parent) ? keyName(parent) : null;
  return null;
}

/** Whether a function is all that a file of CommonJS exports, where it stands: `module.exports = function …`. */
export function isExportedWhole(fn: FunctionNode): boolean {
  const outer = wrapped(fn);
  const { parent } = outer;
  return (
    parent?.type === "AssignmentExpression" &&
    parent.right === outer &&
    parent.parent.type === "ExpressionStatement" &&
    dottedName(parent.left) === "module.exports"
  );
}

/** The name under which a variable is exported elsewhere in the file: `export { run as handler }`, `exports.handler = run`. */
function exportedVariable(source: Source, id: TSESTree.Identifier): string | null {
  for (const { identifier } of variableOf(source, id)?.references ?? []) {
    const outer = wrapped(identifier);
    const { parent } = outer;
    if (parent?.type === "ExportSpecifier")
      return parent.exported.type === "Identifier" ? parent.exported.name : parent.exported.value;
    if (parent?.type === "AssignmentExpression" && parent.right === outer) return commonJsName(parent.left);
    if (parent?.type === "Property" && parent.value === outer && isModuleExports(parent.parent)) return keyName(parent);
  }
  return null;
}

/** `handler` in `exports.handler = …` and `module.exports.handler = …`. */
function commonJsName(target: TSESTree.Node): string | null {
  return /^(?:module\.)?exports\.([\w$]+)$/.exec(dottedName(target) ?? "")?.[1] ?? null;
}

/** Whether an object literal is what `module.exports = { … }` assigns. */
function isModuleExports(literal: TSESTree.Node | undefined): boolean {
  const outer = literal === undefined ? undefined : wrapped(literal);
  return (
    outer?.parent?.type === "AssignmentExpression" &&
    unwrap(outer.parent.right) === literal &&
    dottedName(outer.parent.left) === "module.exports"
  );
}
