import { suspends } from "../../ast/flow.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { calleeOf, unwrap, wrapped } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { isAwaitable } from "../../recognize/tasks/task-nature.ts";
import { natureOf } from "../../recognize/tasks/tasks.ts";
import type { Wait } from "../../recognize/waits/wait.ts";
import { isTypeScript } from "../call-text.ts";
import type { RefusalCode } from "../codes.ts";
import { bindsTighter, isCutShort } from "../evaluation.ts";
import { importEdit, type Import, helperInScope } from "../awaits/host-promise.ts";
import { commentsIn, indentUnitOf, semicolon } from "../layout.ts";
import type { TextEdit } from "../types.ts";
import { hasOwnTimers, millisecondsOf, unlessForever } from "./wait-groups.ts";
import type { NoteCode } from "../note-codes.ts";
import { isValueWanted } from "./wanted.ts";

/** How a wait becomes an await, or why it cannot. What is waited for keeps its place, so that changes inside of it stay. */
export type WaitEdits =
  { readonly edits: readonly TextEdit[]; readonly notes: readonly NoteCode[] } | { readonly refusal: RefusalCode };

/** What makes a task of the host a promise: the text before it and behind it. */
function promiseAround(
  context: Context,
): { readonly around: readonly [string, string]; readonly needsImport: Import | null } | null {
  const { taskToPromise } = context.host;
  switch (taskToPromise.kind) {
    case "none":
      return { around: ["", ""], needsImport: null };
    case "method":
      return { around: ["", `.${taskToPromise.name}()`], needsImport: null };
    case "call": {
      const { text, needsImport } = helperInScope(context);
      return { around: [`${text}(`, ")"], needsImport };
    }
    case "never":
      return null;
  }
}

/** The edits that make an await of a wait for one task, for all of several, or for the first of them. */
export function waitEdits(context: Context, wait: Wait): WaitEdits {
  const promise = promiseAround(context);
  if (promise === null) return { refusal: "no-awaitable-target" };
  // By its type, an await would give the task and wait for nothing.
  if (
    context.host.taskToPromise.kind === "none" &&
    wait.kind === "task" &&
    wait.subjects.some((subject) => context.types?.isThenable(subject) === "no")
  )
    return { refusal: "no-awaitable-target" };
  const { around, needsImport } = promise;
  const result = wait.kind === "task" ? taskEdits(context, wait, around) : groupEdits(context, wait, around);
  return "refusal" in result || needsImport === null
    ? result
    : { ...result, edits: [importEdit(context.source, needsImport), ...result.edits] };
}

/** Whether a wait has a time-out that a timer takes the place of. */
export function hasTimer(context: Context, { timeout }: Wait): boolean {
  return timeout !== null && millisecondsOf(context, timeout as TSESTree.CallExpressionArgument) !== null;
}

function taskEdits(context: Context, wait: Wait, around: readonly [string, string]): WaitEdits {
  const { node, subjects, timeout } = wait;
  const [subject] = subjects;
  if (isCutShort(node)) return { refusal: "optional-call" };
  if (subject === undefined || node.type === "Property") return { refusal: "result-in-pattern" };
  const milliseconds = timeout === null ? null : millisecondsOf(context, timeout as TSESTree.CallExpressionArgument);
  // Behind the time-out may come what cancels the wait.
  const isCancellable = node.type === "CallExpression" && node.arguments.length > 1;
  if (
    isCancellable ||
    milliseconds === undefined ||
    (milliseconds !== null && (hasOwnTimers(context) || suspends(context.source, subject)))
  )
    return { refusal: "wait-with-time-out" };
  // `if (task.Wait())` asks what only a time-out can answer with no.
  const isAnswered = /Wait$|wait$/.test(nameOf(node)) && milliseconds === null && isValueWanted(context, node);
  const [before, behind] =
    milliseconds !== null
      ? timed(context, node, around, milliseconds, IN_TIME)
      : [`await ${around[0]}`, `${around[1]}${isAnswered ? ".then(() => true)" : ""}`];
  // Of nothing, `?.Result` is `undefined`, and an await of nothing is that very nothing.
  const isOfNothing = isOptional(node) && wrapped(node).parent?.type !== "ExpressionStatement";
  const [open, close] = parentheses(context, node);
  const end = endOf(context, subject, node);
  return {
    edits: [
      { range: [node.range[0], node.range[0]], text: open + before + (isOfNothing ? "(" : "") },
      {
        range: [end, node.range[1]],
        text: keptComments(context, [end, node.range[1]]) + (isOfNothing ? " ?? undefined)" : "") + behind + close,
      },
    ],
    notes: [],
  };
}

/** Whether a wait is itself behind the `?.` of what it waits for. */
function isOptional(node: TSESTree.Node): boolean {
  const part = node.type === "CallExpression" ? unwrap(node.callee) : node;
  return part.type === "MemberExpression" && part.optional;
}

function nameOf(node: TSESTree.Node): string {
  return node.type === "CallExpression" ? (calleeOf(node)?.name ?? "") : "";
}

/** The parentheses that an await needs in the place of a node. */
function parentheses({ source }: Context, node: TSESTree.Node): readonly [string, string] {
  return bindsTighter(source, node) ? ["(", ")"] : ["", ""];
}

/** The end of what is waited for, with the parentheses around it. */
function endOf({ source }: Context, subject: TSESTree.Node, wait: TSESTree.Node): number {
  const rest = source.text.slice(subject.range[1], wait.range[1]);
  const opened = source.text.slice(wait.range[0], subject.range[0]).replace(/\s+/g, "");
  const depth = /^\(*/.exec(opened)![0].length;
  let end = 0;
  for (let closed = 0; closed < depth; end++) if (rest[end] === ")") closed++;
  return subject.range[1] + end;
}

/** The comments of a range that goes; none may end the line any more. */
function keptComments({ source }: Context, range: readonly [number, number]): string {
  return commentsIn(source, [range[0], range[1]])
    .map(
      (comment) =>
        ` /*${comment.value.trimEnd()}${comment.value.endsWith(" ") || String(comment.type) === "Line" ? " " : ""}*/`,
    )
    .join("");
}

/** What a wait with a time-out gives. */
interface Timed {
  readonly type: "boolean" | "number";
  /** When the time is over. */
  readonly late: string;
  /** The parameter that the outcome comes in, and what is made of it. */
  readonly outcome: readonly [parameter: string, value: string];
}

const IN_TIME: Timed = { type: "boolean", late: "false", outcome: ["", "true"] };
const FIRST_IN_TIME: Timed = { type: "number", late: "-1", outcome: ["index", "index"] };

/** A wait with a time-out: what became of it in time, and its error if it failed in time. */
function timed(
  { source }: Context,
  node: TSESTree.Node,
  [before, behind]: readonly [string, string],
  milliseconds: string,
  { type, late, outcome: [parameter, value] }: Timed,
): [string, string] {
  const isTyped = isTypeScript(source.filePath);
  const end = semicolon(source);
  const indent = lineBreakOf(source.text) + indentAt(source.text, node.range[0]);
  const line = indent + indentUnitOf(source.text);
  return [
    `await new Promise${isTyped ? `<${type}>` : ""}((resolve, reject) => {${line}const timer = ${unlessForever(milliseconds)}setTimeout(resolve, ${milliseconds}, ${late})${end}${line}${before}`,
    `${behind}.then((${parameter}) => { clearTimeout(timer); resolve(${value})${end} }, (error${isTyped ? ": unknown" : ""}) => { clearTimeout(timer); reject(error)${end} })${end}${indent}})`,
  ];
}

/** `Task.WaitAll(a, b)`, `Task.WaitAll(tasks)`, `Task.WaitAny(…)`, the latter two with a time-out as well. */
function groupEdits(
  context: Context,
  { kind, node, timeout }: Wait,
  [before, behind]: readonly [string, string],
): WaitEdits {
  if (node.type !== "CallExpression" || node.arguments.length === 0) return { refusal: "wait-with-time-out" };
  const milliseconds = timeout === null ? null : millisecondsOf(context, timeout as TSESTree.CallExpressionArgument);
  const tasks = timeout === null ? node.arguments : node.arguments.slice(0, 1);
  // Behind the time-out may come what cancels the wait; and a name may be that of a time-out.
  const isListed =
    tasks.length > 1 &&
    tasks.some(
      (task) => task.type !== "SpreadElement" && !/^(?:task|promise|named)$/.test(natureOf(context, task).kind),
    );
  if (
    isListed ||
    node.arguments.length > tasks.length + (timeout === null ? 0 : 1) ||
    milliseconds === undefined ||
    (milliseconds !== null && (hasOwnTimers(context) || suspends(context.source, tasks[0]!)))
  )
    return { refusal: "wait-with-time-out" };
  const [first] = tasks as [TSESTree.CallExpressionArgument];
  const literal = unwrap(first);
  const isArray =
    tasks.length === 1 &&
    first.type !== "SpreadElement" &&
    (literal.type === "ArrayExpression" || !isAwaitable(natureOf(context, first)));
  const elements = tasks.length === 1 && literal.type === "ArrayExpression" ? literal.elements : tasks;
  const index = kind === "anyTask" ? ".map((task, index) => task.then(() => index, () => index))" : "";
  const [open, close] = parentheses(context, node);
  const [head, tail] =
    milliseconds === null
      ? ["await ", ""]
      : timed(context, node, ["", ""], milliseconds, kind === "allTasks" ? IN_TIME : FIRST_IN_TIME);
  const edits: TextEdit[] = [
    { range: node.callee.range, text: `${open}${head}Promise.${kind === "allTasks" ? "all" : "race"}` },
  ];
  if (!isArray) edits.push({ range: [first.range[0], first.range[0]], text: "[" });
  const isEach =
    before + behind !== "" &&
    !(isArray && literal.type !== "ArrayExpression") &&
    elements.every((element) => element !== null && element.type !== "SpreadElement");
  if (isEach) {
    for (const element of elements)
      edits.push(
        { range: [element.range[0], element.range[0]], text: before },
        { range: [element.range[1], element.range[1]], text: behind },
      );
  }
  const each = before + behind !== "" && !isEach ? `.map((task) => ${before}task${behind})` : "";
  const last = tasks.at(-1)!;
  edits.push({
    range: [last.range[1], timeout === null ? last.range[1] : timeout.range[1]],
    text: `${isArray ? "" : "]"}${each}${index}`,
  });
  // Who asks is told that all are complete.
  const isAnswered = kind === "allTasks" && milliseconds === null && isValueWanted(context, node);
  const rest = `${isAnswered ? ".then(() => true)" : ""}${tail}${close}`;
  if (rest !== "") edits.push({ range: [node.range[1], node.range[1]], text: rest });
  return { edits, notes: kind === "allTasks" ? ["first-error-only"] : [] };
}

/** `Thread.Sleep(n)` as an awaited timer. */
export function sleepEdits(context: Context, { node }: Wait): WaitEdits {
  if (node.type !== "CallExpression" || wrapped(node).parent?.type !== "ExpressionStatement" || hasOwnTimers(context))
    return { refusal: "sleep-unresolved" };
  const milliseconds = millisecondsOf(context, node.arguments[0]);
  if (typeof milliseconds !== "string") return { refusal: "sleep-unresolved" };
  return {
    edits: [{ range: node.range, text: `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}))` }],
    notes: [],
  };
}
