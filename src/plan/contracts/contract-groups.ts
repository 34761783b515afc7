import { lastSegment, typeReferenceName } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { implementedBy } from "../../ast/optional-parts.ts";
import type { TSESTree } from "../../ast/source.ts";
import { CHANNEL_FACTORIES } from "../../dialects/contracts.ts";
import { constructedName } from "../../recognize/annotations.ts";
import type { Context } from "../../recognize/context.ts";
import {
  declaringTypesOf,
  type DeclaredMethod,
  type DeclaringType,
} from "../../recognize/contracts/contract-members.ts";
import { basesOf } from "../../recognize/contracts/contract-pairs.ts";

/** An operation as one type declares it, and the file in which that is. */
export interface Placed {
  readonly file: string;
  readonly context: Context;
  readonly owner: DeclaringType;
  /** The method that starts it: the first of its name. */
  readonly starter: DeclaredMethod;
  readonly typeName: string | null;
}

/** One operation, as all types declare it that stand in for one another: they change together or not at all. */
export interface OperationGroup<Each extends Placed> {
  readonly starterName: string;
  readonly places: readonly Each[];
  /** The names of all types that have the operation, those that inherit it included. */
  readonly typeNames: ReadonlySet<string>;
  /** The names of the members that go once nothing uses them any more. */
  readonly memberNames: readonly string[];
}

/** The types of some files by their names, and what they extend and implement. */
export interface TypeGraph {
  readonly types: readonly {
    readonly file: string;
    readonly type: DeclaringType;
    readonly name: string | null;
    readonly bases: readonly string[];
  }[];
  /** The names of the interfaces for which channels to services are made: a channel has whatever members its interface has. */
  readonly channels: ReadonlySet<string>;
}

/** The types that some files declare. */
export function typeGraphOf(files: readonly (readonly [string, Context])[]): TypeGraph {
  return {
    types: files.flatMap(([file, context]) =>
      declaringTypesOf(context).map((type) => ({ file, type, name: nameOf(type), bases: basesOf(type) })),
    ),
    channels: new Set(files.flatMap(([, context]) => channelsOf(context))),
  };
}

function channelsOf({ source }: Context): string[] {
  return nodesOf(source)
    .of("NewExpression")
    .flatMap((creation) => {
      const [contract] = creation.typeArguments?.params ?? [];
      const name = contract === undefined ? null : typeReferenceName(contract);
      return name === null || !CHANNEL_FACTORIES.has(lastSegment(constructedName(creation) ?? ""))
        ? []
        : [lastSegment(name)];
    });
}

/** The name of a declared type. */
export function nameOf({ node }: DeclaringType): string | null {
  return node.id?.name ?? null;
}

/** Whether an operation is one of a class itself, and not of its instances. */
export function isStaticGroup({ places }: Pick<OperationGroup<Placed>, "places">): boolean {
  return places[0]?.starter.isStatic === true;
}

/** The names of the types that are in sight. */
export function knownNames({ types }: TypeGraph): ReadonlySet<string> {
  return new Set(types.flatMap(({ name }) => name ?? []));
}

/** Divides the placed declarations of each starter into those whose types stand in for one another. */
export function relatedGroups<Each extends Placed>(
  placed: readonly Each[],
  graph: TypeGraph,
): Omit<OperationGroup<Each>, "memberNames">[] {
  const byName = new Map<string, Each[]>();
  // Static members are others than those of the instances.
  for (const each of placed) {
    const key = `${each.starter.isStatic ? "static " : ""}${each.starter.name}`;
    byName.set(key, [...(byName.get(key) ?? []), each]);
  }
  return [...byName.values()].flatMap((places) =>
    related(places, graph).map((group) => ({ starterName: places[0]!.starter.name, ...group })),
  );
}

function related<Each extends Placed>(
  placed: readonly Each[],
  { types, channels }: TypeGraph,
): Pick<OperationGroup<Each>, "places" | "typeNames">[] {
  const left = new Set(placed);
  const groups: Pick<OperationGroup<Each>, "places" | "typeNames">[] = [];
  const isAlike = (type: Each, shape: Each): boolean =>
    mayStandIn(type.owner, shape.owner) && !channels.has(shape.typeName ?? "");
  for (const first of placed) {
    if (!left.delete(first)) continue;
    const group = [first];
    const names = new Set(first.typeName === null ? [] : [first.typeName]);
    for (let isGrowing = true; isGrowing;) {
      isGrowing = false;
      for (const { name, bases } of types) {
        if (name === null || names.has(name) || !bases.some((base) => names.has(base))) continue;
        names.add(name);
        isGrowing = true;
      }
      for (const one of left) {
        const bases = basesOf(one.owner);
        const isRelated =
          (one.typeName !== null && names.has(one.typeName)) ||
          group.some((each) => isAlike(each, one) || isAlike(one, each)) ||
          bases.some((base) => names.has(base)) ||
          group.some((each) => one.typeName !== null && basesOf(each.owner).includes(one.typeName));
        if (!isRelated) continue;
        left.delete(one);
        group.push(one);
        if (one.typeName !== null) names.add(one.typeName);
        isGrowing = true;
      }
    }
    groups.push({ places: group, typeNames: names });
  }
  return groups;
}

/** Whether an interface has no member that a type lacks: what is of the type may be used by the interface without saying that it implements it. */
export function mayStandIn(type: DeclaringType, shape: DeclaringType): boolean {
  if (shape.node.type !== "TSInterfaceDeclaration" || shape.node === type.node) return false;
  const names = new Set(type.members.map(({ name }) => name));
  return (
    type.isDerived ||
    shape.members.every(
      ({ name, nameNode }) => names.has(name) || ("optional" in nameNode.parent! && nameNode.parent.optional),
    )
  );
}

/** Whether a type may have an operation from a type that is out of sight. */
export function mayInherit(
  context: Context,
  owner: DeclaringType,
  starterName: string,
  known: ReadonlySet<string>,
): boolean {
  const { node } = owner;
  const heritage: readonly TSESTree.Expression[] = [
    ...(node.type === "TSInterfaceDeclaration" ? node.extends : implementedBy(node)).map(
      ({ expression }) => expression,
    ),
    ...(node.type === "TSInterfaceDeclaration" || node.superClass == null ? [] : [node.superClass]),
  ];
  const names = basesOf(owner);
  if (
    owner.methods.some(({ name, isStatic }) => name === starterName && isStatic) &&
    node.type !== "TSInterfaceDeclaration" &&
    node.superClass != null &&
    !known.has(names[0]!)
  )
    return true;
  return (
    heritage.length > 0 &&
    names.some((name) => !known.has(name)) &&
    heritage.some((expression) => context.types?.hasInherited(expression, starterName) !== "no")
  );
}

/** The methods of a name that a type has, static ones where the operation is static. */
export function methodsOf({ owner, starter }: Placed, name: string): readonly DeclaredMethod[] {
  return owner.methods.filter((method) => method.name === name && method.isStatic === starter.isStatic);
}
