import { tellersOf } from "../src/plan/decide/completion-signals.ts";
import { isCompletionSite, type CallbackSite } from "../src/recognize/completion/completion-sites.ts";
import { createRule } from "./create-rule.ts";
import { migrationReports, type MigrationMessage } from "./migration-reports.ts";

interface Options {
  readonly reportRefusals: boolean;
}

export default createRule<MigrationMessage | "functionMigratable", Options>({
  name: "prefer-await-over-callbacks",
  type: "suggestion",
  description: "prefer awaiting an operation over giving it a callback",
  recommended: false,
  hasSuggestions: true,
  messages: {
    migratable: "{{name}} and its callback can be one awaited call.",
    functionMigratable: "{{name}} can be an async function without {{callback}}.",
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
  isMigration: true,
  reports: (analysis, options) =>
    migrationReports(analysis, "callbacks-to-async", options, (each) => {
      const site = each as CallbackSite;
      if (!isCompletionSite(site)) return null;
      return { messageId: "functionMigratable" as const, data: { callback: tellersOf(analysis, site).join(" and ") } };
    }),
});
