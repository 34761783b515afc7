import { isSameReference, onlyValueOf, variableOf, writesOf } from "../../ast/scopes.ts";
import { calleeOf, dottedName, memberName, typeReferenceName, unwrap, wrapped } from "../../ast/names.ts";
import { enclosingFunction } from "../../ast/functions.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import { ARRAY_MAKERS } from "../../dialects/callback-apis.ts";
import { declaredType } from "../annotations.ts";
import type { Context } from "../context.ts";

/** What an expression is known to be, where code goes through it. */
export type ListKind = "array" | "object";

/** Methods of arrays that give an array, and that no text and no other collection has. */
const GIVES_ARRAY = new Set(["filter", "flatMap", "map", "split"]);
/** Methods that only arrays have; with the ones that change them. */
const CHANGES = new Set(["pop", "push", "shift", "sort", "splice", "unshift", "reverse", "fill", "copyWithin"]);
const ARRAY_ONLY = new Set([...CHANGES, ...GIVES_ARRAY, "every", "join", "reduce", "reduceRight", "some"]);

/** Whether an expression is an array, or an object whose members are gone through; `null` where the file does not show it. */
export function listKindOf(context: Context, expression: TSESTree.Node, depth = 0): ListKind | null {
  const node = unwrap(expression);
  if (depth > 4) return null;
  switch (node.type) {
    case "ArrayExpression":
      return "array";
    case "ObjectExpression":
      return node.properties.some((each) => each.type === "SpreadElement" || each.kind !== "init") ? null : "object";
    case "NewExpression":
      return dottedName(node.callee) === "Array" && isGlobal(context, node.callee) ? "array" : null;
    case "CallExpression": {
      const path = dottedName(node.callee);
      if (path !== null && ARRAY_MAKERS.has(path)) return isGlobal(context, node.callee) ? "array" : null;
      const callee = calleeOf(node);
      return callee?.receiver != null && callee.name !== "split" && GIVES_ARRAY.has(callee.name)
        ? listKindOf(context, callee.receiver, depth + 1) === "array" || isOwnMethod(callee.name)
          ? "array"
          : null
        : callee?.receiver != null && callee.name === "split"
          ? "array"
          : null;
    }
    default:
      return kindOfName(context, node, depth);
  }
}

/** Whether a method of some name gives an array whatever has it. */
function isOwnMethod(name: string): boolean {
  return name === "map" || name === "filter";
}

function kindOfName(context: Context, node: TSESTree.Node, depth: number): ListKind | null {
  const type = declaredType(context, node);
  const typeName = typeReferenceName(type);
  if (type?.type === "TSArrayType" || type?.type === "TSTupleType" || /^(?:Readonly)?Array$/.test(typeName ?? ""))
    return "array";
  if (type !== undefined) return null;
  const variable = variableOf(context.source, node);
  if (variable !== null) {
    const [definition] = variable.defs;
    const only = onlyValueOf(variable);
    const found = only === null ? null : listKindOf(context, only, depth + 1);
    if (found !== null) return found;
    const parent = (definition?.name as TSESTree.Node | undefined)?.parent;
    if (parent?.type === "RestElement" && parent.parent.type !== "ObjectPattern") return "array";
    const values = writesOf(variable).map(({ writeExpr }) => writeExpr);
    const isArray =
      values.length > 1 && values.every((each) => each != null && listKindOf(context, each, depth + 1) === "array");
    if (isArray && String(definition?.type) === "Variable") return "array";
  }
  if (node.type !== "Identifier" && node.type !== "MemberExpression") return null;
  return usesOf(context, node).some(({ name }) => ARRAY_ONLY.has(name) || name === "length") ? "array" : null;
}

/** Whether something may add to a list, or take from it, while code goes through it that awaits. */
export function mayChangeMeanwhile(context: Context, list: TSESTree.Node, call: TSESTree.CallExpression): boolean {
  const node = unwrap(list);
  if (node.type !== "Identifier" && node.type !== "MemberExpression") return false;
  const own = enclosingFunction(call);
  return usesOf(context, node).some(
    ({ member, name }) => CHANGES.has(name) && (enclosingFunction(member) !== own || member.range[0] > call.range[0]),
  );
}

/** The members that are read of what an expression denotes, wherever the file does so. */
function usesOf(
  { source }: Context,
  node: TSESTree.Node,
): { readonly member: TSESTree.MemberExpression; readonly name: string }[] {
  return nodesOf(source)
    .of("MemberExpression")
    .flatMap((member) => {
      const name = memberName(member);
      if (name === null || !isSameReference(source, member.object, node)) return [];
      const outer = wrapped(member);
      const isCalled = outer.parent?.type === "CallExpression" && outer.parent.callee === outer;
      return isCalled || name === "length" ? [{ member, name }] : [];
    });
}

function isGlobal({ source }: Context, callee: TSESTree.Node): boolean {
  const node = unwrap(callee);
  return variableOf(source, node.type === "MemberExpression" ? unwrap(node.object) : node) === null;
}
