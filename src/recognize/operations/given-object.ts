import { statementList } from "../../ast/flow.ts";
import { memberName, unwrap, wrapped } from "../../ast/names.ts";
import { variableOf, writesOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Delivery } from "../../dialects/dialect.ts";
import type { Context } from "../context.ts";
import type { GivenObject } from "./operation.ts";

type Events = Extract<Delivery, { kind: "events" }>;

/** A handler of one of the two events, and the name of the object to which it is given. */
interface GivenHandler {
  readonly on: "success" | "failure";
  readonly argument: TSESTree.Expression;
  readonly object: TSESTree.Node;
}

/**
 * The object that a call gives, with the handlers that it is given right behind: `const request = call(); request.onsuccess = …;`, with
 * `addEventListener` as well, or `call().onsuccess = …;`. `null` where there is no handler of either event.
 */
export function givenObject(
  context: Context,
  call: TSESTree.CallExpression,
  events: Events,
): { readonly object: GivenObject; readonly handlers: readonly GivenHandler[] } | null {
  const value = wrapped(call);
  const { parent } = value;
  if (parent?.type === "MemberExpression" && parent.object === value) {
    const statement = wrapped(parent).parent?.parent;
    const handler = statement?.type === "ExpressionStatement" ? handlerIn(statement, events) : null;
    if (handler === null || unwrap(handler.object) !== call) return null;
    const first = statement as TSESTree.Statement;
    return { object: { variable: null, first, last: first, names: new Set() }, handlers: [handler] };
  }
  if (
    call.parent.type === "ChainExpression" ||
    parent?.type !== "VariableDeclarator" ||
    parent.id.type !== "Identifier" ||
    parent.init !== value
  )
    return null;
  const first = parent.parent;
  const variable = variableOf(context.source, parent.id);
  const list = statementList(first.parent);
  if (variable === null || list === null || first.declarations.length !== 1 || writesOf(variable).length !== 1)
    return null;
  const handlers: GivenHandler[] = [];
  let last: TSESTree.Statement = first;
  for (const statement of list.slice(list.indexOf(first) + 1)) {
    const handler = handlerIn(statement, events);
    if (handler === null || variableOf(context.source, unwrap(handler.object)) !== variable) break;
    // Of two handlers of one event the second takes the place of the first, or is called after it.
    if (handlers.some(({ on }) => on === handler.on)) break;
    handlers.push(handler);
    last = statement;
  }
  const names = new Set<TSESTree.Node>([parent.id, ...handlers.map(({ object }) => unwrap(object))]);
  return handlers.length === 0 ? null : { object: { variable, first, last, names }, handlers };
}

/** The handler that a statement gives to an object. */
function handlerIn(statement: TSESTree.Statement, events: Events): GivenHandler | null {
  if (statement.type !== "ExpressionStatement") return null;
  const { expression } = statement;
  const on = (event: string | null): GivenHandler["on"] | null =>
    event === events.success ? "success" : event === events.failure ? "failure" : null;
  if (expression.type === "AssignmentExpression" && expression.operator === "=") {
    const target = unwrap(expression.left);
    if (target.type !== "MemberExpression" || target.optional) return null;
    const event = on(/^on(.+)/.exec(memberName(target) ?? "")?.[1] ?? null);
    return event === null ? null : { on: event, argument: expression.right, object: target.object };
  }
  if (expression.type !== "CallExpression" || expression.arguments.length !== 2) return null;
  const callee = unwrap(expression.callee);
  const [type, handler] = expression.arguments;
  if (callee.type !== "MemberExpression" || memberName(callee) !== "addEventListener") return null;
  if (type?.type !== "Literal" || typeof type.value !== "string" || handler?.type === "SpreadElement") return null;
  const event = on(type.value);
  return event === null ? null : { on: event, argument: handler as TSESTree.Expression, object: callee.object };
}
