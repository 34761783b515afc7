import { isFunction } from "../ast/functions.ts";
import { calleeOf, lastSegment } from "../ast/names.ts";
import type { TSESTree } from "../ast/source.ts";
import { findAll } from "../ast/walk.ts";
import { typeNameOf } from "../recognize/annotations.ts";
import type { Context } from "../recognize/context.ts";
import { declaringTypesOf } from "../recognize/contract-members.ts";
import { endNameOf } from "../recognize/contract-pairs.ts";
import type { Operation } from "../recognize/operation.ts";
import type { PairGroup, TypeGraph } from "./pair-groups.ts";

/** The members of a file that declare the pairs of some groups. */
export function removedMembers(context: Context, groups: readonly PairGroup[]): ReadonlySet<TSESTree.Node> {
  const found = new Set<TSESTree.Node>();
  for (const { methods, node: owner } of declaringTypesOf(context)) {
    const own = groups.filter(({ pairs }) => pairs.some(({ typeName, file }) => typeName === owner.id?.name && file === context.source.filePath));
    const names = new Set(own.flatMap(({ beginName }) => [beginName, endNameOf(beginName)]));
    for (const { name, node, isStatic } of methods) if (!isStatic && names.has(name)) found.add(node);
  }
  return found;
}

function isInside(node: TSESTree.Node, outer: ReadonlySet<TSESTree.Node>): boolean {
  for (let current: TSESTree.Node | undefined | null = node; current; current = current.parent) if (outer.has(current)) return true;
  return false;
}

/** Whether an operation is begun by the pair of one of the groups, by code that stays. */
export function isCallOf(context: Context, { begin, receiver }: Operation, groups: readonly PairGroup[], removed: ReadonlySet<TSESTree.Node>): boolean {
  const name = calleeOf(begin)?.name;
  if (receiver === null || isInside(begin, removed)) return false;
  const typeName = typeNameOf(context, receiver);
  return typeName !== null && groups.some((group) => group.beginName === name && group.typeNames.has(lastSegment(typeName)));
}

/** A place where the name of a pair still means something. */
export interface UseLeft {
  readonly group: PairGroup;
  readonly node: TSESTree.Node;
}

/**
 * The places of a file that use the pairs of some groups, or may use them: by a member of their types, of something whose type cannot be
 * told, by a name in quotes. What has another type, and other declarations of the same names, use other pairs.
 */
export function usesLeft(context: Context, groups: readonly PairGroup[], graph: TypeGraph): UseLeft[] {
  const { source } = context;
  const byName = new Map<string, PairGroup[]>();
  for (const group of groups) for (const name of [group.beginName, endNameOf(group.beginName)]) byName.set(name, [...(byName.get(name) ?? []), group]);
  if (![...byName.keys()].some((name) => source.text.includes(name))) return [];
  const removed = removedMembers(context, groups);
  const isName = (node: TSESTree.Node): node is TSESTree.Identifier | TSESTree.StringLiteral => (node.type === "Identifier" && byName.has(node.name)) || (node.type === "Literal" && typeof node.value === "string" && byName.has(node.value));
  return findAll(source.ast, source.visitorKeys, isName).flatMap((node): UseLeft[] => {
    const named = byName.get(node.type === "Identifier" ? node.name : node.value)!;
    return isInside(node, removed) ? [] : named.filter((group) => mayUse(context, node, group, graph)).map((group) => ({ group, node }));
  });
}

function mayUse(context: Context, node: TSESTree.Identifier | TSESTree.StringLiteral, group: PairGroup, graph: TypeGraph): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case "MemberExpression":
      if (parent.property !== node || (node.type === "Identifier" && parent.computed)) return node.type === "Literal";
      return mayHave(context, parent.object, group, graph);
    case "MethodDefinition":
    case "PropertyDefinition":
    case "TSAbstractMethodDefinition":
    case "TSMethodSignature":
    case "TSPropertySignature":
      // A member of another type.
      return parent.key !== node || parent.computed;
    case "Property":
      return true;
    default:
      // A variable or a function of that name is something else; a name in quotes may be anything.
      return node.type === "Literal";
  }
}

/** Whether an object may have a type of a group. */
function mayHave(context: Context, object: TSESTree.Expression, { typeNames }: PairGroup, { types }: TypeGraph): boolean {
  const name = typeNameOf(context, object);
  if (name === null) return true;
  const last = lastSegment(name);
  if (typeNames.has(last)) return true;
  // A type parameter may be anything that its constraint allows.
  const declared = types.find((type) => type.name === last);
  return declared === undefined ? isTypeParameter(object, last) : declared.bases.some((base) => typeNames.has(base));
}

function isTypeParameter(place: TSESTree.Node, name: string): boolean {
  for (let current: TSESTree.Node | undefined | null = place; current; current = current.parent) {
    const parameters = isFunction(current) || current.type === "ClassDeclaration" || current.type === "ClassExpression" ? current.typeParameters : undefined;
    if (parameters?.params.some((parameter) => parameter.name.name === name) === true) return true;
  }
  return false;
}

/** The classes and functions of these names, declared at the top level of a file and not exported, that nothing but themselves refers to. */
export function unneededDeclarations({ source }: Context, names: ReadonlySet<string>): TSESTree.Node[] {
  return source.ast.body.filter((statement) => {
    if ((statement.type !== "ClassDeclaration" && statement.type !== "FunctionDeclaration") || statement.id === null || !names.has(statement.id.name)) return false;
    const [variable] = source.scopeManager.getDeclaredVariables(statement);
    return variable !== undefined && variable.references.every(({ identifier }) => statement.range[0] <= identifier.range[0] && identifier.range[1] <= statement.range[1]);
  });
}
