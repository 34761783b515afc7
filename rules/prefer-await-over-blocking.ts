import { createRule } from "./create-rule.ts";
import { migrationReports, type MigrationMessage } from "./migration-reports.ts";

interface Options {
  readonly reportRefusals: boolean;
}

export default createRule<MigrationMessage, Options>({
  name: "prefer-await-over-blocking",
  type: "suggestion",
  description: "prefer awaiting a task over blocking the thread until it is complete",
  recommended: false,
  hasSuggestions: true,
  messages: {
    migratable: "{{name}} can be an await.",
    migrate: "Migrate {{operations}} to async/await.",
    refused: "{{name}} cannot be migrated ({{code}}): {{message}}",
  },
  options: {
    reportRefusals: {
      description: "Also report waits that cannot be migrated, with the refusal's code.",
      type: "boolean",
    },
  },
  defaultOptions: { reportRefusals: false },
  candidate: "taskWait",
  isMigration: true,
  reports: (analysis, options) => migrationReports(analysis, "blocking-to-await", options),
});
