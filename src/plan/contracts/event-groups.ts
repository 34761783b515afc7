import { contains } from "../../ast/flow.ts";
import { keyName, isPascalCase } from "../../ast/names.ts";
import { decoratorsOf } from "../../ast/optional-parts.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { argsShapeOf, type ArgsShape } from "../../recognize/contracts/completion-args.ts";
import { contractFaultsOf } from "../../recognize/contracts/contract-faults.ts";
import { repeatsName } from "../../recognize/contracts/contract-members.ts";
import { basesOf } from "../../recognize/contracts/contract-pairs.ts";
import {
  declaredEventGroupsOf,
  parameterName,
  type DeclaredEventGroup,
} from "../../recognize/contracts/declared-event-groups.ts";
import type { DeclaredEvent } from "../../recognize/contracts/declared-events.ts";
import { isUserState } from "../../recognize/contracts/event-group-faults.ts";
import { isAwaitableType } from "../../recognize/twins/twins.ts";
import { isTypeScript } from "../call-text.ts";
import type { RefusalCode } from "../codes.ts";
import {
  knownNames,
  mayInherit,
  methodsOf,
  nameOf,
  relatedGroups,
  type OperationGroup,
  type Placed,
  type TypeGraph,
} from "./contract-groups.ts";

/** What the awaitable method of an event-based operation takes and gives. */
export interface EventDesign {
  /** The names of the parameters that the starter takes for the operation. */
  readonly inputs: readonly string[];
  /** The parameter by which its completion is known again. */
  readonly state: TSESTree.Parameter | null;
  readonly shape: ArgsShape;
  readonly cancel: { readonly name: string; readonly takesState: boolean } | null;
  /** The event of its progress, and the member of the arguments by which it is known again. */
  readonly progress: { readonly event: DeclaredEvent; readonly state: string | null } | null;
}

/** An event-based operation as one type declares it. */
export interface PlacedEvents extends Placed {
  readonly members: DeclaredEventGroup;
  /** `null` where what it gives, or how handlers are added, is not in sight. */
  readonly design: EventDesign | null;
}

/** One event-based operation, as all types declare it that stand in for one another. */
export interface EventGroup extends OperationGroup<PlacedEvents> {
  readonly kind: "events";
}

/** The event-based operations that some files declare. */
export function eventGroupsOf(files: readonly (readonly [string, Context])[], graph: TypeGraph): EventGroup[] {
  const contexts = files.map(([, context]) => context);
  const placed = files.flatMap(([file, context]) =>
    declaredEventGroupsOf(context, contexts).map((members): PlacedEvents => ({
      file,
      context,
      owner: members.owner,
      starter: members.starters[0]!,
      typeName: nameOf(members.owner),
      members,
      design: designOf(context, members, contexts),
    })),
  );
  return relatedGroups(placed, graph).map((group) => ({
    kind: "events",
    ...group,
    memberNames: [...new Set(group.places.flatMap(({ members }) => namesOf(members)))],
  }));
}

function namesOf({ starters, completed, progress, cancel }: DeclaredEventGroup): string[] {
  return [...starters, ...completed.members, ...(progress?.members ?? []), ...(cancel === null ? [] : [cancel])].map(
    ({ name }) => name,
  );
}

/** The nodes that declare an operation in one type. */
export function membersOf({ starters, completed, progress, cancel }: DeclaredEventGroup): TSESTree.Node[] {
  return [...starters, ...completed.members, ...(progress?.members ?? []), ...(cancel === null ? [] : [cancel])].map(
    ({ node }) => node,
  );
}

function designOf(
  context: Context,
  { starters, completed, progress, cancel, isOneOfSeveral }: DeclaredEventGroup,
  contexts: readonly Context[],
): EventDesign | null {
  const [starter, more] = starters;
  const isClass = starter!.fn !== null;
  if (more !== undefined || completed.adder === null || (isClass && completed.remover === null)) return null;
  if (repeatsName(starter!) || (cancel !== null && repeatsName(cancel))) return null;
  const names = starter!.params.map(parameterName);
  const last = starter!.params.at(-1);
  const state = last !== undefined && isUserState(last) ? last : null;
  const inputs = state === null ? names : names.slice(0, -1);
  const near = [context, ...contexts.filter((each) => each !== context)];
  const shape = shapeOf(completed, near);
  // Without a member for errors, a failure could not be told from a result.
  if (
    inputs.includes(null) ||
    names.includes(null) ||
    shape === null ||
    shape.error === null ||
    (state !== null && (shape.state === null || keyText(state) === null))
  )
    return null;
  const takesState = cancel !== null && cancel.params.length > 0;
  const isCancellable =
    cancel !== null && shape.cancelled !== null && cancel.params.length < 2 && (!takesState || state !== null);
  return {
    inputs: inputs as string[],
    state,
    shape,
    cancel: isCancellable ? { name: cancel.name, takesState } : null,
    progress: progressOf(progress, state !== null, isOneOfSeveral, near),
  };
}

function shapeOf({ argsContext, argsType, event }: DeclaredEvent, contexts: readonly Context[]): ArgsShape | null {
  if (argsType !== undefined)
    return argsShapeOf(
      argsType,
      [argsContext, ...contexts.filter((each) => each !== argsContext)],
      isPascalCase(event),
    );
  // Without types the name says it, as the pattern prescribes it.
  return isTypeScript(contexts[0]!.source.filePath)
    ? null
    : argsShapeOf(`${event.charAt(0).toUpperCase()}${event.slice(1)}EventArgs`, contexts, isPascalCase(event));
}

/** Progress is offered where it can be told of which operation it is. */
function progressOf(
  event: DeclaredEvent | null,
  hasState: boolean,
  isOneOfSeveral: boolean,
  contexts: readonly Context[],
): EventDesign["progress"] {
  if (event === null || event.adder === null || event.remover === null) return null;
  const state = hasState ? (shapeOf(event, contexts)?.state ?? null) : null;
  return state === null && (hasState || (event.stem === "" && isOneOfSeveral)) ? null : { event, state };
}

/** A value for a user state that no other call has; `null` where the type allows none that is known. */
export function keyText(state: TSESTree.Parameter): string | null {
  const target = state.type === "AssignmentPattern" ? state.left : state;
  const type = "typeAnnotation" in target ? target.typeAnnotation?.typeAnnotation : undefined;
  switch (type?.type) {
    case undefined:
    case "TSAnyKeyword":
    case "TSUnknownKeyword":
    case "TSObjectKeyword":
      return "{}";
    case "TSNumberKeyword":
      return "Math.random()";
    case "TSStringKeyword":
      return "String(Math.random())";
    default:
      return null;
  }
}

/** What keeps an operation as it is, where that shows in its declarations. */
export function refusalOfEvents(
  { places, starterName, typeNames, memberNames }: EventGroup,
  graph: TypeGraph,
  isFacade: boolean,
): RefusalCode | null {
  if (places.some(({ typeName }) => typeName === null)) return "event-unsupported";
  const isFaulty = ({ context, owner, members }: PlacedEvents): boolean =>
    contractFaultsOf(context).some(
      ({ node, member }) => namesOf(members).includes(member) && contains(owner.node, node),
    );
  if (places.some(isFaulty)) return "pair-faulty";
  const known = knownNames(graph);
  if (places.some(({ context, owner }) => mayInherit(context, owner, starterName, known))) return "may-override";
  if (!places.some(({ starter }) => starter.fn !== null)) return "pair-implemented-elsewhere";
  if (
    places.some(({ design }) => design === null) ||
    places.some(({ starter, owner }) => starter.fn === null && owner.node.type !== "TSInterfaceDeclaration")
  )
    return "event-unsupported";
  if (places.some((place) => hasOther(place))) return "pair-twin-differs";
  return isFacade || canHide(places, typeNames, memberNames, graph) ? null : "event-not-private";
}

/** The name of the awaitable operation: beside a starter, the short name is taken. */
export function nameOfEvents(starterName: string): string {
  return starterName.replace(/Async$/, "TaskAsync");
}

/** Whether a type has something else under the name of the awaitable operation. */
function hasOther(place: PlacedEvents): boolean {
  const name = nameOfEvents(place.starter.name);
  return (
    place.owner.members.some((member) => member.name === name) &&
    !methodsOf(place, name).some(
      ({ fn, returnType }) => fn?.async === true || isAwaitableType(returnType) || !isTypeScript(place.file),
    )
  );
}

/** Whether the members can become private: of one class in TypeScript, without decorators, and asked for by no other type in sight. */
function canHide(
  places: readonly PlacedEvents[],
  typeNames: ReadonlySet<string>,
  memberNames: readonly string[],
  { types }: TypeGraph,
): boolean {
  const classes = places.filter(({ owner }) => owner.node.type !== "TSInterfaceDeclaration");
  const isPlain = (node: TSESTree.Node): boolean =>
    (node.type === "MethodDefinition" || node.type === "PropertyDefinition") &&
    decoratorsOf(node).length === 0 &&
    !node.override &&
    keyName(node) !== null;
  if (
    classes.length !== 1 ||
    !classes.every(({ file, members }) => isTypeScript(file) && membersOf(members).every(isPlain))
  )
    return false;
  const related = new Set(typeNames);
  for (const { owner } of places) for (const base of basesOf(owner)) related.add(base);
  for (let before = 0; before < related.size;) {
    before = related.size;
    for (const { name, bases } of types)
      if (name !== null && related.has(name)) for (const base of bases) related.add(base);
  }
  return types.every(
    ({ name, type }) =>
      name === null ||
      !related.has(name) ||
      places.some(({ owner }) => owner.node.range[0] === type.node.range[0] && owner.node.id?.name === name) ||
      !type.members.some((member) => memberNames.includes(member.name)),
  );
}
