import { mayContain } from "../src/dialects/text/text-test.ts";
import { createRule } from "./create-rule.ts";
import { migrationReports, type MigrationMessage } from "./migration-reports.ts";

interface Options {
  readonly reportRefusals: boolean;
}

export default createRule<MigrationMessage, Options>({
  name: "prefer-await-over-callbacks",
  type: "suggestion",
  description: "prefer awaiting an operation over giving it a callback",
  recommended: false,
  hasSuggestions: true,
  messages: {
    migratable: "{{name}} and its callback can be one awaited call.",
    migrate: "Migrate {{operations}} to async/await.",
    refused: "{{name}} cannot be migrated ({{code}}): {{message}}",
  },
  options: {
    reportRefusals: {
      description: "Also report operations that cannot be migrated, with the refusal's code.",
      type: "boolean",
    },
  },
  defaultOptions: { reportRefusals: false },
  candidate: "callback",
  isSetToConcern: (text, settings) => mayContain(text, "callback", settings),
  reports: (analysis, options) => migrationReports(analysis, "callbacks-to-async", options),
});
