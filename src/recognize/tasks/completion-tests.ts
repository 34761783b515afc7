import { alwaysLeaves } from "../../ast/flow.ts";
import { isFunction } from "../../ast/functions.ts";
import { calleeOf, dottedName, keyName, lastSegment, memberName, unwrap } from "../../ast/names.ts";
import { isSameReference, onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import {
  COMPLETED_MEMBERS,
  PENDING_STATUSES,
  WAIT_ANY_MEMBERS,
  WAIT_MEMBERS,
  WAIT_ONE_MEMBERS,
  WHEN_ANY_MEMBERS,
} from "../../dialects/tap.ts";
import type { Context } from "../context.ts";
import { unwrappedTask } from "./task-calls.ts";
import { racedWithTimer } from "./timed-waits.ts";

/** The expression that a constant alias stands for. */
export function original(context: Context, expression: TSESTree.Node): TSESTree.Node {
  const node = unwrap(expression);
  const held = heldBy(context, node);
  return held?.type === "Identifier" ? original(context, held) : node;
}

function heldBy(context: Context, node: TSESTree.Node): TSESTree.Node | null {
  const variable = variableOf(context.source, node);
  const value = variable === null ? null : onlyValueOf(variable);
  return value === null ? null : unwrap(value);
}

/**
 * Whether `t.IsCompleted`, `t.Status === …`, `t.Wait(100)`, `t === await Task.WhenAny(t, u)`, or a constant that holds such a test, says
 * that the task which `subject` denotes is complete.
 */
export function saysCompleted(
  context: Context,
  atom: TSESTree.Expression,
  isTrue: boolean,
  subject: TSESTree.Node,
): boolean {
  const node = unwrap(atom);
  switch (node.type) {
    case "MemberExpression":
      return isTrue && COMPLETED_MEMBERS.has(memberName(node) ?? "") && isSubject(context, node.object, subject);
    case "BinaryExpression":
      return comparisonSaysCompleted(context, node, isTrue, subject);
    case "CallExpression": {
      const callee = calleeOf(node);
      return (
        isTrue &&
        callee !== null &&
        callee.receiver !== null &&
        (WAIT_MEMBERS.has(callee.name) || WAIT_ONE_MEMBERS.has(callee.name)) &&
        isSubject(context, callee.receiver, subject)
      );
    }
    case "AwaitExpression": {
      const task = isTrue ? racedWithTimer(context, node.argument) : null;
      return task !== null && isSubject(context, task, subject);
    }
    case "Identifier": {
      const value = heldBy(context, node);
      if (isTrue && isTakenOut(context, node, subject)) return true;
      return (
        value !== null &&
        value.type !== "Identifier" &&
        saysCompleted(context, value as TSESTree.Expression, isTrue, subject)
      );
    }
    default:
      return false;
  }
}

/** Whether a name is that of `const { IsCompleted } = task`. */
function isTakenOut(context: Context, name: TSESTree.Identifier, subject: TSESTree.Node): boolean {
  const definition = variableOf(context.source, name)?.defs[0];
  const declarator = definition?.node;
  if (declarator?.type !== "VariableDeclarator" || declarator.id.type !== "ObjectPattern" || declarator.init === null)
    return false;
  return (
    declarator.parent.kind === "const" &&
    isSubject(context, declarator.init, subject) &&
    declarator.id.properties.some(
      (property) =>
        property.type === "Property" &&
        property.value === definition!.name &&
        COMPLETED_MEMBERS.has(keyName(property) ?? ""),
    )
  );
}

function isSubject(context: Context, object: TSESTree.Node, subject: TSESTree.Node): boolean {
  return isSameReference(context.source, original(context, object), original(context, subject));
}

function comparisonSaysCompleted(
  context: Context,
  { operator, left, right }: TSESTree.BinaryExpression,
  isTrue: boolean,
  subject: TSESTree.Node,
): boolean {
  if (!/^[=!]==?$/.test(operator)) return false;
  const isEqual = operator.startsWith("=") === isTrue;
  return [[left, right] as const, [right, left] as const].some(([side, other]) => {
    if (side.type === "Literal" && typeof side.value === "boolean")
      return saysCompleted(context, other as TSESTree.Expression, isEqual === side.value, subject);
    if (!isEqual) return false;
    return (
      (isStatusOf(context, side, subject) && isFinalStatus(other)) ||
      (isWinner(context, side) && isSubject(context, other, subject))
    );
  });
}

function isStatusOf(context: Context, node: TSESTree.Node, subject: TSESTree.Node): boolean {
  const member = unwrap(node);
  return (
    member.type === "MemberExpression" &&
    /^[Ss]tatus$/.test(memberName(member) ?? "") &&
    isSubject(context, member.object, subject)
  );
}

/** Whether a value of `Task.Status` can be that of a complete task. */
function isFinalStatus(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === "Literal" && typeof value.value === "number") return value.value > LAST_PENDING_STATUS;
  return !PENDING_STATUSES.has(lastSegment(dottedName(value) ?? ""));
}

/** The number of `TaskStatus.WaitingForChildrenToComplete`. */
const LAST_PENDING_STATUS = 4;

/** The `switch` over the status of a task around a place that is reached only where the task is complete; `null` when there is none. */
export function caseAround(context: Context, subject: TSESTree.Node, place: TSESTree.Node): TSESTree.Node | null {
  for (let current: TSESTree.Node | null | undefined = place; current; current = current.parent) {
    const statement: TSESTree.Node | undefined = current.type === "SwitchCase" ? current.parent : undefined;
    if (current.type !== "SwitchCase" || statement?.type !== "SwitchStatement") continue;
    if (!isStatusOf(context, statement.discriminant, subject)) continue;
    if (labelsOf(statement, current).every((label) => label !== null && isFinalStatus(label))) return statement;
  }
  return null;
}

/** The labels by which a case may be reached: its own, and those of the cases before it that fall through. */
function labelsOf(statement: TSESTree.SwitchStatement, own: TSESTree.SwitchCase): (TSESTree.Expression | null)[] {
  const before = statement.cases.slice(0, statement.cases.indexOf(own) + 1);
  const barrier = before.slice(0, -1).findLastIndex(({ consequent }) => consequent.some(alwaysLeaves));
  return before.slice(barrier + 1).map(({ test }) => test);
}

/**
 * Whether an expression is the task of several that was complete first: what `await Task.WhenAny(…)` gives, or the element that
 * `Task.WaitAny(…)` has told the index of.
 */
export function isWinner(context: Context, expression: TSESTree.Node, depth = 0): boolean {
  const node = unwrap(expression);
  if (depth > 8) return false;
  if (node.type === "Identifier") {
    const value = heldBy(context, node);
    return value !== null && isWinner(context, value, depth + 1);
  }
  if (node.type === "MemberExpression" && node.computed) return isCallOf(context, node.property, WAIT_ANY_MEMBERS);
  return node.type === "AwaitExpression" && isCallOf(context, node.argument, WHEN_ANY_MEMBERS);
}

/** Whether an expression is the call of one of these members, behind `ConfigureAwait`, the host's way to a promise, and constants. */
function isCallOf(context: Context, expression: TSESTree.Node, names: ReadonlySet<string>, depth = 0): boolean {
  const node = unwrap(expression);
  if (depth > 8) return false;
  if (node.type === "Identifier") {
    const value = heldBy(context, node);
    return value !== null && isCallOf(context, value, names, depth + 1);
  }
  const callee = node.type === "CallExpression" ? calleeOf(node) : null;
  if (node.type !== "CallExpression" || callee === null) return false;
  if (callee.receiver !== null && names.has(callee.name)) return !node.arguments.some(isFunction);
  const inner =
    unwrappedTask(context, node, callee) ?? (/^[Cc]onfigureAwait$/.test(callee.name) ? callee.receiver : null);
  return inner !== null && isCallOf(context, inner, names, depth + 1);
}
