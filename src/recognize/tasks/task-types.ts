import { keyName, lastSegment, typeReferenceName } from "../../ast/names.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { DOTNET_MODULE, PROMISE_TYPES, TASK_CLASS_MEMBERS, TASK_TYPES } from "../../dialects/tap.ts";
import type { Context } from "../context.ts";
import { commonNature, NONE, PLAIN_TASK, PROMISE, TASK, UNKNOWN, type TaskNature } from "./task-nature.ts";

/** What a value annotated with a type is; `null` where the annotation says nothing (`any`, none at all). */
export function natureOfType(context: Context, type: TSESTree.TypeNode | undefined, depth = 0): TaskNature | null {
  switch (type?.type) {
    case undefined:
    case "TSAnyKeyword":
    case "TSUnknownKeyword":
      return null;
    case "TSTypeReference":
      return natureOfReference(context, type, depth);
    case "TSUnionType": {
      const parts = type.types.filter((part) => part.type !== "TSNullKeyword" && part.type !== "TSUndefinedKeyword");
      return commonNature(parts.map((part) => natureOfType(context, part, depth) ?? UNKNOWN));
    }
    case "TSArrayType":
    case "TSBigIntKeyword":
    case "TSBooleanKeyword":
    case "TSFunctionType":
    case "TSLiteralType":
    case "TSNeverKeyword":
    case "TSNullKeyword":
    case "TSNumberKeyword":
    case "TSStringKeyword":
    case "TSSymbolKeyword":
    case "TSTupleType":
    case "TSTypePredicate":
    case "TSUndefinedKeyword":
    case "TSVoidKeyword":
      return NONE;
    default:
      return UNKNOWN;
  }
}

function natureOfReference(context: Context, type: TSESTree.TSTypeReference, depth: number): TaskNature {
  const name = typeReferenceName(type);
  if (name === null) return UNKNOWN;
  const last = lastSegment(name);
  if (PROMISE_TYPES.has(last)) return PROMISE;
  if (TASK_TYPES.has(last)) return natureOfTaskName(context, name, type.typeName);
  const definition = variableOf(context.source, type.typeName)?.defs[0]?.node;
  if (definition?.type === "TSTypeAliasDeclaration" && depth < 4)
    return natureOfType(context, definition.typeAnnotation, depth + 1) ?? UNKNOWN;
  if (definition?.type === "ClassDeclaration") return natureOfClass(context, definition);
  return UNKNOWN;
}

/** What the qualified names that the type checker gives say; `null` when none is a task's or a promise's. */
export function natureOfNames(names: readonly string[]): TaskNature | null {
  // A task that can be awaited as it is extends the promise as well.
  const task = names.find((name) => TASK_TYPES.has(lastSegment(name)));
  if (task !== undefined) return task === "Task" ? PLAIN_TASK : TASK;
  return names.some((name) => PROMISE_TYPES.has(name)) ? PROMISE : null;
}

/**
 * What the name of a task type, as written at `node` (a type's name or the object of `Task.Run`), stands for. A class of the file
 * that has none of the members of .NET's, or has them as plain fields, is something else.
 */
export function natureOfTaskName(context: Context, name: string, node: TSESTree.Node): TaskNature {
  // `Task$1` and `ValueTask`, and anything below `System.` or `CS.`, can only be .NET's.
  if (lastSegment(name) !== "Task") return TASK;
  if (name !== "Task") return /(?:^|\.)(?:System|CS|Tasks)\./.test(name) ? TASK : PLAIN_TASK;
  const binding = moduleBindingOf(context.source, node);
  if (binding !== null) return DOTNET_MODULE.test(binding.module) ? TASK : PLAIN_TASK;
  const definition = variableOf(context.source, node)?.defs[0]?.node;
  switch (definition?.type) {
    case "ClassDeclaration":
    case "TSInterfaceDeclaration":
      return definition.body.body.some(
        (member) =>
          "key" in member &&
          TASK_CLASS_MEMBERS.has(keyName(member) ?? "") &&
          // A field that the class itself fills is there at once.
          (member.type !== "PropertyDefinition" || definition.declare),
      )
        ? TASK
        : UNKNOWN;
    case "TSTypeAliasDeclaration":
      return natureOfType(context, definition.typeAnnotation, 1) ?? UNKNOWN;
    default:
      return PLAIN_TASK;
  }
}

/** What an instance of a class of the file is, by what the class extends. */
export function natureOfClass(
  context: Context,
  owner: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
): TaskNature {
  const { superClass } = owner;
  if (superClass == null)
    return owner.id !== null && TASK_TYPES.has(owner.id.name)
      ? natureOfTaskName(context, owner.id.name, owner.id)
      : NONE;
  if (superClass.type !== "Identifier") return UNKNOWN;
  if (superClass.name === "Promise") return owner.id !== null && TASK_TYPES.has(owner.id.name) ? TASK : PROMISE;
  return TASK_TYPES.has(superClass.name) ? natureOfTaskName(context, superClass.name, superClass) : UNKNOWN;
}
