import { calleeOf } from "../src/ast/names.ts";
import { discardedEndsOf, type DiscardedEnd } from "../src/recognize/begin-end/discarded-end.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

type MessageId = "discardedType" | "discardedValue" | "discardedUnknown";

interface Options {
  readonly reportUnknown: boolean;
}

/**
 * An End is the only place where an operation says what came of it: how many bytes were sent, which response arrived. It must be
 * called once and cannot be asked again, so a value that is dropped there is lost; of a count, that means that nobody notices when only
 * a part was read or sent.
 */
export default createRule<MessageId, Options>({
  name: "no-discarded-end-result",
  type: "problem",
  description: "disallow dropping the value that an End returns",
  recommended: true,
  messages: {
    discardedType:
      "`{{end}}` returns `{{type}}`, which is dropped here. Use it: an operation gives its result only once.",
    discardedValue:
      "`{{end}}` returns a value, which is dropped here. Use it: an operation gives its result only once.",
    discardedUnknown:
      "Whether `{{end}}` returns a value is not known, and what it returns is dropped here. Use it if it is a result: an operation gives it only once.",
  },
  options: {
    reportUnknown: {
      type: "boolean",
      description: "Whether to report an End of which it is not known whether it returns a value.",
    },
  },
  defaultOptions: { reportUnknown: false },
  candidate: "endResult",
  *reports(analysis, { reportUnknown }) {
    for (const discarded of discardedEndsOf(analysis)) {
      if (reportUnknown || discarded.result.kind === "value") yield reportOf(discarded);
    }
  },
});

function reportOf({ end, result }: DiscardedEnd): RuleReport<MessageId> {
  const node = end.nameNode;
  const { name } = calleeOf(end.call)!;
  if (result.kind === "unknown") return { node, messageId: "discardedUnknown", data: { end: name } };
  if (result.type === null) return { node, messageId: "discardedValue", data: { end: name } };
  return { node, messageId: "discardedType", data: { end: name, type: result.type.replace(/\s+/g, " ") } };
}
