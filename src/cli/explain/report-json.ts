import type { Explanation } from "../../explain/explanation.ts";
import { STRATEGIES } from "../../plan/strategies.ts";
import type { RefusedSite } from "../../plan/migration.ts";
import { printableLines } from "../../printable.ts";
import type { ExplainCommandOptions } from "./options.ts";

/** The report for programs: one JSON document, described in docs/cli.md. What does not print is escaped: it is the same document so. */
export function formatJson({ path, line, column }: ExplainCommandOptions, explanation: Explanation): string {
  const document = {
    place: { path, line, column },
    sites: explanation.sites.map(({ migrations, ...site }) => ({
      ...site,
      migrations: migrations.map(({ transform, outcome, strategies, refusals, notes }) => ({
        transform,
        outcome,
        strategies: strategies.map(({ strategy, verdict, refusals: stops }) => ({
          name: strategy,
          description: STRATEGIES[strategy],
          verdict,
          refusals: stops.map(shown),
        })),
        refusals: refusals.map(shown),
        notes,
      })),
    })),
    lacking: explanation.lacking,
    near: explanation.near,
  };
  return `${printableLines(JSON.stringify(document, null, 2))}\n`;
}

function shown({ code, line, column, message, hint }: RefusedSite): object {
  return { code, line, column, message, hint };
}
