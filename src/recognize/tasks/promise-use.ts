import { isFunction } from "../../ast/functions.ts";
import { memberName, wrapped } from "../../ast/names.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { PROMISE_CONTINUATIONS } from "../../dialects/promise-apis.ts";

/**
 * Whether the code around a call takes what it gives for a promise: `await tx.wait()`, `tx.wait().then(…)`. A wait that blocks gives
 * nothing, or whether it timed out. Where only a name says that the call blocks, any use that fits a promise counts.
 */
export function isTreatedAsPromise(
  context: Context,
  call: TSESTree.CallExpression,
  evidence: "certain" | "name",
): boolean {
  const outer = wrapped(call);
  const { parent } = outer;
  switch (parent?.type) {
    case "AwaitExpression":
    case "YieldExpression":
      return true;
    case "MemberExpression":
      return PROMISE_CONTINUATIONS.has(memberName(parent) ?? "");
    case "VariableDeclarator":
      return parent.init === outer && isUsedAsObject(context, parent.id);
    case "AssignmentExpression":
      return parent.right === outer && isUsedAsObject(context, parent.left);
    case "ReturnStatement":
    case "ArrayExpression":
    case "CallExpression":
      return evidence === "name";
    default:
      return evidence === "name" && isFunction(parent);
  }
}

/** Whether a variable is awaited, or a member of it is read: what it holds is neither nothing nor a truth value. */
function isUsedAsObject(context: Context, target: TSESTree.Node): boolean {
  const variable = variableOf(context.source, target);
  return (
    variable !== null &&
    readsOf(variable).some(({ identifier }) => {
      const outer = wrapped(identifier);
      const { parent } = outer;
      return parent?.type === "AwaitExpression" || (parent?.type === "MemberExpression" && parent.object === outer);
    })
  );
}
