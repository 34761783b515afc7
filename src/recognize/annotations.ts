import type { Variable } from "../ast/scopes.ts";
import { onlyValueOf, variableOf } from "../ast/scopes.ts";
import { calleeOf, dottedName, isNothing, lastSegment, memberName, typeReferenceName, unwrap } from "../ast/names.ts";
import { classOf } from "../ast/functions.ts";
import type { TSESTree } from "../ast/source.ts";
import { CHANNEL_FACTORIES } from "../dialects/contracts.ts";
import type { Context } from "./context.ts";
import { fieldOf } from "./fields.ts";
import { membersNamed, membersOfType, type Member } from "./members-of-types.ts";

/** The annotation at a variable's declaration or parameter. */
export function annotationOf(variable: Variable): TSESTree.TypeNode | undefined {
  for (const identifier of variable.identifiers) {
    if (identifier.type === "Identifier" && identifier.typeAnnotation) return identifier.typeAnnotation.typeAnnotation;
  }
  return undefined;
}

/** A union without its `null` and `undefined` members, when one member is left. */
export function nonNull(type: TSESTree.TypeNode | undefined): TSESTree.TypeNode | undefined {
  if (type?.type !== "TSUnionType") return type;
  const rest = type.types.filter((part) => part.type !== "TSNullKeyword" && part.type !== "TSUndefinedKeyword");
  return rest.length === 1 ? rest[0] : undefined;
}

/**
 * The type a value is declared with, as the text says it: a cast, an annotation of its variable, parameter, field or function.
 * `undefined` where the text does not say.
 */
export function declaredType(context: Context, expression: TSESTree.Node): TSESTree.TypeNode | undefined {
  return nonNull(findDeclaredType(context, expression));
}

function findDeclaredType(context: Context, expression: TSESTree.Node): TSESTree.TypeNode | undefined {
  if (
    expression.type === "TSAsExpression" ||
    expression.type === "TSTypeAssertion" ||
    expression.type === "TSSatisfiesExpression"
  ) {
    return expression.typeAnnotation;
  }
  const node = unwrap(expression);
  if (node !== expression)
    return findDeclaredType(
      context,
      node === expression ? node : "expression" in expression ? (expression.expression as TSESTree.Node) : node,
    );
  if (node.type === "Identifier") {
    const variable = variableOf(context.source, node);
    return variable === null ? undefined : annotationOf(variable);
  }
  if (node.type === "MemberExpression") return fieldOf(context, node)?.annotation ?? memberType(context, node);
  return undefined;
}

/** What the declared type of an object says of a member of it, or of an element. */
function memberType(context: Context, node: TSESTree.MemberExpression): TSESTree.TypeNode | undefined {
  const type = declaredType(context, node.object);
  const name = memberName(node);
  if (name === null) {
    const isList = type?.type === "TSTypeReference" && /^(?:Readonly)?Array$/.test(typeReferenceName(type) ?? "");
    return type?.type === "TSArrayType" ? type.elementType : isList ? type.typeArguments?.params[0] : undefined;
  }
  const typeName = typeReferenceName(type);
  const all =
    type?.type === "TSTypeLiteral"
      ? type.members
      : typeName === null
        ? []
        : membersOfType(context, lastSegment(typeName));
  const [member, ...others] = membersNamed(all, name);
  return others.length === 0 && (member?.type === "TSPropertySignature" || member?.type === "PropertyDefinition")
    ? member.typeAnnotation?.typeAnnotation
    : undefined;
}

/**
 * The qualified name of a value's type where the text or the checker tells it: its declared type, the class of a `new` it was
 * initialised with, or the type the checker sees. `null` otherwise.
 */
export function typeNameOf(context: Context, expression: TSESTree.Node, depth = 0): string | null {
  const declared = declaredType(context, expression);
  if (declared !== undefined && declared.type !== "TSAnyKeyword" && declared.type !== "TSUnknownKeyword")
    return typeReferenceName(declared);
  const node = unwrap(expression);
  if (node.type === "NewExpression") return dottedName(node.callee);
  if (node.type === "ThisExpression") return classOf(node)?.id?.name ?? null;
  if (node.type === "Super") {
    const base = classOf(node)?.superClass;
    return base == null ? null : dottedName(base);
  }
  if (node.type === "CallExpression") {
    const contract = channelContract(context, node) ?? fluentType(context, node, depth);
    if (contract !== null) return contract;
  }
  if (depth < 8) {
    const names = new Set(valuesOf(context, node).map((value) => typeNameOf(context, value, depth + 1)));
    const [name] = names;
    if (names.size === 1 && name != null) return name;
  }
  return context.types?.namesOf(expression)[0] ?? null;
}

/** The class of an object whose method gives the object itself: `new Builder().add(1)`. */
function fluentType(context: Context, call: TSESTree.CallExpression, depth: number): string | null {
  const callee = calleeOf(call);
  const owner = callee?.receiver == null || depth >= 32 ? null : typeNameOf(context, callee.receiver, depth + 1);
  if (owner === null) return null;
  const methods = membersNamed(membersOfType(context, lastSegment(owner)), callee!.name);
  return methods.length > 0 && methods.every(givesThis) ? owner : null;
}

/** Whether a method says that it gives `this`, or returns nothing else. */
function givesThis(member: Member): boolean {
  if (member.type === "TSMethodSignature") return member.returnType?.typeAnnotation.type === "TSThisType";
  if (member.type !== "MethodDefinition") return false;
  const { value } = member;
  if (value.returnType != null) return value.returnType.typeAnnotation.type === "TSThisType";
  const last = value.body?.body.at(-1);
  return (
    last?.type === "ReturnStatement" &&
    last.argument !== null &&
    unwrap(last.argument).type === "ThisExpression" &&
    !value.body!.body.slice(0, -1).some((statement) => !/^(?:Expression\w+|VariableDeclaration)$/.test(statement.type))
  );
}

/** The interface for which a factory makes a channel: `new ChannelFactory<IService>(…).CreateChannel()`. */
function channelContract(context: Context, call: TSESTree.CallExpression): string | null {
  const callee = calleeOf(call);
  if (callee?.receiver == null || !/^[cC]reateChannel$/.test(callee.name)) return null;
  const object = unwrap(callee.receiver);
  const creation =
    object.type === "NewExpression"
      ? object
      : valuesOf(context, object)
          .map(unwrap)
          .find((value) => value.type === "NewExpression");
  const [contract] = creation?.type === "NewExpression" ? (creation.typeArguments?.params ?? []) : [];
  return creation?.type === "NewExpression" && CHANNEL_FACTORIES.has(lastSegment(dottedName(creation.callee) ?? ""))
    ? typeReferenceName(contract)
    : null;
}

/** The values that a variable or field is given, as far as the file shows all of them; those that say "none yet" aside. */
function valuesOf(context: Context, node: TSESTree.Node): readonly TSESTree.Expression[] {
  if (node.type === "MemberExpression")
    return (fieldOf(context, node)?.values ?? []).filter((value) => !isNothing(value));
  const variable = variableOf(context.source, node);
  const value = variable === null ? null : onlyValueOf(variable);
  return value === null ? [] : [value];
}

/** Whether a type's name, in any qualification, ends in one of these. */
export function isNamed(name: string | null, names: ReadonlySet<string> | string): boolean {
  if (name === null) return false;
  const last = lastSegment(name);
  return typeof names === "string" ? last === names : names.has(last);
}

/** The class a `new` names, e.g. `ManualResetEvent` in `new System.Threading.ManualResetEvent(false)`. */
export function constructedName(node: TSESTree.Node): string | null {
  const value = unwrap(node);
  return value.type === "NewExpression" ? (calleeOf(value)?.name ?? null) : null;
}
