import type { Reference, Scope, Variable } from "@typescript-eslint/scope-manager";
import type { FunctionNode, Source, TSESTree } from "./source.ts";
import { unwrap } from "./names.ts";

export type { Reference, Scope, Variable };

/** The innermost scope that contains a node. */
export function scopeOf(source: Source, node: TSESTree.Node): Scope {
  for (let current: TSESTree.Node | undefined | null = node; current; current = current.parent) {
    const scope = source.scopeManager.acquire(current, true);
    // The name of a function expression has a scope of its own; names are looked up from the one inside it.
    if (scope !== null) return scope.type === "function-expression-name" ? scope.childScopes[0]! : scope;
  }
  return source.scopeManager.scopes[0]!;
}

const variables = new WeakMap<TSESTree.Node, Variable | null>();

/**
 * Where an identifier is looked up. The name of a declared function or class means what it means around that, whatever has the same name
 * inside.
 */
function lookupScope(source: Source, node: TSESTree.Identifier): Scope {
  const { parent } = node;
  const isDeclared =
    (parent?.type === "FunctionDeclaration" ||
      parent?.type === "TSDeclareFunction" ||
      parent?.type === "ClassDeclaration" ||
      parent?.type === "TSModuleDeclaration") &&
    parent.id === node;
  return scopeOf(source, isDeclared ? parent.parent : node);
}

/** The variable an identifier refers to or declares; `null` for a global or anything that is not an identifier. */
export function variableOf(source: Source, node: TSESTree.Node): Variable | null {
  if (node.type !== "Identifier") return null;
  const known = variables.get(node);
  if (known !== undefined) return known;
  let found: Variable | null = null;
  for (let scope: Scope | null = lookupScope(source, node); scope !== null && found === null; scope = scope.upper) {
    found = scope.set.get(node.name) ?? null;
  }
  // A name with no definition here (a library global) says nothing about the file.
  if (found !== null && found.defs.length === 0 && found.name !== "arguments") found = null;
  variables.set(node, found);
  return found;
}

interface Uses {
  readonly reads: readonly Reference[];
  readonly writes: readonly Reference[];
}

// A name such as `assert` is used a thousand times in a file, and asked about at each of them.
const uses = new WeakMap<Variable, Uses>();

function usesOf(variable: Variable): Uses {
  let known = uses.get(variable);
  if (known === undefined) {
    const { references } = variable;
    known = {
      reads: references.filter((reference) => reference.isRead()),
      writes: references.filter((reference) => reference.isWrite()),
    };
    uses.set(variable, known);
  }
  return known;
}

/** The places that read a variable. */
export function readsOf(variable: Variable): readonly Reference[] {
  return usesOf(variable).reads;
}

/** The places that give a variable a value, its initialiser included. */
export function writesOf(variable: Variable): readonly Reference[] {
  return usesOf(variable).writes;
}

/**
 * The one expression a variable ever holds: a `const`, or a variable that is written in one place only.
 * `null` where there are several, none, or the value comes from outside (a parameter, a destructuring, a loop head).
 */
export function onlyValueOf(variable: Variable): TSESTree.Expression | null {
  const [definition] = variable.defs;
  if (variable.defs.length !== 1 || definition === undefined || String(definition.type) !== "Variable") return null;
  const writes = writesOf(variable);
  const [write] = writes;
  if (writes.length !== 1 || write === undefined || write.writeExpr == null) return null;
  const target = write.identifier.parent;
  if (target.type === "VariableDeclarator") {
    return target.id === write.identifier && target.init === write.writeExpr ? target.init : null;
  }
  return target.type === "AssignmentExpression" && target.operator === "=" && target.left === write.identifier
    ? target.right
    : null;
}

/** Whether two expressions surely denote the same thing: one variable, `this`, or a chain of plain members over such. */
export function isSameReference(source: Source, left: TSESTree.Node, right: TSESTree.Node): boolean {
  const a = unwrap(left);
  const b = unwrap(right);
  if (a.type === "ThisExpression" || a.type === "Super") return b.type === a.type;
  if (a.type === "Identifier") {
    return b.type === "Identifier" && a.name === b.name && variableOf(source, a) === variableOf(source, b);
  }
  if (a.type !== "MemberExpression" || b.type !== "MemberExpression" || a.computed !== b.computed) return false;
  if (!isSameReference(source, a.object, b.object)) return false;
  if (!a.computed)
    return (
      b.property.type === a.property.type &&
      (a.property as TSESTree.Identifier).name === (b.property as TSESTree.Identifier).name
    );
  return a.property.type === "Literal" && b.property.type === "Literal" && a.property.value === b.property.value;
}

/** The parameter of a function at an index, when it is a plain identifier (a default value or a decorator is no hindrance). */
export function parameterVariable(source: Source, fn: FunctionNode, index: number): Variable | null {
  let parameter: TSESTree.Node | undefined = fn.params[index];
  if (parameter?.type === "TSParameterProperty") parameter = parameter.parameter;
  if (parameter?.type === "AssignmentPattern") parameter = parameter.left;
  if (parameter?.type !== "Identifier") return null;
  return (
    source.scopeManager.getDeclaredVariables(fn).find((variable) => variable.identifiers.includes(parameter)) ?? null
  );
}
