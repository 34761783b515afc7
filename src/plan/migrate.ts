import { withinStack } from "../ast/nesting.ts";
import { parse } from "../ast/parse.ts";
import type { Source } from "../ast/source.ts";
import { analyze } from "../recognize/analysis.ts";
import { mayMigrate } from "./candidates.ts";
import { decideTogether, type Decided } from "./decide.ts";
import { contractOfText } from "./contracts/contract-of-text.ts";
import { ContractMigration } from "./contracts/contracts.ts";
import { MigrationRun } from "./migration-run.ts";
import { settingsOf, type FileMigration, type MigrateOptions, type SiteReport } from "./migration.ts";
import { checkOptions } from "./option-problems.ts";
import { settle } from "./settle.ts";
import { TRANSFORM_NAMES, type TransformName } from "./types.ts";

/**
 * Migrates one file, with one migration after the other, until nothing more changes.
 *
 * @throws {ParseError} when the text does not parse; it is never edited then.
 * @throws {NestingError} when the text is nested too deeply.
 * @throws {TypeError} for an option that is none, or a value that its option does not take.
 */
export function migrateText(text: string, options: MigrateOptions): FileMigration {
  checkOptions(options);
  // A byte order mark is no part of the program; it goes back in front of the output.
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  return withinStack(options.filePath, () => {
    const { run, isSettled } = migrateWithin(text.slice(mark.length), options);
    return isSettled ? run.outcome(mark) : run.unsettled(mark);
  });
}

/**
 * What `migrateText` makes of each site of a text without a byte order mark, and what it tried. Offsets are those of that text.
 *
 * @throws as `migrateText`.
 */
export function reportSites(text: string, options: MigrateOptions): SiteReport[] {
  return withinStack(options.filePath, () => {
    const { run, isSettled } = migrateWithin(text, options);
    return run.sites(isSettled);
  });
}

/**
 * The same, with the text that comes of it.
 *
 * @throws as `migrateText`.
 */
export function reportMigration(text: string, options: MigrateOptions): { sites: SiteReport[]; output: string } {
  return withinStack(options.filePath, () => {
    const { run, isSettled } = migrateWithin(text, options);
    return { sites: run.sites(isSettled), output: isSettled ? run.text : text };
  });
}

function migrateWithin(text: string, options: MigrateOptions): { run: MigrationRun; isSettled: boolean } {
  const asked = options.transforms ?? TRANSFORM_NAMES;
  const run = new MigrationRun(text);
  let source: Source | null = null;
  const isSettled = settle(
    TRANSFORM_NAMES.filter((transform) => asked.includes(transform)),
    (transform) => {
      run.restart(transform);
      const before = run.text;
      if (!mayMigrate(before, [transform], options)) return false;
      // Most migrations find nothing to change: those after them look at the same tree.
      if (source?.text !== before) source = parse(before, options.filePath);
      for (const decided of decide(source, transform, options, (offset) => run.positionOf(offset).line)) {
        run.take(decided);
        // What was parsed for the check is what the next migration begins with.
        source = decided.after ?? source;
      }
      return run.text !== before;
    },
  );
  return { run, isSettled };
}

/** What one migration decides about a file: changes that are made one after the other. */
function decide(
  source: Source,
  transform: TransformName,
  options: MigrateOptions,
  lineOf: (offset: number) => number,
): readonly Decided[] {
  if (transform !== "contract-to-async")
    return [decideTogether(analyze(source, settingsOf(options)), transform, options)];
  const made = new ContractMigration(contractOfText(source, options, lineOf), options).run();
  return made.get(options.filePath) ?? [];
}
