import { functionName } from "../src/ast/functions.ts";
import { textOf } from "../src/ast/source.ts";
import { flattened, repairsOf } from "../src/plan/awaits/nested-repair.ts";
import type { Context } from "../src/recognize/context.ts";
import { displayName } from "../src/recognize/display.ts";
import { nestedTasksOf, type NestedTask } from "../src/recognize/tasks/nested-tasks.ts";
import type { NestedType } from "../src/recognize/tasks/nested-types.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

// The outer task of two is complete when the inner one has been started. Who awaits it goes on too early, takes a task for a result, and
// never hears of the inner one's failure. A promise can hold no promise, so a type that says so promises an await that is not needed.
const messages = {
  started:
    "`{{call}}` gives a task of the task that its function gives, so waiting for it once ends when that has only been started. Unwrap it, or use `Run`.",
  returned:
    "`{{name}}` is async, awaits nothing and returns the task of `{{call}}`: a task in its own. Await it, or return it from a function that is not async.",
  returnedImported:
    "`{{name}}` is async, awaits nothing and returns the task of `{{call}}`: unless that is a promise as well, a task in its own. Await it, or return it from a function that is not async.",
  returnedRaw:
    "`{{name}}` is async and returns the task of `{{call}}`: on this host a task is no promise, so whoever awaits `{{name}}` gets the task. Await a promise of it.",
  promiseType: "A promise never holds a promise: it takes over that one's result. This is a `{{inner}}`.",
  taskType: "This function gives a task of a task, so its callers have to await twice. Give the inner `{{inner}}`.",
  unwrap: "Unwrap the inner task.",
  run: "Use `Run`, which unwraps the inner task.",
  awaitInner: "Await the task.",
  returnInner: "Return the task itself: take `async` off.",
  flatten: "Write `{{inner}}`.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "no-nested-task",
  type: "problem",
  description: "disallow giving a task of a task where its result is wanted",
  recommended: true,
  hasSuggestions: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "nestedTask",
  isSetToConcern: (text, { host }) => host !== undefined && host !== "none" && text.includes("async"),
  *reports(analysis) {
    const { tasks, types } = nestedTasksOf(analysis);
    for (const task of tasks) yield taskReport(analysis, task);
    for (const type of types) yield typeReport(analysis, type);
  },
});

function taskReport(analysis: Context, task: NestedTask): RuleReport<MessageId> {
  const { fn, kind, nameNode } = task;
  const call = displayName(task.call) ?? "call";
  const data: Record<string, string> =
    kind === "started" ? { call } : { call, name: (fn === null ? null : functionName(fn)) ?? "(anonymous)" };
  const suggestions = repairsOf(analysis, task).map((repair) => ({ messageId: repair.kind, edits: repair.edits }));
  return { node: nameNode, messageId: kind, data, ...(suggestions.length === 0 ? {} : { suggestions }) };
}

function typeReport(analysis: Context, nested: NestedType): RuleReport<MessageId> {
  const data = { inner: textOf(analysis.source, nested.inner) };
  // What a function gives is changed with its type; a promise changes nothing.
  const suggestions =
    nested.kind === "promiseType"
      ? [{ messageId: "flatten" as const, data, edits: [flattened(analysis, nested)] }]
      : undefined;
  return { node: nested.inner, messageId: nested.kind, data, ...(suggestions === undefined ? {} : { suggestions }) };
}
