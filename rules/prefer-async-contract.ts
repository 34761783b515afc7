import { atStart } from "../src/plan/codes.ts";
import { contractOffer } from "../src/plan/contract-offer.ts";
import { TARGETS, type Target } from "../src/plan/types.ts";
import type { Context } from "../src/recognize/context.ts";
import { createRule, type RuleReport } from "./create-rule.ts";
import type { MigrationMessage } from "./migration-reports.ts";

interface Options {
  readonly target: Target;
  readonly facade: boolean;
  readonly reportRefusals: boolean;
}

// A type that declares an operation by several members makes everybody who uses it write in the old way. Declaration, implementations and
// calls change together, so that the suggestion is one for the whole file.
export default createRule<MigrationMessage, Options>({
  name: "prefer-async-contract",
  type: "suggestion",
  description:
    "prefer declaring an operation as one awaitable method over a Begin/End pair, or a starter and its event",
  recommended: false,
  hasSuggestions: true,
  messages: {
    migratable: "{{name}} and what belongs to it can be one awaitable method.",
    migrate: "Migrate {{operations}} to async/await, with all their calls in this file.",
    refused: "{{name}} cannot be migrated ({{code}}): {{message}}",
  },
  options: {
    target: {
      description: "What the migrated call is: a twin on evidence, else an adapter (`auto`), or one of them always.",
      type: "string",
      enum: [...TARGETS],
    },
    facade: {
      description: "Put an awaitable method beside each pair, and the pair on top of it.",
      type: "boolean",
    },
    reportRefusals: {
      description: "Also report operations that cannot be migrated, with the refusal's code.",
      type: "boolean",
    },
  },
  defaultOptions: { target: "auto", facade: false, reportRefusals: false },
  candidate: "declaredOperation",
  isMigration: true,
  reports: offers,
});

function* offers(analysis: Context, { reportRefusals, ...choices }: Options): Iterable<RuleReport<MigrationMessage>> {
  const { edits, migrated, refused } = contractOffer(analysis, choices);
  const operations = [...new Set(migrated.map(({ name }) => name))].join(", ");
  for (const { name, node } of migrated) {
    const suggestion = { messageId: "migrate" as const, data: { operations }, edits };
    yield { node, messageId: "migratable", data: { name: atStart(name) }, suggestions: [suggestion] };
  }
  if (!reportRefusals) return;
  for (const { name, node, refusal } of refused) {
    const { code, message } = refusal;
    yield { node, messageId: "refused", data: { name: atStart(name), code, message } };
  }
}
