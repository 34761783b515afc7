import { contains } from "../ast/flow.ts";
import { calleeOf, lastSegment, typeReferenceName } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { textOf, type TSESTree } from "../ast/source.ts";
import { CHANNEL_FACTORIES } from "../dialects/contracts.ts";
import { constructedName, typeNameOf } from "../recognize/annotations.ts";
import type { Context } from "../recognize/context.ts";
import { contractFaultsOf } from "../recognize/contract-faults.ts";
import { awaitedType, declaringTypesOf, type DeclaredMethod, type DeclaringType } from "../recognize/contract-members.ts";
import { basesOf, pairMembersOf, pairOf, type DeclaredPair, type PairMembers } from "../recognize/contract-pairs.ts";
import type { Operation } from "../recognize/operation.ts";
import { isAwaitableType } from "../recognize/twins.ts";
import type { RefusalCode } from "./codes.ts";
import { asyncNamesOf, givesNothing } from "./pair-signature.ts";

/** A pair as one type declares it, and the file in which that is. */
export interface PlacedPair {
  readonly file: string;
  readonly context: Context;
  readonly members: PairMembers;
  /** `null` where its parameters cannot be told apart. */
  readonly pair: DeclaredPair | null;
  readonly typeName: string | null;
}

/** One operation, as all types declare it that stand in for one another: they change together or not at all. */
export interface PairGroup {
  readonly beginName: string;
  readonly pairs: readonly PlacedPair[];
  /** The names of all types that have the operation, those that inherit it included. */
  readonly typeNames: ReadonlySet<string>;
}

/** The types of some files by their names, and what they extend and implement. */
export interface TypeGraph {
  readonly types: readonly { readonly file: string; readonly type: DeclaringType; readonly name: string | null; readonly bases: readonly string[] }[];
}

/** The types that some files declare. */
export function typeGraphOf(files: readonly (readonly [string, Context])[]): TypeGraph {
  return { types: files.flatMap(([file, context]) => declaringTypesOf(context).map((type) => ({ file, type, name: nameOf(type), bases: basesOf(type) }))) };
}

function nameOf({ node }: DeclaringType): string | null {
  return node.id?.name ?? null;
}

/** The operations that some files declare as pairs. */
export function pairGroupsOf(files: readonly (readonly [string, Context])[], graph: TypeGraph): PairGroup[] {
  const placed = files.flatMap(([file, context]) => pairMembersOf(context).filter(({ owner }) => !isAmbient(owner.node)).map((members): PlacedPair => ({ file, context, members, pair: pairOf(members), typeName: nameOf(members.owner) })));
  const byName = new Map<string, PlacedPair[]>();
  for (const each of placed) {
    const { name } = each.members.begins[0]!;
    byName.set(name, [...(byName.get(name) ?? []), each]);
  }
  return [...byName].flatMap(([beginName, pairs]) => related(pairs, graph).map((each) => ({ beginName, ...each })));
}

/** Whether a type only says what there is at run time: `declare class`, and all that stands in a `declare namespace`. */
function isAmbient(node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined | null = node; current; current = current.parent) if ("declare" in current && current.declare) return true;
  return false;
}

/** Divides pairs of one name into those whose types stand in for one another. */
function related(pairs: readonly PlacedPair[], { types }: TypeGraph): Omit<PairGroup, "beginName">[] {
  const left = new Set(pairs);
  const groups: Omit<PairGroup, "beginName">[] = [];
  for (const first of pairs) {
    if (!left.delete(first)) continue;
    const group = [first];
    const names = new Set(first.typeName === null ? [] : [first.typeName]);
    for (let isGrowing = true; isGrowing; ) {
      isGrowing = false;
      for (const { name, bases } of types) {
        if (name === null || names.has(name) || !bases.some((base) => names.has(base))) continue;
        names.add(name);
        isGrowing = true;
      }
      for (const pair of left) {
        const bases = basesOf(pair.members.owner);
        const isRelated = (pair.typeName !== null && names.has(pair.typeName)) || bases.some((base) => names.has(base)) || group.some((each) => pair.typeName !== null && basesOf(each.members.owner).includes(pair.typeName));
        if (!isRelated) continue;
        left.delete(pair);
        group.push(pair);
        if (pair.typeName !== null) names.add(pair.typeName);
        isGrowing = true;
      }
    }
    groups.push({ pairs: group, typeNames: names });
  }
  return groups;
}

/** What keeps an operation as it is, where that shows in its declarations. */
export function refusalOfGroup({ pairs, beginName }: PairGroup, { types }: TypeGraph, contexts: readonly Context[]): RefusalCode | null {
  if (pairs.some(({ pair }) => pair === null) || pairs.some(({ typeName }) => typeName === null)) return "pair-unsupported";
  const isFaulty = ({ context, members: { begins, ends, owner } }: PlacedPair): boolean => {
    const names = new Set([...begins, ...ends].map(({ name }) => name));
    return contractFaultsOf(context).some(({ node, member }) => names.has(member) && contains(owner.node, node));
  };
  if (pairs.some(isFaulty)) return "pair-faulty";
  const known = new Set(types.flatMap(({ name }) => name ?? []));
  if (pairs.some(({ context, members: { owner } }) => mayInherit(context, owner, beginName, known))) return "may-override";
  if (!pairs.some(({ pair }) => pair!.begin.fn !== null) && !pairs.some(({ typeName }) => contexts.some((context) => isChannel(context, typeName!)))) return "pair-implemented-elsewhere";
  if (pairs.some(({ pair }) => (pair!.begin.fn === null) !== (pair!.end.fn === null) || pair!.begin.fn?.async === true || pair!.end.fn?.async === true || pair!.begin.fn?.generator === true)) return "pair-unsupported";
  return chosenName({ pairs } as PairGroup) === null ? "pair-twin-differs" : null;
}

/** Whether a type may have the pair from a type that is out of sight. */
function mayInherit(context: Context, owner: DeclaringType, beginName: string, known: ReadonlySet<string>): boolean {
  const { node } = owner;
  const heritage: readonly TSESTree.Expression[] = [...(node.type === "TSInterfaceDeclaration" ? node.extends : node.implements).map(({ expression }) => expression), ...(node.type === "TSInterfaceDeclaration" || node.superClass == null ? [] : [node.superClass])];
  const names = basesOf(owner);
  return heritage.length > 0 && names.some((name) => !known.has(name)) && heritage.some((expression) => context.types?.hasInherited(expression, beginName) !== "no");
}

/** Whether an interface is what a channel to a service is made for: it then has whatever members the interface has. */
function isChannel(context: Context, typeName: string): boolean {
  return nodesOf(context.source).of("NewExpression").some((creation) => {
    const [contract] = creation.typeArguments?.params ?? [];
    return CHANNEL_FACTORIES.has(lastSegment(constructedName(creation) ?? "")) && contract !== undefined && lastSegment(typeReferenceName(contract) ?? "") === typeName;
  });
}

/** The name of the awaitable operation: one that no type of the group uses for something else. */
export function chosenName({ pairs }: PairGroup): string | null {
  const [{ pair }] = pairs as readonly [PlacedPair];
  return asyncNamesOf(pair!).find((name) => pairs.every((each) => methodsOf(each, name).every((method) => isSameOperation(each, method)))) ?? null;
}

/** What an operation that a pair of another type begins will give, where that pair is to be one of these. */
export function outputsOfGroups(context: Context, { begin, receiver }: Operation, groups: readonly PairGroup[]): { readonly isVoid: boolean; readonly outs: readonly string[] } | null {
  const name = calleeOf(begin)?.name;
  const typeName = receiver === null ? null : typeNameOf(context, receiver);
  const group = groups.find(({ beginName, typeNames }) => beginName === name && typeName !== null && typeNames.has(lastSegment(typeName)));
  const pair = group?.pairs[0]?.pair;
  return pair == null ? null : { isVoid: givesNothing(pair), outs: pair.outs.map((out) => out.name) };
}

/** The methods of a name that a type has. */
export function methodsOf({ members: { owner } }: PlacedPair, name: string): readonly DeclaredMethod[] {
  return owner.methods.filter((method) => method.name === name);
}

/** Whether a method is the awaitable version of a pair already. */
function isSameOperation({ context, pair }: PlacedPair, { fn, params, returnType }: DeclaredMethod): boolean {
  const { source } = context;
  if (pair === null || params.length < pair.inputs.length) return false;
  if (!(fn?.async === true || isAwaitableType(returnType))) return false;
  if (pair.outs.length > 0 || returnType === undefined || pair.end.returnType === undefined) return true;
  const awaited = awaitedType(returnType);
  const text = (type: TSESTree.TypeNode | undefined): string => (type === undefined ? "void" : textOf(source, type).replaceAll(/\s/g, ""));
  return text(awaited) === text(pair.end.returnType) || awaited?.type === "TSAnyKeyword";
}
