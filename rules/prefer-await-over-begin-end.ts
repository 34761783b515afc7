import { TARGETS, type Target } from "../src/plan/types.ts";
import { decideFile, isPlan } from "../src/plan/decide.ts";
import { TRANSFORMS } from "../src/plan/transforms.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

type MessageId = "migratable" | "migrate" | "refused";

interface Options {
  readonly target: Target;
  readonly facade: boolean;
  readonly reportRefusals: boolean;
  readonly yieldInPolls: boolean;
}

export default createRule<MessageId, Options>({
  name: "prefer-await-over-begin-end",
  type: "suggestion",
  description: "prefer awaiting an operation over calling its Begin and End",
  recommended: false,
  hasSuggestions: true,
  messages: {
    migratable: "{{begin}} and its End can be one awaited call.",
    migrate: "Migrate {{operations}} to async/await.",
    refused: "{{begin}} cannot be migrated ({{code}}): {{message}}",
  },
  options: {
    target: {
      description: "What the migrated call is: a twin on evidence, else an adapter (`auto`), or one of them always.",
      type: "string",
      enum: [...TARGETS],
    },
    facade: {
      description:
        "Put an async function beside a Begin/End pair that the file offers, and the pair on top of it; such a pair cannot be migrated otherwise.",
      type: "boolean",
    },
    reportRefusals: {
      description: "Also report operations that cannot be migrated, with the refusal's code.",
      type: "boolean",
    },
    yieldInPolls: {
      description: "Let a loop that works while it polls yield once a round; such a loop cannot be migrated otherwise.",
      type: "boolean",
    },
  },
  defaultOptions: { target: "auto", facade: false, reportRefusals: false, yieldInPolls: false },
  candidate: "beginEnd",
  *reports(analysis, options): Iterable<RuleReport<MessageId>> {
    const { nameOf } = TRANSFORMS["begin-end-to-async"];
    for (const { sites, outcome } of decideFile(analysis, "begin-end-to-async", options)) {
      for (const site of sites) {
        const begin = nameOf(site);
        if (isPlan(outcome)) {
          const all = [...new Set(sites.map(nameOf))].join(", ");
          yield {
            node: site.nameNode,
            messageId: "migratable",
            data: { begin },
            suggestions: [{ messageId: "migrate", data: { operations: all }, edits: outcome.edits }],
          };
        } else if (options.reportRefusals) {
          const [refusal] = outcome;
          yield {
            node: site.nameNode,
            messageId: "refused",
            data: { begin, code: refusal!.code, message: refusal!.message },
          };
        }
      }
    }
  },
});
