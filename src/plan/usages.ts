import { classOf, enclosingFunction, functionName, memberOf } from "../ast/functions.ts";
import { dottedName, keyName, lastSegment, memberName, unwrap, wrapped } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { readsOf, variableOf, writesOf, type Variable } from "../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../ast/source.ts";
import { typeNameOf } from "../recognize/annotations.ts";
import { KNOWN_TYPES } from "../dialects/apm.ts";
import { isModuleExports, usageAt, usagesOfVariable, type Usage } from "./usage.ts";
import { namespaceOf, usagesInNamespaces } from "./namespaces.ts";
import { classNamed, type ClassNode } from "../recognize/classes.ts";
import type { Context } from "../recognize/context.ts";
import type { Knowledge } from "../recognize/knowledge.ts";

/** The variable through which a function is reached, if it has one. */
export function variableOfFunction(context: Context, fn: FunctionNode): Variable | null {
  if (fn.type === "FunctionDeclaration") return fn.id === null ? null : variableOf(context.source, fn.id);
  const outer = wrapped(fn);
  return outer.parent?.type === "VariableDeclarator" && outer.parent.id.type === "Identifier"
    ? variableOf(context.source, outer.parent.id)
    : null;
}

/** Every use of a function in its file. */
export function usagesOf(context: Context, fn: FunctionNode): Usage[] {
  const member = memberOf(fn);
  if (member?.type === "MethodDefinition" || member?.type === "PropertyDefinition")
    return [...usagesByOwnName(context, fn), ...usagesOfClassMember(context, fn, member)];
  if (member !== null) return [...usagesByOwnName(context, fn), ...usagesOfObjectMember(context, member)];
  const variable = variableOfFunction(context, fn);
  // A function expression calls itself by its own name.
  const own: Usage[] = usagesByOwnName(context, fn);
  if (fn.type === "FunctionDeclaration" && fn.parent.type === "ExportDefaultDeclaration")
    own.push({ kind: "export", node: fn });
  if (variable !== null) {
    // Another function may be called under that name.
    const reassigned = writesOf(variable).filter((reference) => reference.init !== true);
    return [
      ...own,
      ...reassigned.map((reference): Usage => ({ kind: "unknown", node: reference.identifier as TSESTree.Node })),
      // Who uses the export of a namespace is told by the qualified name.
      ...usagesOfVariable(variable).filter(({ kind }) => kind !== "export" || namespaceOf(variable) === null),
      ...usagesInNamespaces(context, variable),
    ];
  }
  return [...own, usageAt(wrapped(fn)), ...usagesOfExportsMember(context, wrapped(fn))];
}

/** The uses of a function expression by the name that only it knows. */
export function usagesByOwnName({ source }: Context, fn: FunctionNode): Usage[] {
  const own =
    fn.type === "FunctionExpression" && fn.id !== null
      ? source.scopeManager.getDeclaredVariables(fn).find(({ identifiers }) => identifiers.includes(fn.id!))
      : undefined;
  return own === undefined ? [] : readsOf(own).map((reference) => usageAt(wrapped(reference.identifier)));
}

/** The other uses of `exports.name` in a CommonJS file, where a function was assigned to it. */
function usagesOfExportsMember(context: Context, value: TSESTree.Node): Usage[] {
  const target = isModuleExports(value) && value.parent?.type === "AssignmentExpression" ? value.parent.left : null;
  return target?.type === "MemberExpression" ? usagesOfExport(context, memberName(target), target) : [];
}

/** The uses of `exports.name`, but for the place where it is given its value. */
function usagesOfExport(context: Context, name: string | null, target: TSESTree.Node | null): Usage[] {
  return nodesOf(context.source)
    .of("MemberExpression")
    .filter(
      (member) =>
        member !== target &&
        memberName(member) === name &&
        /^(?:module\.)?exports$/.test(dottedName(member.object) ?? ""),
    )
    .map((member) => usageAt(wrapped(member)));
}

function usagesOfClassMember(
  context: Context,
  fn: FunctionNode,
  member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition,
): Usage[] {
  const name = keyName(member);
  const owner = classOf(fn);
  if (name === null || owner === null) return [{ kind: "unknown", node: member }];
  const usages: Usage[] = [];
  for (const access of nodesOf(context.source).of("MemberExpression")) {
    if (memberName(access) !== name) continue;
    const belongs = isInstanceOf(context, access.object, owner, member);
    if (belongs === "no") continue;
    usages.push(belongs === "yes" ? usageAt(wrapped(access)) : { kind: "unknown", node: access });
  }
  // `const { connect } = this` takes the method out of sight.
  for (const pattern of nodesOf(context.source).of("ObjectPattern")) {
    const taken = pattern.properties.find((property) => property.type === "Property" && keyName(property) === name);
    if (taken !== undefined) usages.push({ kind: "unknown", node: taken });
  }
  if (!isPrivate(member) && isExportedClass(context, owner)) usages.push({ kind: "export", node: member });
  return usages;
}

function isPrivate(member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition): boolean {
  return member.accessibility === "private" || member.key.type === "PrivateIdentifier";
}

/** Whether a member access reaches a member of `owner`: its receiver is the class, an instance of it, or of a class below it. */
function isInstanceOf(
  context: Context,
  receiver: TSESTree.Node,
  owner: ClassNode,
  member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition,
): Knowledge {
  const object = unwrap(receiver);
  if (object.type === "ThisExpression" || object.type === "Super") {
    const place = classOf(object);
    if (place === null) return "no";
    // A class below may be what `this` is an instance of.
    return descends(context, place, owner) ? "yes" : descends(context, owner, place) ? "unknown" : "no";
  }
  if (object.type === "Identifier") {
    const definition = variableOf(context.source, object)?.defs[0]?.node;
    if (definition?.type === "ClassDeclaration")
      return member.static && descends(context, definition, owner) ? "yes" : "no";
    if (definition?.type === "ImportNamespaceSpecifier") return "no";
  }
  const typeName = typeNameOf(context, object);
  const typeClass = classNamed(context, typeName);
  if (typeClass !== null)
    return descends(context, typeClass, owner) ? "yes" : descends(context, owner, typeClass) ? "unknown" : "no";
  // Private members are reached from their own class only, where the type would have named it.
  if (isPrivate(member) || (typeName !== null && KNOWN_TYPES.some((type) => type.name.test(lastSegment(typeName)))))
    return typeName === null ? "unknown" : "no";
  return "unknown";
}

function descends(context: Context, from: ClassNode, ancestor: ClassNode): boolean {
  for (let current: ClassNode | null = from, depth = 0; current !== null && depth < 32; depth++) {
    if (current === ancestor) return true;
    current = current.superClass == null ? null : classNamed(context, dottedName(current.superClass));
  }
  return false;
}

/** Whether a file offers a class to others. */
export function isExportedClass(context: Context, owner: ClassNode): boolean {
  if (owner.parent.type === "ExportNamedDeclaration" || owner.parent.type === "ExportDefaultDeclaration") return true;
  const variable = owner.id === null ? null : variableOf(context.source, owner.id);
  return variable !== null && usagesOfVariable(variable).some((usage) => usage.kind === "export");
}

function usagesOfObjectMember(context: Context, member: TSESTree.Property): Usage[] {
  const name = keyName(member);
  const literal = wrapped(member.parent);
  if (name === null) return [{ kind: "unknown", node: member }];
  if (isAllExports(literal))
    return [
      // Node.js tells what a file of CommonJS exports from its text, and does not see the name of an async method.
      { kind: member.method ? "value" : "export", node: member },
      ...usagesOfThis(context, member, name),
      ...usagesOfExport(context, name, null),
    ];
  if (literal.parent?.type !== "VariableDeclarator" || literal.parent.id.type !== "Identifier")
    return [{ kind: "value", node: member }];
  const holder = variableOf(context.source, literal.parent.id);
  if (holder === null || namespaceOf(holder) !== null) return [{ kind: "unknown", node: member }];
  const usages = usagesOfThis(context, member, name);
  for (const usage of usagesOfVariable(holder)) {
    const { node } = usage.kind === "call" ? { node: usage.call } : usage;
    const access = node.parent;
    if (usage.kind !== "value" || access?.type !== "MemberExpression" || access.object !== node)
      usages.push({ kind: usage.kind === "export" ? "export" : "unknown", node });
    else if (memberName(access) === name) usages.push(usageAt(wrapped(access)));
    else if (memberName(access) === null) usages.push({ kind: "unknown", node: access });
  }
  return usages;
}

/** Whether an object literal is all that a file of CommonJS exports, and has no other name: `module.exports = { … };`. */
function isAllExports(literal: TSESTree.Node): boolean {
  let { parent } = literal;
  if (parent?.type !== "AssignmentExpression" || dottedName(parent.left) !== "module.exports") return false;
  const outer = parent.parent;
  if (outer.type === "AssignmentExpression" && dottedName(outer.left) === "exports") parent = outer;
  return parent.parent.type === "ExpressionStatement";
}

/** Methods of a literal reach one another through `this`. */
function usagesOfThis({ source }: Context, member: TSESTree.Property, name: string): Usage[] {
  return nodesOf(source)
    .of("MemberExpression")
    .filter(
      (access) =>
        memberName(access) === name &&
        unwrap(access.object).type === "ThisExpression" &&
        literalOfThis(access) === member.parent,
    )
    .map((access) => usageAt(wrapped(access)));
}

/** The object literal whose method gives a node its `this`, if one does. */
function literalOfThis(node: TSESTree.Node): TSESTree.Node | null {
  for (let fn = enclosingFunction(node); fn !== null; fn = enclosingFunction(fn)) {
    if (fn.type === "ArrowFunctionExpression") continue;
    return memberOf(fn)?.type === "Property" ? (memberOf(fn)?.parent ?? null) : null;
  }
  return null;
}

/** How a function is called in messages. */
export function displayName(fn: FunctionNode): string {
  return functionName(fn) ?? "an anonymous function";
}
