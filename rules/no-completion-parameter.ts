import { EXPORTING_HOSTS, isExportingHost, type ExportingHost } from "../src/dialects/completion-parameters.ts";
import { removedParameters } from "../src/plan/completion/removed-parameters.ts";
import { exportedHandlersOf, type ExportedHandler } from "../src/recognize/completion/exported-handlers.ts";
import { testCallbacksOf, type TestCallback } from "../src/recognize/completion/test-callbacks.ts";
import type { Context } from "../src/recognize/context.ts";
import { createRule, type RuleReport, type RuleSuggestion } from "./create-rule.ts";

// A host that calls a function with a callback tells from the number of declared parameters whether the function takes one. Hosts give that
// up: one starts no such function any more, another passes an object, so that a test has passed before it asserts anything.
const messages = {
  refused:
    "{{host}} does not start this handler with {{version}}, as it declares the callback `{{name}}`. Let an async function return the answer and throw the error.",
  unused:
    "{{host}} does not start this handler with {{version}}, as it declares a callback, also where nothing uses it. Take `{{name}}` away.",
  unanswered:
    "{{host}} passes no callback with {{version}}: `{{name}}` holds none there, and this handler never answers. Let an async function return the answer and throw the error.",
  noCompletion:
    "{{host}} passes no `{{name}}` to `{{called}}`: the test passes when its function returns, and an assertion that fails later is told of another test. Make it async, and await what calls `{{name}}`.",
  promiseAsWell:
    "This function takes `{{name}}` and gives a promise: {{host}} fails it for that, or goes by the one that comes first. Make it one of the two.",
  promiseUnused:
    "This function gives a promise and declares `{{name}}`, which it never calls: {{host}} fails it for that, or waits for the call in vain. Take `{{name}}` away.",
  remove: "Take `{{name}}` away.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "no-completion-parameter",
  type: "problem",
  description: "disallow callback parameters that the host of a function does not serve any more",
  recommended: true,
  hasSuggestions: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "completionParameter",
  isSetToConcern: (_text, { host }) => isExportingHost(host),
  *reports(analysis) {
    for (const host of EXPORTING_HOSTS)
      for (const handler of exportedHandlersOf(analysis, host)) yield handlerReport(analysis, host, handler);
    for (const callback of testCallbacksOf(analysis)) yield testReport(analysis, callback);
  },
});

function handlerReport(
  analysis: Context,
  host: ExportingHost,
  { fault, fn, name, parameter }: ExportedHandler,
): RuleReport<MessageId> {
  const data = { host: host.name, version: host.version, name: name ?? "the third parameter" };
  return {
    node: parameter,
    messageId: fault,
    data,
    ...(fault === "unused" ? suggestionOf(analysis, fn, host.parameters.length - 1, data.name) : {}),
  };
}

function testReport(analysis: Context, callback: TestCallback): RuleReport<MessageId> {
  const { called, fault, fn, isUnused, name, node, runner } = callback;
  return {
    node,
    messageId: fault === "promiseAsWell" && isUnused ? "promiseUnused" : fault,
    data: { host: runner.name, called, name },
    ...(isUnused ? suggestionOf(analysis, fn, runner.index, name) : {}),
  };
}

function suggestionOf(
  { source }: Context,
  fn: Parameters<typeof removedParameters>[1],
  index: number,
  name: string,
): { suggestions?: readonly RuleSuggestion<MessageId>[] } {
  const edit = removedParameters(source, fn, index);
  return edit === null ? {} : { suggestions: [{ messageId: "remove", data: { name }, edits: [edit] }] };
}
