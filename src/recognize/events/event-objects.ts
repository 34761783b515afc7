import { aliasedVariable, writesTo } from "../../ast/aliases.ts";
import { contains } from "../../ast/flow.ts";
import { isFunction, type Enclosing } from "../../ast/functions.ts";
import { dottedName, isNothing, keyName, memberName, unwrap } from "../../ast/names.ts";
import { onlyValueOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { isStaticContext } from "../callables.ts";
import { memoize, type Context } from "../context.ts";
import { assignmentsOf } from "../fields.ts";

const ids = new WeakMap<object, number>();
let lastId = 0;

function idOf(thing: object): number {
  let id = ids.get(thing);
  if (id === undefined) ids.set(thing, (id = ++lastId));
  return id;
}

/**
 * A key that two expressions share when they denote the same object: a variable (through constants that rename it), `this` of one
 * class, or plain members of such. It holds for as long as nobody assigns to a part of the path. `null` for what is computed.
 */
export const objectKey: (context: Context, expression: TSESTree.Node) => string | null = memoize(computeKey, null);

function computeKey(context: Context, expression: TSESTree.Node): string | null {
  const node = unwrap(expression);
  switch (node.type) {
    case "ThisExpression":
    case "Super":
      return thisKey(node);
    case "MemberExpression": {
      const object = objectKey(context, node.object);
      const name = memberName(node);
      return object === null || name === null ? null : `${object}.${name}`;
    }
    case "Identifier": {
      const variable = aliasedVariable(context.source, node);
      if (variable === null) return `global ${node.name}`;
      const value = onlyValueOf(variable);
      const inner = value === null ? null : unwrap(value);
      // const client = this.client; const self = this
      const isRenamed =
        inner !== null &&
        (inner.type === "ThisExpression" || (inner.type === "MemberExpression" && isSteady(context, inner)));
      return (isRenamed ? objectKey(context, inner) : null) ?? `variable ${idOf(variable)}`;
    }
    default:
      return null;
  }
}

/** Whether no part of a path is given a second value in the file. */
function isSteady(context: Context, path: TSESTree.MemberExpression): boolean {
  for (let node: TSESTree.Node = path; node.type === "MemberExpression"; node = unwrap(node.object)) {
    if (assignmentsOf(context, memberName(node) ?? "").length > 1) return false;
  }
  return true;
}

/** What `this` is: the class, the object literal or the prototype whose method a node stands in, else the function around it. */
function thisKey(node: TSESTree.Node): string {
  for (let child = node, current = node.parent; current; child = current, current = current.parent) {
    if (current.type === "ClassBody") return `this ${idOf(current)}${isStaticContext(node) ? " static" : ""}`;
    if (
      current.type === "Property" &&
      current.value === child &&
      isFunction(child) &&
      child.type !== "ArrowFunctionExpression"
    )
      return `this ${idOf(current.parent)}`;
    if (!isFunction(current) || current.type === "ArrowFunctionExpression" || isMember(current)) continue;
    const owner = prototypeOwner(current);
    return owner === null ? `this ${idOf(current)}` : `this ${owner}`;
  }
  return "this";
}

function isMember(fn: TSESTree.Node): boolean {
  return (
    fn.parent?.type === "MethodDefinition" ||
    fn.parent?.type === "PropertyDefinition" ||
    (fn.parent?.type === "Property" && fn.parent.value === fn)
  );
}

/** `Loader.prototype` for the function of `Loader.prototype.load = function () { … }`. */
function prototypeOwner(fn: TSESTree.Node): string | null {
  const { parent } = fn;
  if (parent?.type !== "AssignmentExpression" || parent.right !== fn || parent.left.type !== "MemberExpression")
    return null;
  const owner = dottedName(parent.left.object);
  return owner?.endsWith(".prototype") === true ? owner : null;
}

/**
 * Whether an object surely outlives a run of the function that uses it, and is the same one in the next run: a field that is set
 * once, a variable of the code around, `this` itself. What is created, replaced or passed in may be another one each time.
 */
export function outlives(context: Context, object: TSESTree.Node, unit: Enclosing): boolean {
  const node = unwrap(object);
  if (node.type === "ThisExpression") return true;
  if (node.type === "Identifier") return isVariableOutside(context, node, unit);
  if (node.type !== "MemberExpression" || !outlives(context, node.object, unit)) return false;
  const name = memberName(node);
  if (name === null) return false;
  const assignments = assignmentsOf(context, name).filter(({ right }) => !isNothing(right));
  if (assignments.length > 1 || assignments.some((assignment) => contains(unit, assignment))) return false;
  if (unwrap(node.object).type !== "ThisExpression") return true;
  const field = plainField(node, name);
  // A field of another class, or an accessor, may give another object each time.
  return field === null ? assignments.length === 1 : assignments.length === 0 || field === "unset";
}

function isVariableOutside(context: Context, identifier: TSESTree.Identifier, unit: Enclosing): boolean {
  const variable = aliasedVariable(context.source, identifier);
  const writes = writesTo(context.source, identifier);
  if (variable === null) return writes.length === 0;
  if (writes.length > 1 || writes.some((write) => contains(unit, write.identifier)))
    return isLocalNameFor(context, variable, unit);
  return !isDeclaredIn(variable, unit);
}

/** A local constant for a longer path: `const client = this.client`. */
function isLocalNameFor(context: Context, variable: Variable, unit: Enclosing): boolean {
  const value = writesOf(variable).length === 1 ? onlyValueOf(variable) : null;
  const inner = value === null ? null : unwrap(value);
  return (inner?.type === "MemberExpression" || inner?.type === "ThisExpression") && outlives(context, inner, unit);
}

function isDeclaredIn(variable: Variable, unit: Enclosing): boolean {
  return unit.type !== "Program" && contains(unit, variable.scope.block);
}

/** Whether a field of this name that the class around declares is given a value there; `null` where it declares none. */
function plainField(member: TSESTree.MemberExpression, name: string): "set" | "unset" | null {
  for (let current: TSESTree.Node | undefined = member.parent; current; current = current.parent) {
    if (current.type !== "ClassBody") continue;
    for (const element of current.body) {
      if (element.type === "PropertyDefinition" && keyName(element) === name)
        return element.value === null || isNothing(element.value) ? "unset" : "set";
      if (element.type !== "MethodDefinition" || element.kind !== "constructor") continue;
      if (
        element.value.params.some(
          (parameter) => parameter.type === "TSParameterProperty" && parameterName(parameter.parameter) === name,
        )
      )
        return "set";
    }
    return null;
  }
  return null;
}

function parameterName(parameter: TSESTree.Identifier | TSESTree.AssignmentPattern): string | null {
  const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  return target.type === "Identifier" ? target.name : null;
}
