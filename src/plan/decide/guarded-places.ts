import { asksFor } from "../../ast/presence.ts";
import { isNothing, unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";

/*
 * `callback && callback(error)`, `callback?.()`, `if (callback) callback(null, text)`: what asks for the callback goes with the call, as who calls
 * the function always gives one.
 */

/** The expression that is a call, or calls only where there is something to call. */
export function guardedCall(call: TSESTree.CallExpression): TSESTree.Node {
  const callee = unwrap(call.callee);
  let top: TSESTree.Node = call.parent.type === "ChainExpression" ? call.parent : call;
  if (callee.type !== "Identifier") return top;
  const { parent } = top;
  const isGuarded =
    (parent?.type === "LogicalExpression" &&
      parent.operator === "&&" &&
      parent.right === top &&
      asksFor(parent.left, callee.name)) ||
    (parent?.type === "ConditionalExpression" &&
      parent.consequent === top &&
      isNothing(parent.alternate) &&
      asksFor(parent.test, callee.name));
  if (isGuarded) top = parent;
  return top;
}

/** A statement with a call, or what does no more than run it where there is something to call. */
export interface GuardedStatement {
  readonly statement: TSESTree.Node;
  /** Whether it leaves the function behind the call. */
  readonly isLeft: boolean;
}

/** The `if` around a statement with a call that runs that, and nothing else, where there is something to call; else the statement. */
export function guardedStatement(call: TSESTree.CallExpression, statement: TSESTree.Node): GuardedStatement {
  const callee = unwrap(call.callee);
  const isReturn = statement.type === "ReturnStatement";
  if (callee.type !== "Identifier") return { statement, isLeft: isReturn };
  const { parent } = statement;
  const list = parent?.type === "BlockStatement" ? parent.body : null;
  const [first, second] = list ?? [];
  const leaves = second?.type === "ReturnStatement" && second.argument === null;
  const isAlone = list === null || (first === statement && (list.length === 1 || (list.length === 2 && leaves)));
  const inner = list === null ? statement : parent!;
  const guard = inner.parent;
  if (!isAlone || guard?.type !== "IfStatement" || guard.consequent !== inner || guard.alternate !== null)
    return { statement, isLeft: isReturn };
  if (!asksFor(guard.test, callee.name)) return { statement, isLeft: isReturn };
  return { statement: guard, isLeft: isReturn || leaves };
}
