import { contains } from "../../ast/flow.ts";
import { classOf, enclosingOf, isFunction } from "../../ast/functions.ts";
import type { Loop } from "../../ast/loops.ts";
import { calleeOf, keyName, memberName, unwrap } from "../../ast/names.ts";
import { writesOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { QUANTIFIERS } from "../../dialects/busy-wait.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";

/** What waits: a loop, or a call that runs one over a predicate. */
export type WaitNode = Loop | TSESTree.CallExpression;

/** The one expression that a function does nothing but return; `null` for any other function, and for one that answers later. */
export function returnedExpression(fn: FunctionNode): TSESTree.Expression | null {
  if (fn.async || fn.generator) return null;
  if (fn.body.type !== "BlockStatement") return fn.body;
  const [statement] = fn.body.body;
  return fn.body.body.length === 1 && statement?.type === "ReturnStatement" ? statement.argument : null;
}

/** The function that a call asks each element of a collection with: `isReady` in `handles.every(isReady)`; `null` for other calls. */
export function elementTest(context: Context, call: TSESTree.CallExpression): FunctionNode | null {
  const callee = calleeOf(call);
  const [test] = call.arguments;
  if (callee === null || callee.receiver === null || test === undefined || !QUANTIFIERS.has(callee.name)) return null;
  const callable = resolveCallable(context, test);
  return callable.kind === "function" ? callable.fn : null;
}

/** The function of this file that a call or a read of `this.property` runs, or `null`. */
export function functionRun(
  context: Context,
  node: TSESTree.CallExpression | TSESTree.MemberExpression,
): FunctionNode | null {
  if (node.type === "CallExpression") {
    const callable = resolveCallable(context, node.callee);
    return callable.kind === "function" ? callable.fn : null;
  }
  if (unwrap(node.object).type !== "ThisExpression") return null;
  const name = memberName(node);
  const getter = classOf(node)?.body.body.find(
    (member) => member.type === "MethodDefinition" && member.kind === "get" && keyName(member) === name,
  );
  return getter?.type === "MethodDefinition" && isFunction(getter.value) ? getter.value : null;
}

/** The one value that a loop gives to a variable on its way round, or `null`. */
export function valueInLoop(loop: WaitNode, variable: Variable): TSESTree.Expression | null {
  const writes = writesOf(variable).filter(({ identifier }) => isRunByLoop(loop, identifier as TSESTree.Node));
  const [write] = writes;
  if (writes.length !== 1 || write?.writeExpr == null) return null;
  const { parent } = write.identifier;
  if (parent.type === "VariableDeclarator")
    return parent.id === write.identifier && parent.init === write.writeExpr ? parent.init : null;
  return parent.type === "AssignmentExpression" && parent.operator === "=" && parent.left === write.identifier
    ? parent.right
    : null;
}

/** Whether the loop itself evaluates a node on its way round: not before its first turn, and not in a function that it only makes. */
export function isRunByLoop(loop: WaitNode, node: TSESTree.Node): boolean {
  if (!contains(loop, node) || enclosingOf(node) !== enclosingOf(loop)) return false;
  return !(loop.type === "ForStatement" && loop.init !== null && contains(loop.init, node));
}
