import { decideFile, isPlan } from "../src/plan/decide.ts";
import { beginName } from "../src/plan/planner.ts";
import { TARGETS, type Target } from "../src/plan/types.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

type MessageId = "migratable" | "migrate" | "refused";

interface Options {
  readonly target: Target;
  readonly reportRefusals: boolean;
}

export default createRule<MessageId, Options>({
  name: "prefer-await-over-events",
  type: "suggestion",
  description: "prefer awaiting an operation over handling its completed event",
  recommended: false,
  hasSuggestions: true,
  messages: {
    migratable: "{{starter}} and the handler of its completed event can be one awaited call.",
    migrate: "Migrate {{operations}} to async/await.",
    refused: "{{starter}} cannot be migrated ({{code}}): {{message}}",
  },
  options: {
    target: { description: "What the migrated call is: a twin on evidence, else an adapter (`auto`), or one of them always.", type: "string", enum: [...TARGETS] },
    reportRefusals: { description: "Also report operations that cannot be migrated, with the refusal's code.", type: "boolean" },
  },
  defaultOptions: { target: "auto", reportRefusals: false },
  candidate: "eventStart",
  *reports(analysis, options): Iterable<RuleReport<MessageId>> {
    for (const { operations, outcome } of decideFile(analysis, "events-to-async", options)) {
      for (const operation of operations) {
        const starter = beginName(operation);
        if (isPlan(outcome)) {
          const all = [...new Set(operations.map(beginName))].join(", ");
          yield { node: operation.nameNode, messageId: "migratable", data: { starter }, suggestions: [{ messageId: "migrate", data: { operations: all }, edits: outcome.edits }] };
        } else if (options.reportRefusals) {
          const [refusal] = outcome;
          yield { node: operation.nameNode, messageId: "refused", data: { starter, code: refusal!.code, message: refusal!.message } };
        }
      }
    }
  },
});
