import { calleeOf, keyName, memberName, unwrap, wrapped } from "./names.ts";
import type { FunctionNode, TSESTree } from "./source.ts";

/** The event that a function is written as the handler of. */
export interface HandledEvent {
  /** As it is written, without what the spelling adds to it: `click`, `onclick`, `onClick`. */
  readonly name: string;
  /** Whether the handler is called at most once. */
  readonly isOnce: boolean;
}

/** Names of members and attributes that hold handlers. */
const HANDLER_NAME = /^[oO]n[A-Z]\w*$/;

/**
 * The event that a function in place handles: `button.onclick = fn`, `button.addEventListener("click", fn)`, `button.add_Click(fn)`,
 * `button.onClick.Add(fn)`, `<button onClick={fn} />`, `{ onClick: fn }`; `null` where it is anything else.
 */
export function handledEvent(fn: FunctionNode): HandledEvent | null {
  const outer = wrapped(fn);
  const { parent } = outer;
  switch (parent?.type) {
    case "AssignmentExpression":
      return parent.right === outer && parent.left.type === "MemberExpression"
        ? ofMember(memberName(parent.left))
        : null;
    case "JSXExpressionContainer":
      return parent.parent.type === "JSXAttribute" && parent.parent.name.type === "JSXIdentifier"
        ? ofMember(parent.parent.name.name)
        : null;
    case "Property":
      return parent.value === outer && parent.parent.type === "ObjectExpression" ? ofKey(keyName(parent)) : null;
    case "CallExpression":
      return parent.callee === outer ? null : ofCall(parent);
    default:
      return null;
  }
}

function ofMember(name: string | null): HandledEvent | null {
  return name !== null && /^[oO]n\w/.test(name) ? { name, isOnce: false } : null;
}

function ofKey(name: string | null): HandledEvent | null {
  return name !== null && HANDLER_NAME.test(name) ? { name, isOnce: false } : null;
}

function ofCall(call: TSESTree.CallExpression): HandledEvent | null {
  const callee = calleeOf(call);
  if (callee === null || callee.receiver === null) return null;
  if (/^add_\w+$/.test(callee.name)) return { name: callee.name.slice("add_".length), isOnce: false };
  const event = unwrap(callee.receiver);
  const member = event.type === "MemberExpression" ? memberName(event) : null;
  if (/^[aA]dd$/.test(callee.name) && member !== null && HANDLER_NAME.test(member))
    return { name: member, isOnce: false };
  const [first, , options] = call.arguments;
  return /^(?:add(?:Event)?Listener|on|once)$/.test(callee.name) &&
    first?.type === "Literal" &&
    typeof first.value === "string"
    ? { name: first.value, isOnce: callee.name === "once" || asksForOnce(options) }
    : null;
}

/** `{ once: true }`. */
function asksForOnce(options: TSESTree.Node | undefined): boolean {
  return (
    options?.type === "ObjectExpression" &&
    options.properties.some(
      (property) =>
        property.type === "Property" &&
        keyName(property) === "once" &&
        property.value.type === "Literal" &&
        property.value.value === true,
    )
  );
}
