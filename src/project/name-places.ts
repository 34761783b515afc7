import { isFunction, memberOf } from "../ast/functions.ts";
import { dottedName, unwrap, wrapped } from "../ast/names.ts";
import type { FunctionNode, TSESTree } from "../ast/source.ts";
import { usageAt, type Usage } from "../plan/usage.ts";

/** What an identifier declares. `passed`: it only stands for what is used elsewhere. */
export type Declared =
  | { readonly kind: "function"; readonly fn: FunctionNode }
  | { readonly kind: "signature"; readonly node: TSESTree.Node }
  | { readonly kind: "passed" };

/** Of a name that stands for a key and for its value at once, the value. */
export function valueOfShorthand(node: TSESTree.Node): TSESTree.Node {
  const { parent } = node;
  if (parent?.type !== "Property" || !parent.shorthand || parent.key !== node) return node;
  return parent.value.type === "AssignmentPattern" ? parent.value.left : parent.value;
}

/** The identifier by which a function is known; of one that CommonJS exports where it stands, the name of the export, or the word `exports`. */
export function nameOf(fn: FunctionNode): TSESTree.Node | null {
  if (fn.type === "FunctionDeclaration") return fn.id;
  const member = memberOf(fn);
  if (member !== null) return member.computed ? null : member.key;
  const outer = wrapped(fn);
  const { parent } = outer;
  if (parent?.type === "VariableDeclarator") return parent.id.type === "Identifier" ? parent.id : null;
  if (parent?.type !== "AssignmentExpression" || parent.right !== outer || parent.operator !== "=") return null;
  const { left } = parent;
  return parent.parent.type === "ExpressionStatement" &&
    left.type === "MemberExpression" &&
    !left.computed &&
    /^(?:module\.exports|(?:module\.)?exports\.[\w$]+)$/.test(dottedName(left) ?? "")
    ? left.property
    : null;
}

/** What an identifier declares; `null` for a use. */
export function declarationAt(node: TSESTree.Node): Declared | null {
  const { parent } = node;
  switch (parent?.type) {
    case "FunctionDeclaration":
      return parent.id === node ? { kind: "function", fn: parent } : null;
    case "TSDeclareFunction":
      return { kind: "signature", node: parent };
    case "TSMethodSignature":
    case "TSPropertySignature":
    case "TSAbstractMethodDefinition":
    case "TSAbstractPropertyDefinition":
      return { kind: "signature", node: parent };
    case "MethodDefinition":
    case "PropertyDefinition":
    case "Property": {
      if (
        parent.key !== node ||
        (parent.type === "Property" && (parent.shorthand || parent.parent.type === "ObjectPattern"))
      )
        return null;
      const value = parent.value === null ? null : unwrap(parent.value);
      if (String(value?.type) === "TSEmptyBodyFunctionExpression") return { kind: "signature", node: value! };
      return isFunction(value) ? { kind: "function", fn: value } : null;
    }
    case "VariableDeclarator": {
      const value = parent.id === node && parent.init !== null ? unwrap(parent.init) : null;
      return isFunction(value) ? { kind: "function", fn: value } : null;
    }
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
    case "ExportSpecifier":
    case "ExportDefaultDeclaration":
    case "TSTypeQuery":
    case "TSQualifiedName":
      return { kind: "passed" };
    default:
      return null;
  }
}

/** What a name is used for. */
export function usageOf(node: TSESTree.Node): Usage[] {
  const { parent } = node;
  if (parent?.type === "MemberExpression" && parent.property === node) return [usageAt(wrapped(parent))];
  // `const { load } = service` and a member without a function of its own: who calls it there cannot be told.
  if (parent?.type === "Property" && parent.parent.type === "ObjectPattern") return [{ kind: "unknown", node }];
  if (
    parent !== undefined &&
    /^(?:Property|PropertyDefinition|MethodDefinition|VariableDeclarator)$/.test(parent.type) &&
    ("key" in parent
      ? parent.key === node && !("shorthand" in parent && parent.shorthand)
      : (parent as TSESTree.VariableDeclarator).id === node)
  )
    return [{ kind: "unknown", node }];
  return [usageAt(wrapped(node))];
}
