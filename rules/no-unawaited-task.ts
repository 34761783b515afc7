import { promisesLostInTry } from "../src/recognize/tasks/lost-in-try.ts";
import type { UnawaitedTask } from "../src/recognize/tasks/unawaited.ts";
import { unawaitedTasks } from "../src/recognize/tasks/unawaited.ts";
import { isSafeCall, SAFE_CALL_SCHEMA, type SafeCall } from "./safe-calls.ts";
import { createRule, type RuleReport, type RuleSuggestion } from "./create-rule.ts";

interface Options {
  readonly allowForKnownSafeCalls: readonly SafeCall[];
  readonly entryCalls: boolean;
  readonly ignoreHandlers: boolean;
  readonly ignoreIIFE: boolean;
  readonly ignoreVoid: boolean;
}

// A task that nobody waits for runs beside the program: what follows does not know whether it is done, and when it fails nobody is
// told, or the whole process ends on an unhandled rejection.
const messages = {
  discarded:
    "Nothing waits for the {{thing}} of `{{call}}`, so a failure in it goes unnoticed. Await it, return it, or handle its failure with `.catch(…)`.",
  discardedOrVoid:
    "Nothing waits for the {{thing}} of `{{call}}`, so a failure in it goes unnoticed. Await it, return it, handle its failure with `.catch(…)`, or mark it with `void`.",
  unread:
    "`{{variable}}` is given the {{thing}} of `{{call}}`, but nothing ever reads it, so a failure in it goes unnoticed. Await it where it is needed.",
  overwritten:
    "`{{variable}}` is given another value before anything reads the {{thing}} of `{{call}}`, so a failure in it goes unnoticed. Await it first.",
  array:
    "Nothing waits for the {{thing}}s that `{{call}}` puts into an array, so failures in them go unnoticed. Await them together with `Promise.all`.",
  forEach:
    "Nothing waits for the promises of the async function that `{{call}}` is given: `forEach` returns nothing, so a failure in one goes unnoticed. Use a `for … of` loop, or `Promise.all` with `map`.",
  entry:
    "Nothing handles a failure of `{{call}}`, which is what this script does: Node.js ends the process with the error, a browser only logs it. Handle it with `.catch(…)`.",
  addAwait: "Await `{{call}}`.",
  addVoid: "Mark `{{call}}` with `void`: it is left to itself on purpose.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Options>({
  name: "no-unawaited-task",
  type: "problem",
  description: "require that tasks and promises are awaited, returned, handled or kept for later",
  recommended: true,
  hasSuggestions: true,
  messages,
  options: {
    allowForKnownSafeCalls: SAFE_CALL_SCHEMA,
    entryCalls: {
      type: "boolean",
      description: "Whether to report the call at the top level of a script that is what the script does.",
    },
    ignoreHandlers: {
      type: "boolean",
      description: "Whether to ignore a call that is all that the handler of an event does.",
    },
    ignoreIIFE: {
      type: "boolean",
      description: "Whether to ignore calls of async functions that are written in place.",
    },
    ignoreVoid: {
      type: "boolean",
      description: "Whether `void` before a call, or an assignment to `_`, marks it as left to itself on purpose.",
    },
  },
  defaultOptions: {
    allowForKnownSafeCalls: [],
    entryCalls: false,
    ignoreHandlers: false,
    ignoreIIFE: false,
    ignoreVoid: true,
  },
  candidate: "unawaitedTask",
  *reports(analysis, options) {
    // What a `try` was to wait for is another finding.
    const lostInTry = new Set<unknown>(promisesLostInTry(analysis).map(({ call }) => call));
    for (const task of unawaitedTasks(analysis)) {
      if (task.kind === "discarded" && lostInTry.has(task.call)) continue;
      if (!isIgnored(task, options)) yield reportOf(task, options);
    }
  },
});

function isIgnored(task: UnawaitedTask, options: Options): boolean {
  if (task.kind === "voided" && options.ignoreVoid) return true;
  if (task.isImmediatelyInvoked && options.ignoreIIFE) return true;
  if (task.kind === "discarded" && task.isEntryCall && !options.entryCalls) return true;
  if (task.kind === "discarded" && task.isHandlerBody && options.ignoreHandlers) return true;
  return options.allowForKnownSafeCalls.some((safe) => isSafeCall(task.callee, safe));
}

function reportOf(task: UnawaitedTask, options: Options): RuleReport<MessageId> {
  const data = { call: task.name, thing: task.nature.kind === "task" ? "task" : "promise" };
  const report = { node: task.nameNode, suggestions: suggestionsFor(task, options) };
  switch (task.kind) {
    case "unread":
    case "overwritten":
      return { ...report, messageId: task.kind, data: { ...data, variable: task.variable!.name } };
    case "array":
      return { ...report, messageId: "array", data };
    case "forEach":
      return { ...report, messageId: "forEach", data: { call: task.name } };
    default:
      if (task.isEntryCall) return { ...report, messageId: "entry", data: { call: task.name } };
      return { ...report, messageId: options.ignoreVoid ? "discardedOrVoid" : "discarded", data };
  }
}

function suggestionsFor(
  { kind, call, name, awaitAt, voidOperator }: UnawaitedTask,
  options: Options,
): RuleSuggestion<MessageId>[] {
  const suggestions: RuleSuggestion<MessageId>[] = [];
  const data = { call: name };
  if (awaitAt !== null) {
    const start = voidOperator?.range[0] ?? awaitAt;
    suggestions.push({ messageId: "addAwait", data, edits: [{ range: [start, awaitAt], text: "await " }] });
  }
  if (kind === "discarded" && options.ignoreVoid) {
    const start = call.range[0];
    suggestions.push({ messageId: "addVoid", data, edits: [{ range: [start, start], text: "void " }] });
  }
  return suggestions;
}
