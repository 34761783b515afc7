import type { Io, Paint } from "../io.ts";
import { createPaint, hasColour } from "../io.ts";
import { formatDiff } from "./diff.ts";
import type { FileOutcome } from "./outcome.ts";
import { countCommented, countPlaces, summarize } from "./summary.ts";
import { printable, printableLines } from "../../printable.ts";

/**
 * The report for people: the diffs unless the files were written, then what was found file by file, then the numbers.
 *
 * @param isWritten Whether the files were written, or were meant to be.
 */
export function formatText(outcomes: readonly FileOutcome[], isWritten: boolean, io: Io): string {
  const paint = createPaint(io.stdout, io.env);
  const isForEyes = io.stdout.isTTY === true || hasColour(io.stdout, io.env);
  const diffs = isWritten ? [] : outcomes.map((file) => formatDiff(file, io.cwd, paint, isForEyes));
  const details = outcomes.map((file) => formatFile(file, paint));
  return [...diffs, ...details, formatSummary(outcomes, isWritten, paint)].filter((part) => part !== "").join("\n");
}

function formatFile({ path, outcome }: FileOutcome, paint: Paint): string {
  const lines: string[] = [];
  if (outcome.status === "error") {
    const { message, line, column } = outcome.error;
    lines.push(`  ${position(line, column)}${paint("red", "error")} ${indented(message)}`);
  } else {
    for (const { line, operation, transform, notes } of outcome.migrations) {
      lines.push(`  ${position(line)}${paint("green", "migrated")} ${printable(operation)} (${transform})`);
      for (const note of notes)
        lines.push(`    ${position(note.line)}${paint("cyan", "note")} ${note.code}: ${printable(note.message)}`);
    }
    for (const { line, column, code, message, hint } of outcome.refusals) {
      lines.push(
        `  ${position(line, column)}${paint("yellow", "refused")} ${code}: ${printable(message)}`,
        `    ${printable(hint)}`,
      );
    }
  }
  return lines.length === 0 ? "" : `${paint("underline", printable(path))}\n${lines.join("\n")}\n`;
}

/** The message of an error: a defect has several lines, which are not to be taken for those of the report. */
function indented(message: string): string {
  return printableLines(message).replaceAll(/\n[ \t]*/g, "\n    ");
}

function position(line: number | null, column: number | null = null): string {
  if (line === null) return "";
  return column === null ? `${line} ` : `${line}:${column} `;
}

function formatSummary(outcomes: readonly FileOutcome[], isWritten: boolean, paint: Paint): string {
  const { files, migrated, refused, unchanged, errors } = summarize(outcomes);
  const places = countPlaces(outcomes);
  const counts = [
    `${migrated} ${isWritten ? "migrated" : "to migrate"}`,
    `${refused} refused`,
    `${unchanged} unchanged`,
    `${errors} ${errors === 1 ? "error" : "errors"}`,
  ];
  const lines = [`${paint("bold", `${files} ${files === 1 ? "file" : "files"}:`)} ${counts.join(", ")}.`];
  if (places.migrated.places > 0) lines.push(`${inFiles(places.migrated)} ${isWritten ? "migrated" : "to migrate"}.`);
  if (places.refused.places > 0) lines.push(`${inFiles(places.refused)} refused: see "refused" above.`);
  const commented = countCommented(outcomes);
  if (commented > 0)
    lines.push(
      `Comments alone ${isWritten ? "changed" : "change"} in ${commented} ${commented === 1 ? "file" : "files"}.`,
    );
  lines.push(...nextStep(outcomes, isWritten, { changed: migrated + commented, refusals: places.refused.places }));
  return `${lines.join("\n")}\n`;
}

function inFiles({ places, files }: { readonly places: number; readonly files: number }): string {
  return `${places} ${places === 1 ? "place" : "places"} in ${files} ${files === 1 ? "file" : "files"}`;
}

/** What to do now, as the last line; none where there is nothing to do. */
function nextStep(
  outcomes: readonly FileOutcome[],
  isWritten: boolean,
  { changed, refusals }: { readonly changed: number; readonly refusals: number },
): string[] {
  if (changed > 0)
    return isWritten
      ? ["Next: read what changed (git diff), and run your tests."]
      : ["Nothing was written. Next: read the diff, and pass --write to write the files."];
  const refused = refusals === 0 ? undefined : outcomes.find(({ outcome }) => outcome.status === "refused");
  if (refused === undefined || refused.outcome.status === "error") return [];
  const place = printable(`${refused.path}:${refused.outcome.refusals[0]!.line}`);
  return [`Next: tapify explain ${place} says what was tried there, and what to change.`];
}
