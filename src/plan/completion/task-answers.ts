import { enclosingOf, isFunction, type Enclosing } from "../../ast/functions.ts";
import { isNothing, wrapped } from "../../ast/names.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Composition } from "../../recognize/compositions/composition.ts";
import type { Task } from "../../recognize/compositions/tasks.ts";
import type { Context } from "../../recognize/context.ts";
import { resolveCallable } from "../../recognize/callables.ts";
import { describedOperationsOf } from "../../recognize/operations/described-operations.ts";
import { deferredCallOf } from "../decide/deferred-calls.ts";
import type { CompletionDecision } from "../decide/completion.ts";
import type { FileDecisions } from "./file-decisions.ts";

/**
 * How many values each task of a list answers with; `null` where that differs from path to path, or cannot be told. Where each is given what the one
 * before it has answered, a function that is not in sight answers what the next one takes.
 */
export function answerCounts(file: FileDecisions, { form, tasks }: Composition): readonly (number | null)[] {
  const own = tasks.map((task) => countOfTask(file, task));
  if (form.isHandedOn !== true) return own;
  return own.map((count, index) => {
    const [task, next] = [tasks[index]!, tasks[index + 1]];
    return count === null && isStaying(task) && next !== undefined ? takenBy(next) : count;
  });
}

/** Whether a function stays, and is given a callback. */
export function isStaying({ fn }: Task): boolean {
  return fn === null;
}

/** How many values a task is given; `null` where that cannot be told. */
function takenBy({ called, fn, parameter }: Task): number | null {
  if (fn !== null) return fn.params.length - (parameter === null ? 0 : 1);
  return called.fn === null || called.fn.params.some(({ type }) => type === "RestElement")
    ? null
    : Math.max(called.fn.params.length - 1 - called.before, 0);
}

function countOfTask(file: FileDecisions, task: Task): number | null {
  const { called, fn, parameter } = task;
  if (fn === null) return called.answers ?? (called.fn === null ? null : countToldBy(file.context, called.fn));
  // A promise always gives one, be it undefined.
  if (parameter === null) return 1;
  const site = file.sites.find((each) => each.fn === fn);
  const decision = site === undefined ? null : file.completions.of(site);
  return decision?.kind === "completion" ? countOf(decision) : null;
}

/** How many values a function gives the callback that it keeps, by itself or by what it hands that on to. */
function countToldBy(context: Context, fn: FunctionNode, depth = 0): number | null {
  const { source } = context;
  const index = fn.params.length - 1;
  const callback = index < 0 || depth > 3 ? null : parameterVariable(source, fn, index);
  if (callback === null) return null;
  const counts = new Set<number | null>();
  for (const { identifier } of readsOf(callback)) {
    const named = wrapped(identifier);
    const { parent } = named;
    if (parent?.type !== "CallExpression") return null;
    const given = parent.callee === named ? parent.arguments : deferredCallOf(source, named)?.given;
    if (given === undefined) {
      counts.add(countHandedOn(context, parent, named, depth));
      continue;
    }
    const [error, ...values] = given;
    if (error !== undefined && !isNothing(error) && values.length === 0) continue;
    counts.add(given.some(({ type }) => type === "SpreadElement") ? null : values.length);
  }
  const [count = null] = counts;
  return counts.size === 1 ? count : null;
}

/** How many values a callback is given by what it is the last argument of. */
function countHandedOn(
  context: Context,
  call: TSESTree.CallExpression,
  callback: TSESTree.Node,
  depth: number,
): number | null {
  if (call.arguments.at(-1) !== callback) return null;
  const operation = describedOperationsOf(context).find((each) => each.call === call);
  if (operation !== undefined) return operation.form.outcome.filter(({ role }) => role === "value").length;
  const called = resolveCallable(context, call.callee);
  return called.kind === "function" && called.fn.params.length === call.arguments.length
    ? countToldBy(context, called.fn, depth + 1)
    : null;
}

/** Whether what a call gives is taken from functions of which nobody can tell how many values they call back with: of several the library makes a list. */
export function takesOneOfSeveral(file: FileDecisions, { form, tasks }: Composition): boolean {
  const [last] = [tasks.length - 1];
  return (
    (form.gives === "answers" || form.gives === "last") &&
    tasks.some(
      (task, index) =>
        isStaying(task) && (form.isHandedOn !== true || index === last) && countOfTask(file, task) === null,
    )
  );
}

function countOf({ calls, passedOn }: CompletionDecision): number | null {
  const counts = new Set<number>();
  for (const { call, outcome, place } of calls) {
    if (outcome.kind === "done") counts.add(0);
    // What hands on an outcome, and does nothing else, may tell an error or an answer.
    if (outcome.kind === "error" && !outcome.isSure && isAllOf(enclosingOf(place), place))
      counts.add(outcome.value === null ? 0 : 1);
    if (outcome.kind !== "answer") continue;
    counts.add(outcome.last === undefined ? (outcome.value === null ? 0 : 1) : call.arguments.length - 1);
  }
  for (const { form } of passedOn) counts.add(form.outcome.filter(({ role }) => role === "value").length);
  const [count] = counts;
  // What only fails answers with anything.
  return counts.size === 1 ? count! : null;
}

/** A function whose answers are not those of a promise, where the library takes the first of several, or all of them one by one. */
export function unfitAnswers(file: FileDecisions, composition: Composition): TSESTree.Node | null {
  const { form, tasks } = composition;
  const counts = answerCounts(file, composition);
  const isUnfit = (count: number | null, task: Task): boolean =>
    form.gives === "joined"
      ? count !== 1
      : (form.gives === "first" || form.over === "repeated") && (count === null ? !isStaying(task) : count > 1);
  return tasks.find((task, index) => isUnfit(counts[index]!, task))?.given ?? null;
}

/** A task that does not take what the one before it answers, or one whose answers the callback would not take. */
export function unlikeAnswers(file: FileDecisions, composition: Composition): TSESTree.Node | null {
  const counts = answerCounts(file, composition);
  const { tasks } = composition;
  for (const [index, task] of tasks.entries()) {
    const before = index === 0 ? 0 : counts[index - 1];
    const taken = takenBy(task);
    const isOpen = taken === null || (index > 0 && before === null && isStaying(tasks[index - 1]!));
    if (before !== taken && !isOpen) return task.given;
  }
  const last = tasks.at(-1);
  const count = counts.at(-1);
  if (last === undefined || count === undefined) return null;
  return (count === null && !isStaying(last)) || (count !== null && count > 1) ? last.given : null;
}

/** Whether a statement, or an expression, is all of a function's code, but for what only leaves behind it. */
function isAllOf(fn: Enclosing, place: TSESTree.Node): boolean {
  if (!isFunction(fn) || fn.body === place) return isFunction(fn);
  return fn.body.type === "BlockStatement" && fn.body.body[0] === place;
}
