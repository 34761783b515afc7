import { promisesLostInTry, type LostInTry } from "../src/recognize/tasks/lost-in-try.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

// A `try` catches what is thrown while it runs. An async function throws nothing: its promise fails, and by then the `try` is over where nothing
// in it waits. A check that fails so has not stopped anything.
const messages = {
  droppedCatch:
    "Nothing waits for the promise of `{{call}}`, so the `catch` around it never hears of its failure, and the code goes on as if there were none. Await it.",
  droppedFinally:
    "Nothing waits for the promise of `{{call}}`, so the `finally` around it runs before the work is done. Await it.",
  returnedCatch:
    "The promise of `{{call}}` is returned before it has settled, so the `catch` around it never hears of its failure. Await it here.",
  returnedFinally:
    "The promise of `{{call}}` is returned before it has settled, so the `finally` around it runs before the work is done. Await it here.",
  addAwait: "Await `{{call}}`.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "require-await-in-try",
  type: "problem",
  description: "require that a `try` waits for the promises of async functions called in it",
  recommended: true,
  hasSuggestions: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "promiseInTry",
  *reports(analysis) {
    for (const lost of promisesLostInTry(analysis)) yield reportOf(lost);
  },
});

function reportOf({ awaitAt, kind, name, nameNode: node, passedBy }: LostInTry): RuleReport<MessageId> {
  const data = { call: name };
  const report = { node, messageId: `${kind}${passedBy === "catch" ? "Catch" : "Finally"}` as const, data };
  return awaitAt === null
    ? report
    : {
        ...report,
        suggestions: [{ messageId: "addAwait", data, edits: [{ range: [awaitAt, awaitAt], text: "await " }] }],
      };
}
