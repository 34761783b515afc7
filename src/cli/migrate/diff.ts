import { isAbsolute, relative } from "node:path";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { printableLines } from "../../printable.ts";
import type { Paint } from "../io.ts";
import { newText, type FileOutcome } from "./outcome.ts";

/**
 * The change of one file as a unified diff, as `git apply` and `patch -p1` take it in the current folder. Empty for a file
 * that does not change.
 *
 * @param isForEyes Whether a person reads it on a terminal: what does not print is escaped then, and the diff no longer applies.
 */
export function formatDiff(
  { file, outcome, original }: Pick<FileOutcome, "file" | "original" | "outcome">,
  cwd: string,
  paint: Paint,
  isForEyes: boolean,
): string {
  const text = newText({ outcome });
  if (text === null || original === undefined) return "";
  const path = relative(cwd, file);
  const isBelow = !path.startsWith("..") && !isAbsolute(path);
  const [before, after] = isBelow ? [`a/${path}`, `b/${path}`] : [file, file];
  const mark = original.hasBom ? "\uFEFF" : "";
  const patch = createTwoFilesPatch(before, after, mark + original.text, mark + text, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  // Only line feeds end a line of a patch; carriage returns belong to the text.
  const lines = patch.split("\n");
  return lines.map((line) => paintLine(isForEyes ? shown(line) : line, paint)).join("\n");
}

/** A line as a terminal shows it. The carriage return that ends a line in some files does nothing there. */
function shown(line: string): string {
  return line.endsWith("\r") ? `${printableLines(line.slice(0, -1))}\r` : printableLines(line);
}

function paintLine(line: string, paint: Paint): string {
  if (line.startsWith("--- ") || line.startsWith("+++ ")) return paint("bold", line);
  if (line.startsWith("@@")) return paint("cyan", line);
  if (line.startsWith("+")) return paint("green", line);
  if (line.startsWith("-")) return paint("red", line);
  return line;
}
