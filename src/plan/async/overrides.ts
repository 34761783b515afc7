import { classOf, memberOf } from "../../ast/functions.ts";
import { entityName, keyName, lastSegment } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { implementedBy } from "../../ast/optional-parts.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { KNOWN_INTERFACES } from "../../dialects/platform.ts";
import { classesOf, classNamed, type ClassNode } from "../../recognize/classes.ts";
import type { Context } from "../../recognize/context.ts";

/** Whether a method may override or implement a member whose result others rely on, or be overridden by one in this file. */
export function mayOverride(context: Context, fn: FunctionNode): boolean {
  const member = memberOf(fn);
  const owner = classOf(fn);
  if (owner === null || (member?.type !== "MethodDefinition" && member?.type !== "PropertyDefinition")) return false;
  const name = keyName(member);
  if (member.key.type === "PrivateIdentifier" || member.accessibility === "private") return false;
  if (member.override || name === null) return true;
  if (member.static) return owner.superClass !== null;
  return mayInherit(context, owner, name, new Set()) || isOverriddenBelow(context, owner, name);
}

function mayInherit(context: Context, owner: ClassNode, name: string, seen: Set<ClassNode>): boolean {
  if (seen.has(owner)) return true;
  seen.add(owner);
  if (implementedBy(owner).some((clause) => mayInterfaceDeclare(context, entityName(clause.expression), name)))
    return true;
  if (owner.superClass == null) return false;
  const base = classNamed(context, entityName(owner.superClass));
  if (base === null) return true;
  return declares(base.body.body, name) || mayInherit(context, base, name, seen);
}

function mayInterfaceDeclare(context: Context, interfaceName: string | null, name: string): boolean {
  const declared = nodesOf(context.source)
    .of("TSInterfaceDeclaration")
    .filter((candidate) => candidate.id.name === interfaceName);
  if (declared.length === 0) return KNOWN_INTERFACES.get(lastSegment(interfaceName ?? ""))?.has(name) ?? true;
  return declared.some(
    (candidate) =>
      declares(candidate.body.body, name) ||
      candidate.extends.some((base) => mayInterfaceDeclare(context, entityName(base.expression), name)),
  );
}

function isOverriddenBelow(context: Context, owner: ClassNode, name: string): boolean {
  return classesOf(context).some(
    (candidate) =>
      candidate.superClass != null &&
      owner.id !== null &&
      entityName(candidate.superClass) === owner.id.name &&
      (declares(candidate.body.body, name) || isOverriddenBelow(context, candidate, name)),
  );
}

/** Whether a class, abstract class or interface of this file declares what a method is, so that the method has to take what that takes. */
export function isDeclaredAbove(context: Context, fn: FunctionNode): boolean {
  const member = memberOf(fn);
  const owner = classOf(fn);
  if (owner === null || (member?.type !== "MethodDefinition" && member?.type !== "PropertyDefinition")) return false;
  const name = keyName(member);
  if (name === null || member.key.type === "PrivateIdentifier" || member.accessibility === "private") return false;
  return (
    member.override ||
    typesAbove(context, owner, new Set()).some((type) => declares(type.body.body, name)) ||
    isOverriddenBelow(context, owner, name)
  );
}

/** The classes and interfaces of this file from which a class or interface takes its members. */
function typesAbove(
  context: Context,
  type: ClassNode | TSESTree.TSInterfaceDeclaration,
  seen: Set<TSESTree.Node>,
): (ClassNode | TSESTree.TSInterfaceDeclaration)[] {
  if (seen.has(type)) return [];
  seen.add(type);
  const names =
    type.type === "TSInterfaceDeclaration"
      ? type.extends.map(({ expression }) => entityName(expression))
      : [
          ...implementedBy(type).map(({ expression }) => entityName(expression)),
          type.superClass == null ? null : entityName(type.superClass),
        ];
  const above = [...nodesOf(context.source).of("TSInterfaceDeclaration"), ...classesOf(context)].filter(
    ({ id }) => id != null && names.includes(id.name),
  );
  return above.flatMap((each) => [each, ...typesAbove(context, each, seen)]);
}

function declares(members: readonly TSESTree.Node[], name: string): boolean {
  return members.some((member) => "key" in member && "computed" in member && keyName(member) === name);
}
