import { REFUSALS } from "../../../src/core.ts";
import { STRATEGIES } from "../../../src/plan/strategies.ts";

/** The page with the message and the hint of each refusal code as a quotation below its heading. */
export function withRefusalTexts(page: string): string {
  return page.replaceAll(/^## `([\w-]+)`\n\n(?:(?:>.*\n)+\n)?/gm, (heading, code: string) => {
    if (!(code in REFUSALS)) return heading;
    const { message, hint } = REFUSALS[code as keyof typeof REFUSALS];
    return `## \`${code}\`\n\n> ${message.replaceAll("{{name}}", "`…`")}\n> To change: ${hint}\n\n`;
  });
}

/** The page with the table of the strategies where its columns stand. */
export function withStrategies(page: string): string {
  const rows = Object.entries(STRATEGIES).map(([name, sentences]) => `| \`${name}\` | ${sentences} |\n`);
  return page.replace(/^(\| strategy \| .*\n\|---\|---\|\n)(?:\|.*\n)*/m, (_, head: string) => head + rows.join(""));
}
