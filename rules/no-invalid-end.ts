import { endWithStem } from "../src/dialects/apm-names.ts";
import { calleeOf } from "../src/ast/names.ts";
import { textOf } from "../src/ast/source.ts";
import type { Context } from "../src/recognize/context.ts";
import { invalidEndsOf, type InvalidEnd } from "../src/recognize/begin-end/invalid-end.ts";
import type { NonHandle } from "../src/recognize/begin-end/not-handles.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

// An End redeems the handle that its own Begin has returned, once. What it does with another handle, or with the same one again, is
// undefined: classes that check throw, others wait for ever or hand out the result of somebody else's operation.
const messages = {
  notAHandle: "`{{end}}` takes the handle that its Begin returned, but is given {{what}}.",
  otherOperation: "`{{end}}` is given the handle of `{{begin}}`. End that operation with `{{expected}}`.",
  otherReceiver:
    "`{{end}}` is called on another object than the `{{begin}}` that its handle comes from. End an operation on the object that began it.",
  repeated:
    "The operation of this handle has been ended by `{{first}}` in line {{line}} already. End each operation once.",
  endedByCallback:
    "The callback of `{{begin}}` ends this operation in any case, so `{{end}}` ends it a second time. End each operation once.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "no-invalid-end",
  type: "problem",
  description: "disallow Ends that are given another operation's handle, the same handle twice, or none",
  recommended: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "endResult",
  *reports(analysis) {
    for (const invalid of invalidEndsOf(analysis)) yield reportOf(analysis, invalid);
  },
});

function reportOf(analysis: Context, { end, reason }: InvalidEnd): RuleReport<MessageId> {
  const node = end.nameNode;
  const name = calleeOf(end.call)!.name;
  const messageId = reason.kind;
  switch (reason.kind) {
    case "notAHandle":
      return { node: reason.argument, messageId, data: { end: name, what: nounOf(reason.what) } };
    case "repeated":
      return {
        node,
        messageId,
        data: { first: calleeOf(reason.first.call)!.name, line: String(reason.first.call.loc.start.line) },
      };
    case "otherOperation":
      return {
        node,
        messageId,
        data: {
          end: name,
          begin: textOf(analysis.source, reason.operation.nameNode),
          expected: endWithStem(name, reason.operation.stem),
        },
      };
    default:
      return { node, messageId, data: { end: name, begin: textOf(analysis.source, reason.operation.nameNode) } };
  }
}

function nounOf(what: NonHandle): string {
  switch (what.kind) {
    case "array":
    case "object":
      return `an ${what.kind}`;
    case "function":
    case "string":
      return `a ${what.kind}`;
    case "endResult":
      return `what \`${what.name}\` returned`;
    case "task":
    case "promise":
      return `the ${what.kind} of \`${what.name}\``;
    default:
      return `\`${what.name}\``;
  }
}
