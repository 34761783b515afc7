import { endNameOf } from "../../dialects/apm-names.ts";
import { calleeOf, entityName, lastSegment, typeReferenceName } from "../../ast/names.ts";
import { implementedBy } from "../../ast/optional-parts.ts";
import type { TSESTree } from "../../ast/source.ts";
import { BEGIN_NAME, CALLBACK_TYPE, HANDLE_TYPE } from "../../dialects/apm.ts";
import { HOLDER_TYPES } from "../../dialects/by-reference.ts";
import { isNamed } from "../annotations.ts";
import { operationsOf } from "../begin-end/begin-end.ts";
import type { Context } from "../context.ts";
import { receiverTypeOf } from "../receiver-types.ts";
import {
  declaringTypesOf,
  parameterType,
  repeatsName,
  targetOf,
  type DeclaredMethod,
  type DeclaringType,
} from "./contract-members.ts";

/** A parameter that goes into an operation. */
export interface PairInput {
  readonly parameter: TSESTree.Parameter;
  /** `null` for a pattern. */
  readonly name: string | null;
  /** The type of what a holder holds, where the value is passed by reference and comes out of the End; `undefined` where it is not. */
  readonly held: TSESTree.TypeNode | "unknown" | undefined;
}

/** A value that an operation gives beside what its End returns. */
export interface PairOut {
  readonly name: string;
  readonly held: TSESTree.TypeNode | "unknown";
}

/** A Begin/End pair that a class or an interface declares. */
export interface DeclaredPair {
  readonly stem: string;
  readonly owner: DeclaringType;
  readonly begin: DeclaredMethod;
  readonly end: DeclaredMethod;
  /** The parameters of the Begin before callback and state. */
  readonly inputs: readonly PairInput[];
  readonly callback: TSESTree.Identifier;
  readonly state: TSESTree.Identifier;
  /** The parameter of the End that takes the handle. */
  readonly handle: TSESTree.Identifier;
  readonly outs: readonly PairOut[];
}

/** Every method of a type that is named like the Begin or the End of a pair. */
export interface PairMembers {
  readonly stem: string;
  readonly owner: DeclaringType;
  readonly begins: readonly DeclaredMethod[];
  readonly ends: readonly DeclaredMethod[];
}

/**
 * The Begin/End pairs that the types of a file declare. A type, or a decorator, has to say besides the names that they are a pair: the
 * Begin returns a handle, takes a callback or is marked as one, or the End takes a handle.
 */
export function pairMembersOf(context: Context): PairMembers[] {
  return declaringTypesOf(context).flatMap((owner) => {
    return [false, true].flatMap((isStatic) => {
      const methods = owner.methods.filter((method) => method.isStatic === isStatic);
      return [...new Set(methods.map(({ name }) => name))].flatMap((name): PairMembers[] => {
        const stem = BEGIN_NAME.exec(name)?.[1];
        if (stem === undefined) return [];
        const [begins, ends] = [name, endNameOf(name)].map((each) =>
          methods.filter((method) => method.name === each),
        ) as [DeclaredMethod[], DeclaredMethod[]];
        return ends.length > 0 &&
          (begins.some(isSurelyBegin) || ends.some(isSurelyEnd) || isUsedAsPair(context, owner, name, isStatic))
          ? [{ stem, owner, begins, ends }]
          : [];
      });
    });
  });
}

/** Whether the file begins and ends an operation of a type by these names: without types, its use says what they are. */
function isUsedAsPair(context: Context, { node }: DeclaringType, name: string, isStatic: boolean): boolean {
  return operationsOf(context).some(({ begin, receiver }) => {
    const type = receiver !== null && calleeOf(begin)?.name === name ? receiverTypeOf(context, receiver) : null;
    return type !== null && type.name === node.id?.name && type.isStatic === isStatic;
  });
}

function isSurelyBegin({ mark, params, returnType }: DeclaredMethod): boolean {
  return (
    mark?.asyncPattern?.value === true ||
    isNamed(typeReferenceName(returnType), HANDLE_TYPE) ||
    params.some((parameter) => isNamed(typeReferenceName(parameterType(parameter)), CALLBACK_TYPE))
  );
}

function isSurelyEnd({ params }: DeclaredMethod): boolean {
  return params.some((parameter) => isNamed(typeReferenceName(parameterType(parameter)), HANDLE_TYPE));
}

/** The one Begin and the one End among members, taken apart; `null` where there are overloads, or parameters that cannot be told apart. */
export function pairOf({ stem, owner, begins, ends }: PairMembers): DeclaredPair | null {
  const [begin, moreBegins] = begins;
  const [end, moreEnds] = ends;
  if (
    begin === undefined ||
    end === undefined ||
    moreBegins !== undefined ||
    moreEnds !== undefined ||
    begin.params.length < 2 ||
    repeatsName(begin) ||
    repeatsName(end)
  )
    return null;
  const [callback, state] = begin.params.slice(-2).map(plainName);
  const handle = plainName(end.params.at(-1));
  const outs = end.params.slice(0, -1).map((parameter): PairOut | null => {
    const name = plainName(parameter)?.name;
    return name === undefined ? null : { name, held: heldType(parameterType(parameter)) ?? "unknown" };
  });
  const comesOut = (name: string | null): boolean => outs.some((out) => out !== null && out.name === name);
  const inputs = begin.params.slice(0, -2).map((parameter): PairInput => {
    const target = targetOf(parameter);
    const name = target.type === "Identifier" ? target.name : null;
    // What does not come out again is an object like any other, whatever its members are called.
    return { parameter, name, held: comesOut(name) ? heldType(parameterType(parameter)) : undefined };
  });
  // One name for what goes in as it is and for what comes out in a holder.
  if (inputs.some(({ name, held }) => held === undefined && comesOut(name))) return null;
  if (
    callback == null ||
    state == null ||
    handle === null ||
    outs.includes(null) ||
    inputs.some(({ parameter }) => parameter.type === "RestElement")
  )
    return null;
  // A handle before the values that it gives: another pattern.
  if (end.params.slice(0, -1).some((parameter) => isNamed(typeReferenceName(parameterType(parameter)), HANDLE_TYPE)))
    return null;
  return { stem, owner, begin, end, inputs, callback, state, handle, outs: outs as PairOut[] };
}

function plainName(parameter: TSESTree.Parameter | undefined): TSESTree.Identifier | null {
  const target = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
  return target?.type === "Identifier" ? target : null;
}

/** What a holder type holds: `string` of `Ref<string>`, of `{ Value: string }`. */
function heldType(type: TSESTree.TypeNode | undefined): PairInput["held"] {
  if (type?.type === "TSTypeReference" && HOLDER_TYPES.has(lastSegment(typeReferenceName(type) ?? "")))
    return type.typeArguments?.params[0] ?? "unknown";
  const [member, more] = type?.type === "TSTypeLiteral" ? type.members : [];
  const isHolder =
    member?.type === "TSPropertySignature" &&
    more === undefined &&
    member.key.type === "Identifier" &&
    /^[vV]alue$/.test(member.key.name);
  return isHolder ? (member.typeAnnotation?.typeAnnotation ?? "unknown") : undefined;
}

/** The names of the types that a declared type extends and implements. */
export function basesOf({ node }: DeclaringType): readonly string[] {
  const heritage = node.type === "TSInterfaceDeclaration" ? node.extends : implementedBy(node);
  const names = heritage.map(({ expression }) => entityName(expression));
  const parent = node.type === "TSInterfaceDeclaration" || node.superClass == null ? [] : [entityName(node.superClass)];
  return [...parent, ...names].map((name) => lastSegment(name ?? "?"));
}
