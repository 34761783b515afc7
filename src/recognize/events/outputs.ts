import { calleeOf, keyName, lastSegment, typeReferenceName } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { RESULT_MEMBER } from "../../dialects/by-reference.ts";
import { COMPLETED_ARGS } from "../../dialects/eap.ts";
import type { CompletedEvent } from "./completed-event.ts";
import type { Context } from "../context.ts";
import { awaitedType, targetOf } from "../contracts/contract-members.ts";
import { declarationsOf, type Declaration } from "../declarations.ts";
import { valuesOf } from "./event-reads.ts";
import type { EndCall, Operation } from "../begin-end/operation.ts";
import { membersOfType } from "../members-of-types.ts";
import { twinOf } from "../twins/twins.ts";

/** How the awaitable version of an operation gives several values: as an object with a member for each. */
export interface Outputs {
  /** The member with what the End returns, or with the `Result` of a completed event; `null` where there is none, or nobody asks for it. */
  readonly result: string | null;
  /** The members with what the End leaves in its further arguments, or with what else the handler of the event asks for, in their order. */
  readonly outs: readonly string[];
  /** The type of the object as text, where the file has it. */
  readonly type: string | null;
}

/** What a twin gives: the members of an object, and its type as text where the file has it. */
export interface Given {
  readonly members: readonly string[];
  readonly type: string | null;
}

/**
 * What the twin of an operation gives where its Ends fill in further values, or where the handler of its completed event asks for
 * several: the parameters of the End, or the members of the event's arguments, and the members of what the twin gives go by the same
 * names. `null` where either is not declared, or they do not match.
 */
export function outputsOf(context: Context, operation: Operation): Outputs | null {
  if (operation.event === null) return endOutputs(context, operation);
  const outputs = eventOutputs(context, operation, operation.event);
  return outputs === "unclear" ? null : outputs;
}

/** Whether a twin gives an object with a member for the result, and nothing tells that object from the result itself. */
export function isOutputUnclear(context: Context, operation: Operation): boolean {
  return operation.event !== null && eventOutputs(context, operation, operation.event) === "unclear";
}

function endOutputs(context: Context, operation: Operation): Outputs | null {
  const [end] = operation.ends;
  if (end === undefined || end.extraArguments.length === 0) return null;
  const given = givenByTwin(context, operation);
  const names = given === null ? null : outNames(context, operation, end);
  if (given === null || names === null) return null;
  const outs = names.map((name) => given.members.find((member) => lower(member) === lower(name)));
  const rest = given.members.filter((member) => !outs.includes(member));
  const isComplete =
    outs.every((out) => out !== undefined) && rest.length <= 1 && rest.every((member) => RESULT_MEMBER.test(member));
  return isComplete ? { result: rest[0] ?? null, outs, type: given.type } : null;
}

/** With several values they come as an object for sure; a result alone may be one that has such members itself. */
function eventOutputs(context: Context, operation: Operation, event: CompletedEvent): Outputs | "unclear" | null {
  const names = valuesOf(event);
  const given = names.length === 0 ? null : givenByTwin(context, operation);
  if (given === null) return null;
  const others = names.filter((name) => !isResult(name));
  const outs = others.flatMap((name) => given.members.find((member) => lower(member) === lower(name)) ?? []);
  const result = names.some(isResult) ? (given.members.find((member) => RESULT_MEMBER.test(member)) ?? null) : null;
  if (outs.length < others.length || (result === null && names.some(isResult))) return null;
  const type = others.length > 0 ? "outputs" : resultAlone(context, operation, event, given);
  return type === "outputs" ? { result, outs, type: given.type } : type === "unclear" ? "unclear" : null;
}

/** Whether what a twin gives is the result of the event's arguments, or has it beside their other values: their type tells. */
function resultAlone(
  context: Context,
  operation: Operation,
  { handler }: CompletedEvent,
  given: Given,
): "outputs" | "result" | "unclear" {
  const target = handler?.args?.type === "AssignmentPattern" ? handler.args.left : handler?.args;
  const annotated =
    target != null && "typeAnnotation" in target ? typeReferenceName(target.typeAnnotation?.typeAnnotation) : null;
  const members = membersOfType(context, lastSegment(annotated ?? `${operation.stem}CompletedEventArgs`));
  const named = members.flatMap((member) =>
    "key" in member ? [{ name: keyName(member as { key: TSESTree.Node; computed: boolean }) ?? "", member }] : [],
  );
  const own = named.find(({ name }) => isResult(name))?.member;
  const declared = own !== undefined && "typeAnnotation" in own ? own.typeAnnotation?.typeAnnotation : undefined;
  if (declared !== undefined && textOf(context.source, declared) === given.type) return "result";
  const others = given.members.filter((member) => !RESULT_MEMBER.test(member));
  return others.length > 0 && others.every((member) => named.some(({ name }) => lower(name) === lower(member)))
    ? "outputs"
    : "unclear";
}

function isResult(name: string): boolean {
  return COMPLETED_ARGS.value.has(name);
}

function lower(name: string): string {
  return name.toLowerCase();
}

/** The names of the End's parameters for its further arguments. */
function outNames(context: Context, { begin }: Operation, end: EndCall): string[] | null {
  const { name } = calleeOf(end.call)!;
  const [declared] = declarationsOf(context, end.receiver, name, begin);
  const names =
    declared === undefined
      ? (context.types?.parameterNames(end.call) ?? null)
      : declared.params.map((parameter) => nameOf(parameter));
  if (names === null) return null;
  const outs = end.extraArguments.map((argument) => names[end.call.arguments.indexOf(argument)] ?? null);
  return outs.every((out) => out !== null) ? outs : null;
}

function nameOf(parameter: TSESTree.Parameter): string | null {
  const target = targetOf(parameter);
  return target.type === "Identifier" ? target.name : null;
}

/** What the twin of an operation gives, where it gives an object with members. */
export function givenByTwin(context: Context, operation: Operation): Given | null {
  const twin = twinOf(context, operation);
  return twin.exists === "yes" ? givenBy(context, operation, twin.name) : null;
}

function givenBy(context: Context, { receiver, begin }: Operation, twin: string): Given | null {
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
export function membersOf(context: Context, type: TSESTree.TypeNode): string[] | null {
  if (type.type === "TSTypeLiteral")
    return type.members.flatMap((member) => (member.type === "TSPropertySignature" ? (keyName(member) ?? []) : []));
  const name = typeReferenceName(type);
  if (name === null) return null;
  const declared = nodesOf(context.source)
    .of("TSInterfaceDeclaration")
    .find(({ id, extends: bases }) => id.name === lastSegment(name) && bases.length === 0);
  if (declared !== undefined)
    return declared.body.body.flatMap((member) =>
      member.type === "TSPropertySignature" ? (keyName(member) ?? []) : [],
    );
  const statements = context.source.ast.body.map((statement) =>
    statement.type === "ExportNamedDeclaration" ? statement.declaration : statement,
  );
  const alias = statements.find(
    (statement) => statement?.type === "TSTypeAliasDeclaration" && statement.id.name === lastSegment(name),
  );
  return alias?.type === "TSTypeAliasDeclaration" && alias.typeAnnotation.type === "TSTypeLiteral"
    ? membersOf(context, alias.typeAnnotation)
    : null;
}
