import { TARGETS, type Target } from "../src/plan/types.ts";
import { createRule } from "./create-rule.ts";
import { migrationReports, type MigrationMessage } from "./migration-reports.ts";

interface Options {
  readonly target: Target;
  readonly facade: boolean;
  readonly reportRefusals: boolean;
  readonly yieldInPolls: boolean;
}

export default createRule<MigrationMessage, Options>({
  name: "prefer-await-over-begin-end",
  type: "suggestion",
  description: "prefer awaiting an operation over calling its Begin and End",
  recommended: false,
  hasSuggestions: true,
  messages: {
    migratable: "{{name}} and its End can be one awaited call.",
    migrate: "Migrate {{operations}} to async/await.",
    refused: "{{name}} cannot be migrated ({{code}}): {{message}}",
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
  isMigration: true,
  reports: (analysis, options) => migrationReports(analysis, "begin-end-to-async", options),
});
