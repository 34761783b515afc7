import { calleeOf, dottedName, memberName, unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { COMPLETION_STATES, STATUS_MEMBERS, type CompletionState } from "../../dialects/busy-wait.ts";
import { WAIT_MEMBERS, WAIT_ONE_MEMBERS } from "../../dialects/tap.ts";

/** A read that tells whether something has completed. */
export interface CompletionRead {
  /** The member, or the call of its getter. */
  readonly node: TSESTree.MemberExpression | TSESTree.CallExpression;
  readonly receiver: TSESTree.Expression;
  readonly name: string;
  /** `null` for a status that is compared with a number or a word. */
  readonly state: CompletionState | null;
}

/** Takes `handle.IsCompleted`, and `handle.get_IsCompleted()` as ports spell it, apart; `null` for anything else. */
export function completionRead(expression: TSESTree.Node): CompletionRead | null {
  const node = unwrap(expression);
  if (node.type === "MemberExpression") {
    const name = memberName(node);
    const state = name === null ? null : stateNamed(name);
    return state === null ? null : { node, receiver: node.object, name: name!, state };
  }
  if (node.type !== "CallExpression" || node.arguments.length > 0) return null;
  const callee = calleeOf(node);
  const name = callee === null ? undefined : /^get_?([A-Z]\w*)$/.exec(callee.name)?.[1];
  const state = name === undefined ? null : stateNamed(name);
  return state === null || callee!.receiver === null ? null : { node, receiver: callee!.receiver, name: name!, state };
}

/** Takes the status out of a comparison such as `xhr.readyState !== 4`; `null` for anything else. */
export function statusRead(expression: TSESTree.Node): CompletionRead | null {
  const node = unwrap(expression);
  if (node.type !== "BinaryExpression" || !/^[=!]==?$|^[<>]=?$/.test(node.operator)) return null;
  for (const side of [node.left, node.right]) {
    const member = unwrap(side);
    const name = member.type === "MemberExpression" ? memberName(member) : null;
    if (member.type === "MemberExpression" && name !== null && STATUS_MEMBERS.has(name))
      return { node: member, receiver: member.object, name, state: null };
  }
  return null;
}

function stateNamed(name: string): CompletionState | null {
  const pascal = name.charAt(0).toUpperCase() + name.slice(1);
  return COMPLETION_STATES.find((state) => state.members.has(pascal)) ?? null;
}

/** A wait that gives up at once, and so only asks. */
export interface ZeroWait {
  readonly node: TSESTree.CallExpression;
  readonly receiver: TSESTree.Expression;
  /** Whether the name alone says what is called: `WaitOne` is used for nothing else, `Wait` is. */
  readonly isUnmistakable: boolean;
}

/** Takes `event.WaitOne(0)`, `task.Wait(TimeSpan.Zero)` apart; `null` for anything else. */
export function zeroWait(expression: TSESTree.Node): ZeroWait | null {
  const node = unwrap(expression);
  if (node.type !== "CallExpression") return null;
  const callee = calleeOf(node);
  const [time] = node.arguments;
  if (callee === null || callee.receiver === null || time === undefined || !isZero(time)) return null;
  const isUnmistakable = WAIT_ONE_MEMBERS.has(callee.name);
  return isUnmistakable || WAIT_MEMBERS.has(callee.name) ? { node, receiver: callee.receiver, isUnmistakable } : null;
}

function isZero(time: TSESTree.Node): boolean {
  const node = unwrap(time);
  return (
    (node.type === "Literal" && (node.value === 0 || node.value === 0n)) ||
    /(?:^|\.)TimeSpan\.[zZ]ero$/.test(dottedName(node) ?? "")
  );
}
