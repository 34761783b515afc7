import { tryAround } from "../../ast/flow.ts";
import { calleeOf, keyName, unwrap } from "../../ast/names.ts";
import { isFunction } from "../../ast/functions.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { resolveCallable } from "../../recognize/callables.ts";
import { type ClassNode, classesOf } from "../../recognize/classes.ts";
import type { Context } from "../../recognize/context.ts";
import type { Reach } from "./reach.ts";

/** What comes out of code as an error, as far as the file shows it: what is out of sight is taken to return. */

type Thrower = TSESTree.ThrowStatement | TSESTree.CallExpression | TSESTree.NewExpression;

/** Whether a function, or one of its file that it calls, throws an error that it lets out. */
export function mayThrow(reach: Reach, fn: FunctionNode, asked = new Set<TSESTree.Node>()): boolean {
  return throwsIn(reach, fn.body, asked, false);
}

/** Whether an error may come out of a piece of a function's code, also by a method of that name where the object is unknown. */
export function mayThrowIn(reach: Reach, code: TSESTree.Node): boolean {
  return throwsIn(reach, code, new Set(), true);
}

function throwsIn(reach: Reach, code: TSESTree.Node, asked: Set<TSESTree.Node>, isByName: boolean): boolean {
  if (asked.has(code)) return false;
  asked.add(code);
  const context = reach.contextOf(code);
  return findAll(code, context.source.visitorKeys, isThrower, { intoFunctions: false }).some((node) => {
    if (tryAround(node) !== null) return false;
    if (node.type === "ThrowStatement") return true;
    return calledBy(context, node, isByName).some(
      (part) => !(isFunction(part) && (part.async || part.generator)) && throwsIn(reach, codeOf(part), asked, isByName),
    );
  });
}

function isThrower(node: TSESTree.Node): node is Thrower {
  return node.type === "ThrowStatement" || node.type === "CallExpression" || node.type === "NewExpression";
}

/** The functions and initial values of the file that run when something is called or made; by name those of every class where the object is unknown. */
function calledBy(
  context: Context,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  isByName: boolean,
): TSESTree.Node[] {
  if (node.type === "NewExpression") return madeBy(context, node.callee);
  const callee = unwrap(node.callee);
  if (callee.type === "Super") return madeBy(context, classAround(node)?.superClass);
  const called = resolveCallable(context, callee);
  if (called.kind === "function") return [called.fn];
  const name = calleeOf(node);
  if (!isByName || name?.receiver == null) return [];
  return classesOf(context).flatMap(({ body }) =>
    body.body.flatMap((member) =>
      (member.type === "MethodDefinition" || member.type === "PropertyDefinition") &&
      keyName(member) === name.name &&
      isFunction(member.value)
        ? [member.value]
        : [],
    ),
  );
}

/** What runs when an object of a class of the file is made: its constructor, its fields, and those of the class above. */
function madeBy(context: Context, expression: TSESTree.Node | null | undefined): TSESTree.Node[] {
  const made = expression == null ? undefined : variableOf(context.source, unwrap(expression))?.defs[0]?.node;
  if (made?.type !== "ClassDeclaration") return [];
  const parts = made.body.body.flatMap((member): TSESTree.Node[] => {
    if (member.type === "PropertyDefinition") return member.static || member.value === null ? [] : [member.value];
    return member.type === "MethodDefinition" && member.kind === "constructor" && isFunction(member.value)
      ? [member.value]
      : [];
  });
  const isCalled = parts.some((part) => isFunction(part) && part.parent.type === "MethodDefinition");
  return isCalled ? parts : [...parts, ...madeBy(context, made.superClass)];
}

function classAround(node: TSESTree.Node): ClassNode | null {
  for (let current: TSESTree.Node | undefined | null = node; current; current = current.parent)
    if (current.type === "ClassDeclaration" || current.type === "ClassExpression") return current;
  return null;
}

function codeOf(part: TSESTree.Node): TSESTree.Node {
  return isFunction(part) ? part.body : part;
}
