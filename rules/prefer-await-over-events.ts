import { decideFile, isPlan } from "../src/plan/decide.ts";
import { TRANSFORMS } from "../src/plan/transforms.ts";
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
    target: {
      description: "What the migrated call is: a twin on evidence, else an adapter (`auto`), or one of them always.",
      type: "string",
      enum: [...TARGETS],
    },
    reportRefusals: {
      description: "Also report operations that cannot be migrated, with the refusal's code.",
      type: "boolean",
    },
  },
  defaultOptions: { target: "auto", reportRefusals: false },
  candidate: "eventStart",
  *reports(analysis, options): Iterable<RuleReport<MessageId>> {
    const { nameOf } = TRANSFORMS["events-to-async"];
    for (const { sites, outcome } of decideFile(analysis, "events-to-async", options)) {
      for (const site of sites) {
        const starter = nameOf(site);
        if (isPlan(outcome)) {
          const all = [...new Set(sites.map(nameOf))].join(", ");
          yield {
            node: site.nameNode,
            messageId: "migratable",
            data: { starter },
            suggestions: [{ messageId: "migrate", data: { operations: all }, edits: outcome.edits }],
          };
        } else if (options.reportRefusals) {
          const [refusal] = outcome;
          yield {
            node: site.nameNode,
            messageId: "refused",
            data: { starter, code: refusal!.code, message: refusal!.message },
          };
        }
      }
    }
  },
});
