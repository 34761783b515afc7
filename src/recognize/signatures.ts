import { calleeOf, lastSegment, unwrap } from "../ast/names.ts";
import { variableOf } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import { annotationOf, declaredType, nonNull, typeNameOf } from "./annotations.ts";
import type { Context } from "./context.ts";
import { membersNamed, membersOfType, type Member } from "./members-of-types.ts";

/**
 * The types that the signatures of a call's callee declare as its result, where the file declares such a callee: a `declare function`,
 * a member of an interface, class or object type, a variable annotated with a function type. Empty where it does not.
 */
export function declaredResults(context: Context, call: TSESTree.CallExpression): readonly TSESTree.TypeNode[] {
  const callee = calleeOf(call);
  if (callee === null) return functionResult(declaredType(context, call.callee));
  if (callee.receiver !== null) return membersOf(context, callee.receiver, callee.name).flatMap(memberResult);
  const variable = variableOf(context.source, callee.nameNode);
  if (variable === null) return [];
  const declared = variable.defs.flatMap(({ node, type }) =>
    String(type) === "FunctionName" &&
    (node.type === "TSDeclareFunction" || node.type === "FunctionDeclaration") &&
    node.returnType
      ? [node.returnType.typeAnnotation]
      : [],
  );
  return declared.length > 0 ? declared : functionResult(annotationOf(variable));
}

/** The members of a name that the declared type of an object has, by the declarations of the file. */
function membersOf(context: Context, receiver: TSESTree.Expression, name: string): readonly Member[] {
  const object = unwrap(receiver);
  const declared = declaredType(context, receiver);
  const typeName =
    declared?.type === "TSTypeLiteral" ? null : (typeNameOf(context, receiver) ?? staticOwner(context, object));
  const members =
    declared?.type === "TSTypeLiteral"
      ? declared.members
      : typeName === null
        ? []
        : membersOfType(context, lastSegment(typeName));
  return membersNamed(members, name);
}

/** The class whose static members `object` reaches. */
export function staticOwner(context: Context, object: TSESTree.Node): string | null {
  return object.type === "Identifier" && variableOf(context.source, object)?.defs[0]?.node.type === "ClassDeclaration"
    ? object.name
    : null;
}

function memberResult(member: Member): readonly TSESTree.TypeNode[] {
  switch (member.type) {
    case "MethodDefinition":
    case "TSAbstractMethodDefinition":
      return member.value.returnType ? [member.value.returnType.typeAnnotation] : [];
    case "TSMethodSignature":
      return member.returnType ? [member.returnType.typeAnnotation] : [];
    case "TSPropertySignature":
    case "PropertyDefinition":
      return functionResult(member.typeAnnotation?.typeAnnotation);
    default:
      return [];
  }
}

/** What a function type gives, `null` and `undefined` beside it aside. */
function functionResult(type: TSESTree.TypeNode | undefined): readonly TSESTree.TypeNode[] {
  const called = nonNull(type);
  return called?.type === "TSFunctionType" && called.returnType ? [called.returnType.typeAnnotation] : [];
}
