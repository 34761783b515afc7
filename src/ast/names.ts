import type { TSESTree } from "./source.ts";

/**
 * The expression behind casts, non-null marks, `satisfies` and the wrapper of an optional chain: what is computed, not how it is typed.
 */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  for (;;) {
    switch (current.type) {
      case "TSAsExpression":
      case "TSTypeAssertion":
      case "TSNonNullExpression":
      case "TSSatisfiesExpression":
      case "TSInstantiationExpression":
      case "ChainExpression":
        current = current.expression;
        break;
      default:
        return current;
    }
  }
}

/** The outermost node that is `node` but for casts, marks and chain wrappers: the inverse of {@link unwrap}. */
export function wrapped(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (current.parent !== undefined && current.parent !== null && unwrap(current.parent) === unwrap(node))
    current = current.parent;
  return current;
}

/** The name a member expression reads where the text fixes it (`a.b`, `a["b"]`, `` a[`b`] ``), else `null`. */
export function memberName(node: TSESTree.MemberExpression): string | null {
  const { property } = node;
  if (!node.computed)
    return property.type === "PrivateIdentifier" ? `#${property.name}` : (property as TSESTree.Identifier).name;
  if (property.type === "Literal" && typeof property.value === "string") return property.value;
  if (property.type === "TemplateLiteral" && property.expressions.length === 0) return property.quasis[0]!.value.cooked;
  return null;
}

/** The key of a property, class member or signature where the text fixes it, else `null`. */
export function keyName(node: { key: TSESTree.Node; computed: boolean }): string | null {
  const { key } = node;
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (!node.computed && key.type === "Identifier") return key.name;
  if (key.type === "Literal" && typeof key.value === "string") return key.value;
  return null;
}

/** A call taken apart: `receiver.name(…)`, or `name(…)` with no receiver. */
export interface Callee {
  readonly receiver: TSESTree.Expression | null;
  readonly name: string;
  /** The identifier or property that spells the name: the narrow place to report. */
  readonly nameNode: TSESTree.Node;
}

/** Takes the callee of a call or `new` apart; `null` where its name is not fixed by the text. */
export function calleeOf(call: TSESTree.CallExpression | TSESTree.NewExpression): Callee | null {
  return refersTo(call.callee);
}

/** Takes `receiver.name` or `name` apart; `null` for anything else. */
export function refersTo(expression: TSESTree.Node): Callee | null {
  const node = unwrap(expression);
  if (node.type === "Identifier") return { receiver: null, name: node.name, nameNode: node };
  if (node.type !== "MemberExpression") return null;
  const name = memberName(node);
  return name === null ? null : { receiver: node.object, name, nameNode: node.property };
}

/** A dotted path such as `System.Threading.Tasks.Task` spelled with identifiers and `this`, or `null`. */
export function dottedName(expression: TSESTree.Node): string | null {
  const node = unwrap(expression);
  if (node.type === "Identifier") return node.name;
  if (node.type === "ThisExpression") return "this";
  if (node.type !== "MemberExpression") return null;
  const object = dottedName(node.object);
  const name = memberName(node);
  return object === null || name === null ? null : `${object}.${name}`;
}

/** The last part of a dotted path. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** The qualified name of a type reference (`System.IAsyncResult`), without its type arguments, or `null`. */
export function typeReferenceName(type: TSESTree.TypeNode | undefined): string | null {
  if (type?.type !== "TSTypeReference") return null;
  return entityName(type.typeName);
}

/** The dotted text of an entity name in a type or `implements` clause. */
export function entityName(name: TSESTree.EntityName | TSESTree.Expression): string | null {
  if (name.type === "TSQualifiedName") {
    const left = entityName(name.left);
    return left === null ? null : `${left}.${name.right.name}`;
  }
  return dottedName(name);
}

/** Whether an argument is there but says "none": `null`, `undefined`, `void 0`. */
export function isNothing(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  return (
    (value.type === "Literal" && value.value === null && value.raw === "null") ||
    (value.type === "Identifier" && value.name === "undefined") ||
    (value.type === "UnaryExpression" && value.operator === "void" && value.argument.type === "Literal")
  );
}

/** Whether a name is spelled as .NET spells its members. */
export function isPascalCase(name: string): boolean {
  return /^[A-Z]/.test(name);
}
