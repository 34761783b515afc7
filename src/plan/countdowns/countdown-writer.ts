import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { statementsAfter, tryAround } from "../../ast/flow.ts";
import { indentAt, lineBreakOf, lineEnd } from "../../ast/lines.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { isTypeScript } from "../call-text.ts";
import { movedStatements } from "../events/completion-text.ts";
import { isRunThrough } from "./countdown-amounts.ts";
import { declarationOf } from "../callbacks/in-place.ts";
import { isContained } from "../callbacks/in-place-site.ts";
import type { Joined } from "../joins.ts";
import { indentUnitOf, leadingComments, semicolon, terminator } from "../layout.ts";
import { movedBlock } from "../callbacks/moved-body.ts";
import { lowerFirst } from "../naming.ts";
import { beginName, refuse, statementOfCall } from "../planner-base.ts";
import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";
import { isStartErrorLost } from "../callbacks/start-errors.ts";
import { isStartedSilently, isCallback } from "../callbacks/silent-starters.ts";
import { pendingName, replaceBegin } from "../callbacks/started-continuations.ts";
import type { CallbackShape } from "../callbacks/callback-shape.ts";
import type { Countdown } from "./countdown.ts";
import { partsOf, text, type Text } from "../write/text.ts";
import { isHelperGone, countRemovals, isWholeConstructor, removeMember } from "./countdown-removals.ts";

/** Puts the call of a continuation where one of the operations of a countdown begins, and keeps its promise. */
export function placeCounted(
  planner: Planner,
  shape: CallbackShape,
  countdown: Countdown,
  operation: Operation,
  call: Text | null,
): void {
  if (call === null) return;
  const { context, draft, functions, joins, names, unguarded } = planner;
  const { finish, first, loop } = countdown;
  const { wait } = finish;
  const awaited = wait?.statement ?? null;
  const isQuiet = isContained(planner, shape);
  if (awaited === null && isStartErrorLost(planner, shape, operation)) return;
  if (awaited !== null && !isQuiet && tryAround(awaited) !== null) return refuse(planner, operation, "try-boundary");
  draft.link(countdown, operation, enclosingOf(first), countdown.counter);
  let name: string;
  if (loop === null) {
    name = names.unique(operation.begin, pendingName(operation));
    replaceBegin(planner, operation, text`const ${name} = ${call}`);
  } else {
    name = names.unique(
      first,
      [pluralOf(lowerFirst(operation.stem)), `${lowerFirst(operation.stem)}Promises`],
      operation.begin,
    );
    replaceBegin(planner, operation, text`${name}.push(${call})`);
    const type = isTypeScript(context.source.filePath)
      ? `: Promise<${givesValue(planner, shape) ? "unknown" : "void"}>[]`
      : "";
    const indent = indentAt(context.source.text, first.range[0]);
    draft.insert(
      operation,
      leadingComments(context.source, first)[0]?.range[0] ?? first.range[0],
      `const ${name}${type} = []${semicolon(context.source)}${lineBreakOf(context.source.text)}${indent}`,
    );
  }
  joins.add({ kind: "countdown", place: countdown }, { operation, name });
  if (awaited === null || isQuiet) return;
  if (shape.outcome.isTaken) functions.leak(awaited);
  const statement = loop ?? statementOfCall(operation.begin)!;
  unguarded.push({ operation, name: loop === null ? name : `Promise.all(${name})`, statement, end: awaited.range[0] });
}

/** Whether a rewritten callback gives more than the news that it is done. */
function givesValue({ context }: Planner, { fn }: CallbackShape): boolean {
  const isValue = (node: TSESTree.Node): node is TSESTree.ReturnStatement =>
    node.type === "ReturnStatement" && node.argument !== null;
  return (
    fn.body.type !== "BlockStatement" ||
    findAll(fn.body, context.source.visitorKeys, isValue, { intoFunctions: false }).length > 0
  );
}

/** `load` → `loads`, `query` → `queries`, `method1` → `method1Calls` */
function pluralOf(noun: string): string {
  if (/\d$/.test(noun)) return `${noun}Calls`;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:[sxz]|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

/** Writes one await for all operations of a countdown, with what follows the last; the counter goes where nothing else asks for it. */
export function awaitCountdown(planner: Planner, countdown: Countdown, pending: readonly Joined[]): void {
  const { calls, counter, helper, isCounterNeeded, operations, preparations } = countdown;
  if (pending.length !== operations.length) return;
  const [operation] = operations as [Operation];
  if (!isCounterNeeded) {
    for (const statement of preparations)
      removeStatement(
        planner,
        operation,
        isWholeConstructor(planner, statement) ? statement.parent.parent!.parent! : statement,
      );
    removeMember(planner, operation, counter.member);
  }
  writeAwait(planner, countdown, pending);
  if (helper === null) return;
  planner.draft.link(helper, operation);
  if (isHelperGone(countdown) && calls.length > 0)
    removeStatement(planner, helper, declarationOf(helper), "remove", "moved");
  else
    for (const statement of countRemovals(planner, countdown, helper))
      removeStatement(planner, helper, statement, "remove", "moved");
}

function writeAwait(planner: Planner, countdown: Countdown, pending: readonly Joined[]): void {
  const { context, draft, functions } = planner;
  const { finish, last, loop, mayBeNone, operations, unit } = countdown;
  const { source } = context;
  const [operation] = operations as [Operation];
  const ordered = [...pending]
    .sort((a, b) => a.operation.begin.range[0] - b.operation.begin.range[0])
    .map(({ name }) => name);
  const all = `await Promise.all(${loop === null ? `[${ordered.join(", ")}]` : ordered[0]!})`;
  const newline = lineBreakOf(source.text);
  const step = indentUnitOf(source.text);
  const end = semicolon(source);
  const { wait } = finish;
  if (wait !== null) {
    const indent = indentAt(source.text, wait.statement.range[0]);
    for (const reset of wait.event.resets) removeStatement(planner, operation, statementOfCall(reset)!);
    if (wait.event.field !== null) removeStatement(planner, operation, wait.event.field);
    const following = followingText(planner, countdown, indent);
    draft.replace(
      operation,
      wait.statement.range,
      text`${all}${terminator(source, wait.statement)}${draft.isEmpty(following) ? "" : text`${newline}${indent}${following}`}`,
    );
    if (mayBeNone) draft.note(operation, "waits-for-none", wait.statement, beginName(operation));
    return functions.allowAwait(wait.statement, beginName(operation));
  }
  const indent = indentAt(source.text, last.range[0]);
  const guard = mayBeNone ? `if (${ordered[0]!}.length > 0) ` : "";
  const place = placeInUnit(planner, countdown);
  if (place !== null) {
    const inner = mayBeNone ? indent + step : indent;
    const lines = text`${all}${end}${newline}${inner}${followingText(planner, countdown, inner)}`;
    draft.insert(
      operation,
      endOfLine(source.text, place.range[1]),
      text`${newline}${indent}${mayBeNone ? text`${guard}{${newline}${inner}${lines}${newline}${indent}}` : lines}`,
    );
    return functions.allowAwait(last, beginName(operation), "starts");
  }
  const inner = indent + step;
  draft.insert(
    operation,
    endOfLine(source.text, last.range[1]),
    text`${newline}${indent}${guard}void (async () => {${newline}${inner}${all}${end}${newline}${inner}${followingText(planner, countdown, inner)}${newline}${indent}})()${end}`,
  );
  draft.link(operation, unit);
}

/**
 * The last statement of the function that starts the operations, where that may wait for them at its end: it starts nothing else, and
 * who calls it does not ask when it is done.
 */
function placeInUnit(planner: Planner, { last, operations, unit }: Countdown): TSESTree.Statement | null {
  if (
    !isFunction(unit) ||
    last.parent !== unit.body ||
    isCallback(planner, unit) ||
    unit.generator ||
    !isStartedSilently(planner, unit)
  )
    return null;
  // What a Begin throws came out of this function at once, and an adapter over an event takes it.
  if (operations.some(({ event }) => event === null)) return null;
  const isOnlyWork = planner.operations.every(
    (operation) => operations.includes(operation) || enclosingOf(operation.begin) !== unit,
  );
  const rest = statementsAfter(last);
  return isOnlyWork && isRunThrough(planner.context, rest) && rest.every(({ type }) => type !== "ThrowStatement")
    ? (rest.at(-1) ?? last)
    : null;
}

/** What follows the last operation, for a line of this indentation; what only set an event goes. */
function followingText(planner: Planner, { finish: { count, wait } }: Countdown, indent: string): Text {
  const { asking, finish } = count;
  const staying = wait === null ? finish : finish.slice(0, -1);
  const isWhole =
    wait === null &&
    asking.type === "IfStatement" &&
    asking.consequent.type === "BlockStatement" &&
    asking.consequent.body === finish;
  const following = isWhole
    ? movedBlock(asking.consequent as TSESTree.BlockStatement, indent)
    : movedStatements(planner.context.source, staying, indent);
  // It moves as it is, and goes from its place.
  return partsOf(following).map((part) => (typeof part === "string" ? part : { ...part, takes: finish }));
}

/** The end of a place's line, where nothing but a comment follows on it; else the place itself. */
function endOfLine(text: string, offset: number): number {
  const rest = text.slice(offset, lineEnd(text, offset)).trimEnd();
  return /^[ \t]*(?:\/\/.*|\/\*[^*]*\*+(?:[^*/][^*]*\*+)*\/)?$/.test(rest) ? offset + rest.length : offset;
}
