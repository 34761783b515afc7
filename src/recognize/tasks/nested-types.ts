import { functionName, isFunction } from "../../ast/functions.ts";
import { calleeOf, lastSegment, typeReferenceName, unwrap } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { NESTED_TYPE } from "../../dialects/text/nested-text.ts";
import { PROMISE_TYPES, TASK_TYPES } from "../../dialects/tap.ts";
import type { Context } from "../context.ts";
import { returnsOf } from "./function-results.ts";
import { libraryAround } from "./library-side.ts";
import { natureOfType } from "./task-types.ts";

/** An annotation that names a promise of a promise, or a function's that names a task of a task. */
export interface NestedType {
  readonly kind: "promiseType" | "taskType";
  readonly type: TSESTree.TSTypeReference;
  /** The task or promise inside. */
  readonly inner: TSESTree.TSTypeReference;
}

/** The annotations of a file with a task or promise in another, in source order. */
export function nestedTypesOf(context: Context): readonly NestedType[] {
  const { ast, text, visitorKeys } = context.source;
  // Types are not among the nodes that are noted for all rules; hardly any file has such a one.
  if (!NESTED_TYPE.test(text)) return [];
  return findAll(ast, visitorKeys, (node): node is TSESTree.TSTypeReference => node.type === "TSTypeReference").flatMap(
    (type) => nestedType(context, type) ?? [],
  );
}

function nestedType(context: Context, type: TSESTree.TSTypeReference): NestedType | null {
  const inner = type.typeArguments?.params[0];
  if (inner?.type !== "TSTypeReference") return null;
  const [outerName, innerName] = [typeReferenceName(type), typeReferenceName(inner)];
  if (outerName === "Promise" && PROMISE_TYPES.has(innerName ?? "")) {
    const isGlobal = [type, inner].every(({ typeName }) => variableOf(context.source, typeName) === null);
    return isGlobal && isAnnotation(type) ? { kind: "promiseType", type, inner } : null;
  }
  if (
    outerName === null ||
    innerName === null ||
    !TASK_TYPES.has(lastSegment(outerName)) ||
    !TASK_TYPES.has(lastSegment(innerName))
  )
    return null;
  const fn = functionReturning(type);
  if (
    fn === null ||
    natureOfType(context, type)?.kind !== "task" ||
    libraryAround(fn) !== null ||
    isMeantToNest(context, fn)
  )
    return null;
  return { kind: "taskType", type, inner };
}

/** Whether a type is what something is declared to be, not a part of a computation on types. */
function isAnnotation(type: TSESTree.Node): boolean {
  for (let current = type.parent; current; current = current.parent) {
    if (current.type === "TSTypeAnnotation") return true;
    if (!/^TS(?:Array|Union|Tuple|Optional)Type$/.test(current.type)) return false;
  }
  return false;
}

/** The function with a body whose result a type is. */
function functionReturning(type: TSESTree.TSTypeReference): FunctionNode | null {
  const annotation = type.parent;
  const fn = annotation.parent;
  return annotation.type === "TSTypeAnnotation" && isFunction(fn) && fn.returnType === annotation ? fn : null;
}

/** `WhenAny` gives the task that was first, and so does whoever hands on what it gives. */
function isMeantToNest(context: Context, fn: FunctionNode): boolean {
  const values = fn.body.type === "BlockStatement" ? returnsOf(context, fn) : [fn.body];
  const names = values
    .map((value) => (value === null ? null : unwrap(value)))
    .map((value) => (value?.type === "CallExpression" ? calleeOf(value)?.name : null));
  return [functionName(fn), ...names].some((name) => name != null && /whenAny/i.test(name));
}
