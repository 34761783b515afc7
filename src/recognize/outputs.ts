import { calleeOf, keyName, lastSegment, typeReferenceName } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { textOf, type TSESTree } from "../ast/source.ts";
import { RESULT_MEMBER } from "../dialects/by-reference.ts";
import type { Context } from "./context.ts";
import { awaitedType, targetOf } from "./contract-members.ts";
import { declarationsOf, type Declaration } from "./declarations.ts";
import type { EndCall, Operation } from "./operation.ts";
import { twinOf } from "./twins.ts";

/** How the awaitable version of an operation gives several values: as an object with a member for each. */
export interface Outputs {
  /** The member with what the End returns; `null` where it returns nothing. */
  readonly result: string | null;
  /** The members with what the End leaves in its further arguments, in their order. */
  readonly outs: readonly string[];
  /** The type of the object as text, where the file has it. */
  readonly type: string | null;
}

/**
 * What the twin of an operation gives where its Ends fill in further values: the parameters of the End and the members of what the twin
 * gives go by the same names. `null` where either is not declared, or they do not match.
 */
export function outputsOf(context: Context, operation: Operation): Outputs | null {
  const [end] = operation.ends;
  if (operation.event !== null || end === undefined || end.extraArguments.length === 0) return null;
  const twin = twinOf(context, operation);
  const given = twin.exists === "yes" ? givenBy(context, operation, twin.name) : null;
  const names = given === null ? null : outNames(context, operation, end);
  if (given === null || names === null) return null;
  const outs = names.map((name) => given.members.find((member) => lower(member) === lower(name)));
  const rest = given.members.filter((member) => !outs.includes(member));
  const isComplete = outs.every((out) => out !== undefined) && rest.length <= 1 && rest.every((member) => RESULT_MEMBER.test(member));
  return isComplete ? { result: rest[0] ?? null, outs, type: given.type } : null;
}

function lower(name: string): string {
  return name.toLowerCase();
}

/** The names of the End's parameters for its further arguments. */
function outNames(context: Context, { begin }: Operation, end: EndCall): string[] | null {
  const { name } = calleeOf(end.call)!;
  const [declared] = declarationsOf(context, end.receiver, name, begin);
  const names = declared === undefined ? (context.types?.parameterNames(end.call) ?? null) : declared.params.map((parameter) => nameOf(parameter));
  if (names === null) return null;
  const outs = end.extraArguments.map((argument) => names[end.call.arguments.indexOf(argument)] ?? null);
  return outs.every((out) => out !== null) ? outs : null;
}

function nameOf(parameter: TSESTree.Parameter): string | null {
  const target = targetOf(parameter);
  return target.type === "Identifier" ? target.name : null;
}

function givenBy(context: Context, { receiver, begin }: Operation, twin: string): { readonly members: readonly string[]; readonly type: string | null } | null {
  for (const declaration of declarationsOf(context, receiver, twin, begin)) {
    const type = resultOf(declaration);
    const members = type === undefined ? null : membersOf(context, type);
    if (type !== undefined && members !== null) return { members, type: textOf(context.source, type) };
  }
  return receiver === null ? null : (context.types?.membersOfAwaited(receiver, twin) ?? null);
}

function resultOf({ result }: Declaration): TSESTree.TypeNode | undefined {
  return result === undefined ? undefined : awaitedType(result);
}

/** The members of an object type that the file declares or writes out. */
function membersOf(context: Context, type: TSESTree.TypeNode): string[] | null {
  if (type.type === "TSTypeLiteral") return type.members.flatMap((member) => (member.type === "TSPropertySignature" ? (keyName(member) ?? []) : []));
  const name = typeReferenceName(type);
  if (name === null) return null;
  const declared = nodesOf(context.source).of("TSInterfaceDeclaration").find(({ id, extends: bases }) => id.name === lastSegment(name) && bases.length === 0);
  if (declared !== undefined) return declared.body.body.flatMap((member) => (member.type === "TSPropertySignature" ? (keyName(member) ?? []) : []));
  const statements = context.source.ast.body.map((statement) => (statement.type === "ExportNamedDeclaration" ? statement.declaration : statement));
  const alias = statements.find((statement) => statement?.type === "TSTypeAliasDeclaration" && statement.id.name === lastSegment(name));
  return alias?.type === "TSTypeAliasDeclaration" && alias.typeAnnotation.type === "TSTypeLiteral" ? membersOf(context, alias.typeAnnotation) : null;
}
