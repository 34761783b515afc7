import { isFunction } from "../../ast/functions.ts";
import { calleeOf, dottedName, keyName, lastSegment, unwrap, type Callee } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { typeNameOf } from "../annotations.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { assignmentsOf, fieldOf } from "../fields.ts";
import { classNamed } from "../classes.ts";
import { membersNamed, membersOfType, type Member } from "../members-of-types.ts";

/**
 * The function of the file that a call runs, for what it gives: also a method of an object whose declared type is a class of the file, a
 * function that is put into a member, and an export of CommonJS. An object of a subclass may have another one.
 */
export function calledFunction(context: Context, call: TSESTree.CallExpression): FunctionNode | null {
  const callable = resolveCallable(context, call.callee);
  if (callable.kind === "function") return callable.fn;
  const callee = calleeOf(call);
  if (callee === null || callee.receiver === null) return null;
  return (
    methodOfType(context, callee.receiver, callee.name) ??
    heldByMember(context, call.callee) ??
    exportedFunction(context, callee)
  );
}

/** The one method with a body that the class has by whose name the type of an object goes, or the next one above it. */
function methodOfType(context: Context, receiver: TSESTree.Expression, name: string): FunctionNode | null {
  let typeName = typeNameOf(context, receiver);
  for (let depth = 0; typeName !== null && depth < LONGEST_CHAIN; depth++) {
    const all = membersNamed(membersOfType(context, lastSegment(typeName)), name);
    if (all.length > 0) return onlyMethod(all);
    const base = classNamed(context, lastSegment(typeName))?.superClass;
    typeName = base == null ? null : dottedName(base);
  }
  return null;
}

/** How many classes are looked at, one above the other. */
const LONGEST_CHAIN = 32;

function onlyMethod([member, ...others]: readonly Member[]): FunctionNode | null {
  const isMethod =
    (member?.type === "MethodDefinition" && member.kind === "method") || member?.type === "PropertyDefinition";
  if (!isMethod || others.length > 0 || member.static || member.value === null) return null;
  return isFunction(member.value) ? member.value : null;
}

/** The function that an object's member is given as its one value: `const handlers = { flush }`. */
function heldByMember(context: Context, callee: TSESTree.Node): FunctionNode | null {
  const member = unwrap(callee);
  const values = member.type === "MemberExpression" ? (fieldOf(context, member)?.values ?? []) : [];
  const callable = values.length === 1 ? resolveCallable(context, values[0]!) : null;
  return callable?.kind === "function" ? callable.fn : null;
}

/** `save` in `exports.save = async () => {}` and `module.exports = { save }`, where nothing else is exported by that name. */
function exportedFunction(context: Context, { receiver, name }: Callee): FunctionNode | null {
  if (!isExports(context, receiver!)) return null;
  const values = assignmentsOf(context, name)
    .filter(({ left }) => left.type === "MemberExpression" && isExports(context, left.object))
    .map(({ right }) => right);
  for (const { left, right } of assignmentsOf(context, "exports")) {
    if (dottedName(left) !== "module.exports" || right.type !== "ObjectExpression") continue;
    for (const property of right.properties)
      if (property.type === "Property" && keyName(property) === name)
        values.push(property.value as TSESTree.Expression);
  }
  const callable = values.length === 1 ? resolveCallable(context, values[0]!) : null;
  return callable?.kind === "function" ? callable.fn : null;
}

/** Whether an expression is what a module of CommonJS exports. */
function isExports(context: Context, expression: TSESTree.Node): boolean {
  const path = dottedName(expression);
  if (path !== "exports" && path !== "module.exports") return false;
  let root = unwrap(expression);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  return variableOf(context.source, root) === null;
}
