import { isFunction } from "../../ast/functions.ts";
import { calleeOf } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll, isWithinSome } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import { declaringTypesOf, type DeclaringType } from "../../recognize/contracts/contract-members.ts";
import { aliasOf } from "../../recognize/contracts/declared-events.ts";
import { receiverTypeOf } from "../../recognize/receiver-types.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { isStaticGroup, mayStandIn, type TypeGraph } from "./contract-groups.ts";
import type { ContractGroup } from "./contract-group.ts";

/** The members of a file that go with some groups: all of a pair, and what an interface declares of an event-based operation. */
export function removedMembers(context: Context, groups: readonly ContractGroup[]): ReadonlySet<TSESTree.Node> {
  const found = new Set<TSESTree.Node>();
  for (const { members, node: owner } of declaringTypesOf(context)) {
    const own = groups.filter(
      (group) => isPlaceOf(context, owner, group) && (group.kind === "pair" || owner.type === "TSInterfaceDeclaration"),
    );
    for (const { name, nameNode } of members) {
      const isStatic = "static" in nameNode.parent! && nameNode.parent.static;
      if (own.some((group) => group.memberNames.includes(name) && isStaticGroup(group) === isStatic))
        found.add(nameNode.parent!);
    }
  }
  return found;
}

/** The classes of a file that go on using what some groups declare, as their own. */
function ownersOf(context: Context, groups: readonly ContractGroup[]): ReadonlySet<TSESTree.Node> {
  const events = groups.filter(({ kind }) => kind === "events");
  return new Set(
    declaringTypesOf(context)
      .map(({ node }) => node)
      .filter(
        (node) => node.type !== "TSInterfaceDeclaration" && events.some((group) => isPlaceOf(context, node, group)),
      ),
  );
}

function isPlaceOf({ source }: Context, { id }: DeclaringType["node"], { places }: ContractGroup): boolean {
  return id != null && places.some(({ typeName, file }) => typeName === id.name && file === source.filePath);
}

/** Whether an operation is started by one of the groups, by code that stays. */
export function isCallOf(
  context: Context,
  { begin, receiver }: Operation,
  groups: readonly ContractGroup[],
  removed: ReadonlySet<TSESTree.Node>,
): boolean {
  const name = calleeOf(begin)?.name;
  if (receiver === null || isWithinSome(begin, removed)) return false;
  return groupOfCall(context, name ?? "", receiver, groups) !== null;
}

/** The group whose starter a call by this name on an object is. */
export function groupOfCall<Group extends ContractGroup>(
  context: Context,
  name: string,
  receiver: TSESTree.Expression,
  groups: readonly Group[],
): Group | null {
  const type = receiverTypeOf(context, receiver);
  return type === null
    ? null
    : (groups.find(
        (group) =>
          group.starterName === name && group.typeNames.has(type.name) && isStaticGroup(group) === type.isStatic,
      ) ?? null);
}

/** A place where the name of a member still means something. */
export interface UseLeft {
  readonly group: ContractGroup;
  readonly node: TSESTree.Node;
}

/**
 * The places of a file that use the members of some groups, or may use them: by a member of their types, of something whose type cannot be
 * told, by a name in quotes. What has another type, and other declarations of the same names, are others. A class that declares
 * an event-based operation may go on using that itself.
 */
export function usesLeft(context: Context, groups: readonly ContractGroup[], graph: TypeGraph): UseLeft[] {
  const { source } = context;
  const byName = new Map<string, ContractGroup[]>();
  for (const group of groups)
    for (const name of group.memberNames) byName.set(name, [...(byName.get(name) ?? []), group]);
  if (![...byName.keys()].some((name) => source.text.includes(name))) return [];
  const removed = removedMembers(context, groups);
  const owners = ownersOf(context, groups);
  const isName = (node: TSESTree.Node): node is TSESTree.Identifier | TSESTree.StringLiteral =>
    (node.type === "Identifier" && byName.has(node.name)) ||
    (node.type === "Literal" && typeof node.value === "string" && byName.has(node.value));
  return findAll(source.ast, source.visitorKeys, isName).flatMap((node): UseLeft[] => {
    const named = byName.get(node.type === "Identifier" ? node.name : node.value)!;
    return isWithinSome(node, removed)
      ? []
      : named
          .filter((group) => !isOwnUse(node, owners) && mayUse(context, node, group, graph))
          .map((group) => ({ group, node }));
  });
}

/** Whether a class uses a member of its own, or names one in quotes. */
function isOwnUse(node: TSESTree.Identifier | TSESTree.StringLiteral, owners: ReadonlySet<TSESTree.Node>): boolean {
  if (!isWithinSome(node, owners)) return false;
  return (
    node.type === "Literal" || (node.parent.type === "MemberExpression" && node.parent.object.type === "ThisExpression")
  );
}

function mayUse(
  context: Context,
  node: TSESTree.Identifier | TSESTree.StringLiteral,
  group: ContractGroup,
  graph: TypeGraph,
): boolean {
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
function mayHave(context: Context, object: TSESTree.Expression, group: ContractGroup, { types }: TypeGraph): boolean {
  const { kind, places, typeNames } = group;
  const type = receiverTypeOf(context, object);
  if (type === null) return true;
  const last = type.name;
  if (typeNames.has(last)) return isStaticGroup(group) === type.isStatic;
  // A type parameter may be anything that its constraint allows.
  const declared = types.find((type) => type.name === last);
  if (declared === undefined) return isTypeParameter(object, last) || aliasOf(context, last) !== null;
  // What is private, or gone, does not fit a shape any more that has it.
  return (
    (kind === "events" && declared.type.node.type === "TSInterfaceDeclaration") ||
    places.some(({ owner }) => mayStandIn(owner, declared.type)) ||
    declared.bases.some((base) => typeNames.has(base))
  );
}

function isTypeParameter(place: TSESTree.Node, name: string): boolean {
  for (let current: TSESTree.Node | undefined | null = place; current; current = current.parent) {
    const parameters =
      isFunction(current) || current.type === "ClassDeclaration" || current.type === "ClassExpression"
        ? current.typeParameters
        : undefined;
    if (parameters?.params.some((parameter) => parameter.name.name === name) === true) return true;
  }
  return false;
}

/** The classes and functions of these names, declared at the top level of a file and not exported, that nothing but themselves refers to. */
export function unneededDeclarations({ source }: Context, names: ReadonlySet<string>): TSESTree.Node[] {
  return source.ast.body.filter((statement) => {
    if (
      (statement.type !== "ClassDeclaration" && statement.type !== "FunctionDeclaration") ||
      statement.id === null ||
      !names.has(statement.id.name)
    )
      return false;
    const [variable] = source.scopeManager.getDeclaredVariables(statement);
    return (
      variable !== undefined &&
      variable.references.every(
        ({ identifier }) => statement.range[0] <= identifier.range[0] && identifier.range[1] <= statement.range[1],
      )
    );
  });
}
