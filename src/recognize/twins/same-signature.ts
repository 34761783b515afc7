import { isOptionalParameter } from "../../ast/functions.ts";
import type { TSESTree } from "../../ast/source.ts";
import { withoutComments } from "../../ast/comments.ts";
import { textOf, type Source } from "../../ast/source.ts";
import { PROMISE_TYPES, TASK_TYPES } from "../../dialects/tap.ts";
import { isNamed } from "../annotations.ts";
import { typeReferenceName } from "../../ast/names.ts";
import type { Declaration } from "../declarations.ts";

/**
 * Whether one declaration can stand in for another wherever that is called, but for being awaited: the same leading parameters, more of
 * them only where they may be left out, and what the other returns as the awaited result. Types are compared as written.
 */
export function isAwaitableVersion(source: Source, blocking: Declaration, awaitable: Declaration): boolean {
  const own = withoutThis(blocking.params);
  const others = withoutThis(awaitable.params);
  if (
    own.length > others.length ||
    !own.every((parameter, index) => isSameParameter(source, parameter, others[index]!))
  )
    return false;
  return others.slice(own.length).every(isOptionalParameter) && isSameResult(source, blocking.result, awaitable.result);
}

function withoutThis(params: readonly TSESTree.Parameter[]): readonly TSESTree.Parameter[] {
  const [first] = params;
  return first?.type === "Identifier" && first.name === "this" ? params.slice(1) : params;
}

function isSameParameter(source: Source, left: TSESTree.Parameter, right: TSESTree.Parameter): boolean {
  if (
    (left.type === "RestElement") !== (right.type === "RestElement") ||
    (isOptionalParameter(left) && !isOptionalParameter(right))
  )
    return false;
  const types = [left, right].map((parameter) => typeText(source, parameter));
  if (types[0] !== null && types[1] !== null) return types[0] === types[1];
  // Where types are missing, names must do.
  return nameOf(left) !== null && nameOf(left) === nameOf(right);
}

function bare(parameter: TSESTree.Parameter): TSESTree.Node {
  const inner = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
  return inner.type === "AssignmentPattern" ? inner.left : inner.type === "RestElement" ? inner.argument : inner;
}

function nameOf(parameter: TSESTree.Parameter): string | null {
  const inner = bare(parameter);
  return inner.type === "Identifier" ? inner.name : null;
}

function typeText(source: Source, parameter: TSESTree.Parameter): string | null {
  const annotated = parameter.type === "RestElement" ? parameter : bare(parameter);
  const type =
    "typeAnnotation" in annotated ? (annotated.typeAnnotation as TSESTree.TSTypeAnnotation | undefined) : undefined;
  return type == null ? null : compact(source, type.typeAnnotation);
}

function isSameResult(
  source: Source,
  blocking: TSESTree.TypeNode | undefined,
  awaitable: TSESTree.TypeNode | undefined,
): boolean {
  // An async function without an annotation, a blocking one without: nothing to compare.
  if (blocking === undefined || awaitable === undefined) return true;
  const name = typeReferenceName(awaitable);
  if (awaitable.type !== "TSTypeReference" || !(isNamed(name, PROMISE_TYPES) || isNamed(name, TASK_TYPES)))
    return false;
  const awaited = awaitable.typeArguments?.params[0];
  return compact(source, blocking) === (awaited === undefined ? "void" : compact(source, awaited));
}

/** A type's text without the white space and comments that make no difference. */
function compact(source: Source, type: TSESTree.TypeNode): string {
  return withoutComments(textOf(source, type)).replace(/\s+/g, "");
}
