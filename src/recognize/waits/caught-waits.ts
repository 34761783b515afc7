import { tryAround } from "../../ast/flow.ts";
import { calleeOf, dottedName, keyName, lastSegment, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { readsOf } from "../../ast/scopes.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { AGGREGATE_MEMBERS, AGGREGATE_TYPES, FIRST_ERROR_MEMBERS, WAIT_MEMBERS } from "../../dialects/tap.ts";
import type { Context } from "../context.ts";
import { displayName } from "../display.ts";
import { natureOf } from "../tasks/tasks.ts";
import type { WaitSite } from "./wait.ts";

/** A handler that is given the AggregateException of a wait that blocks. */
export interface CaughtWait {
  readonly handler: TSESTree.CatchClause;
  /** What the handler calls the exception; `null` where it takes it apart at once. */
  readonly name: string | null;
  /** What the handler does that is only right for an AggregateException, in source order. */
  readonly uses: readonly AggregateUse[];
}

export interface AggregateUse {
  readonly kind:
    /** `e.InnerException`, `e.InnerExceptions[0]`, `e.GetBaseException()`: the error itself. */
    | "inner"
    /** `e.InnerExceptions`, `e.Flatten()`, `e.Handle(…)`: there is no such member on the error. */
    | "list"
    /** `e instanceof AggregateException`, a comparison with that name. */
    | "test";
  /** How a message names it. */
  readonly text: string;
}

/**
 * The handler that the failure of a wait comes to, with what it does to an AggregateException; `null` where none is thrown
 * (`GetAwaiter().GetResult()` throws the error itself, and so does everything that is no wait for tasks), or nobody looks at it.
 */
export function caughtWait(context: Context, wait: WaitSite): CaughtWait | null {
  const handler = isWrapping(context, wait) ? tryAround(wait.node)?.handler : null;
  const param = handler?.param;
  if (handler == null || param == null) return null;
  if (param.type === "ObjectPattern") return { handler, name: null, uses: patternUses(param) };
  if (param.type !== "Identifier") return null;
  const variable = context.source.scopeManager
    .getDeclaredVariables(handler)
    .find(({ identifiers }) => identifiers.includes(param));
  const reads = variable === undefined ? [] : readsOf(variable);
  if (reads.length === 0) return null;
  return {
    handler,
    name: param.name,
    uses: reads.flatMap(({ identifier }) => usesOf(context, wrapped(identifier as TSESTree.Node))),
  };
}

/** Whether a wait throws an AggregateException around the error: that of a .NET task does, and no other. */
function isWrapping(context: Context, { kind, node, subjects }: WaitSite): boolean {
  if (kind === "allTasks") return true;
  if (kind !== "task" || subjects.some((subject) => natureOf(context, subject).kind === "promise")) return false;
  return node.type !== "CallExpression" || WAIT_MEMBERS.has(calleeOf(node)?.name ?? "");
}

function usesOf(context: Context, caught: TSESTree.Node): AggregateUse[] {
  const { parent } = caught;
  if (parent?.type === "BinaryExpression" && parent.left === caught && parent.operator === "instanceof") {
    return AGGREGATE_TYPES.has(lastSegment(dottedName(parent.right) ?? ""))
      ? [{ kind: "test", text: textOf(context.source, parent) }]
      : [];
  }
  if (parent?.type === "VariableDeclarator" && parent.init === caught && parent.id.type === "ObjectPattern")
    return patternUses(parent.id);
  if (parent?.type !== "MemberExpression" || parent.object !== caught) return [];
  const member = wrapped(parent);
  const name = memberName(parent) ?? "";
  if (FIRST_ERROR_MEMBERS.has(name)) return [{ kind: "inner", text: displayName(calledOr(member))! }];
  if (AGGREGATE_MEMBERS.has(name)) {
    const isFirst =
      member.parent?.type === "MemberExpression" &&
      member.parent.object === member &&
      member.parent.computed &&
      textOf(context.source, member.parent.property) === "0";
    return [
      isFirst
        ? { kind: "inner", text: `${displayName(parent)!}[0]` }
        : { kind: "list", text: displayName(calledOr(member))! },
    ];
  }
  return comparedName(context, member);
}

/** The call of a member, or the member. */
function calledOr(member: TSESTree.Node): TSESTree.Node {
  return member.parent?.type === "CallExpression" && member.parent.callee === member ? member.parent : member;
}

/** `e.name === "AggregateException"`, `e.GetType().Name == "System.AggregateException"`. */
function comparedName(context: Context, member: TSESTree.Node): AggregateUse[] {
  let outer = calledOr(member);
  while (outer.parent?.type === "MemberExpression" && outer.parent.object === outer) outer = calledOr(outer.parent);
  const { parent } = outer;
  if (parent?.type !== "BinaryExpression" || !/^[!=]==?$/.test(parent.operator)) return [];
  const other = unwrap(parent.left === outer ? parent.right : parent.left);
  const isName =
    other.type === "Literal" && typeof other.value === "string" && AGGREGATE_TYPES.has(lastSegment(other.value));
  return isName ? [{ kind: "test", text: textOf(context.source, parent) }] : [];
}

function patternUses(pattern: TSESTree.ObjectPattern): AggregateUse[] {
  return pattern.properties.flatMap((property): AggregateUse[] => {
    const name = property.type === "Property" ? (keyName(property) ?? "") : "";
    return FIRST_ERROR_MEMBERS.has(name) || AGGREGATE_MEMBERS.has(name) ? [{ kind: "list", text: name }] : [];
  });
}
