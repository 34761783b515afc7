import { positionsIn } from "../../ast/lines.ts";
import { parse } from "../../ast/parse.ts";
import { decideFile, isPlan } from "../../plan/decide.ts";
import { applyEdits } from "../../plan/edits.ts";
import {
  settingsOf,
  type FileMigration,
  type MigratedSite,
  type MigrateOptions,
  type RefusedSite,
} from "../../plan/migration.ts";
import type { SiteDecision } from "../../plan/plan-file.ts";
import { TRANSFORMS } from "../../plan/transforms.ts";
import { TRANSFORM_NAMES, type SiteTransformName } from "../../plan/types.ts";
import { analyze } from "../../recognize/analysis.ts";
import { NestingError } from "../../ast/nesting.ts";
import { ParseError } from "../../ast/parse-error.ts";
import { printable } from "../../printable.ts";
import type { FoundFile } from "../files/discover.ts";
import { readSource, type SourceText } from "../files/source-text.ts";
import { UsageError } from "../usage-error.ts";
import type { PlanOptions } from "./options.ts";
import { failure, type FileOutcome, type TextOutcome } from "./outcome.ts";

/**
 * Migrates one place of a file in memory.
 *
 * @param line One-based.
 * @throws {UsageError} when the file cannot be read or parsed, or no migration that was asked for takes up anything in that line.
 */
export function migrateOnly(found: FoundFile, plan: PlanOptions, line: number): FileOutcome {
  const place = printable(`${found.path}:${line}`);
  const original = read(found);
  let outcome: FileMigration | null;
  try {
    outcome = migrateLine(original.text, { ...plan, filePath: found.file }, line);
  } catch (error) {
    if (!(error instanceof ParseError || error instanceof NestingError)) throw error;
    return { ...found, outcome: migrateFailure(error) };
  }
  if (outcome === null)
    throw new UsageError(
      `${place} holds nothing that a migration takes up. tapify explain ${place} says what was recognised there.`,
    );
  return outcome.status === "migrated" ? { ...found, outcome, original } : { ...found, outcome };
}

function read({ file, path }: FoundFile): SourceText {
  try {
    return readSource(file);
  } catch (error) {
    throw new UsageError(printable(`${path} cannot be read: ${(error as Error).message}.`));
  }
}

function migrateFailure(error: ParseError | NestingError): TextOutcome {
  if (error instanceof NestingError) return failure(error.message);
  return failure(`does not parse: ${error.message}`, error.line, error.column);
}

/**
 * Migrates what stands in one line of a text, with what can only change together with it, as a suggestion in an editor does. What that makes
 * possible is left to another run.
 *
 * @param line One-based.
 * @returns `null` when no migration that was asked for takes up anything in that line.
 * @throws {ParseError} when the text does not parse.
 */
function migrateLine(text: string, options: MigrateOptions, line: number): FileMigration | null {
  const context = analyze(parse(text, options.filePath), settingsOf(options));
  const positionOf = positionsIn(text);
  const lineOf = (offset: number): number => positionOf(offset).line;
  const transforms = (options.transforms ?? TRANSFORM_NAMES).filter(
    (name): name is SiteTransformName => name in TRANSFORMS,
  );
  for (const transform of transforms) {
    const found = decideFile(context, transform, options).filter(({ sites }) =>
      sites.some(({ nameNode }) => lineOf(nameNode.range[0]) === line),
    );
    const plan = found.map(({ outcome }) => outcome).find(isPlan);
    if (plan !== undefined) {
      const migrations = plan.sites.map(({ operation, range }, index): MigratedSite => ({
        transform,
        operation,
        line: lineOf(range[0]),
        // Notes are about the plan as a whole.
        notes:
          index > 0 ? [] : plan.notes.map(({ code, message, range: at }) => ({ code, message, line: lineOf(at[0]) })),
      }));
      return { status: "migrated", output: applyEdits(text, plan.edits), migrations, refusals: [] };
    }
    if (found.length > 0)
      return {
        status: "refused",
        output: "",
        migrations: [],
        refusals: found.flatMap((decision) => refusalsOf(decision, positionOf)),
      };
  }
  return null;
}

function refusalsOf({ outcome, transform }: SiteDecision, positionOf: ReturnType<typeof positionsIn>): RefusedSite[] {
  if (isPlan(outcome)) return [];
  return outcome.map(({ code, range, message, hint }) => ({ transform, code, message, hint, ...positionOf(range[0]) }));
}
