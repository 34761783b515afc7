import { functionName } from "../src/ast/functions.ts";
import { textOf } from "../src/ast/source.ts";
import type { Context } from "../src/recognize/context.ts";
import { endName, lossesOf, type Losses } from "../src/recognize/begin-end/losses.ts";
import { missingEndsOf, type MissingEnd } from "../src/recognize/begin-end/missing-end.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

// The operation is over when its work is done, but only its End says what came of it: the End returns the result, throws what the
// work has thrown, and gives back what the operation held. A path that never gets there loses all of it, and nobody is told.
const messages = {
  dropped:
    "`{{begin}}` is given no callback, and the handle that it returns is dropped, so `{{end}}` can never be called and {{lost}}.",
  unended: "Nothing ever calls `{{end}}` for this `{{begin}}`, so {{lost}}.",
  callback: "The callback {{callback}} of `{{begin}}` never calls `{{end}}`, so {{lost}}.",
  callbackLeaves:
    "This `{{exit}}` leaves the callback {{callback}} of `{{begin}}` before `{{end}}` is called, so {{lost}}.",
  callbackSkips:
    "Not every path through the callback {{callback}} of `{{begin}}` calls `{{end}}`; on the others {{lost}}.",
  leaves: "This `{{exit}}` leaves before `{{end}}` is called for the operation that `{{begin}}` started, so {{lost}}.",
  skips: "Not every path from this `{{begin}}` calls `{{end}}`; on the others {{lost}}.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "require-end",
  type: "problem",
  description: "require that each Begin is followed by its End on every path",
  recommended: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "beginEnd",
  *reports(analysis) {
    for (const missing of missingEndsOf(analysis)) yield reportOf(analysis, missing);
  },
});

function reportOf(analysis: Context, { cause, exit, operation }: MissingEnd): RuleReport<MessageId> {
  const data = {
    begin: textOf(analysis.source, operation.nameNode),
    end: endName(operation),
    lost: lostText(lossesOf(analysis, operation)),
  };
  const node = exit?.node ?? operation.nameNode;
  const name = operation.callback.kind === "function" ? functionName(operation.callback.fn) : null;
  const callback = name === null ? "function" : `\`${name}\``;
  switch (cause) {
    case "callback":
    case "callbackSkips":
      return { node, messageId: cause, data: { ...data, callback } };
    case "callbackLeaves":
      return { node, messageId: cause, data: { ...data, callback, exit: exit!.kind } };
    case "leaves":
      return { node, messageId: cause, data: { ...data, exit: exit!.kind } };
    default:
      return { node, messageId: cause, data };
  }
}

/** What is lost, as a clause. */
function lostText({ result, resource }: Losses): string {
  const lost =
    result.kind === "nothing"
      ? "any exception of it is lost"
      : result.kind === "unknown"
        ? "whatever it returns or throws is lost"
        : `its result${typeText(result.type)} and any exception are lost`;
  return resource === null ? lost : `${lost}, and ${resource}`;
}

function typeText(type: string | null): string {
  return type === null ? "" : ` (\`${type.replace(/\s+/g, " ")}\`)`;
}
