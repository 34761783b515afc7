import { memberName, unwrap, wrapped } from "../../ast/names.ts";
import { onlyValueOf, readsOf, variableOf } from "../../ast/scopes.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import type { UnsentRequest } from "../../dialects/dialect.ts";
import type { Context } from "../context.ts";
import { callbacksOf, isNoCallback } from "./callbacks.ts";
import { describedCallsOf, type DescribedCall } from "./described-calls.ts";
import { promiseUseOf } from "./promise-use.ts";

/** A call that only makes a request, which nothing sends. */
export interface UnsentSite {
  readonly operation: DescribedCall;
  readonly unsent: UnsentRequest;
  /** What the code does with the request instead of sending it. */
  readonly use: "dropped" | "awaited" | "chained";
}

/** The requests of a file that are made and never sent, in source order. One that goes somewhere else may be sent there. */
export function unsentRequestsOf(context: Context): UnsentSite[] {
  return describedCallsOf(context).flatMap((operation): UnsentSite[] => {
    const { call, form } = operation;
    const { unsent } = form;
    if (unsent === undefined || callbacksOf(context, call, form) !== null) return [];
    const use = useOf(context, call, unsent);
    return use === null ? [] : [{ operation, unsent, use }];
  });
}

function useOf(context: Context, call: TSESTree.CallExpression, unsent: UnsentRequest): UnsentSite["use"] | null {
  const { source } = context;
  // Whatever its last argument is, what it gives is no promise.
  const promise = unsent.isSentByAwait ? null : promiseUseOf(source, call, null);
  if (promise !== null) return promise.kind === "returned" ? null : promise.kind;
  const last = call.arguments.at(-1);
  if (last !== undefined && !isNoCallback(context, last)) return null;
  const end = chainEnd(call, unsent.chain);
  return isDropped(source, end) ? "dropped" : null;
}

/** The last of the calls that only give the request again. */
function chainEnd(call: TSESTree.CallExpression, chain: readonly string[]): TSESTree.Node {
  let end: TSESTree.Node = wrapped(call);
  for (;;) {
    const { parent } = end;
    if (parent?.type !== "MemberExpression" || parent.object !== end || !chain.includes(memberName(parent) ?? ""))
      return end;
    const member = wrapped(parent);
    if (member.parent?.type !== "CallExpression" || unwrap(member.parent.callee) !== parent) return end;
    end = wrapped(member.parent);
  }
}

/** Whether nothing uses a value, or the variable that it is given to. */
function isDropped(source: Source, value: TSESTree.Node): boolean {
  const { parent } = value;
  if (parent?.type === "ExpressionStatement") return true;
  if (parent?.type === "UnaryExpression") return parent.operator === "void";
  if (parent?.type !== "VariableDeclarator" || parent.parent.parent?.type === "ExportNamedDeclaration") return false;
  const variable = variableOf(source, parent.id);
  if (variable === null || onlyValueOf(variable) !== value) return false;
  // In a script, other scripts see what stands at the top.
  return readsOf(variable).length === 0 && variable.scope.type !== "global";
}
