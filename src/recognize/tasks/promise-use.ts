import { isFunction } from "../../ast/functions.ts";
import { memberName, wrapped } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { PROMISE_CONTINUATIONS } from "../../dialects/promise-apis.ts";

/**
 * Whether the code around a call takes what it gives for a promise: `await tx.wait()`, `tx.wait().then(…)`. A wait that blocks gives
 * nothing, or whether it timed out. Where only a name says that the call blocks, any use that fits a promise counts.
 */
export function isTreatedAsPromise(call: TSESTree.CallExpression, evidence: "certain" | "name"): boolean {
  const outer = wrapped(call);
  const { parent } = outer;
  switch (parent?.type) {
    case "AwaitExpression":
    case "YieldExpression":
      return true;
    case "MemberExpression":
      return PROMISE_CONTINUATIONS.has(memberName(parent) ?? "");
    case "ReturnStatement":
    case "ArrayExpression":
    case "CallExpression":
      return evidence === "name";
    default:
      return evidence === "name" && isFunction(parent);
  }
}
