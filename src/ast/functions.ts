import { keyName, unwrap } from "./names.ts";
import type { FunctionNode, TSESTree } from "./source.ts";

/** Whether a node is a function of any of the three kinds. */
export function isFunction(node: TSESTree.Node | null | undefined): node is FunctionNode {
  return (
    node?.type === "FunctionDeclaration" ||
    node?.type === "FunctionExpression" ||
    node?.type === "ArrowFunctionExpression"
  );
}

/** What surrounds code at run time: a function, a class's static block or field initialiser, or the file. */
export type Enclosing =
  FunctionNode | TSESTree.StaticBlock | TSESTree.PropertyDefinition | TSESTree.AccessorProperty | TSESTree.Program;

/** The code unit in which a node is executed. A parameter's default value belongs to its function. */
export function enclosingOf(node: TSESTree.Node): Enclosing {
  for (let child = node, current = node.parent; current; child = current, current = current.parent) {
    if (current.type === "Program" || current.type === "StaticBlock") return current;
    if (isFunction(current)) {
      // A computed key or a decorator of a method is not inside the method; those hang on the MethodDefinition, not here.
      return current;
    }
    if ((current.type === "PropertyDefinition" || current.type === "AccessorProperty") && current.value === child)
      return current;
  }
  return node as TSESTree.Program;
}

/** The function in which a node is executed, or `null` at the top level and in class initialisers. */
export function enclosingFunction(node: TSESTree.Node): FunctionNode | null {
  const enclosing = enclosingOf(node);
  return isFunction(enclosing) ? enclosing : null;
}

/** The class member or object property whose value a function is, if it is one. */
export function memberOf(
  fn: FunctionNode,
): TSESTree.MethodDefinition | TSESTree.Property | TSESTree.PropertyDefinition | null {
  const { parent } = fn;
  if (parent.type === "MethodDefinition") return parent;
  if ((parent.type === "Property" || parent.type === "PropertyDefinition") && parent.value === fn) return parent;
  return null;
}

/** The class around a member function, if there is one. */
export function classOf(node: TSESTree.Node): TSESTree.ClassDeclaration | TSESTree.ClassExpression | null {
  for (let current: TSESTree.Node | undefined | null = node.parent; current; current = current.parent) {
    if (current.type === "ClassDeclaration" || current.type === "ClassExpression") return current;
    if (
      isFunction(current) &&
      current.type !== "ArrowFunctionExpression" &&
      current !== node &&
      memberOf(current) === null
    )
      return null;
  }
  return null;
}

/** The name a function goes by: its own, that of the member it is, or that of the variable it initialises. */
export function functionName(fn: FunctionNode): string | null {
  if (fn.type !== "ArrowFunctionExpression" && fn.id) return fn.id.name;
  const member = memberOf(fn);
  if (member !== null) return keyName(member);
  const outer = fn.parent;
  if (
    outer.type === "VariableDeclarator" &&
    outer.id.type === "Identifier" &&
    outer.init !== null &&
    unwrap(outer.init) === fn
  )
    return outer.id.name;
  return null;
}

/** The file that a node belongs to; `null` for a node that has no parents yet. */
export function programOf(node: TSESTree.Node): TSESTree.Program | null {
  let root = node;
  while (root.parent) root = root.parent;
  return root.type === "Program" ? root : null;
}

/** Whether a function may be called without a parameter. */
export function isOptionalParameter(parameter: TSESTree.Parameter): boolean {
  const target = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
  if (target.type === "RestElement" || target.type === "AssignmentPattern") return true;
  return "optional" in target && target.optional;
}
