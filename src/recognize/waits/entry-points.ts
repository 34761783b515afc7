import { exportedName } from "../../ast/exports.ts";
import { enclosingOf, functionName, isFunction, memberOf, type Enclosing } from "../../ast/functions.ts";
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
  const exported = exportedName(context.source, unit);
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
