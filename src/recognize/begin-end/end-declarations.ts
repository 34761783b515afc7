import { withoutPairWord } from "../../dialects/apm-names.ts";
import { isFunction } from "../../ast/functions.ts";
import { calleeOf, isNothing, keyName, lastSegment, typeReferenceName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { decoratorsOf } from "../../ast/optional-parts.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { textOf } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { PROMISE_TYPES, TASK_TYPES } from "../../dialects/tap.ts";
import { isNamed, typeNameOf } from "../annotations.ts";
import type { Context } from "../context.ts";
import type { EndCandidate } from "./end-calls.ts";

/** What an End gives. */
export type EndResult =
  /** A value, with its type as TypeScript text where that is known. */
  | { readonly kind: "value"; readonly type: string | null }
  | { readonly kind: "nothing" }
  | { readonly kind: "unknown" };

export const UNKNOWN_RESULT: EndResult = { kind: "unknown" };
export const NO_RESULT: EndResult = { kind: "nothing" };

/** What several declarations agree on. */
export function commonResult(results: readonly EndResult[]): EndResult {
  const [first] = results;
  if (first === undefined || results.some(({ kind }) => kind !== first.kind)) return UNKNOWN_RESULT;
  return first.kind === "value" && results.some((result) => result.kind === "value" && result.type !== first.type)
    ? { kind: "value", type: null }
    : first;
}

type Owner = TSESTree.ClassDeclaration | TSESTree.ClassExpression | TSESTree.TSInterfaceDeclaration;
type Member = TSESTree.ClassElement | TSESTree.TypeElement;

/** A member of a class or interface of the file that declares an End. */
export interface DeclaredEnd {
  readonly owner: Owner;
  readonly member: Member;
}

/** The declarations of the file that an End on an object may mean: those of its type, or where that is unknown, all of the name. */
export function declaredEnds(context: Context, end: EndCandidate): readonly DeclaredEnd[] {
  return end.receiver === null
    ? []
    : declarationsOf(context, end.receiver, (name) => name === calleeOf(end.call)!.name);
}

/** The members of the file's classes and interfaces that a call on an object may mean: those of its type, or where that is unknown, all. */
export function declarationsOf(
  context: Context,
  receiver: TSESTree.Node,
  isMeant: (name: string) => boolean,
): readonly DeclaredEnd[] {
  const typeName = typeNameOf(context, receiver);
  const index = nodesOf(context.source);
  const owners: Owner[] = [
    ...index.of("ClassDeclaration"),
    ...index.of("ClassExpression"),
    ...index.of("TSInterfaceDeclaration"),
  ];
  return owners
    .filter((owner) => typeName === null || owner.id?.name === lastSegment(typeName))
    .flatMap((owner) =>
      [...owner.body.body].filter((member) => isMeant(nameOf(member) ?? "")).map((member) => ({ owner, member })),
    );
}

function nameOf(member: Member): string | null {
  return "key" in member ? keyName(member) : null;
}

/** Whether a class marks an operation as one-way: `@OperationContract({ IsOneWay: true })` on any method of the operation. */
export function isOneWay(owner: Owner, stem: string): boolean {
  return [...owner.body.body].some((member) => {
    const name = withoutPairWord(nameOf(member) ?? "").replace(/Async$/, "");
    return (
      name.toLowerCase() === stem.toLowerCase() &&
      "decorators" in member &&
      decoratorsOf(member).some(({ expression }) => saysOneWay(expression))
    );
  });
}

function saysOneWay(decorator: TSESTree.Expression): boolean {
  const [options] = decorator.type === "CallExpression" ? decorator.arguments : [];
  if (options?.type !== "ObjectExpression") return false;
  return options.properties.some(
    (property) =>
      property.type === "Property" &&
      /^[iI]sOneWay$/.test(keyName(property) ?? "") &&
      property.value.type === "Literal" &&
      property.value.value === true,
  );
}

/** What a member gives when it is called. */
export function resultOfMember(context: Context, member: Member): EndResult {
  switch (member.type) {
    case "TSMethodSignature":
      return resultOfType(context, member.returnType?.typeAnnotation);
    case "TSPropertySignature":
      return resultOfFunctionType(context, member.typeAnnotation?.typeAnnotation);
    case "TSAbstractMethodDefinition":
    case "MethodDefinition":
      return isFunction(member.value)
        ? resultOfFunction(context, member.value)
        : resultOfType(context, member.value.returnType?.typeAnnotation);
    case "PropertyDefinition": {
      const value = member.value === null ? null : unwrap(member.value);
      return value !== null && isFunction(value)
        ? resultOfFunction(context, value)
        : resultOfFunctionType(context, member.typeAnnotation?.typeAnnotation);
    }
    default:
      return UNKNOWN_RESULT;
  }
}

function resultOfFunctionType(context: Context, type: TSESTree.TypeNode | undefined): EndResult {
  return type?.type === "TSFunctionType" ? resultOfType(context, type.returnType?.typeAnnotation) : UNKNOWN_RESULT;
}

/** What a function gives: by its annotation, else by what its body returns. */
export function resultOfFunction(context: Context, fn: FunctionNode): EndResult {
  if (fn.returnType) return resultOfType(context, fn.returnType.typeAnnotation);
  if (fn.generator) return UNKNOWN_RESULT;
  if (fn.body.type !== "BlockStatement") return resultOfValue(fn.body);
  const [only] = fn.body.body;
  // A stub says nothing of what will be there.
  if (only?.type === "ThrowStatement") return UNKNOWN_RESULT;
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  const results = findAll(fn, context.source.visitorKeys, isReturn, { intoFunctions: false }).map(({ argument }) =>
    argument === null ? NO_RESULT : resultOfValue(argument),
  );
  if (results.every(({ kind }) => kind === "nothing")) return NO_RESULT;
  return results.find(({ kind }) => kind === "value") ?? UNKNOWN_RESULT;
}

/** What a returned expression is; a call may give nothing. */
function resultOfValue(expression: TSESTree.Expression): EndResult {
  const node = unwrap(expression);
  if (isNothing(node)) return NO_RESULT;
  switch (node.type) {
    case "ArrayExpression":
    case "BinaryExpression":
    case "Identifier":
    case "Literal":
    case "MemberExpression":
    case "NewExpression":
    case "ObjectExpression":
    case "TemplateLiteral":
      return { kind: "value", type: null };
    default:
      return UNKNOWN_RESULT;
  }
}

/** What a declared result says. `any` says nothing, and a promise of nothing has nothing to drop. */
export function resultOfType(context: Context, type: TSESTree.TypeNode | undefined): EndResult {
  if (type === undefined) return UNKNOWN_RESULT;
  switch (type.type) {
    case "TSAnyKeyword":
    case "TSUnknownKeyword":
      return UNKNOWN_RESULT;
    case "TSVoidKeyword":
    case "TSUndefinedKeyword":
    case "TSNullKeyword":
    case "TSNeverKeyword":
    // The object itself, for calls in a chain.
    case "TSThisType":
      return NO_RESULT;
    case "TSUnionType": {
      const result = commonResult(
        type.types
          .filter((part) => part.type !== "TSNullKeyword" && part.type !== "TSUndefinedKeyword")
          .map((part) => resultOfType(context, part)),
      );
      return result.kind === "value" ? { kind: "value", type: textOf(context.source, type) } : result;
    }
    case "TSTypeReference": {
      const name = typeReferenceName(type);
      if (!isNamed(name, PROMISE_TYPES) && !isNamed(name, TASK_TYPES)) break;
      const [inner] = type.typeArguments?.params ?? [];
      if (inner === undefined || resultOfType(context, inner).kind === "nothing") return NO_RESULT;
      break;
    }
    default:
    // Every other type is that of a value.
  }
  return { kind: "value", type: textOf(context.source, type) };
}
