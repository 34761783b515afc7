import { suspends } from "../ast/flow.ts";
import { calleeOf, unwrap, wrapped } from "../ast/names.ts";
import type { TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import { isAwaitable } from "../recognize/task-nature.ts";
import { natureOf } from "../recognize/tasks.ts";
import type { Wait } from "../recognize/wait.ts";
import { isTypeScript } from "./call-text.ts";
import type { NoteCode, RefusalCode } from "./codes.ts";
import { awaitText, isCutShort, openingParenthesis } from "./evaluation.ts";
import { indentAt, indentUnitOf, lineBreakOf, semicolon } from "./layout.ts";
import { helperInScope } from "./start.ts";
import type { TextEdit } from "./types.ts";
import { hasOwnTimers, millisecondsOf } from "./wait-groups.ts";

/** How a wait becomes an await, or why it cannot. What is waited for keeps its place, so that changes inside of it stay. */
export type WaitEdits = { readonly edits: readonly TextEdit[]; readonly notes: readonly NoteCode[] } | { readonly refusal: RefusalCode };

/** What makes a task of the host a promise: the text before it and behind it. */
function promiseAround(context: Context): readonly [string, string] | null {
  const { taskToPromise } = context.host;
  switch (taskToPromise.kind) {
    case "none":
      return ["", ""];
    case "method":
      return ["", `.${taskToPromise.name}()`];
    case "call": {
      const helper = helperInScope(context);
      return helper.needsImport === null ? [`${helper.text}(`, ")"] : null;
    }
    case "never":
      return null;
  }
}

/** The edits that make an await of a wait for one task, for all of several, or for the first of them. */
export function waitEdits(context: Context, wait: Wait): WaitEdits {
  const around = promiseAround(context);
  if (around === null) return { refusal: "no-awaitable-target" };
  if (wait.kind === "allTasks" || wait.kind === "anyTask") return groupEdits(context, wait, around);
  const { node, subjects, timeout } = wait;
  const [subject] = subjects;
  if (isCutShort(node)) return { refusal: "await-not-allowed" };
  if (subject === undefined || node.type === "Property") return { refusal: "result-in-pattern" };
  const milliseconds = timeout === null ? null : millisecondsOf(context, timeout as TSESTree.CallExpressionArgument);
  if (milliseconds === undefined || (milliseconds !== null && (hasOwnTimers(context) || suspends(context.source, subject)))) return { refusal: "wait-with-time-out" };
  // `if (task.Wait())` asks what only a time-out can answer with no.
  const isAnswered = /Wait$|wait$/.test(nameOf(node)) && milliseconds === null && wrapped(node).parent?.type !== "ExpressionStatement";
  const [before, behind] = milliseconds !== null ? timed(context, node, around, milliseconds) : [`await ${around[0]}`, `${around[1]}${isAnswered ? ".then(() => true)" : ""}`];
  const [open, close] = parentheses(context, node);
  return {
    edits: [
      { range: [node.range[0], node.range[0]], text: open + before },
      { range: [endOf(context, subject, node), node.range[1]], text: behind + close },
    ],
    notes: [],
  };
}

function nameOf(node: TSESTree.Node): string {
  return node.type === "CallExpression" ? (calleeOf(node)?.name ?? "") : "";
}

/** The parentheses that an await needs in the place of a node. */
function parentheses({ source }: Context, node: TSESTree.Node): readonly [string, string] {
  return awaitText(source, node, "").endsWith(")") ? [openingParenthesis(source, node), ")"] : ["", ""];
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

/** A wait with a time-out: whether the task was complete in time, and its error if it failed in time. */
function timed({ source }: Context, node: TSESTree.Node, [before, behind]: readonly [string, string], milliseconds: string): [string, string] {
  const isTyped = isTypeScript(source.filePath);
  const end = semicolon(source);
  const indent = lineBreakOf(source.text) + indentAt(source.text, node.range[0]);
  const line = indent + indentUnitOf(source.text);
  return [
    `await new Promise${isTyped ? "<boolean>" : ""}((resolve, reject) => {${line}const timer = setTimeout(resolve, ${milliseconds}, false)${end}${line}${before}`,
    `${behind}.then(() => { clearTimeout(timer)${end} resolve(true)${end} }, (error${isTyped ? ": unknown" : ""}) => { clearTimeout(timer)${end} reject(error)${end} })${end}${indent}})`,
  ];
}

/** `Task.WaitAll(a, b)`, `Task.WaitAll(tasks)`, `Task.WaitAny(…)`. */
function groupEdits(context: Context, { kind, node, timeout }: Wait, [before, behind]: readonly [string, string]): WaitEdits {
  if (timeout !== null) return { refusal: "wait-with-time-out" };
  if (node.type !== "CallExpression" || node.arguments.length === 0) return { refusal: "wait-with-time-out" };
  const [first] = node.arguments as [TSESTree.CallExpressionArgument];
  const literal = unwrap(first);
  const isArray = node.arguments.length === 1 && first.type !== "SpreadElement" && (literal.type === "ArrayExpression" || !isAwaitable(natureOf(context, first)));
  const elements = node.arguments.length === 1 && literal.type === "ArrayExpression" ? literal.elements : node.arguments;
  const edits: TextEdit[] = [{ range: node.callee.range, text: `${parentheses(context, node)[0]}await Promise.${kind === "allTasks" ? "all" : "race"}` }];
  if (!isArray) edits.push({ range: [first.range[0], first.range[0]], text: "[" });
  const isEach = before + behind !== "" && !(isArray && literal.type !== "ArrayExpression") && elements.every((element) => element !== null && element.type !== "SpreadElement");
  if (isEach) {
    for (const element of elements) edits.push({ range: [element.range[0], element.range[0]], text: before }, { range: [element.range[1], element.range[1]], text: behind });
  }
  const each = before + behind !== "" && !isEach ? `.map((task) => ${before}task${behind})` : "";
  const index = kind === "anyTask" ? ".map((task, index) => task.then(() => index, () => index))" : "";
  const last = node.arguments.at(-1)!;
  edits.push({ range: [last.range[1], last.range[1]], text: `${isArray ? "" : "]"}${each}${index}` });
  const close = parentheses(context, node)[1];
  if (close !== "") edits.push({ range: [node.range[1], node.range[1]], text: close });
  return { edits, notes: kind === "allTasks" ? ["first-error-only"] : [] };
}

/** `Thread.Sleep(n)` as an awaited timer. */
export function sleepEdits(context: Context, { node }: Wait): WaitEdits {
  if (node.type !== "CallExpression" || wrapped(node).parent?.type !== "ExpressionStatement" || hasOwnTimers(context)) return { refusal: "sleep-unresolved" };
  const milliseconds = millisecondsOf(context, node.arguments[0]);
  if (typeof milliseconds !== "string") return { refusal: "sleep-unresolved" };
  return { edits: [{ range: node.range, text: `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}))` }], notes: [] };
}
