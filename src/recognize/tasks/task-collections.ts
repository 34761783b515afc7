import { isFunction } from "../../ast/functions.ts";
import { calleeOf, lastSegment, memberName, typeReferenceName, unwrap } from "../../ast/names.ts";
import { onlyValueOf, parameterVariable, readsOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { declaredType } from "../annotations.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";

const ARRAY_TYPES: ReadonlySet<string> = new Set([
  "Array",
  "ReadonlyArray",
  "Iterable",
  "Set",
  "ReadonlySet",
  "Array$1",
  "List",
  "List$1",
]);
const EACH_MEMBERS: ReadonlySet<string> = new Set(["map", "forEach", "filter", "flatMap", "some", "every", "find"]);

/**
 * The collection whose elements an expression stands for: `tasks` for `tasks[i]`, for `task` in `for (const task of tasks)` and for the
 * first parameter of a function given to `tasks.map(…)`. `null` for anything else.
 */
export function collectionOf(context: Context, expression: TSESTree.Node): TSESTree.Node | null {
  const node = unwrap(expression);
  if (node.type === "MemberExpression") return node.computed && memberName(node) === null ? node.object : null;
  if (node.type !== "Identifier") return null;
  const [definition, ...others] = variableOf(context.source, node)?.defs ?? [];
  if (definition === undefined || others.length > 0) return null;
  if (definition.node.type === "VariableDeclarator") {
    const loop = definition.node.parent.parent;
    const isHead =
      loop?.type === "ForOfStatement" &&
      loop.left === definition.node.parent &&
      definition.node.id.type === "Identifier";
    return isHead ? loop.right : null;
  }
  if (
    !isFunction(definition.node) ||
    parameterVariable(context.source, definition.node, 0) !== variableOf(context.source, node)
  )
    return null;
  const call = definition.node.parent;
  if (call?.type !== "CallExpression" || call.arguments[0] !== definition.node) return null;
  const callee = calleeOf(call);
  return callee !== null && callee.receiver !== null && EACH_MEMBERS.has(callee.name) ? callee.receiver : null;
}

/** What is known of a collection's elements. */
export interface ElementSources {
  readonly elementType: TSESTree.TypeNode | undefined;
  /** Expressions of which every element is one, or `null` where the file does not show all of them. */
  readonly elements: readonly TSESTree.Expression[] | null;
}

/** Where the elements of a collection come from: its declared type, an array literal and what is pushed, the function given to `map`. */
export function elementSources(context: Context, collection: TSESTree.Node): ElementSources {
  const type = declaredType(context, collection);
  const typeName = typeReferenceName(type);
  if (type?.type === "TSArrayType") return { elementType: type.elementType, elements: null };
  if (type?.type === "TSTypeReference" && typeName !== null && ARRAY_TYPES.has(lastSegment(typeName)))
    return { elementType: type.typeArguments?.params[0], elements: null };
  return { elementType: undefined, elements: elementsOf(context, collection) };
}

function elementsOf(context: Context, collection: TSESTree.Node): readonly TSESTree.Expression[] | null {
  const node = unwrap(collection);
  if (node.type === "Identifier") {
    const variable = variableOf(context.source, node);
    const value = variable === null ? null : onlyValueOf(variable);
    const known = value === null ? null : elementsOf(context, value);
    return known === null ? null : [...known, ...pushedInto(variable!)];
  }
  if (node.type === "ArrayExpression") {
    const elements = node.elements.filter(
      (element): element is TSESTree.Expression => element !== null && element.type !== "SpreadElement",
    );
    return elements.length === node.elements.length ? elements : null;
  }
  return node.type === "CallExpression" ? mapped(context, node) : null;
}

/** What `xs.map(x => …)` fills its array with, where the function is a single expression. */
function mapped(context: Context, call: TSESTree.CallExpression): readonly TSESTree.Expression[] | null {
  const [argument] = call.arguments;
  if (calleeOf(call)?.name !== "map" || argument === undefined) return null;
  const callable = resolveCallable(context, argument);
  return callable.kind === "function" && !callable.fn.async && callable.fn.body.type !== "BlockStatement"
    ? [callable.fn.body]
    : null;
}

/** What is pushed into an array by `tasks.push(…)`. */
export function pushedInto(variable: Variable): TSESTree.Expression[] {
  return readsOf(variable).flatMap((reference) => {
    const member = reference.identifier.parent;
    const call = member.parent;
    if (
      member.type !== "MemberExpression" ||
      member.object !== reference.identifier ||
      call?.type !== "CallExpression" ||
      call.callee !== member
    )
      return [];
    const name = memberName(member);
    return name === "push" || name === "Add"
      ? call.arguments.filter((argument): argument is TSESTree.Expression => argument.type !== "SpreadElement")
      : [];
  });
}
