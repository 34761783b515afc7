import { encode } from "../files/source-text.ts";
import { newText, type FileOutcome } from "./outcome.ts";
import { summarize } from "./summary.ts";
import { printableLines } from "../../printable.ts";

/** The report for programs: one JSON document, described in docs/cli.md. What does not print is escaped: it is the same document so. */
export function formatJson(outcomes: readonly FileOutcome[]): string {
  const document = { summary: summarize(outcomes), files: outcomes.map(toRecord) };
  return `${printableLines(JSON.stringify(document, null, 2))}\n`;
}

function toRecord({ path, outcome, original }: FileOutcome): object {
  if (outcome.status === "error")
    return { path, status: outcome.status, migrations: [], refusals: [], error: outcome.error };
  const record = {
    path,
    status: outcome.status,
    migrations: outcome.migrations.map(({ transform, operation, line, notes }) => ({
      transform,
      operation,
      line,
      notes,
    })),
    refusals: outcome.refusals.map(({ code, line, column, message, hint }) => ({ code, line, column, message, hint })),
  };
  const text = newText({ outcome });
  if (text === null) return record;
  // With the byte order mark, if there is one: what stands here is what --write writes.
  return { ...record, output: encode({ text, hasBom: original?.hasBom ?? false }).toString("utf8") };
}
