import { tryAround } from "../../ast/flow.ts";
import { calleeOf, keyName, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { readsOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import type { Wait } from "../../recognize/waits/wait.ts";
import type { Draft } from "../draft.ts";
import { passedOn, thrownExpectation } from "../async/receivers.ts";

/** Members of an AggregateException that are the error itself where only one task was waited for. */
const INNER = new Set(["InnerException", "innerException"]);
const INNERS = new Set(["InnerExceptions", "innerExceptions"]);
const BASE = new Set(["GetBaseException", "getBaseException"]);
const FLATTEN = new Set(["Flatten", "flatten"]);
const HANDLE = new Set(["Handle", "handle"]);
/** What only a test that expects the wrapping asks for: its class, its message. */
const EXPECTS_WRAPPED = /Aggregate(?:Exception|Error)|One or more errors/i;
const MEMBERS = [INNER, INNERS, BASE, FLATTEN, HANDLE];

/** Whether a wait throws an AggregateException around the error: `GetAwaiter().GetResult()` does not, and neither does an await. */
export function isWrapping({ kind, node }: Wait): boolean {
  return (
    kind === "allTasks" ||
    (kind === "task" && (node.type !== "CallExpression" || /^[wW]ait$/.test(calleeOf(node)?.name ?? "")))
  );
}

/**
 * Adapts the handler around a place to what comes out of there now: the error itself, and no AggregateException around it. What takes
 * the inner error out takes the error; a handler that does more with an AggregateException is refused.
 *
 * @param place the wait, or a call of a function that the wait's error leaves
 */
export function adaptHandler({ source }: Context, draft: Draft<Wait>, place: TSESTree.Node, name: string): void {
  const handler = tryAround(place)?.handler;
  if (handler?.param == null) return;
  const { param } = handler;
  if (param.type !== "Identifier") {
    if (takesApart(param)) draft.refuse(place, "aggregate-exception", param, name);
    return;
  }
  const variable = source.scopeManager
    .getDeclaredVariables(handler)
    .find(({ identifiers }) => identifiers.includes(param));
  let isRead = false;
  for (const { identifier } of variable === undefined ? [] : readsOf(variable)) {
    isRead = true;
    const outer = wrapped(identifier);
    const inner = innerError(outer);
    if (inner === "unsupported") draft.refuse(place, "aggregate-exception", outer, name);
    else if (inner !== null) {
      draft.link(place, handler);
      // Several waits may share a handler.
      draft.share(place, {
        range: inner.range,
        text: isCast(identifier, inner) ? `(${param.name} as any)` : param.name,
      });
    }
  }
  if (isRead) draft.note(place, "aggregate-now-unwrapped", place, name);
}

/** A test that expects a function to throw gets the error itself as well: one that expects the AggregateException would fail. */
export function adaptExpectation(
  context: Context,
  draft: Draft<Wait>,
  node: TSESTree.Node,
  fn: FunctionNode,
  name: string,
): void {
  const expectation = thrownExpectation(context, passedOn(node));
  const asked = expectation?.parent.parent;
  const [expected] = asked?.type === "CallExpression" ? asked.arguments : [];
  if (expected === undefined) return;
  draft.link(fn, expected);
  if (EXPECTS_WRAPPED.test(context.source.text.slice(...expected.range)))
    draft.refuse(fn, "aggregate-exception", expected, name);
  else draft.note(fn, "aggregate-now-unwrapped", expected, name);
}

/** Whether the code says itself what type the caught error has, and reads a member of what is in it: without a type there is none to read. */
function isCast(identifier: TSESTree.Node, inner: TSESTree.Node): boolean {
  return (
    wrapped(identifier) !== identifier && inner.parent?.type === "MemberExpression" && inner.parent.object === inner
  );
}

/** Whether an error at a place may leave the function around it: nothing catches it there, or what does throws again. */
export function mayEscape({ source }: Context, place: TSESTree.Node): boolean {
  const handler = tryAround(place)?.handler;
  if (handler == null) return true;
  const isThrow = (node: TSESTree.Node): node is TSESTree.ThrowStatement => node.type === "ThrowStatement";
  return findAll(handler.body, source.visitorKeys, isThrow, { intoFunctions: false }).length > 0;
}

/** The expression that takes the one inner error out of what was caught; `null` where the error is used as any other. */
function innerError(caught: TSESTree.Node): TSESTree.Node | "unsupported" | null {
  const { parent } = caught;
  if (parent?.type === "BinaryExpression" && parent.operator === "instanceof" && parent.left === caught)
    return /^Aggregate(?:Exception|Error)$/.test(nameOf(parent.right)) ? "unsupported" : null;
  if (parent?.type === "VariableDeclarator" && parent.init === caught)
    return takesApart(parent.id) ? "unsupported" : null;
  if (parent?.type !== "MemberExpression" || parent.object !== caught) return null;
  const name = memberName(parent) ?? "";
  const member = wrapped(parent);
  if (INNER.has(name)) return parent;
  if (HANDLE.has(name)) return "unsupported";
  if (INNERS.has(name)) {
    const index = member.parent;
    const isFirst =
      index?.type === "MemberExpression" &&
      index.object === member &&
      index.computed &&
      index.property.type === "Literal" &&
      index.property.value === 0;
    return isFirst ? index : "unsupported";
  }
  const call = member.parent?.type === "CallExpression" && member.parent.callee === member ? member.parent : null;
  if (call !== null && BASE.has(name)) return call;
  if (call === null || !FLATTEN.has(name)) return null;
  const inner = innerError(wrapped(call));
  return inner ?? "unsupported";
}

/** Whether a pattern takes out what only an AggregateException has. */
function takesApart(pattern: TSESTree.Node): boolean {
  return (
    pattern.type === "ObjectPattern" &&
    pattern.properties.some(
      (property) => property.type === "Property" && MEMBERS.some((names) => names.has(keyName(property) ?? "")),
    )
  );
}

function nameOf(node: TSESTree.Node): string {
  const inner = unwrap(node);
  return inner.type === "Identifier" ? inner.name : inner.type === "MemberExpression" ? (memberName(inner) ?? "") : "";
}
