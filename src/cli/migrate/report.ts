import type { Io } from "../io.ts";
import { loadOneByOne } from "../load-one-by-one.ts";
import { formatRemarks, isRemarkFormat } from "../reports/formats.ts";
import { packageVersion } from "../version.ts";
import type { MigrateFormat } from "./options.ts";
import type { FileOutcome } from "./outcome.ts";

/** The report in a format. @param write Whether the files were written, or were meant to be. */
export async function report(
  outcomes: readonly FileOutcome[],
  { format, write }: { readonly format: MigrateFormat; readonly write: boolean },
  io: Io,
): Promise<string> {
  if (isRemarkFormat(format))
    return formatRemarks(format, (await import("./remarks.ts")).remarksOf(outcomes, io.cwd), packageVersion());
  loadOneByOne(`./report-${format}.ts`, import.meta.url);
  if (format === "html")
    return (await import("./report-html.ts")).formatHtml(outcomes, write, io.cwd, packageVersion());
  if (format === "json") return (await import("./report-json.ts")).formatJson(outcomes);
  return (await import("./report-text.ts")).formatText(outcomes, write, io);
}
