import { endNames } from "../../dialects/apm-names.ts";
import { calleeOf, keyName, lastSegment, typeReferenceName, isPascalCase } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import { isNamed } from "../annotations.ts";
import { knownOperation } from "../begin-end/begin-end.ts";
import type { Context } from "../context.ts";
import type { Knowledge } from "../knowledge.ts";
import { receiverTypeOf, type ReceiverType } from "../receiver-types.ts";
import type { Operation } from "../begin-end/operation.ts";
import { isFitting, signatureOf } from "./twin-fit.ts";
import { TASK_TWIN_TYPES } from "../../dialects/eap.ts";
import { PROMISE_TYPES, TASK_TYPES } from "../../dialects/tap.ts";

/** An awaitable version of an operation, and how sure it is that it exists. */
export interface Twin {
  readonly name: string;
  readonly exists: Knowledge;
}

type Member = TSESTree.ClassElement | TSESTree.TypeElement;

/** The members that a class or interface of this file declares under a type name (declaration merging included); `null` when it declares none such. */
function declaredMembers(context: Context, typeName: string): Member[] | null {
  const index = nodesOf(context.source);
  const owners = [
    ...index.of("ClassDeclaration"),
    ...index.of("ClassExpression"),
    ...index.of("TSInterfaceDeclaration"),
  ].filter((owner) => owner.id?.name === typeName);
  return owners.length === 0 ? null : owners.flatMap((owner): Member[] => [...owner.body.body]);
}

/** Whether a base of the type is out of sight, so that what it does not declare it may inherit. */
function hasUnseenBase(context: Context, typeName: string): boolean {
  const index = nodesOf(context.source);
  return (
    [...index.of("ClassDeclaration"), ...index.of("ClassExpression")].some(
      (owner) => owner.id?.name === typeName && owner.superClass !== null,
    ) || index.of("TSInterfaceDeclaration").some((owner) => owner.id.name === typeName && owner.extends.length > 0)
  );
}

function returnTypeOf(member: Member): { type: TSESTree.TypeNode | undefined; isAsync: boolean } | null {
  switch (member.type) {
    case "MethodDefinition":
    case "TSAbstractMethodDefinition":
      return { type: member.value.returnType?.typeAnnotation, isAsync: member.value.async };
    case "TSMethodSignature":
      return { type: member.returnType?.typeAnnotation, isAsync: false };
    default:
      return null;
  }
}

/** Whether the file declares an awaitable method of this name on the type. */
function declaresAwaitable(
  context: Context,
  { name: typeName, isStatic }: ReceiverType,
  name: string,
  operation: Operation,
): Knowledge {
  const members = declaredMembers(context, typeName);
  if (members === null) return "unknown";
  const signatures = members
    .filter(
      (member) =>
        "key" in member &&
        keyName(member as { key: TSESTree.Node; computed: boolean }) === name &&
        ("static" in member && member.static) === isStatic,
    )
    .map((member) => {
      const signature = signatureOf(member);
      const isTwin = signature !== null && isFitting(signature, operation, members);
      return isTwin ? returnTypeOf(member) : null;
    });
  if (signatures.length === 0) return hasUnseenBase(context, typeName) ? "unknown" : "no";
  return signatures.some((signature) => signature !== null && (signature.isAsync || isAwaitableType(signature.type)))
    ? "yes"
    : "no";
}

/** Whether a type annotation names a promise or a task. */
export function isAwaitableType(type: TSESTree.TypeNode | undefined): boolean {
  const name = typeReferenceName(type);
  return isNamed(name, PROMISE_TYPES) || isNamed(name, TASK_TYPES);
}

/** Whether the settings name the twin, for any receiver or for this type. */
export function isConfigured(context: Context, typeName: string | null, name: string): boolean {
  return (context.settings.twins ?? []).some(
    (twin) => twin === name || (typeName !== null && twin === `${lastSegment(typeName)}.${name}`),
  );
}

/**
 * The awaitable twin of a Begin/End operation: `XxxAsync`, or `XxxTaskAsync` beside an EAP `XxxAsync` that returns nothing. It
 * exists on evidence only: the settings, a declaration in the file, the type checker, a known .NET type. A declaration or a
 * checked type that lacks it is evidence against it.
 */
export function twinOf(context: Context, operation: Operation): Twin {
  const begin = calleeOf(operation.begin)!.name;
  const stem = isPascalCase(begin) ? operation.stem : operation.stem.replace(/^[A-Z]/, (first) => first.toLowerCase());
  // Beside a starter the short name is taken.
  const candidates = operation.event === null ? [`${stem}Async`, `${stem}TaskAsync`] : [`${stem}TaskAsync`];
  const type = operation.receiver === null ? null : receiverTypeOf(context, operation.receiver);
  for (const name of candidates) {
    if (isConfigured(context, type?.name ?? null, name)) return { name, exists: "yes" };
  }
  const evidence = candidates.map((name): Twin => ({ name, exists: evidenceFor(context, operation, type, name) }));
  const found = evidence.find((twin) => twin.exists === "yes");
  if (found !== undefined) return found;
  // A starter of that name that returns nothing is no twin, so a forced twin takes the longer name.
  const isStarter =
    type !== null &&
    (declaredMembers(context, type.name) ?? []).some((member) => "key" in member && keyName(member) === candidates[0]);
  return (isStarter ? evidence[1] : undefined) ?? evidence[0]!;
}

function evidenceFor(context: Context, operation: Operation, type: ReceiverType | null, name: string): Knowledge {
  if (operation.receiver === null) return declaresFunction(context, operation, name);
  const declared = type === null ? "unknown" : declaresAwaitable(context, type, name, operation);
  if (declared !== "unknown") return declared;
  const typed = context.types?.hasAwaitableMethod(operation.receiver, name) ?? "unknown";
  if (typed !== "unknown") return typed;
  if (operation.event !== null) return type !== null && TASK_TWIN_TYPES.has(type.name) ? "yes" : "unknown";
  return knownOperation(context, operation.receiver, operation.stem) !== null && !name.endsWith("TaskAsync")
    ? "yes"
    : "unknown";
}

function declaresFunction(context: Context, operation: Operation, name: string): Knowledge {
  const declared = nodesOf(context.source)
    .of("FunctionDeclaration")
    .find((fn) => fn.id?.name === name && fn.parent.range[0] <= operation.nameNode.range[0]);
  if (declared === undefined) return "unknown";
  const isAwaitable = declared.async || isAwaitableType(declared.returnType?.typeAnnotation);
  return isAwaitable && isFitting(declared, operation, []) ? "yes" : "no";
}

/** What an operation yields as TypeScript text, where the file or the dialect tells; `null` otherwise. */
export function declaredResult(context: Context, operation: Operation): string | null {
  const type = operation.receiver === null ? null : receiverTypeOf(context, operation.receiver);
  const members = type === null ? null : declaredMembers(context, type.name);
  const end = members?.find((member) => "key" in member && endNames(operation.stem).includes(keyName(member) ?? ""));
  const declared = end === undefined ? undefined : returnTypeOf(end)?.type;
  if (declared !== undefined) return context.source.text.slice(...declared.range);
  return knownOperation(context, operation.receiver, operation.stem)?.result ?? null;
}
