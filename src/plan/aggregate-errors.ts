import { tryAround } from "../ast/flow.ts";
import { calleeOf, memberName, unwrap, wrapped } from "../ast/names.ts";
import { readsOf } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import type { Wait } from "../recognize/wait.ts";
import type { Draft } from "./draft.ts";

/** Members of an AggregateException that are the error itself where only one task was waited for. */
const INNER = new Set(["InnerException", "innerException"]);
const INNERS = new Set(["InnerExceptions", "innerExceptions"]);
const BASE = new Set(["GetBaseException", "getBaseException"]);
const FLATTEN = new Set(["Flatten", "flatten"]);
const HANDLE = new Set(["Handle", "handle"]);

/**
 * Adapts the handler around a wait to what an await throws: the error itself, and no AggregateException around it. What takes the inner
 * error out takes the error; a handler that does more with an AggregateException is refused.
 */
export function adaptHandler({ source }: Context, draft: Draft<Wait>, { kind, node }: Wait, name: string): void {
  const handler = tryAround(node)?.handler;
  const isWrapped = kind === "allTasks" || node.type === "MemberExpression" || /^[wW]ait$/.test(calleeOf(node as TSESTree.CallExpression)?.name ?? "");
  if (handler?.param == null || !isWrapped || handler.param.type !== "Identifier") return;
  const { param } = handler;
  const variable = source.scopeManager.getDeclaredVariables(handler).find(({ identifiers }) => identifiers.includes(param));
  let isRead = false;
  for (const { identifier } of variable === undefined ? [] : readsOf(variable)) {
    isRead = true;
    const outer = wrapped(identifier);
    const inner = innerError(outer);
    if (inner === "unsupported") draft.refuse(node, "aggregate-exception", outer.range, name);
    else if (inner !== null) {
      draft.link(node, handler);
      // Several waits may share a handler.
      if (!draft.isReplaced(inner.range)) draft.replace(node, inner.range, param.name);
    }
  }
  if (isRead) draft.note(node, "aggregate-now-unwrapped", node.range, name);
}

/** The expression that takes the one inner error out of what was caught; `null` where the error is used as any other. */
function innerError(caught: TSESTree.Node): TSESTree.Node | "unsupported" | null {
  const { parent } = caught;
  if (parent?.type === "BinaryExpression" && parent.operator === "instanceof" && parent.left === caught) return /^Aggregate(?:Exception|Error)$/.test(nameOf(parent.right)) ? "unsupported" : null;
  if (parent?.type !== "MemberExpression" || parent.object !== caught) return null;
  const name = memberName(parent) ?? "";
  const member = wrapped(parent);
  if (INNER.has(name)) return member;
  if (HANDLE.has(name)) return "unsupported";
  if (INNERS.has(name)) {
    const index = member.parent;
    const isFirst = index?.type === "MemberExpression" && index.object === member && index.computed && index.property.type === "Literal" && index.property.value === 0;
    return isFirst ? index : "unsupported";
  }
  const call = member.parent?.type === "CallExpression" && member.parent.callee === member ? member.parent : null;
  if (call !== null && BASE.has(name)) return call;
  if (call === null || !FLATTEN.has(name)) return null;
  const inner = innerError(wrapped(call));
  return inner ?? "unsupported";
}

function nameOf(node: TSESTree.Node): string {
  const inner = unwrap(node);
  return inner.type === "Identifier" ? inner.name : inner.type === "MemberExpression" ? (memberName(inner) ?? "") : "";
}
