import { isExportingHost } from "../src/dialects/completion-parameters.ts";
import type { CompletionFault } from "../src/recognize/completion/completion-fault.ts";
import { completionFaultsOf } from "../src/recognize/completion/completion-paths.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

// Who passes a callback goes on when it is called. Called twice, it goes on twice: an answer is sent again, a counter is wrong, a test has
// passed before it fails. Never called, it waits for ever, and nothing tells why.
const messages = {
  again:
    "`{{name}}` is called here, and again in line {{line}} whatever comes between: its caller goes on twice. Return behind this call.",
  already: "`{{name}}` has been called already in line {{line}} when this is reached: its caller goes on twice.",
  caught:
    "The `catch` around this call of `{{name}}` calls it again in line {{line}} when what it does fails. Call it behind the `try`.",
  never: "`{{name}}` is never called on the way to this `return`: its caller waits for ever.",
  neverElse:
    "All calls of `{{name}}` depend on this condition: when it comes out the other way, its caller waits for ever.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "callback-once",
  type: "problem",
  description: "require that a completion callback is called once, whichever way a function takes",
  recommended: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "completionCall",
  isSetToConcern: (_text, { host }) => isExportingHost(host),
  *reports(analysis) {
    for (const fault of completionFaultsOf(analysis)) yield reportOf(fault);
  },
});

function reportOf(fault: CompletionFault): RuleReport<MessageId> {
  const { kind: messageId, name, node } = fault;
  return "other" in fault
    ? { node, messageId, data: { name, line: String(fault.other.loc.start.line) } }
    : { node, messageId, data: { name } };
}
