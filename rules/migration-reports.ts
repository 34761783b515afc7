import { decideFile, isPlan } from "../src/plan/decide.ts";
import { atStart } from "../src/plan/codes.ts";
import { TRANSFORMS, type Site } from "../src/plan/transforms.ts";
import type { PlanChoices, SiteTransformName } from "../src/plan/types.ts";
import type { Context } from "../src/recognize/context.ts";
import type { RuleReport } from "./create-rule.ts";

/** The messages of a rule that offers a migration. */
export type MigrationMessage = "migratable" | "migrate" | "refused";

/**
 * What a rule that offers a migration reports: the sites that the migration can change, each with the whole change as its suggestion, and
 * with `reportRefusals` those that it cannot. Messages are given the site's name as `name`.
 *
 * @param worded the message for a site that is none of the usual ones, if it has one of its own, and what that is given beside the name
 */
export function* migrationReports<Own extends string = never>(
  analysis: Context,
  transform: SiteTransformName,
  { reportRefusals, ...choices }: PlanChoices & { readonly reportRefusals: boolean },
  worded: (site: Site) => Pick<RuleReport<Own>, "messageId" | "data"> | null = () => null,
): Iterable<RuleReport<MigrationMessage | Own>> {
  const { nameOf } = TRANSFORMS[transform];
  for (const { sites, outcome } of decideFile(analysis, transform, choices)) {
    for (const site of sites) {
      const name = atStart(nameOf(site));
      if (isPlan(outcome)) {
        const all = [...new Set(sites.map(nameOf))].join(", ");
        const { data, messageId } = worded(site) ?? { messageId: "migratable" as const };
        yield {
          node: site.nameNode,
          messageId,
          data: { name, ...data },
          suggestions: [{ messageId: "migrate", data: { operations: all }, edits: outcome.edits }],
        };
      } else if (reportRefusals) {
        const [refusal] = outcome;
        yield {
          node: site.nameNode,
          messageId: "refused",
          data: { name, code: refusal!.code, message: refusal!.message },
        };
      }
    }
  }
}
