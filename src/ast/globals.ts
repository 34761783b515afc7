import { keyName, memberName, unwrap } from "./names.ts";
import { onlyValueOf, variableOf } from "./scopes.ts";
import type { Source, TSESTree } from "./source.ts";

/** The names under which a host offers its global object. */
const GLOBAL_OBJECTS = new Set(["globalThis", "window", "self", "global"]);

/** How far names are followed to what they were bound to. */
const LONGEST_CHAIN = 8;

/**
 * The dotted path of a global that an expression denotes: `chrome.tabs` for `chrome.tabs`, `window.chrome.tabs`, and a constant that one
 * of them was given to. `null` for anything else. A name that `declare` says is there is one of a global.
 */
export function globalPathOf(source: Source, expression: TSESTree.Node, depth = 0): string | null {
  const node = unwrap(expression);
  if (depth > LONGEST_CHAIN) return null;
  if (node.type === "MemberExpression") {
    const name = memberName(node);
    const owner = name === null ? null : globalPathOf(source, node.object, depth + 1);
    return owner === null ? null : memberPath(owner, name!);
  }
  if (node.type !== "Identifier") return null;
  const variable = variableOf(source, node);
  if (variable === null || variable.defs.every(({ node: declared }) => isAmbient(declared))) return node.name;
  const definition = variable.defs[0];
  if (definition?.node.type !== "VariableDeclarator") return null;
  const { id, init } = definition.node;
  if (id.type === "ObjectPattern" && init !== null && definition.node.parent.kind === "const") {
    const keys = keysTo(id, definition.name);
    const owner = keys === null ? null : globalPathOf(source, init, depth + 1);
    return owner === null ? null : keys!.reduce(memberPath, owner);
  }
  const value = onlyValueOf(variable);
  return value === null ? null : globalPathOf(source, value, depth + 1);
}

/** Whether a declaration says that a global is there, and makes none. */
function isAmbient(declared: TSESTree.Node): boolean {
  if (declared.type === "VariableDeclarator") return declared.parent.declare;
  return (declared.type === "TSModuleDeclaration" || declared.type === "TSDeclareFunction") && declared.declare;
}

function memberPath(owner: string, name: string): string {
  return GLOBAL_OBJECTS.has(owner) ? name : `${owner}.${name}`;
}

/** The keys under which a pattern takes a name out of an object; `null` where one is computed, or has another value by default. */
function keysTo(pattern: TSESTree.ObjectPattern, name: TSESTree.Node): readonly string[] | null {
  for (const property of pattern.properties) {
    const key = property.type === "Property" ? keyName(property) : null;
    if (key === null) continue;
    if (property.value === name) return [key];
    const inner = property.value?.type === "ObjectPattern" ? keysTo(property.value, name) : null;
    if (inner !== null) return [key, ...inner];
  }
  return null;
}
