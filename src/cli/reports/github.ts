import { printable } from "../../printable.ts";
import { pathBelow, type Remark, type RemarkReport } from "./remark.ts";

const COMMANDS = { error: "error", warning: "warning", note: "notice" } as const satisfies Record<
  Remark["level"],
  string
>;

/** The report as workflow commands: GitHub Actions shows each as an annotation at its place. */
export function formatGithub({ cwd, remarks }: RemarkReport): string {
  return remarks.map((remark) => `${lineOf(cwd, remark)}\n`).join("");
}

function lineOf(cwd: string, { file, line, column, endLine, endColumn, rule, url, level, message }: Remark): string {
  const properties = Object.entries({
    file: pathBelow(cwd, file) ?? file,
    line,
    col: column,
    endLine,
    endColumn,
    title: rule,
  }).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : `${name}=${escapeProperty(printable(String(value)))}`,
  );
  return `::${COMMANDS[level]} ${properties.join(",")}::${escapeText(url === null ? message : `${message} ${url}`)}`;
}

/** What ends a command, or begins an escape. */
function escapeText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
