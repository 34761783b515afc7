import type { RemarkReport } from "./remark.ts";

/** The formats for other programs that several commands have. */
export const REMARK_FORMATS = ["sarif", "github", "junit"] as const;
export type RemarkFormat = (typeof REMARK_FORMATS)[number];

export function isRemarkFormat(name: string): name is RemarkFormat {
  return REMARK_FORMATS.some((format) => format === name);
}

/** Formats a report; ends with a line feed unless it is empty. */
export async function formatRemarks(format: RemarkFormat, report: RemarkReport, version: string): Promise<string> {
  switch (format) {
    case "sarif":
      return (await import("./sarif.ts")).formatSarif(report, version);
    case "github":
      return (await import("./github.ts")).formatGithub(report);
    case "junit":
      return (await import("./junit.ts")).formatJunit(report);
  }
}
