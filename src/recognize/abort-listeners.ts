import { listedStatement } from "../ast/flow.ts";
import { enclosingFunction } from "../ast/functions.ts";
import { calleeOf, unwrap, wrapped } from "../ast/names.ts";
import type { TSESTree } from "../ast/source.ts";
import type { EventOperation } from "./event-operations.ts";
import type { ControlCall } from "./event-starters.ts";

/** A listener on an `AbortSignal` that does nothing but cancel an operation: `signal.addEventListener("abort", () => client.CancelAsync())`. */
export interface AbortListener {
  readonly call: TSESTree.CallExpression;
  readonly nameNode: TSESTree.Node;
  readonly listener: TSESTree.Node;
  readonly statement: TSESTree.ExpressionStatement;
}

/** The listeners that are added beside a start, in the same list of statements, to cancel what it starts. */
export function abortListenersOf({ cancels }: EventOperation, { call: start }: ControlCall): AbortListener[] {
  const list = listedStatement(start)?.parent;
  return cancels.flatMap(({ call: cancel }): AbortListener[] => {
    const listener = enclosingFunction(cancel);
    const call = listener === null ? undefined : wrapped(listener).parent;
    if (listener === null || call?.type !== "CallExpression" || listener.params.length > 0 || !doesOnly(listener.body, cancel)) return [];
    const callee = calleeOf(call);
    const [event, second] = call.arguments;
    const isAbort = callee?.name === "addEventListener" && callee.receiver !== null && event !== undefined && unwrap(event).type === "Literal" && (unwrap(event) as TSESTree.Literal).value === "abort";
    const statement = (call.parent.type === "ChainExpression" ? call.parent : call).parent;
    const isBeside = statement?.type === "ExpressionStatement" && statement.parent === list;
    return isAbort && isBeside && second !== undefined && unwrap(second) === listener ? [{ call, nameNode: callee.nameNode, listener, statement }] : [];
  });
}

/** Whether a body is one call and nothing else. */
function doesOnly(body: TSESTree.Node, call: TSESTree.Node): boolean {
  if (body.type !== "BlockStatement") return unwrap(body) === call;
  const [only] = body.body;
  return body.body.length === 1 && only?.type === "ExpressionStatement" && unwrap(only.expression) === call;
}
