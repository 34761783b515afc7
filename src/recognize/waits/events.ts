import { calleeOf, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { onlyValueOf, readsOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { SET_MEMBERS } from "../../dialects/tap.ts";
import { EVENT_MEMBERS } from "../../dialects/waits.ts";
import type { Context } from "../context.ts";
import { fieldOf } from "../fields.ts";

/** What the file shows of an event object. */
export interface EventUses {
  /** The calls that signal it. */
  readonly setters: readonly TSESTree.CallExpression[];
  /** Whether it is handed on, exported or stored, so that code out of sight may signal it too. */
  readonly escapes: boolean;
  /** Whether it is created signalled: `new ManualResetEvent(true)`. */
  readonly isInitiallySet: boolean;
}

/** How the event that an expression denotes is used in the file. */
export function eventUses(context: Context, event: TSESTree.Node): EventUses {
  const references = referencesTo(context, event);
  const setters: TSESTree.CallExpression[] = [];
  let escapes = false;
  for (const reference of references) {
    const call = memberCall(reference);
    if (call === null) escapes ||= !isDefinition(reference);
    else if (SET_MEMBERS.has(calleeOf(call)!.name)) setters.push(call);
  }
  return { setters, escapes: escapes || references.length === 0, isInitiallySet: isInitiallySet(context, event) };
}

/** The expressions of the file that denote the same event. */
function referencesTo(context: Context, event: TSESTree.Node): readonly TSESTree.Node[] {
  const node = unwrap(event);
  const variable = variableOf(context.source, node);
  if (variable !== null) {
    const isExported = variable.defs.some(
      ({ node: declaration }) => declaration.parent?.parent?.type === "ExportNamedDeclaration",
    );
    return isExported ? [] : readsOf(variable).map(({ identifier }) => identifier as TSESTree.Identifier);
  }
  if (node.type !== "MemberExpression") return [];
  // A field is reached through `this`, its class or an instance: every member of its name is taken for it.
  const name = memberName(node);
  return nodesOf(context.source)
    .of("MemberExpression")
    .filter((member) => memberName(member) === name);
}

/** The call of an event's own member that a reference is the object of: `event.Set()`. */
function memberCall(reference: TSESTree.Node): TSESTree.CallExpression | null {
  const outer = wrapped(reference);
  const member = outer.parent;
  if (member?.type !== "MemberExpression" || member.object !== outer || !EVENT_MEMBERS.has(memberName(member) ?? ""))
    return null;
  const callee = wrapped(member);
  return callee.parent?.type === "CallExpression" && callee.parent.callee === callee ? callee.parent : null;
}

function isDefinition(reference: TSESTree.Node): boolean {
  const { parent } = reference;
  return parent?.type === "AssignmentExpression" && parent.left === reference;
}

function isInitiallySet(context: Context, event: TSESTree.Node): boolean {
  const node = unwrap(event);
  const variable = variableOf(context.source, node);
  const value =
    variable === null
      ? node.type === "MemberExpression"
        ? fieldOf(context, node)?.values[0]
        : undefined
      : onlyValueOf(variable);
  const created = value == null ? null : unwrap(value);
  const [initial] = created?.type === "NewExpression" ? created.arguments : [];
  return (
    initial !== undefined &&
    !(initial.type === "Literal" && (initial.value === false || typeof initial.value === "number"))
  );
}
