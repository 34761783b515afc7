import { enclosingFunction } from "../../ast/functions.ts";
import { alwaysLeaves } from "../../ast/flow.ts";
import { globalPathOf } from "../../ast/globals.ts";
import { memberName, unwrap, wrapped } from "../../ast/names.ts";
import { onlyValueOf, readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";

/** How code takes what a call gives for a promise. */
export type PromiseUse =
  | { readonly kind: "awaited" }
  /** Its `then`, or another method of its, is called. */
  | { readonly kind: "chained"; readonly method: string }
  /** It is what an async function gives. */
  | { readonly kind: "returned" };

const PROMISE_METHODS = new Set(["then", "catch", "finally"]);
const COMBINATORS = new Set(["Promise.all", "Promise.allSettled", "Promise.any", "Promise.race"]);

/** How the value of a call, or of the constant that it is given to, is taken for a promise; `null` where it is not. `further` is one more method that does so. */
export function promiseUseOf(source: Source, call: TSESTree.CallExpression, further: string | null): PromiseUse | null {
  const value = wrapped(call);
  const use = useOf(source, value, further);
  if (use !== null) return use;
  const { parent } = value;
  const variable = parent?.type === "VariableDeclarator" ? variableOf(source, parent.id) : null;
  if (variable === null || onlyValueOf(variable) !== value) return null;
  for (const { identifier } of readsOf(variable)) {
    const later = useOf(source, wrapped(identifier), further);
    if (later !== null) return later;
  }
  return null;
}

function useOf(source: Source, value: TSESTree.Node, further: string | null): PromiseUse | null {
  const { parent } = value;
  switch (parent?.type) {
    case "AwaitExpression":
      return { kind: "awaited" };
    case "MemberExpression": {
      const method = parent.object === value ? memberName(parent) : null;
      const member = wrapped(parent);
      const isCalled = member.parent?.type === "CallExpression" && member.parent.callee === member;
      return method !== null && isCalled && (PROMISE_METHODS.has(method) || method === further)
        ? { kind: "chained", method }
        : null;
    }
    case "ArrayExpression": {
      const list = wrapped(parent);
      const isCombined =
        list.parent?.type === "CallExpression" &&
        list.parent.arguments[0] === list &&
        COMBINATORS.has(globalPathOf(source, list.parent.callee) ?? "");
      return isCombined ? { kind: "awaited" } : null;
    }
    case "ReturnStatement":
    case "ArrowFunctionExpression": {
      const fn = parent.type === "ReturnStatement" ? enclosingFunction(parent) : parent;
      return fn !== null && fn.body !== null && givesValue(source, fn) ? { kind: "returned" } : null;
    }
    default:
      return null;
  }
}

/**
 * Whether an async function gives a value on all its ways, to somebody who is known by name: a `return` of one that is called back by
 * others, or that gives nothing elsewhere, may only leave it.
 */
function givesValue(source: Source, fn: FunctionNode): boolean {
  if (!fn.async || fn.generator || isArgument(fn)) return false;
  if (fn.body.type !== "BlockStatement") return true;
  const last = fn.body.body.at(-1);
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  const returns = findAll(fn.body, source.visitorKeys, isReturn, { intoFunctions: false });
  return last !== undefined && alwaysLeaves(last) && returns.every(({ argument }) => argument !== null);
}

function isArgument(fn: FunctionNode): boolean {
  const value = wrapped(fn);
  const { parent } = value;
  return (
    (parent?.type === "CallExpression" || parent?.type === "NewExpression") && unwrap(parent.callee) !== unwrap(value)
  );
}
