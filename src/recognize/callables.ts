import { classOf, isFunction } from "../ast/functions.ts";
import { calleeOf, dottedName, isNothing, keyName, lastSegment, refersTo, unwrap, type Callee } from "../ast/names.ts";
import { onlyValueOf, variableOf, writesOf, type Variable } from "../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../ast/source.ts";
import { CALLBACK_TYPE, END_NAME } from "../dialects/apm.ts";
import type { Context } from "./context.ts";

/** Where a resolved function is bound: the variable or class member through which others may reach it; `null` when inline. */
export type Binding = Variable | TSESTree.MethodDefinition | TSESTree.PropertyDefinition | TSESTree.Property | null;

/** What an expression in a callback position denotes. */
export type Callable =
  | { readonly kind: "none"; readonly node: TSESTree.Node }
  | {
      readonly kind: "function";
      readonly node: TSESTree.Node;
      readonly fn: FunctionNode;
      readonly binding: Binding;
      /** `new AsyncCallback(f)`: the expression around the function, as written; it stands as a witness. */
      readonly delegate: TSESTree.Node | null;
      /** The argument of `.bind(…)`, or the object whose method is called; `null` where the function has no use for it. */
      readonly boundThis: TSESTree.Node | null;
      /** The call in a function written in place that does nothing but hand its handle on; see `resolveCallback`. */
      readonly forwarding: TSESTree.CallExpression | null;
    }
  /** An End passed as the callback itself: `begin(x.EndFoo)`. */
  | { readonly kind: "end"; readonly node: TSESTree.Node; readonly callee: Callee }
  | { readonly kind: "unknown"; readonly node: TSESTree.Node; readonly delegate: TSESTree.Node | null };

/**
 * Resolves an expression to the one function it denotes: inline functions, declarations, const-bound functions, `this.method` and
 * `Class.method`, methods of a const-bound object, all of them through casts, `new AsyncCallback(f)`, an alias of that, and `.bind(x)`.
 */
export function resolveCallable(context: Context, expression: TSESTree.Node): Callable {
  return resolve(context, expression, expression, null, null, 0);
}

function resolve(
  context: Context,
  written: TSESTree.Node,
  expression: TSESTree.Node,
  delegate: TSESTree.Node | null,
  boundThis: TSESTree.Node | null,
  depth: number,
): Callable {
  const node = unwrap(expression);
  const found = (fn: FunctionNode, binding: Binding): Callable => ({
    kind: "function",
    node: written,
    fn,
    binding,
    delegate,
    boundThis,
    forwarding: null,
  });
  const unknown: Callable = { kind: "unknown", node: written, delegate };
  if (depth > 8) return unknown;
  if (isNothing(node)) return { kind: "none", node: written };
  if (isFunction(node)) return found(node, null);
  if (node.type === "NewExpression" || node.type === "CallExpression") {
    const wrappedFunction = delegateArgument(context, node);
    if (wrappedFunction !== null) return resolve(context, written, wrappedFunction, node, boundThis, depth + 1);
    const callee = calleeOf(node);
    if (
      node.type === "CallExpression" &&
      callee?.name === "bind" &&
      callee.receiver !== null &&
      node.arguments.length === 1
    ) {
      return resolve(context, written, callee.receiver, delegate, node.arguments[0]!, depth + 1);
    }
    return unknown;
  }
  if (node.type === "Identifier") {
    const variable = variableOf(context.source, node);
    if (variable === null) return unknown;
    const fn = declaredFunction(variable);
    if (fn !== null) return found(fn, variable);
    const value = onlyValueOf(variable);
    if (value === null) return unknown;
    const inner = unwrap(value);
    return isFunction(inner)
      ? found(inner, variable)
      : resolve(context, written, value, delegate, boundThis, depth + 1);
  }
  const callee = refersTo(node);
  if (callee === null || callee.receiver === null) return unknown;
  const member = memberFunction(context, callee.receiver, callee.name);
  if (member !== null) return found(member.fn, member.binding);
  return END_NAME.test(callee.name) ? { kind: "end", node: written, callee } : unknown;
}

/** The function a variable stands for: one declaration that nothing overwrites. */
export function declaredFunction(variable: Variable): FunctionNode | null {
  const [definition] = variable.defs;
  // A parameter, too, is defined by the function: only the function's own name stands for it.
  if (
    variable.defs.length !== 1 ||
    String(definition?.type) !== "FunctionName" ||
    definition?.node.type !== "FunctionDeclaration"
  )
    return null;
  if (writesOf(variable).length > 0) return null;
  return definition.node.body ? definition.node : null;
}

/** The function argument of `new AsyncCallback(f)`, of an alias of that constructor, or of ClearScript's `host.del(T, f)` / `host.proc(n, f)`. */
function delegateArgument(
  context: Context,
  node: TSESTree.NewExpression | TSESTree.CallExpression,
): TSESTree.Node | null {
  const path = dottedName(node.callee);
  if (path === null) return null;
  if (/^host\.(?:del|proc)$/.test(path)) return node.arguments[1] ?? null;
  if (node.arguments.length !== 1) return null;
  if (lastSegment(path) === CALLBACK_TYPE) return node.arguments[0]!;
  // const AsyncCallback = CS.System.AsyncCallback as any; const Callback = AsyncCallback;
  const variable = variableOf(context.source, unwrap(node.callee));
  const value = variable === null ? null : onlyValueOf(variable);
  const alias = value === null ? null : dottedName(value);
  return alias !== null && lastSegment(alias) === CALLBACK_TYPE ? node.arguments[0]! : null;
}

interface MemberFunction {
  readonly fn: FunctionNode;
  readonly binding: TSESTree.MethodDefinition | TSESTree.PropertyDefinition | TSESTree.Property;
}

/** The method `name` of `this`, of a class declared in the file, or of a const-bound object literal. */
export function memberFunction(context: Context, receiver: TSESTree.Node, name: string): MemberFunction | null {
  const object = unwrap(receiver);
  if (object.type === "ThisExpression") {
    const owner = classOf(object);
    return owner === null ? null : methodOf(owner, name, isStaticContext(object));
  }
  if (object.type !== "Identifier") return null;
  const variable = variableOf(context.source, object);
  const definition = variable?.defs[0]?.node;
  if (definition?.type === "ClassDeclaration") return methodOf(definition, name, true);
  const value = variable === null ? null : onlyValueOf(variable);
  const literal = value === null ? null : unwrap(value);
  if (literal?.type === "ClassExpression") return methodOf(literal, name, true);
  if (literal?.type === "NewExpression") {
    const constructed = variableOf(context.source, unwrap(literal.callee))?.defs[0]?.node;
    return constructed?.type === "ClassDeclaration" ? methodOf(constructed, name, false) : null;
  }
  if (literal?.type !== "ObjectExpression") return null;
  const properties = literal.properties.filter(
    (property): property is TSESTree.Property => property.type === "Property" && keyName(property) === name,
  );
  const [property] = properties;
  if (properties.length !== 1 || property === undefined || property.kind !== "init") return null;
  const fn = unwrap(property.value);
  return isFunction(fn) ? { fn, binding: property } : null;
}

/** The one method or function-valued field of a class with this name. */
export function methodOf(
  owner: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
  name: string,
  isStatic: boolean,
): MemberFunction | null {
  const members = owner.body.body.filter(
    (member): member is TSESTree.MethodDefinition | TSESTree.PropertyDefinition =>
      (member.type === "MethodDefinition" || member.type === "PropertyDefinition") &&
      member.static === isStatic &&
      keyName(member) === name &&
      member.value !== null &&
      // Overload signatures have no body and no say in which function runs.
      String(member.value.type) !== "TSEmptyBodyFunctionExpression",
  );
  const [member] = members;
  if (members.length !== 1 || member === undefined || (member.type === "MethodDefinition" && member.kind !== "method"))
    return null;
  const fn = unwrap(member.value!);
  return isFunction(fn) ? { fn, binding: member } : null;
}

/** Whether `this` at a node is the class itself. */
export function isStaticContext(node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | null | undefined = node.parent; current; current = current.parent) {
    if (current.type === "StaticBlock") return true;
    if (
      current.type === "MethodDefinition" ||
      current.type === "PropertyDefinition" ||
      current.type === "AccessorProperty"
    )
      return current.static;
  }
  return false;
}
