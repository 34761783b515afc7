import { usesThis } from "../../recognize/begin-end/forwarding.ts";
import { tokensWithin } from "../../ast/ordered.ts";
import { contains, listedStatement } from "../../ast/flow.ts";
import { classOf, enclosingOf, isFunction, memberOf } from "../../ast/functions.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { memberName, unwrap } from "../../ast/names.ts";
import { scopeOf } from "../../ast/scopes.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import { isStaticContext } from "../../recognize/callables.ts";
import type { Context } from "../../recognize/context.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { isTypeScript } from "../call-text.ts";
import { semicolon } from "../layout.ts";
import { movedFunction } from "./moved-body.ts";
import { text, type Text } from "../write/text.ts";
import { lowerFirst, resolvesAlike } from "../naming.ts";
import { refuse } from "../planner-base.ts";
import type { Planner } from "../planner.ts";
import type { CallbackShape } from "./callback-shape.ts";

/** A handler that gets a name. */
export interface Hoisted {
  readonly callee: string;
  /** The statement that added it, where its declaration takes that place. */
  readonly place: TSESTree.Statement | null;
}

/** The name that a callback gets while its operations are placed, if it needs one. */
export interface Hoisting {
  hoisted: Hoisted | null;
}

/**
 * How a function that is written where it is handed over is called as a continuation: it moves to the start of its operation, where all
 * names and `this` mean the same there and no other start needs it; else it gets a name where it was added to the event.
 *
 * @returns `null` when it can do neither; then the operation is refused.
 */
export function inlineCallee(
  planner: Planner,
  shape: CallbackShape,
  operation: Operation,
  hoisting: Hoisting,
): Text | null {
  const { context } = planner;
  const { fn, operations } = shape;
  if (operation.event === null || (operations.length === 1 && isMovable(context, fn, operation)))
    return text`(${movedFunction(fn, indentAt(context.source.text, operation.begin.range[0]))})`;
  hoisting.hoisted ??= hoist(planner, shape, operation);
  if (hoisting.hoisted === null)
    refuse(planner, operation, "callback-unsupported", operation.callbackArgument, "of the event");
  return hoisting.hoisted?.callee ?? null;
}

/** Whether the names in a handler and its `this` mean the same where an operation begins. */
export function isMovable(context: Context, fn: FunctionNode, operation: Operation): boolean {
  const { source } = context;
  const scope = scopeOf(source, fn.body);
  if (!scope.through.every((reference) => resolvesAlike(source, reference.identifier.name, fn, operation.begin)))
    return false;
  return !usesThis(context, fn) || enclosingThis(fn) === enclosingThis(operation.begin) || isOfOneObject(fn, operation);
}

function enclosingThis(node: TSESTree.Node): TSESTree.Node | null {
  for (let current = node.parent; current; current = current.parent) {
    if (isFunction(current) && current.type !== "ArrowFunctionExpression") return current;
    if (current.type === "PropertyDefinition" || current.type === "StaticBlock") return current;
  }
  return null;
}

/** Whether a handler and a start stand in one class, and what starts is a part of its object: then both have the same object. */
function isOfOneObject(fn: FunctionNode, { begin, receiver }: Operation): boolean {
  let root = receiver === null ? null : unwrap(receiver);
  while (root?.type === "MemberExpression") root = unwrap(root.object);
  const owner = classOf(fn);
  return (
    root?.type === "ThisExpression" &&
    owner !== null &&
    owner === classOf(begin) &&
    !isStaticContext(fn) &&
    !isStaticContext(begin)
  );
}

/** Gives a handler a name: as a function in the place of its subscription, or as a field of the class whose constructor adds it. */
function hoist(planner: Planner, shape: CallbackShape, operation: Operation): Hoisted | null {
  const { context, draft, names } = planner;
  const { source } = context;
  const { fn, operations } = shape;
  const { subscription } = operation.event!;
  const statement = subscription === null ? null : listedStatement(subscription.node);
  if (statement === null || fn.params.some((parameter) => parameter.type === "Identifier" && parameter.name === "this"))
    return null;
  const candidates = [`on${operation.stem}Completed`, `${lowerFirst(operation.stem)}Completed`];
  if (
    operations.every(({ begin }) => statement.parent !== undefined && contains(statement.parent, begin)) &&
    !usesThis(context, fn)
  ) {
    const name = names.unique(statement, candidates, ...operations.map(({ begin }) => begin));
    draft.replace(fn, statement.range, declarationText(planner, fn, name, indentAt(source.text, statement.range[0])));
    return { callee: name, place: statement };
  }
  const owner = classOf(fn);
  const member =
    owner === null || !operations.every((each) => isOfOneObject(fn, each)) ? null : memberAround(statement);
  // What the handler takes from the function that adds it is not there in a field.
  const isFree =
    member !== null &&
    scopeOf(source, fn.body).through.every(({ identifier }) => resolvesAlike(source, identifier.name, fn, owner!.body));
  const taken = new Set(
    (owner?.body.body ?? []).flatMap((each) =>
      "key" in each && each.key.type === "Identifier" ? [each.key.name] : [],
    ),
  );
  const name = candidates.find((candidate) => !taken.has(candidate) && !isMemberUsed(context, candidate));
  if (!isFree || name === undefined) return null;
  const indent = indentAt(source.text, member.range[0]);
  const newline = lineBreakOf(source.text);
  const modifiers = isTypeScript(source.filePath) ? "private readonly " : "";
  draft.insert(
    fn,
    member.range[1],
    text`${newline}${newline}${indent}${modifiers}${name} = ${movedFunction(fn, indent)}${semicolon(source) || ";"}`,
  );
  return { callee: `this.${name}`, place: null };
}

function memberAround(node: TSESTree.Node): TSESTree.MethodDefinition | null {
  const unit = enclosingOf(node);
  const member = isFunction(unit) ? memberOf(unit) : null;
  return member?.type === "MethodDefinition" ? member : null;
}

/** Whether some object of the file has a member of that name, which a field would hide or change. */
function isMemberUsed({ source }: Context, name: string): boolean {
  let isUsed = false;
  walk(source.ast, source.visitorKeys, (node) => {
    if (node.type === "MemberExpression" && memberName(node) === name) isUsed = true;
    return true;
  });
  return isUsed;
}

/** A function or arrow function as the declaration of a function. */
function declarationText(planner: Planner, fn: FunctionNode, name: string, indent: string): Text {
  const { context, draft } = planner;
  const { source } = context;
  if (fn.type === "FunctionExpression") {
    const word = tokensWithin(source.ast, fn.range).find(({ value }) => value === "function")!;
    if (fn.id === null) draft.insert(fn, word.range[1], ` ${name}`);
    else draft.replace(fn, fn.id.range, name);
    return movedFunction(fn, indent);
  }
  const arrow = tokensWithin(source.ast, [fn.range[0], fn.body.range[0]]).findLast(({ value }) => value === "=>")!;
  const between = source.text.slice(arrow.range[1], fn.body.range[0]);
  draft.replace(fn, [arrow.range[0], arrow.range[1] + between.length - between.trimStart().length], "");
  // Behind the `async` that stands there, or that has been put there: the parameters follow the name.
  const head = fn.async ? tokensWithin(source.ast, fn.range)[1]!.range[0] : fn.range[0];
  draft.insert(fn, head, `function ${name}`);
  return movedFunction(fn, indent);
}

/** The text of a name by which a handler is added, for names that must not hide it. */
export function addedName({ source }: Context, { callbackArgument }: Operation): string[] {
  return [textOf(source, callbackArgument)].filter((text) => /^[\w$]+$/.test(text));
}
