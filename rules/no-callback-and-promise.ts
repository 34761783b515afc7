import { asyncTasksOf } from "../src/recognize/operations/async-tasks.ts";
import { callbacksAndPromisesOf, type CallbackAndPromise } from "../src/recognize/operations/callbacks-and-promises.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

// An operation tells of its outcome by a callback or by a promise. Given a callback, it returns something else than the promise, most often
// nothing: the code goes on at once, and an error is seen by nobody who awaits.
const messages = {
  awaited:
    "`{{name}}` is given a callback and awaited as well. With a callback it returns no promise of its outcome. Keep one of them.",
  chained:
    "`{{name}}` is given a callback, and `{{method}}` is called on what it returns. With a callback it returns no promise of its outcome. Keep one of them.",
  returned:
    "`{{name}}` is given a callback, and is what this async function gives. With a callback it returns no promise of its outcome. Await it without one.",
  sentTwice:
    "`{{name}}` is given a callback, which sends its request, and `{{method}}` is called on the request as well. Keep one of them.",
  asyncTask:
    "`{{name}}` is not there: from version 2.3 on, `{{called}}` of async gives an `async` function no callback, and goes by its promise. Return the result and throw the error.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "no-callback-and-promise",
  type: "problem",
  description: "disallow giving an operation a callback and taking what it returns for a promise",
  recommended: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "callbackAndPromise",
  *reports(analysis) {
    for (const site of callbacksAndPromisesOf(analysis)) yield reportOf(site);
    for (const { called, name, node } of asyncTasksOf(analysis))
      yield { node, messageId: "asyncTask", data: { called, name } };
  },
});

function reportOf({ operation, use }: CallbackAndPromise): RuleReport<MessageId> {
  const { form, name, nameNode: node } = operation;
  if (use.kind !== "chained") return { node, messageId: use.kind, data: { name } };
  const isRequest = form.awaited.kind === "chained" && form.awaited.method === use.method;
  return { node, messageId: isRequest ? "sentTwice" : "chained", data: { name, method: use.method } };
}
