import { droppedCallbacksOf, type DroppedCallbackSite } from "../src/recognize/operations/dropped-callbacks.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

// A package that has gone over to promises takes a callback as one argument too many: it does its work, and what was to happen then never
// does. Nothing fails, and JavaScript does not complain.
const messages = {
  ignores:
    "The callback of `{{name}}` is never called: from version {{version}} on, {{package}} gives a promise instead. Await the call without it.",
  throws:
    "`{{name}}` throws when it is given a callback: from version {{version}} on, {{package}} gives a promise instead. Await the call without it.",
  rejects:
    "The callback of `{{name}}` is never called: from version {{version}} on, {{package}} takes none and gives a promise, which it rejects. Await the call without it.",
  gone: "This call throws: from version {{version}} on, the module {{package}} is no function, and no callback is called. Import `{{name}}` by its name and await it.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "no-dropped-callback",
  type: "problem",
  description: "disallow callbacks that the installed version of a package never calls",
  recommended: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "describedOperation",
  *reports(analysis) {
    for (const site of droppedCallbacksOf(analysis)) yield reportOf(site);
  },
});

function reportOf({ does, from, operation, package: name }: DroppedCallbackSite): RuleReport<MessageId> {
  // Whoever has version 6 looks for what changed in 5.
  const version = from.replace(/\.0\.0$/, "");
  return { node: operation.nameNode, messageId: does, data: { name: operation.name, version, package: name } };
}
