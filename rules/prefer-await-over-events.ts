import { TARGETS, type Target } from "../src/plan/types.ts";
import { createRule } from "./create-rule.ts";
import { migrationReports, type MigrationMessage } from "./migration-reports.ts";

interface Options {
  readonly target: Target;
  readonly reportRefusals: boolean;
}

export default createRule<MigrationMessage, Options>({
  name: "prefer-await-over-events",
  type: "suggestion",
  description: "prefer awaiting an operation over handling its completed event",
  recommended: false,
  hasSuggestions: true,
  messages: {
    migratable: "{{name}} and the handler of its completed event can be one awaited call.",
    migrate: "Migrate {{operations}} to async/await.",
    refused: "{{name}} cannot be migrated ({{code}}): {{message}}",
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
  isMigration: true,
  reports: (analysis, options) => migrationReports(analysis, "events-to-async", options),
});
