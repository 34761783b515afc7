import { enclosingOf, functionName, isFunction, memberOf, type Enclosing } from "../../ast/functions.ts";
import { dottedName, keyName, unwrap, wrapped } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { ENTRY_POINT_NAMES, EXPORTED_ENTRY_POINT_NAMES } from "../../dialects/entry-points.ts";
import type { Context } from "../context.ts";

/** Code that the outside starts and nobody in the program waits for: it may become async without a caller. */
export type EntryPoint =
  /** The top level of the file. */
  | { readonly kind: "module"; readonly node: TSESTree.Program }
  /** `main`, `Main`, a name from the settings. */
  | { readonly kind: "main"; readonly node: FunctionNode; readonly name: string }
  /** An exported `handler`, which the platform calls and awaits. */
  | { readonly kind: "handler"; readonly node: FunctionNode; readonly name: string };

/** The entry point that a node is executed in, not counting functions nested in one; `null` elsewhere. */
export function entryPointAround(context: Context, node: TSESTree.Node): EntryPoint | null {
  return entryPointOf(context, enclosingOf(node));
}

/** The entry point that a unit of code is, or `null`. */
export function entryPointOf(context: Context, unit: Enclosing): EntryPoint | null {
  if (unit.type === "Program") return { kind: "module", node: unit };
  if (!isFunction(unit)) return null;
  const exported = exportedName(context, unit);
  if (exported !== null && EXPORTED_ENTRY_POINT_NAMES.has(exported))
    return { kind: "handler", node: unit, name: exported };
  const name = functionName(unit);
  if (name === null || !(ENTRY_POINT_NAMES.has(name) || context.settings.entryPoints?.includes(name) === true))
    return null;
  return mayBeStarted(unit) ? { kind: "main", node: unit, name } : null;
}

/** A method needs an object before anybody can call it; only a static one is started by name. */
function mayBeStarted(fn: FunctionNode): boolean {
  const member = memberOf(fn);
  return member === null || member.type === "Property" || member.static;
}

/** The name under which the module exports a function, the two ways of CommonJS included. */
function exportedName(context: Context, fn: FunctionNode): string | null {
  const outer = wrapped(fn);
  const { parent } = outer;
  if (fn.type === "FunctionDeclaration" && fn.id !== null) {
    return fn.parent.type === "ExportNamedDeclaration" ? fn.id.name : exportedVariable(context, fn.id);
  }
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") {
    return parent.parent.parent?.type === "ExportNamedDeclaration"
      ? parent.id.name
      : exportedVariable(context, parent.id);
  }
  if (parent?.type === "AssignmentExpression" && parent.right === outer) return commonJsName(parent.left);
  if (parent?.type === "Property" && parent.value === outer)
    return isModuleExports(parent.parent) ? keyName(parent) : null;
  return null;
}

/** The name under which a variable is exported elsewhere in the file: `export { run as handler }`, `exports.handler = run`. */
function exportedVariable(context: Context, id: TSESTree.Identifier): string | null {
  for (const { identifier } of variableOf(context.source, id)?.references ?? []) {
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
