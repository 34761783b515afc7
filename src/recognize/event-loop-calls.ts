import { contains } from "../ast/flow.ts";
import { moduleBindingOf } from "../ast/modules.ts";
import { calleeOf, dottedName, lastSegment, unwrap } from "../ast/names.ts";
import type { TSESTree } from "../ast/source.ts";
import { findAll } from "../ast/walk.ts";
import { DEASYNC_MODULE, SPIN_TYPE, SPIN_UNTIL_MEMBERS } from "../dialects/busy-wait.ts";
import type { Context } from "./context.ts";
import { functionRun } from "./loop-values.ts";

/** The function of a deasync package that a call runs, by its name, or `null`. */
export function deasyncFunction(context: Context, call: TSESTree.CallExpression): string | null {
  const callee = calleeOf(call);
  if (callee === null) return null;
  if (callee.receiver === null) {
    const binding = moduleBindingOf(context.source, call.callee);
    return binding !== null && DEASYNC_MODULE.test(binding.module) ? binding.name : null;
  }
  const receiver = unwrap(callee.receiver);
  const binding = moduleBindingOf(context.source, receiver);
  if (binding !== null && DEASYNC_MODULE.test(binding.module)) return callee.name;
  // The package in its own tests, or handed around: the name it goes by is the second witness.
  return receiver.type === "Identifier" && receiver.name === "deasync" ? callee.name : null;
}

/** Whether a call is `SpinWait.SpinUntil(…)`. */
export function isSpinUntil(call: TSESTree.CallExpression): boolean {
  const callee = calleeOf(call);
  return callee !== null && callee.receiver !== null && SPIN_UNTIL_MEMBERS.has(callee.name) && lastSegment(dottedName(callee.receiver) ?? "") === SPIN_TYPE;
}

/** The calls that running some code makes, those in the functions of the file that it calls included. */
export function callsReached(context: Context, roots: readonly TSESTree.Node[]): readonly TSESTree.CallExpression[] {
  const calls = new Set<TSESTree.CallExpression>();
  const entered = new Set<TSESTree.Node>();
  const enter = (root: TSESTree.Node): void => {
    for (const call of findAll(root, context.source.visitorKeys, isCall, { intoFunctions: false })) {
      calls.add(call);
      const fn = functionRun(context, call);
      if (fn === null || entered.has(fn) || contains(fn, call)) continue;
      entered.add(fn);
      enter(fn);
    }
  };
  roots.forEach(enter);
  return [...calls];
}

function isCall(node: TSESTree.Node): node is TSESTree.CallExpression {
  return node.type === "CallExpression";
}
