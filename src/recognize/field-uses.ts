import { isFunction } from "../ast/functions.ts";
import { keyName, memberName, unwrap, wrapped } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { onlyValueOf, variableOf } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import { isStaticContext } from "./callables.ts";
import type { ClassNode } from "./classes.ts";
import type { Context } from "./context.ts";

/** The places of a file that name a member of a class. */
export interface FieldUses {
  /** Those on `this`, by whatever name, and for a static member those on the class. */
  readonly own: readonly TSESTree.MemberExpression[];
  /** Those of that name on any other object, which may be one of the class. */
  readonly strange: readonly TSESTree.Node[];
}

/** Every place of a file that may read or write the member of a class. */
export function usesOfField(context: Context, owner: ClassNode, name: string, isStatic: boolean): FieldUses {
  const own: TSESTree.MemberExpression[] = [];
  const strange: TSESTree.Node[] = [];
  const index = nodesOf(context.source);
  for (const member of index.of("MemberExpression")) {
    if (memberName(member) !== name) continue;
    const self = thisBehind(context, member.object);
    const place = self === null ? null : classOfThis(self);
    const isThis = self !== null && place === owner && isStaticContext(self) === isStatic;
    const object = unwrap(member.object);
    const isClass =
      isStatic && object.type === "Identifier" && variableOf(context.source, object)?.defs[0]?.node === owner;
    if (isThis || isClass) own.push(member);
    else if (place === null || !isApart(place, owner)) strange.push(member);
  }
  for (const pattern of index.of("ObjectPattern"))
    strange.push(
      ...pattern.properties.filter((property) => property.type === "Property" && keyName(property) === name),
    );
  return { own, strange };
}

/** Whether no object of one class is one of the other: neither has a class above it. */
function isApart(place: ClassNode, owner: ClassNode): boolean {
  return place === owner || (place.superClass == null && owner.superClass == null);
}

/** The `this` that an expression is, itself or as the constant that it was given to: `const self = this`. */
export function thisBehind({ source }: Context, expression: TSESTree.Node): TSESTree.ThisExpression | null {
  const node = unwrap(expression);
  if (node.type === "ThisExpression") return node;
  const variable = variableOf(source, node);
  const value = variable === null ? null : onlyValueOf(variable);
  const self = value === null ? null : unwrap(value);
  return self?.type === "ThisExpression" ? self : null;
}

/** What gives a `this` its value: a function that is no arrow function, a field, a static block, or the file. */
export function thisOwner(node: TSESTree.Node | null | undefined): TSESTree.Node | null {
  for (let current = node; current; current = current.parent) {
    if (
      /^(?:FunctionDeclaration|FunctionExpression|PropertyDefinition|AccessorProperty|StaticBlock|Program)$/.test(
        current.type,
      )
    )
      return current;
  }
  return null;
}

/** The class whose object, or which itself, a `this` is; `null` where that depends on how a function is called. */
export function classOfThis(self: TSESTree.ThisExpression): ClassNode | null {
  const owner = thisOwner(self);
  const member = isFunction(owner) && owner.parent.type === "MethodDefinition" ? owner.parent : owner;
  const parent = member === null || isFunction(member) ? null : member.parent;
  return parent?.type === "ClassBody" ? parent.parent : null;
}

/** Whether a place gives a member another value, or takes it away. */
export function isWritten(member: TSESTree.MemberExpression): boolean {
  const place = wrapped(member);
  const { parent } = place;
  switch (parent?.type) {
    case "AssignmentExpression":
    case "AssignmentPattern":
    case "ForInStatement":
    case "ForOfStatement":
      return parent.left === place;
    case "UpdateExpression":
    case "ArrayPattern":
    case "RestElement":
      return true;
    case "UnaryExpression":
      return parent.operator === "delete";
    case "Property":
      return parent.parent.type === "ObjectPattern" && parent.value === place;
    default:
      return false;
  }
}
