import { calleeOf, keyName, lastSegment, unwrap } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { variableOf } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import { annotationOf, declaredType, typeNameOf } from "./annotations.ts";
import type { Context } from "./context.ts";

type Member = TSESTree.ClassElement | TSESTree.TypeElement;

/**
 * The types that the signatures of a call's callee declare as its result, where the file declares such a callee: a `declare function`,
 * a member of an interface, class or object type, a variable annotated with a function type. Empty where it does not.
 */
export function declaredResults(context: Context, call: TSESTree.CallExpression): readonly TSESTree.TypeNode[] {
  const callee = calleeOf(call);
  if (callee === null) return [];
  if (callee.receiver !== null) return membersNamed(context, callee.receiver, callee.name).flatMap(memberResult);
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
function membersNamed(context: Context, receiver: TSESTree.Expression, name: string): readonly Member[] {
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
  return members.filter(
    (member) => "key" in member && keyName(member as { key: TSESTree.Node; computed: boolean }) === name,
  );
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

function functionResult(type: TSESTree.TypeNode | undefined): readonly TSESTree.TypeNode[] {
  return type?.type === "TSFunctionType" && type.returnType ? [type.returnType.typeAnnotation] : [];
}

const members = new WeakMap<Context, ReadonlyMap<string, readonly Member[]>>();

/** What the classes and interfaces of a file that go by a name declare, merged as TypeScript merges them. */
export function membersOfType(context: Context, typeName: string): readonly Member[] {
  let known = members.get(context);
  if (known === undefined) {
    const byName = new Map<string, Member[]>();
    const index = nodesOf(context.source);
    for (const owner of [
      ...index.of("ClassDeclaration"),
      ...index.of("ClassExpression"),
      ...index.of("TSInterfaceDeclaration"),
    ]) {
      if (owner.id !== null) byName.set(owner.id.name, [...(byName.get(owner.id.name) ?? []), ...owner.body.body]);
    }
    members.set(context, (known = byName));
  }
  return known.get(typeName) ?? [];
}
