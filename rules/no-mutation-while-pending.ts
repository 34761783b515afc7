import { textOf } from "../src/ast/source.ts";
import { displayName } from "../src/recognize/display.ts";
import { pendingMutationsOf } from "../src/recognize/begin-end/pending-mutations.ts";
import { createRule } from "./create-rule.ts";

type MessageId = "operation" | "task" | "promise";

/**
 * Work that has been started goes on reading what it was given after the call has returned: a request may be serialized later, a
 * buffer is filled while the program runs. Whoever changes the object before the work is known to be complete changes, or reads, it half way.
 */
export default createRule<MessageId, Record<never, never>>({
  name: "no-mutation-while-pending",
  type: "problem",
  description: "disallow changing an object while work that was given it is pending",
  recommended: false,
  messages: {
    operation:
      "`{{object}}` is changed here, but the operation that `{{call}}` started with it may still be using it. Change a copy, or wait for the operation first.",
    task: "`{{object}}` is changed here, but the task of `{{call}}` may still be using it. Change a copy, or await the task first.",
    promise:
      "`{{object}}` is changed here, but the promise of `{{call}}` is pending and may still be using it. Change a copy, or await the promise first.",
  },
  options: {},
  defaultOptions: {},
  candidate: "pendingMutation",
  *reports(analysis) {
    for (const { input, mutation, work } of pendingMutationsOf(analysis)) {
      const call = work.operation === null ? displayName(work.call) : textOf(analysis.source, work.operation.nameNode);
      yield { node: mutation.place, messageId: work.kind, data: { object: displayName(input)!, call: call! } };
    }
  },
});
