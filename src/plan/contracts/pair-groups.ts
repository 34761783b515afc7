import { endNameOf } from "../../dialects/apm-names.ts";
import { contains } from "../../ast/flow.ts";
import { calleeOf } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { contractFaultsOf } from "../../recognize/contracts/contract-faults.ts";
import { awaitedType, type DeclaredMethod } from "../../recognize/contracts/contract-members.ts";
import {
  pairMembersOf,
  pairOf,
  type DeclaredPair,
  type PairMembers,
} from "../../recognize/contracts/contract-pairs.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { membersOf } from "../../recognize/events/outputs.ts";
import { receiverTypeOf } from "../../recognize/receiver-types.ts";
import { isAwaitableVersion } from "../../recognize/twins/same-signature.ts";
import { isAwaitableType } from "../../recognize/twins/twins.ts";
import type { RefusalCode } from "../codes.ts";
import {
  isStaticGroup,
  knownNames,
  mayInherit,
  methodsOf,
  nameOf,
  relatedGroups,
  type OperationGroup,
  type Placed,
  type TypeGraph,
} from "./contract-groups.ts";
import { asyncNamesOf, givesNothing } from "./pair-signature.ts";

/** A pair as one type declares it, and the file in which that is. */
export interface PlacedPair extends Placed {
  readonly members: PairMembers;
  /** `null` where its parameters cannot be told apart. */
  readonly pair: DeclaredPair | null;
}

/** One operation, as all types declare it as a pair that stand in for one another. */
export interface PairGroup extends OperationGroup<PlacedPair> {
  readonly kind: "pair";
}

/** The operations that some files declare as pairs. */
export function pairGroupsOf(files: readonly (readonly [string, Context])[], graph: TypeGraph): PairGroup[] {
  const placed = files.flatMap(([file, context]) =>
    pairMembersOf(context)
      .filter(({ owner }) => !isAmbient(owner.node))
      .map((members): PlacedPair => ({
        file,
        context,
        owner: members.owner,
        starter: members.begins[0]!,
        typeName: nameOf(members.owner),
        members,
        pair: pairOf(members),
      })),
  );
  return relatedGroups(placed, graph).map((group) => ({
    kind: "pair",
    ...group,
    memberNames: [group.starterName, endNameOf(group.starterName)],
  }));
}

/** Whether a type only says what there is at run time: `declare class`, and all that stands in a `declare namespace`. */
function isAmbient(node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined | null = node; current; current = current.parent)
    if ("declare" in current && current.declare) return true;
  return false;
}

/** What keeps an operation as it is, where that shows in its declarations. */
export function refusalOfPairs({ places: pairs, starterName }: PairGroup, graph: TypeGraph): RefusalCode | null {
  if (pairs.some(({ pair }) => pair === null) || pairs.some(({ typeName }) => typeName === null))
    return "pair-unsupported";
  const isFaulty = ({ context, owner, members: { begins, ends } }: PlacedPair): boolean => {
    const names = new Set([...begins, ...ends].map(({ name }) => name));
    return contractFaultsOf(context).some(({ node, member }) => names.has(member) && contains(owner.node, node));
  };
  if (pairs.some(isFaulty)) return "pair-faulty";
  // One name for a member of the class and for one of its instances: calls would be taken for one another.
  if (
    pairs.some(({ owner, starter }) =>
      owner.methods.some(({ isStatic, name }) => name === starterName && isStatic !== starter.isStatic),
    )
  )
    return "pair-unsupported";
  const known = knownNames(graph);
  if (pairs.some(({ context, owner }) => mayInherit(context, owner, starterName, known))) return "may-override";
  if (
    !pairs.some(({ pair }) => pair!.begin.fn !== null) &&
    !pairs.some(({ typeName }) => graph.channels.has(typeName!))
  )
    return "pair-implemented-elsewhere";
  if (
    pairs.some(
      ({ pair }) =>
        (pair!.begin.fn === null) !== (pair!.end.fn === null) ||
        pair!.begin.fn?.async === true ||
        pair!.end.fn?.async === true ||
        pair!.begin.fn?.generator === true,
    )
  )
    return "pair-unsupported";
  return nameOfPairs(pairs) === null ? "pair-twin-differs" : null;
}

/** The name of the awaitable operation: one that no type of the group uses for something else. */
export function nameOfPairs(pairs: readonly PlacedPair[]): string | null {
  const [{ pair }] = pairs as readonly [PlacedPair];
  return (
    asyncNamesOf(pair!).find((name) =>
      pairs.every((each) => methodsOf(each, name).every((method) => isSameOperation(each, method))),
    ) ?? null
  );
}

/** What an operation that a pair of another type begins will give, where that pair is to be one of these. */
export function outputsOfGroups(
  context: Context,
  { begin, receiver }: Operation,
  groups: readonly PairGroup[],
): { readonly isVoid: boolean; readonly outs: readonly string[] } | null {
  const name = calleeOf(begin)?.name;
  const type = receiver === null ? null : receiverTypeOf(context, receiver);
  const group = groups.find(
    (each) =>
      each.starterName === name &&
      type !== null &&
      each.typeNames.has(type.name) &&
      isStaticGroup(each) === type.isStatic,
  );
  const pair = group?.places[0]?.pair;
  return pair == null ? null : { isVoid: givesNothing(pair), outs: pair.outs.map((out) => out.name) };
}

/** Whether a method is the awaitable version of a pair already. */
function isSameOperation({ context, pair }: PlacedPair, { node, fn, params, returnType }: DeclaredMethod): boolean {
  if (pair === null || !(fn?.async === true || isAwaitableType(returnType))) return false;
  const awaitable = { node, params, result: returnType, isAsync: fn?.async === true, fn };
  // What is passed by reference has another type on either side, and what comes out so is no result of the End alone.
  const isPlain = pair.outs.length === 0 && pair.inputs.every(({ held }) => held === undefined);
  const inputs = pair.inputs.map(({ parameter }) => parameter);
  if (isPlain)
    return isAwaitableVersion(context.source, { ...awaitable, params: inputs, result: pair.end.returnType }, awaitable);
  const awaited = returnType === undefined ? undefined : awaitedType(returnType);
  const members = awaited === undefined ? null : membersOf(context, awaited);
  return (
    params.length === inputs.length &&
    (awaited === undefined || (members !== null && pair.outs.every(({ name }) => members.includes(name))))
  );
}
