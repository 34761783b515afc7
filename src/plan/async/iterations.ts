import { contains, isInBreakable } from "../../ast/flow.ts";
import { isFunction } from "../../ast/functions.ts";
import { calleeOf, typeReferenceName, unwrap, wrapped } from "../../ast/names.ts";
import { onlyValueOf, variableOf, writesOf } from "../../ast/scopes.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import { findAll, walk } from "../../ast/walk.ts";
import { declaredType, isNamed } from "../../recognize/annotations.ts";
import type { Context } from "../../recognize/context.ts";
import { collectionOf, elementSources } from "../../recognize/tasks/task-collections.ts";
import { usesThis } from "../../recognize/begin-end/forwarding.ts";
import { commentsIn, terminator } from "../layout.ts";
import { isPure } from "../purity.ts";
import type { TextEdit } from "../types.ts";

/** An `array.forEach(f)` that can be a `for … of` instead, where an await keeps the order of the rounds. */
export interface Iteration {
  readonly call: TSESTree.CallExpression;
  readonly edits: readonly TextEdit[];
}

/**
 * Reads the `forEach` whose callback a function is; `null` where a loop would not do the same: the object may be no array, the array
 * changes on the way, or the function depends on being one.
 */
export function iterationOf(context: Context, fn: FunctionNode): Iteration | null {
  const { source } = context;
  const call = wrapped(fn).parent;
  if (
    call?.type !== "CallExpression" ||
    call.arguments.length !== 1 ||
    call.arguments[0] !== wrapped(fn) ||
    call.optional
  )
    return null;
  const callee = calleeOf(call);
  const statement = call.parent;
  if (callee?.name !== "forEach" || callee.receiver === null) return null;
  const isRound = isRoundOfIteration(context, call);
  if (statement.type !== "ExpressionStatement" && !isRound) return null;
  if (!isArray(context, callee.receiver) || !isLoopBody(context, fn, callee.receiver)) return null;
  const head = headOf(context, fn, callee.receiver);
  if (head === null) return null;
  const isBlock = fn.body.type === "BlockStatement";
  const [start, end] = isRound ? call.range : statement.range;
  const before = [start, fn.body.range[0]] as const;
  const after = [fn.body.range[1], end] as const;
  if (commentsIn(source, before).length + commentsIn(source, after).length > 0) return null;
  // `(item) => (expression)`
  if (!isBlock && /\(\s*$/.test(source.text.slice(...before))) return null;
  const continues = returnsOf(context, fn).map((node): TextEdit => ({
    range: [node.range[0], node.range[0] + "return".length],
    text: "continue",
  }));
  return {
    call,
    edits: [
      { range: before, text: `${head} ` },
      ...continues,
      { range: after, text: isRound || endsInBlock(fn) ? "" : terminator(source, statement) },
    ],
  };
}

/** Whether a call is all that each round of another `forEach` does, which becomes a loop as well: `(list) => list.forEach(…)`. */
function isRoundOfIteration(context: Context, call: TSESTree.CallExpression): boolean {
  const { parent } = call;
  return parent.type === "ArrowFunctionExpression" && parent.body === call && iterationOf(context, parent) !== null;
}

/** Whether the loop that a function becomes the body of ends in a brace. */
function endsInBlock(fn: FunctionNode): boolean {
  if (fn.body.type !== "CallExpression") return fn.body.type === "BlockStatement";
  const inner = fn.body.arguments[0];
  return (
    calleeOf(fn.body)?.name === "forEach" &&
    inner !== undefined &&
    isFunction(unwrap(inner)) &&
    endsInBlock(unwrap(inner) as FunctionNode)
  );
}

function isArray(context: Context, receiver: TSESTree.Expression): boolean {
  const node = unwrap(receiver);
  if (!isPure(node)) return false;
  const type = declaredType(context, receiver) ?? elementType(context, node);
  const inner = type?.type === "TSTypeOperator" ? type.typeAnnotation : type;
  if (inner !== undefined)
    return (
      inner.type === "TSArrayType" ||
      inner.type === "TSTupleType" ||
      isNamed(typeReferenceName(inner), new Set(["Array", "ReadonlyArray"]))
    );
  const variable = variableOf(context.source, node);
  const value = node.type === "ArrayExpression" ? node : variable === null ? null : onlyValueOf(variable);
  // `forEach` passes over holes.
  return value !== null && value.type === "ArrayExpression" && !value.elements.includes(null);
}

/** The type of the elements of the collection that a name stands for one of: `list` in `lists.forEach((list) => …)`. */
function elementType(context: Context, node: TSESTree.Node): TSESTree.TypeNode | undefined {
  const collection = collectionOf(context, node);
  if (collection === null) return undefined;
  const { elementType: declared } = elementSources(context, collection);
  const around = declared === undefined ? elementType(context, unwrap(collection)) : undefined;
  return declared ?? (around?.type === "TSArrayType" ? around.elementType : undefined);
}

/** Whether the body of a function does the same as the body of a loop over `receiver`. */
function isLoopBody(context: Context, fn: FunctionNode, receiver: TSESTree.Expression): boolean {
  const { source } = context;
  if (fn.generator || (fn.type === "FunctionExpression" && (fn.id !== null || usesThis(context, fn)))) return false;
  const name = textOf(source, receiver);
  let isSame = true;
  walk(fn.body, source.visitorKeys, (node) => {
    // What hoists belongs to the function, and so does what it is called with; an array in use may change.
    if (node.type === "VariableDeclaration" && node.kind === "var" && !isNested(fn, node)) isSame = false;
    if (node.type === "Identifier" && node.name === "arguments" && fn.type === "FunctionExpression") isSame = false;
    if ((node.type === "Identifier" || node.type === "MemberExpression") && textOf(source, node) === name)
      isSame = false;
    return isSame;
  });
  return isSame && returnsOf(context, fn).every((node) => node.argument === null && !isInBreakable(node, fn));
}

function returnsOf(context: Context, fn: FunctionNode): TSESTree.ReturnStatement[] {
  return findAll(
    fn.body,
    context.source.visitorKeys,
    (node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement",
    { intoFunctions: false },
  );
}

function isNested(fn: FunctionNode, node: TSESTree.Node): boolean {
  for (let current = node.parent; current && current !== fn; current = current.parent)
    if (isFunction(current)) return true;
  return false;
}

/** `for (const item of items)`, or with the index as well. */
function headOf({ source }: Context, fn: FunctionNode, receiver: TSESTree.Expression): string | null {
  const [item, index] = fn.params;
  if (item === undefined || fn.params.length > 2 || (index !== undefined && index.type !== "Identifier")) return null;
  if (item.type !== "Identifier" && item.type !== "ObjectPattern" && item.type !== "ArrayPattern") return null;
  const end = item.typeAnnotation?.range[0] ?? item.range[1];
  const isWritten = source.scopeManager
    .getDeclaredVariables(fn)
    .some(
      (variable) =>
        variable.identifiers.some((name) => fn.params.some((parameter) => contains(parameter, name))) &&
        writesOf(variable).length > 0,
    );
  const keyword = isWritten ? "let" : "const";
  const value = source.text.slice(item.range[0], end);
  const array = textOf(source, receiver);
  return index === undefined
    ? `for (${keyword} ${value} of ${array})`
    : `for (${keyword} [${index.type === "Identifier" ? index.name : ""}, ${value}] of ${array}.entries())`;
}
