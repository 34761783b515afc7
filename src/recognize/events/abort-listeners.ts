import { contains, listedStatement, suspends } from "../../ast/flow.ts";
import { enclosingFunction } from "../../ast/functions.ts";
import { calleeOf, unwrap, wrapped } from "../../ast/names.ts";
import { variableOf, writesOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { isSameKey } from "./event-user-state.ts";
import { hasOtherStarts } from "./event-operations.ts";
import type { ControlCall } from "./control-call.ts";
import type { EventOperation } from "./event-operation.ts";
import type { AbortListener } from "./abort-listener.ts";

/**
 * The listeners that are added before a start, in the same list of statements, to cancel what it starts and nothing else: where another
 * start may be meant as well, or the event loop runs in between, a listener stays where it is.
 */
export function abortListenersOf(
  context: Context,
  operation: EventOperation,
  { call: start }: ControlCall,
): AbortListener[] {
  const { cancels } = operation;
  const begun = listedStatement(start);
  const list = begun?.parent;
  const isShared = hasOtherStarts(context, operation);
  if (begun === null || list == null || isShared) return [];
  return cancels.flatMap(({ call: cancel }): AbortListener[] => {
    const listener = enclosingFunction(cancel);
    const call = listener === null ? undefined : wrapped(listener).parent;
    if (
      listener === null ||
      call?.type !== "CallExpression" ||
      listener.params.length > 0 ||
      !doesOnly(listener.body, cancel)
    )
      return [];
    const callee = calleeOf(call);
    const [event, second] = call.arguments;
    const isAbort =
      callee?.name === "addEventListener" &&
      callee.receiver !== null &&
      event !== undefined &&
      unwrap(event).type === "Literal" &&
      (unwrap(event) as TSESTree.Literal).value === "abort";
    const statement = (call.parent.type === "ChainExpression" ? call.parent : call).parent;
    const isBeside = statement?.type === "ExpressionStatement" && statement.parent === list;
    const isOwn = cancel.arguments.every((key) => isSameKey(context, key, start.arguments.at(-1) ?? null));
    const isBefore =
      statement !== undefined && statement.range[1] <= start.range[0] && !isSuspendedBetween(context, statement, begun);
    return isAbort &&
      isBeside &&
      isOwn &&
      isBefore &&
      isSteadyName(context, callee.receiver) &&
      second !== undefined &&
      unwrap(second) === listener
      ? [{ call, nameNode: callee.nameNode, listener, statement }]
      : [];
  });
}

/** Whether the event loop may run after one statement of a list and before another. */
function isSuspendedBetween({ source }: Context, first: TSESTree.Node, last: TSESTree.Statement): boolean {
  const between = (first.parent as { body?: unknown }).body;
  return (
    Array.isArray(between) &&
    (between as TSESTree.Statement[]).some(
      (statement) =>
        statement.range[0] >= first.range[1] &&
        (statement.range[1] <= last.range[0] || contains(statement, last)) &&
        suspends(source, statement),
    )
  );
}

/** Whether an expression is a name that means one value throughout, so that what is added to it can be taken off it again. */
function isSteadyName({ source }: Context, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  const variable = node.type === "Identifier" ? variableOf(source, node) : null;
  return variable !== null && writesOf(variable).every(({ init }) => init === true);
}

/** Whether a body is one call and nothing else. */
function doesOnly(body: TSESTree.Node, call: TSESTree.Node): boolean {
  if (body.type !== "BlockStatement") return unwrap(body) === call;
  const [only] = body.body;
  return body.body.length === 1 && only?.type === "ExpressionStatement" && unwrap(only.expression) === call;
}
