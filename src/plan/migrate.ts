import { withinStack } from "../ast/nesting.ts";
import { parse } from "../ast/parse.ts";
import { analyze } from "../recognize/analysis.ts";
import { mayMigrate } from "./candidates.ts";
import { decideTogether, isPlan, type Decided } from "./decide.ts";
import { contractOfText } from "./contracts/contract-of-text.ts";
import { ContractMigration } from "./contracts/contracts.ts";
import { originalOffset } from "./edits.ts";
import {
  settingsOf,
  type FileMigration,
  type MigratedSite,
  type MigrateOptions,
  type RefusedSite,
} from "./migration.ts";
import type { Decision } from "./plan-file.ts";
import { TRANSFORM_NAMES, type TextEdit, type TransformName } from "./types.ts";

/**
 * Migrates one file, with one migration after the other.
 *
 * @throws {ParseError} when the text does not parse; it is never edited then.
 * @throws {NestingError} when the text is nested too deeply.
 * @throws {TypeError} when the settings name a host that does not exist.
 */
export function migrateText(text: string, options: MigrateOptions): FileMigration {
  return withinStack(options.filePath, () => migrateWithin(text, options));
}

function migrateWithin(text: string, options: MigrateOptions): FileMigration {
  const asked = options.transforms ?? TRANSFORM_NAMES;
  // A byte order mark is no part of the program; it goes back in front of the output.
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const original = text.slice(mark.length);
  const run = new MigrationRun(original);
  for (const transform of TRANSFORM_NAMES) {
    if (asked.includes(transform) && mayMigrate(run.text, [transform])) run.migrate(transform, options);
  }
  return run.outcome(mark);
}

/** Migrations of one text, each of what the one before has made of it. */
export class MigrationRun {
  text: string;
  isFound = false;
  readonly migrations: MigratedSite[] = [];
  readonly refusals: RefusedSite[] = [];
  readonly #original: string;
  readonly #made: (readonly TextEdit[])[] = [];
  /** Where the Begins stand of pairs that are refused as contracts, in the text as it was first. */
  readonly #refusedPairs: (readonly [number, number])[] = [];

  constructor(original: string) {
    this.text = this.#original = original;
  }

  /** What became of the text, with what stands before it. */
  outcome(mark = ""): FileMigration {
    return {
      status: this.text !== this.#original ? "migrated" : this.isFound ? "refused" : "unchanged",
      output: mark + this.text,
      migrations: this.migrations.sort((a, b) => a.line - b.line),
      refusals: this.refusals.sort((a, b) => a.line - b.line || a.column - b.column),
    };
  }

  migrate(transform: TransformName, options: MigrateOptions): void {
    if (transform === "contract-to-async") {
      const made = new ContractMigration(contractOfText(this.text, options), options).run();
      return (made.get(options.filePath) ?? []).forEach((decided) => this.take(decided));
    }
    const context = analyze(parse(this.text, options.filePath), settingsOf(options));
    this.take(decideTogether(context, transform, options));
  }

  /** Takes over what was decided about the text as it is now. */
  take({ decisions, finished }: Decided): void {
    if (decisions.length > 0) this.isFound = true;
    for (const decision of decisions) {
      this.migrations.push(...this.#migratedSites(decision));
      this.refusals.push(...this.#refusedSites(decision));
    }
    if (finished === null) return;
    this.text = finished.output;
    this.#made.push(finished.edits);
  }

  #migratedSites({ outcome }: Decision): MigratedSite[] {
    if (!isPlan(outcome)) return [];
    const notes = outcome.notes.map((note) => ({
      code: note.code,
      line: this.positionOf(note.range[0]).line,
      message: note.message,
      offset: note.range[0],
    }));
    return outcome.sites.map((site, index) => ({
      transform: outcome.transform,
      operation: site.operation,
      line: this.positionOf(site.range[0]).line,
      // A note stands with the site it is written at; one about a function or an event stands with the first site.
      notes: notes
        .filter((note) => {
          const owner = outcome.sites.findIndex(({ range }) => range[0] <= note.offset && note.offset <= range[1]);
          return owner === -1 ? index === 0 : owner === index;
        })
        .map(({ code, line, message }) => ({ code, line, message })),
    }));
  }

  #refusedSites({ outcome, sites, transform }: Decision): RefusedSite[] {
    if (isPlan(outcome)) return [];
    if (transform === "contract-to-async")
      for (const { nameNode } of sites) this.#refusedPairs.push(nameNode.parent!.range);
    // Why a pair stays is said once.
    const isSaid = (offset: number): boolean =>
      this.#refusedPairs.some(([start, end]) => start <= offset && offset < end);
    return outcome
      .filter(
        ({ code, range }) =>
          code !== "exported-pair" || transform === "contract-to-async" || !isSaid(this.#firstOffset(range[0])),
      )
      .map(({ code, range, message, hint }) => ({ transform, code, ...this.positionOf(range[0]), message, hint }));
  }

  #firstOffset(offset: number): number {
    return this.#made.reduceRight((place, edits) => originalOffset(edits, place), offset);
  }

  /** One-based line and column, in the text as it was first, of an offset of the text as it is now. */
  positionOf(offset: number): { line: number; column: number } {
    const first = this.#firstOffset(offset);
    const before = this.#original.slice(0, first).split(/\r\n|[\n\r\u2028\u2029]/);
    return { line: before.length, column: before.at(-1)!.length + 1 };
  }
}
