import { isAlwaysBefore } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { dottedName, lastSegment, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { onlyValueOf, readsOf, variableOf } from "../../ast/scopes.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { IS_COMPLETED_MEMBERS } from "../../dialects/apm.ts";
import { WAIT_ALL_MEMBERS, WAIT_ANY_MEMBERS, WAIT_ONE_MEMBERS } from "../../dialects/tap.ts";
import { declaredType } from "../../recognize/annotations.ts";
import type { Context } from "../../recognize/context.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { awaitText } from "../evaluation.ts";
import type { Joined } from "../joins.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import { beginName, refuse } from "../planner-base.ts";
import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";
import { isTypeScript } from "../call-text.ts";
import type { WaitGroup } from "./wait-group.ts";
import { isValueWanted } from "./wanted.ts";

/** What `WaitAny` gives when the time is over: `WaitHandle.WaitTimeout`. */
const WAIT_TIMEOUT = 258;

/** The wait that an `AsyncWaitHandle` is read for, when it is one of these; `null` when it is not, or its time-out cannot be told. */
export function waitGroup(context: Context, member: TSESTree.MemberExpression): WaitGroup | null {
  const place = wrapped(member);
  const { parent } = place;
  if (parent?.type === "MemberExpression" && parent.object === place) {
    const call = wrapped(parent).parent;
    if (
      call?.type !== "CallExpression" ||
      unwrap(call.callee) !== parent ||
      !WAIT_ONE_MEMBERS.has(memberName(parent) ?? "")
    )
      return null;
    const milliseconds = millisecondsOf(context, call.arguments[0]);
    return milliseconds === undefined
      ? null
      : { call, mode: "one", members: [member], milliseconds, declaration: null };
  }
  return parent?.type === "ArrayExpression" ? groupOfArray(context, parent) : null;
}

function groupOfArray(context: Context, array: TSESTree.ArrayExpression): WaitGroup | null {
  const members = array.elements.map((element) =>
    element === null || element.type === "SpreadElement" ? null : unwrap(element),
  );
  const place = wrapped(array);
  const { parent } = place;
  const declarator = parent?.type === "VariableDeclarator" && parent.parent.declarations.length === 1 ? parent : null;
  const held = declarator === null ? null : variableOf(context.source, declarator.id);
  const reads = held !== null && onlyValueOf(held) !== null ? readsOf(held) : [];
  const argument = declarator === null ? place : reads.length === 1 ? wrapped(reads[0]!.identifier) : null;
  const call = argument?.parent;
  if (call?.type !== "CallExpression" || call.arguments[0] !== argument || !members.every((member) => member !== null))
    return null;
  const path = dottedName(call.callee);
  const mode =
    path === null || !/(?:^|\.)WaitHandle\.\w+$/.test(path)
      ? null
      : WAIT_ALL_MEMBERS.has(lastSegment(path))
        ? "all"
        : WAIT_ANY_MEMBERS.has(lastSegment(path))
          ? "any"
          : null;
  const milliseconds = millisecondsOf(context, call.arguments[1]);
  if (mode === null || milliseconds === undefined) return null;
  return { call, mode, members, milliseconds, declaration: declarator?.parent ?? null };
}

/** The wait that an idle loop is which polls until several operations are complete: `while (!(a.IsCompleted && b.IsCompleted)) {}`. */
export function pollGroup(
  member: TSESTree.MemberExpression,
  isIdle: (body: TSESTree.Statement) => boolean,
): WaitGroup | null {
  let condition: TSESTree.Node = wrapped(member);
  while (
    condition.parent?.type === "LogicalExpression" ||
    (condition.parent?.type === "UnaryExpression" && condition.parent.operator === "!")
  )
    condition = wrapped(condition.parent);
  const loop = condition.parent;
  if (
    (loop?.type !== "WhileStatement" && loop?.type !== "DoWhileStatement") ||
    loop.test !== condition ||
    !isIdle(loop.body)
  )
    return null;
  const members = polledMembers(condition, false);
  return members === null || members.length < 2
    ? null
    : { call: loop, mode: "all", members, milliseconds: null, declaration: null };
}

/** The completion members of a condition that holds exactly when all of them do, or (`all` is `false`) when not all of them do. */
function polledMembers(condition: TSESTree.Node, all: boolean): TSESTree.Node[] | null {
  const node = unwrap(condition);
  if (node.type === "UnaryExpression" && node.operator === "!") return polledMembers(node.argument, !all);
  if (node.type === "LogicalExpression" && node.operator === (all ? "&&" : "||")) {
    const left = polledMembers(node.left, all);
    const right = polledMembers(node.right, all);
    return left === null || right === null ? null : [...left, ...right];
  }
  return all && node.type === "MemberExpression" && IS_COMPLETED_MEMBERS.has(memberName(node) ?? "") ? [node] : null;
}

const TIME_SPANS: Readonly<Record<string, number>> = { FromMilliseconds: 1, FromSeconds: 1000, FromMinutes: 60_000 };

/** A time-out in milliseconds, as text; `null` for none, `undefined` where it cannot be told. */
export function millisecondsOf(
  context: Context,
  argument: TSESTree.CallExpressionArgument | undefined,
): string | null | undefined {
  if (argument === undefined) return null;
  const node = unwrap(argument);
  const text = textOf(context.source, node);
  const path = dottedName(node);
  const isMinusOne =
    node.type === "UnaryExpression" &&
    node.operator === "-" &&
    node.argument.type === "Literal" &&
    node.argument.value === 1;
  if (isMinusOne || (path !== null && /(?:^|\.)Timeout\.Infinite(?:TimeSpan)?$/.test(path))) return null;
  if (node.type === "Literal") return typeof node.value === "number" ? text : undefined;
  if (node.type === "CallExpression") {
    const factory = dottedName(node.callee);
    const unit =
      factory !== null && /(?:^|\.)TimeSpan\.\w+$/.test(factory) ? TIME_SPANS[lastSegment(factory)] : undefined;
    const [amount] = node.arguments;
    if (unit === undefined || amount === undefined || node.arguments.length !== 1) return undefined;
    const value = unwrap(amount);
    if (value.type === "Literal" && typeof value.value === "number") return String(value.value * unit);
    return value.type === "Identifier" ? (unit === 1 ? value.name : `${value.name} * ${unit}`) : undefined;
  }
  const variable = node.type === "Identifier" ? variableOf(context.source, node) : null;
  const value = variable === null ? null : onlyValueOf(variable);
  const isNumber =
    declaredType(context, node)?.type === "TSNumberKeyword" ||
    (value?.type === "Literal" && typeof value.value === "number");
  return isNumber ? text : undefined;
}

/** Whether `setTimeout` is not what it is elsewhere: the host has none, or the file declares one of its own. */
export function hasOwnTimers({ host, source }: Context): boolean {
  return (
    !host.hasTimers ||
    source.scopeManager.scopes.some((scope) =>
      ["setTimeout", "clearTimeout"].some((timer) => (scope.set.get(timer)?.defs.length ?? 0) > 0),
    )
  );
}

/** Notes that an operation is waited for in a group under the name of its promise; refuses it where the wait comes too early. */
export function joinGroup(
  planner: Planner,
  group: WaitGroup,
  operation: Operation,
  member: TSESTree.Node,
  name: string,
): boolean {
  const { context, draft, joins } = planner;
  const isOther = group.milliseconds !== null && hasOwnTimers(context);
  if (
    isOther ||
    enclosingOf(group.call) !== enclosingOf(operation.begin) ||
    !isAlwaysBefore(operation.begin, group.call)
  ) {
    refuse(planner, operation, "wait-with-time-out", group.call);
    return false;
  }
  draft.link(operation, group.call);
  joins.add({ kind: "waits", place: group }, { operation, name, handle: member });
  return true;
}

/** Writes the await of a group, now that every operation has its name. */
export function awaitGroup(planner: Planner, group: WaitGroup, pending: readonly Joined[]): void {
  const { context, draft, functions } = planner;
  const [{ operation }] = pending as [Joined];
  const ordered = group.members.map((member) => pending.findLast(({ handle }) => handle === member)?.name);
  if (!ordered.every((name) => name !== undefined)) return refuse(planner, operation, "handle-escapes", group.call);
  if (group.declaration !== null) removeStatement(planner, operation, group.declaration);
  const text = groupText(context, group, ordered);
  draft.replace(
    operation,
    group.call.range,
    group.call.type === "CallExpression"
      ? awaitText(context.source, group.call, text)
      : `await ${text}${semicolon(context.source)}`,
  );
  functions.allowAwait(group.call, beginName(operation));
}

/** What comes before a timer: only a literal is known not to be -1, which waits for ever. */
export function unlessForever(milliseconds: string): string {
  return /^\d/.test(milliseconds) ? "" : `${milliseconds} < 0 ? undefined : `;
}

function groupText(context: Context, { call, mode, milliseconds }: WaitGroup, names: readonly string[]): string {
  const { source } = context;
  const isValueUsed = call.type === "CallExpression" && isValueWanted(context, call);
  const [name] = names as readonly [string, ...string[]];
  const settled =
    mode === "any"
      ? `Promise.race([${names.map((each, index) => `${each}.then(() => ${index}, () => ${index})`).join(", ")}])`
      : names.length > 1 || (!isValueUsed && milliseconds === null)
        ? `Promise.allSettled([${names.join(", ")}])`
        : name;
  if (milliseconds === null)
    return mode === "any" || !isValueUsed
      ? settled
      : names.length > 1
        ? `${settled}.then(() => true)`
        : `${settled}.then(() => true, () => true)`;
  const newline = lineBreakOf(source.text) + indentAt(source.text, call.range[0]);
  const unit = indentUnitOf(source.text);
  const end = semicolon(source);
  const isTyped = isTypeScript(source.filePath);
  const [type, late, outcome, parameter] =
    mode === "any"
      ? ["number", String(WAIT_TIMEOUT), "index", isTyped ? "index: number" : "index"]
      : ["boolean", "false", "true", ""];
  return [
    `new Promise${isTyped ? `<${type}>` : ""}((resolve) => {`,
    `${unit}const timer = ${unlessForever(milliseconds)}setTimeout(resolve, ${milliseconds}, ${late})${end}`,
    `${unit}const done = (${parameter}) => { clearTimeout(timer); resolve(${outcome})${end} }${end}`,
    `${unit}${settled}.then(done${mode === "one" ? ", done" : ""})${end}`,
    "})",
  ].join(newline);
}
