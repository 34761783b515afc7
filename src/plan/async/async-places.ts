import { enclosingOf, isFunction, memberOf, type Enclosing } from "../../ast/functions.ts";
import { keyName, unwrap, wrapped } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import { isTypeScript } from "../call-text.ts";
import { isCompletedTask, resultGiven } from "./completed-returns.ts";
import { resultAnnotations } from "./signatures.ts";
import { isAwaitable } from "../../recognize/tasks/task-nature.ts";
import { natureOf } from "../../recognize/tasks/tasks.ts";

/** Places at which functions become async, and at which they are awaited. */

/**
 * Whether a call is the last thing that a script does, where no await may stand: what it throws then ends the program, with its own
 * message and another exit code than zero. A program elsewhere than in Node.js has no exit code.
 */
export function isScriptStart(context: Context, call: TSESTree.CallExpression): boolean {
  const { body } = context.source.ast;
  const last = body.findLast(({ type }) => type !== "FunctionDeclaration" && type !== "EmptyStatement");
  return context.host.hasExitCode && last?.type === "ExpressionStatement" && last.expression === call;
}

/** What follows a call that starts a script, so that its failure ends the program with its message. */
export function failureText({ source }: Context): string {
  return `.catch((error${isTypeScript(source.filePath) ? ": unknown" : ""}) => { console.error(error); process.exitCode = 1; })`;
}

/** Whether a call is what the function around it returns. */
export function isReturned(place: TSESTree.Node): boolean {
  return (
    place.parent?.type === "ReturnStatement" ||
    (place.parent?.type === "ArrowFunctionExpression" && place.parent.body === place)
  );
}

/** Where `async` goes: before a method's name, else before the function. */
export function asyncOffset({ source }: Context, fn: FunctionNode): number {
  const member = memberOf(fn);
  const isMethod = member?.type === "MethodDefinition" || (member?.type === "Property" && member.method);
  if (!isMethod || member === null) return fn.range[0];
  if (!member.computed) return member.key.range[0];
  return source.text.lastIndexOf("[", member.key.range[0]);
}

/** Whether a place becomes part of a function that nobody sees: in a decorator, an enum or a namespace. */
export function isOutOfOrder(place: TSESTree.Node, unit: Enclosing): boolean {
  for (let current: TSESTree.Node | null | undefined = place; current && current !== unit; current = current.parent) {
    if (current.type === "Decorator" || current.type === "TSEnumDeclaration" || current.type === "TSModuleBlock")
      return true;
  }
  return false;
}

/**
 * What stands before a call that is awaited. The compiler knows of a call of a function that never returns that nothing follows it; of an
 * await it does not, so that returns.
 */
export function awaitBefore(call: TSESTree.Node, fn: FunctionNode): "await " | "return await " {
  const isStatement = wrapped(call).parent?.type === "ExpressionStatement";
  const isNever = resultAnnotations(fn).some(({ type }) => type === "TSNeverKeyword");
  return isStatement && isNever && isFunction(enclosingOf(call)) ? "return await " : "await ";
}

const CALLED_BY_LANGUAGE = /^(?:toString|toLocaleString|valueOf|toJSON|then)$/;

/** Whether the language itself calls a method, for a result at once. */
export function isCalledByLanguage(fn: FunctionNode): boolean {
  const member = memberOf(fn);
  return member !== null && CALLED_BY_LANGUAGE.test(keyName(member) ?? "");
}

/** Whether a function is of a kind that cannot be async: a constructor, an accessor, a generator, one that narrows a type. */
export function isSynchronousByNature(fn: FunctionNode): boolean {
  const member = memberOf(fn);
  const isAccessor =
    (member?.type === "MethodDefinition" && member.kind !== "method") ||
    (member?.type === "Property" && member.kind !== "init");
  return isAccessor || fn.generator || fn.returnType?.typeAnnotation.type === "TSTypePredicate";
}

const NEVER_AWAITED: ReadonlySet<string> = new Set([
  "TSBigIntKeyword",
  "TSBooleanKeyword",
  "TSNumberKeyword",
  "TSStringKeyword",
  "TSVoidKeyword",
]);

/** Whether what a call of a function gives may be awaited already. */
export function givesAwaitable(context: Context, call: TSESTree.CallExpression, fn: FunctionNode): boolean {
  // Where the types are sure, nothing of the file need be looked into. A member may be another function's as well, which gives something else.
  const saysItself = call.callee.type === "Identifier" && NEVER_AWAITED.has(fn.returnType?.typeAnnotation.type ?? "");
  if (saysItself || isDroppedWhenDone(context, call, fn)) return false;
  return context.types?.isPrimitive(call) !== true && isAwaitable(natureOf(context, call));
}

/** Whether nobody takes what a function gives, and that is a task which was complete from the start: `return Task.CompletedTask`. */
function isDroppedWhenDone(context: Context, call: TSESTree.CallExpression, fn: FunctionNode): boolean {
  if (call.callee.type !== "Identifier" || wrapped(call).parent?.type !== "ExpressionStatement") return false;
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  const returns = findAll(fn.body, context.source.visitorKeys, isReturn, { intoFunctions: false });
  return (
    returns.length > 0 &&
    returns.every(
      ({ argument }) =>
        argument !== null && (isCompletedTask(unwrap(argument)) || resultGiven(context, unwrap(argument)) !== null),
    )
  );
}
