import { isFunction } from "../../ast/functions.ts";
import { globalPathOf } from "../../ast/globals.ts";
import { isNothing, unwrap } from "../../ast/names.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { DEFERRING_CALLS } from "../../dialects/completion-parameters.ts";
import { isConstant } from "../purity.ts";

/** A completion parameter that something calls right behind the code that runs: what an async function returns comes then as well. */
export interface DeferredCall {
  readonly call: TSESTree.CallExpression;
  /** What it is called with. */
  readonly given: readonly TSESTree.CallExpressionArgument[];
}

/** `process.nextTick(callback, null, text)` and `process.nextTick(() => callback(null, text))`, by the name of the callback in it. */
export function deferredCallOf(source: Source, named: TSESTree.Node): DeferredCall | null {
  const { parent } = named;
  if (parent?.type !== "CallExpression") return null;
  if (parent.callee !== named) {
    const [first, ...given] = parent.arguments;
    return first === named && defers(source, parent) ? { call: parent, given } : null;
  }
  const fn = functionOf(parent);
  const outer = fn?.parent;
  if (outer?.type !== "CallExpression" || outer.arguments.length !== 1 || !defers(source, outer)) return null;
  // What is computed in the function is computed at once from now on.
  return parent.arguments.every((each) => isAlike(source, each)) ? { call: outer, given: parent.arguments } : null;
}

function defers(source: Source, { callee, optional }: TSESTree.CallExpression): boolean {
  return !optional && DEFERRING_CALLS.has(globalPathOf(source, callee) ?? "");
}

/** The function without parameters that does nothing but make a call. */
function functionOf(call: TSESTree.CallExpression): TSESTree.Node | null {
  const { parent } = call;
  const isStatement = parent.type === "ExpressionStatement" || parent.type === "ReturnStatement";
  const block = isStatement ? parent.parent : null;
  const fn = block?.type === "BlockStatement" && block.body.length === 1 ? block.parent : parent;
  return isFunction(fn) &&
    (fn.body === call || fn.body === block) &&
    fn.params.length === 0 &&
    !fn.async &&
    !fn.generator
    ? fn
    : null;
}

/** Whether an expression gives the same now as later. */
function isAlike(source: Source, expression: TSESTree.Node): boolean {
  const value = unwrap(expression);
  if (isNothing(value) || isConstant(source, value)) return true;
  if (value.type === "TemplateLiteral") return value.expressions.every((each) => isAlike(source, each));
  return (
    value.type === "NewExpression" &&
    /^(?:[A-Z]\w*)?Error$/.test(globalPathOf(source, value.callee) ?? "") &&
    value.arguments.every((each) => isAlike(source, each))
  );
}
