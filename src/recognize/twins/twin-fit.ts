import { isOptionalParameter } from "../../ast/functions.ts";
import { endNames } from "../../dialects/apm-names.ts";
import { calleeOf, keyName } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Operation } from "../begin-end/operation.ts";

type Member = TSESTree.ClassElement | TSESTree.TypeElement;

/** What a function or method is declared to take and give. */
export interface Signature {
  readonly params: readonly TSESTree.Parameter[];
  readonly returnType?: TSESTree.TSTypeAnnotation | undefined;
}

export function signatureOf(member: Member): Signature | null {
  switch (member.type) {
    case "MethodDefinition":
    case "TSAbstractMethodDefinition":
      return member.value;
    case "TSMethodSignature":
      return member;
    default:
      return null;
  }
}

/**
 * Whether a method with the name of a twin may be one, as far as declarations tell: it takes what the Begin is given, and gives what the
 * End gives. Types that are not those of plain values are taken to fit.
 *
 * @param members what is declared beside it; none where it is a function
 */
export function isFitting(twin: Signature, operation: Operation, members: readonly Member[]): boolean {
  const { inputs } = operation;
  const isRest = twin.params.at(-1)?.type === "RestElement";
  const required = twin.params.filter((parameter) => !isOptionalParameter(parameter)).length;
  // A signal, or a function for progress, may come behind what the operation takes.
  if (inputs.length < required || (inputs.length > twin.params.length && !isRest)) return false;
  const declared = (names: readonly string[]): Signature | null => {
    const found = members.find((member) => "key" in member && names.includes(keyName(member) ?? ""));
    return found === undefined ? null : signatureOf(found);
  };
  const begin = declared([calleeOf(operation.begin)!.name]);
  const isTaken = inputs.every((_, index) => isAlike(typeOf(begin?.params[index]), typeOf(twin.params[index])));
  const end = operation.event === null ? declared(endNames(operation.stem)) : null;
  const given = end?.returnType?.typeAnnotation;
  const awaited = twin.returnType?.typeAnnotation;
  if (!isTaken || given === undefined || given.type === "TSVoidKeyword" || awaited?.type !== "TSTypeReference")
    return isTaken;
  const [value] = awaited.typeArguments?.params ?? [];
  return value === undefined || isAlike(given, value);
}

function typeOf(parameter: TSESTree.Parameter | undefined): TSESTree.TypeNode | undefined {
  return parameter !== undefined && "typeAnnotation" in parameter
    ? parameter.typeAnnotation?.typeAnnotation
    : undefined;
}

const PLAIN = /^TS(?:BigInt|Boolean|Number|String|Void)Keyword$/;

/** Whether two types are not surely different ones. */
function isAlike(a: TSESTree.TypeNode | undefined, b: TSESTree.TypeNode | undefined): boolean {
  if (a === undefined || b === undefined || a.type === b.type) return true;
  if (a.type === "TSVoidKeyword" || b.type === "TSVoidKeyword")
    return /^TS(?:Any|Unknown)Keyword$/.test(a.type) || /^TS(?:Any|Unknown)Keyword$/.test(b.type);
  return !PLAIN.test(a.type) || !PLAIN.test(b.type);
}
