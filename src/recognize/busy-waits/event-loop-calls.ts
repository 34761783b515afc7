import { contains } from "../../ast/flow.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { calleeOf, dottedName, lastSegment, unwrap, type Callee } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { DEASYNC_MODULE, LOOP_ONCE, LOOP_WHILE, SPIN_TYPE, SPIN_UNTIL_MEMBERS } from "../../dialects/busy-wait.ts";
import type { Context } from "../context.ts";
import { functionRun } from "./loop-values.ts";

/** A call that waits in a loop of its own, or that runs the event loop for a loop around it. */
export interface EventLoopCall {
  readonly kind: "run-loop-once" | "loop-while" | "spin-until";
  readonly call: TSESTree.CallExpression;
}

/** Such calls of a file, in source order. */
export function eventLoopCallsOf(context: Context): readonly EventLoopCall[] {
  // Few files have any, and to look up where every call comes from takes time.
  if (!/deasync|pinUntil/.test(context.source.text)) return [];
  return nodesOf(context.source)
    .of("CallExpression")
    .flatMap((call) => {
      const kind = kindOf(context, call);
      return kind === null ? [] : [{ kind, call }];
    });
}

function kindOf(context: Context, call: TSESTree.CallExpression): EventLoopCall["kind"] | null {
  const callee = calleeOf(call);
  if (callee === null) return null;
  if (
    callee.receiver !== null &&
    SPIN_UNTIL_MEMBERS.has(callee.name) &&
    lastSegment(dottedName(callee.receiver) ?? "") === SPIN_TYPE
  )
    return "spin-until";
  const name = deasyncFunction(context, call, callee);
  if (name === LOOP_WHILE) return "loop-while";
  return name !== null && LOOP_ONCE.has(name) ? "run-loop-once" : null;
}

/** The function of a deasync package that a call runs, by its name, or `null`. */
function deasyncFunction(context: Context, call: TSESTree.CallExpression, { receiver, name }: Callee): string | null {
  const binding = moduleBindingOf(context.source, receiver ?? call.callee);
  if (binding !== null && DEASYNC_MODULE.test(binding.module)) return receiver === null ? binding.name : name;
  // The package in its own tests, or handed around: the name it goes by is the second witness.
  const object = receiver === null ? null : unwrap(receiver);
  return object?.type === "Identifier" && object.name === "deasync" ? name : null;
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
