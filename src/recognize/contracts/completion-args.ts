import { keyName, lastSegment, typeReferenceName } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { COMPLETED_ARGS } from "../../dialects/eap.ts";
import type { Context } from "../context.ts";
import { basesOf } from "./contract-pairs.ts";
import { declaringTypesOf, type DeclaringType } from "./contract-members.ts";
import { isReadable, memberType } from "./declared-events.ts";

/** A value among the arguments of an event. */
export interface ArgsValue {
  readonly name: string;
  readonly type: TSESTree.TypeNode | undefined;
  /** The file that declares it, and whether its type means the same wherever the arguments are used. */
  readonly context: Context;
  readonly isFixed: boolean;
}

/** What is known of the arguments that handlers of an event are given. */
export interface ArgsShape {
  readonly values: readonly ArgsValue[];
  /** The members in the part that each plays; `null` where there is none. */
  readonly error: string | null;
  readonly cancelled: string | null;
  readonly state: string | null;
}

/** The base of all such arguments, which files need not declare. */
const BASE_ARGS = "AsyncCompletedEventArgs";
/** What handlers of progress are given, where files do not declare it. */
const PROGRESS_ARGS = "ProgressChangedEventArgs";

/**
 * What arguments of an event have, by what the files declare of their type; `null` where that is not all in sight. `isPascal` is how the
 * event is spelled, which what nobody declares is spelled like.
 */
export function argsShapeOf(
  type: TSESTree.TypeNode | string,
  contexts: readonly Context[],
  isPascal: boolean,
): ArgsShape | null {
  if (typeof type !== "string" && type.type === "TSTypeLiteral")
    return shapeOf(readablesOf(contexts[0]!, type.members, true), null, isPascal);
  const name = typeof type === "string" ? type : lastSegment(typeReferenceName(type) ?? "");
  const found = membersOf(name, contexts, new Set());
  return found === null ? null : shapeOf(found.values, found.base, isPascal);
}

interface Readables {
  readonly values: readonly ArgsValue[];
  /** The base that no file declares. */
  readonly base: string | null;
}

function membersOf(name: string, contexts: readonly Context[], seen: Set<string>): Readables | null {
  if (seen.has(name)) return null;
  seen.add(name);
  const declared = contexts.flatMap((context) =>
    declaringTypesOf(context)
      .filter(({ node }) => node.id?.name === name)
      .map((type) => ({ context, type })),
  );
  const [first, more] = declared;
  if (first === undefined) return name === BASE_ARGS || name === PROGRESS_ARGS ? { values: [], base: name } : null;
  // Merged declarations, or two types of one name.
  if (more !== undefined) return null;
  const values = readablesOf(first.context, elementsOf(first.type), first.type.node.typeParameters == null);
  const inherited = basesOf(first.type)
    .filter((base) => first.type.node.type === "TSInterfaceDeclaration" || isSuperClass(first.type, base))
    .map((base) => membersOf(base, contexts, seen));
  if (inherited.includes(null)) return null;
  const own = new Set(values.map((value) => value.name));
  return {
    values: [...values, ...inherited.flatMap((each) => each!.values.filter((value) => !own.has(value.name)))],
    base: inherited.map((each) => each!.base).find((each) => each !== null) ?? null,
  };
}

function isSuperClass({ node }: DeclaringType, base: string): boolean {
  return (
    node.type !== "TSInterfaceDeclaration" && node.superClass?.type === "Identifier" && node.superClass.name === base
  );
}

function elementsOf({ node }: DeclaringType): readonly TSESTree.Node[] {
  return node.body.body;
}

function readablesOf(context: Context, elements: readonly TSESTree.Node[], isFixed: boolean): ArgsValue[] {
  const constructed = elements.flatMap((element) =>
    element.type === "MethodDefinition" && element.kind === "constructor" ? element.value.params : [],
  );
  const properties = constructed.flatMap((parameter): ArgsValue[] => {
    if (String(parameter.type) !== "TSParameterProperty") return [];
    const { parameter: target, accessibility } = parameter as unknown as TSESTree.TSParameterProperty;
    return target.type === "Identifier" && accessibility !== "private" && accessibility !== "protected"
      ? [{ name: target.name, type: target.typeAnnotation?.typeAnnotation, context, isFixed }]
      : [];
  });
  return [
    ...elements.filter(isReadable).map((node) => ({
      name: keyName(node as TSESTree.PropertyDefinition)!,
      type: memberType(node),
      context,
      isFixed,
    })),
    ...properties,
  ];
}

function shapeOf(members: readonly ArgsValue[], base: string | null, isPascal: boolean): ArgsShape | null {
  const roles = { error: COMPLETED_ARGS.error, cancelled: COMPLETED_ARGS.cancelled, state: COMPLETED_ARGS.state };
  const named = (role: keyof typeof roles, pascal: string, camel: string): string | null =>
    members.find(({ name }) => roles[role].has(name))?.name ??
    (base === null || (base === PROGRESS_ARGS && role !== "state") ? null : isPascal ? pascal : camel);
  const isValue = ({ name }: ArgsValue): boolean =>
    !Object.values(roles).some((names) => names.has(name)) && !COMPLETED_ARGS.others.has(name);
  const values = members.filter(isValue);
  const keys = new Set(values.map(({ name }) => name.toLowerCase()));
  return keys.size < values.length
    ? null
    : {
        values,
        error: named("error", "Error", "error"),
        cancelled: named("cancelled", "Cancelled", "cancelled"),
        state: named("state", "UserState", "userState"),
      };
}
