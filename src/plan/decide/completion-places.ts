import { isLoop } from "../../ast/flow.ts";
import { isFunction } from "../../ast/functions.ts";
import type { TSESTree } from "../../ast/source.ts";
import { guardedCall, guardedStatement } from "./guarded-places.ts";
import { disposes, nextAfter } from "./places.ts";

/** Where a call stands that is the last thing its function does. */
export interface LastPlace {
  readonly place: TSESTree.Node;
  /** The statement right behind it that does nothing but leave. */
  readonly leaving: TSESTree.Statement | null;
}

/**
 * Finds whether nothing of its function runs behind a call, so that it may return or throw in its place.
 *
 * @param throws whether it comes to throw, which a `catch` around would take
 */
export function lastPlaceOf(call: TSESTree.CallExpression, throws: boolean): LastPlace | null {
  const top = guardedCall(call);
  let parent = top.parent!;
  if (parent.type === "ArrowFunctionExpression" && parent.body === top) return { place: top, leaving: null };
  // `return void callback(error);`
  if (parent.type === "UnaryExpression" && parent.operator === "void") ({ parent } = parent);
  if (parent.type !== "ExpressionStatement" && parent.type !== "ReturnStatement") return null;
  const guarded = guardedStatement(call, parent);
  parent = guarded.statement;
  let { isLeft } = guarded;
  // What leads out of a `switch` goes on behind that.
  let isBroken = false;
  let leaving: TSESTree.Statement | null = null;
  for (let current: TSESTree.Node = parent; current.parent && !isFunction(current.parent); current = current.parent) {
    const around: TSESTree.Node = current.parent;
    if (disposes(around)) return null;
    // What is done at last would come before the answer.
    if (around.type === "TryStatement" && (around.finalizer !== null || (throws && around.block === current)))
      return null;
    if (isLeft) continue;
    if (isLoop(around) || around.type === "LabeledStatement" || around.type === "WithStatement") return null;
    if (around.type === "SwitchStatement") isBroken = false;
    const next = isBroken ? null : nextAfter(current);
    if (next === null) continue;
    if (next.type === "ReturnStatement" && next.argument === null) isLeft = true;
    else if (next.type === "BreakStatement" && next.label === null) isBroken = true;
    else return null;
    if (current === parent && next.parent === around) leaving = next;
  }
  return { place: parent, leaving };
}
