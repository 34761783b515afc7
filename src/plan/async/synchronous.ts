import { contains } from "../../ast/flow.ts";
import { wrapped } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { COMPLETED_SYNCHRONOUSLY_MEMBERS } from "../../dialects/apm.ts";
import type { HandleUse, Operation } from "../../recognize/begin-end/operation.ts";

/**
 * The `CompletedSynchronously` idiom: whoever begins the operation ends it at once when it is complete already, and the callback
 * leaves that case alone. A promise never completes within the call that starts it, so the one branch goes and so does the other's
 * guard. Source: "Asynchronous Programming Model", the remarks on IAsyncResult.CompletedSynchronously.
 */

/** `if (ar.CompletedSynchronously) return;` in the callback. */
export function synchronousGuard(use: HandleUse, fn: FunctionNode): TSESTree.IfStatement | null {
  const statement = branchOf(use);
  if (statement?.parent !== fn.body) return null;
  const { consequent } = statement;
  const [only] = consequent.type === "BlockStatement" ? consequent.body : [consequent];
  const isAlone = consequent.type !== "BlockStatement" || consequent.body.length === 1;
  return isAlone && only?.type === "ReturnStatement" && only.argument === null ? statement : null;
}

/** `if (ar.CompletedSynchronously) { … }` behind the Begin, when all that is done with the handle there is done in it. */
export function synchronousBranch(operation: Operation, uses: readonly HandleUse[]): TSESTree.IfStatement | null {
  if (operation.callback.kind !== "function") return null;
  const { fn } = operation.callback;
  const branch = uses.map(branchOf).find((statement) => statement !== null) ?? null;
  const isGuarded = operation.callbackUses.some((use) => synchronousGuard(use, fn) !== null);
  return branch !== null && isGuarded && uses.every((use) => contains(branch, use.node)) ? branch : null;
}

/** The `if` without an `else` whose whole condition is the member. */
function branchOf(use: HandleUse): TSESTree.IfStatement | null {
  if (use.kind !== "member" || !COMPLETED_SYNCHRONOUSLY_MEMBERS.has(use.name)) return null;
  const { parent } = wrapped(use.member);
  return parent?.type === "IfStatement" && parent.test === wrapped(use.member) && parent.alternate === null
    ? parent
    : null;
}
