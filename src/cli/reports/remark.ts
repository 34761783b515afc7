import { isAbsolute, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** One place that a report names, whichever command found it. */
export interface Remark {
  /** Absolute. */
  readonly file: string;
  /** One-based; `null` for a file as a whole. */
  readonly line: number | null;
  readonly column: number | null;
  /** One-based, where it is known; the column is the one after the last. */
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The rule or the code; `null` for a file that could not be read, parsed or written. */
  readonly rule: string | null;
  /** What explains the rule or the code. */
  readonly url: string | null;
  readonly level: "error" | "warning" | "note";
  readonly message: string;
}

/** What a report is made of. */
export interface RemarkReport {
  /** Absolute; paths in reports are relative to it. */
  readonly cwd: string;
  /** All files that were looked at, absolute. */
  readonly files: readonly string[];
  readonly remarks: readonly Remark[];
}

/** The path of a file with slashes, relative to the current folder; `null` for a file that lies elsewhere. */
export function pathBelow(cwd: string, file: string): string | null {
  const path = relative(cwd, file);
  return path.split(sep)[0] === ".." || isAbsolute(path) ? null : path.replaceAll(sep, "/");
}

/** The address of a file: relative where it lies in the current folder. */
export function uriOf(cwd: string, file: string): string {
  const path = pathBelow(cwd, file);
  return path === null ? pathToFileURL(file).href : path.split("/").map(encodeURIComponent).join("/");
}
