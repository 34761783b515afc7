import { positionsIn } from "../ast/lines.ts";
import { countLeading } from "../count-leading.ts";
import { groupBy } from "../recognize/group-by.ts";
import { isPlan, type Decided } from "./decide.ts";
import { originalOffset } from "./edit-offsets.ts";
import type { FileMigration, MigratedSite, RefusedSite } from "./migration.ts";
import type { Decision } from "./plan-file.ts";
import {
  TRANSFORM_NAMES,
  type Plan,
  type PlannedSite,
  type Range,
  type Refusal,
  type TextEdit,
  type TransformName,
} from "./types.ts";
import { refusalOf } from "./refusals.ts";

/** A refusal, and where it points in the text as it was first. */
interface Refused {
  readonly transform: TransformName;
  readonly refusal: Refusal;
  readonly offset: number;
}

/** What was migrated, and where it was in the text as it was first. */
interface Migrated {
  readonly site: MigratedSite;
  readonly offset: number;
}

/** Migrations of one text, each of what those before have made of it. Reports speak of the text as it was first. */
export class MigrationRun {
  text: string;
  #isFound = false;
  readonly #original: string;
  readonly #made: (readonly TextEdit[])[] = [];
  readonly #migrated: Migrated[] = [];
  readonly #refused = new Map<TransformName, Refused[]>();
  /** What was said first of the sites that a migration refuses together: that is about code which the user has. */
  readonly #firstReasons = new Map<string, readonly Refused[]>();
  /** Where the Begins stand of pairs that are refused as contracts, in the text as it was first. */
  #refusedPairs: Range[] = [];
  #positionOf: ReturnType<typeof positionsIn> | null = null;

  constructor(original: string) {
    this.text = this.#original = original;
  }

  /** Forgets what a migration has refused: it is about to decide anew what is left. */
  restart(transform: TransformName): void {
    this.#refused.delete(transform);
    if (transform === "contract-to-async") this.#refusedPairs = [];
  }

  /** Takes over what was decided about the text as it is now. */
  take({ decisions, finished }: Decided): void {
    if (decisions.length > 0) this.#isFound = true;
    for (const decision of decisions) {
      if (isPlan(decision.outcome)) this.#migrated.push(...this.#migratedSites(decision.outcome));
      else this.#refuse(decision, decision.outcome);
    }
    if (finished === null) return;
    this.text = finished.output;
    this.#made.push(finished.edits);
  }

  /** What became of the text, with what stands before it. */
  outcome(mark = ""): FileMigration {
    return {
      status: this.text !== this.#original ? "migrated" : this.#isFound ? "refused" : "unchanged",
      output: mark + this.text,
      migrations: this.#migrated.map(({ site }) => site).sort((a, b) => a.line - b.line),
      refusals: this.#refusals(this.#allRefused()),
    };
  }

  /** The text as it was first, of which the migrations never came to an end: what they changed is refused. */
  unsettled(mark = ""): FileMigration {
    const changed = new Map(
      this.#migrated.map(({ site: { operation, transform }, offset }) => [
        `${transform} ${offset}`,
        { transform, refusal: refusalOf("does-not-settle", [offset, offset], operation), offset },
      ]),
    );
    return {
      status: this.#isFound ? "refused" : "unchanged",
      output: mark + this.#original,
      migrations: [],
      refusals: this.#refusals([...changed.values(), ...this.#allRefused()]),
    };
  }

  /** One-based line and column, in the text as it was first, of an offset of the text as it is now. */
  positionOf(offset: number): { line: number; column: number } {
    return this.#firstPosition(this.#firstOffset(offset));
  }

  #firstOffset(offset: number): number {
    return this.#made.reduceRight((place, edits) => originalOffset(edits, place), offset);
  }

  #firstPosition(offset: number): { line: number; column: number } {
    this.#positionOf ??= positionsIn(this.#original);
    return this.#positionOf(offset);
  }

  #refuse({ sites, transform }: Decision, refusals: readonly Refusal[]): void {
    const key = this.#keyOf(transform, sites);
    let reasons = key === null ? undefined : this.#firstReasons.get(key);
    reasons ??= refusals.map((refusal) => ({ transform, refusal, offset: this.#firstOffset(refusal.range[0]) }));
    if (key !== null) this.#firstReasons.set(key, reasons);
    const known = this.#refused.get(transform);
    if (known === undefined) this.#refused.set(transform, [...reasons]);
    else known.push(...reasons);
    if (transform === "contract-to-async") for (const site of sites) this.#refusedPairs.push(this.#rangeOfStart(site));
  }

  /** Tells sites that a migration refuses together from all others; `null` where a migration has moved one of them. */
  #keyOf(transform: TransformName, sites: Decision["sites"]): string | null {
    const offsets = sites.map(({ nameNode: { range } }) => {
      const offset = this.#firstOffset(range[0]);
      return this.#original.startsWith(this.text.slice(...range), offset) ? offset : null;
    });
    return offsets.includes(null) ? null : `${transform} ${offsets.join()}`;
  }

  #rangeOfStart({ nameNode }: Decision["sites"][number]): Range {
    const [start, end] = nameNode.parent!.range;
    return [this.#firstOffset(start), this.#firstOffset(end)];
  }

  #migratedSites({ notes, sites, transform }: Plan): Migrated[] {
    const siteOf = siteFinder(sites);
    // A note stands with the site it is written at; one about a function or an event stands with the first site.
    const bySite = groupBy(notes, ({ range }) => siteOf(range[0]) ?? sites[0]);
    return sites.map((site) => ({
      offset: this.#firstOffset(site.range[0]),
      site: {
        transform,
        operation: site.operation,
        line: this.positionOf(site.range[0]).line,
        notes: (bySite.get(site) ?? []).map(({ code, message, range }) => ({
          code,
          line: this.positionOf(range[0]).line,
          message,
        })),
      },
    }));
  }

  #allRefused(): Refused[] {
    return TRANSFORM_NAMES.flatMap((transform) => this.#refused.get(transform) ?? []);
  }

  #refusals(refused: readonly Refused[]): RefusedSite[] {
    // Why a pair stays is said once.
    const isSaid = (offset: number): boolean =>
      this.#refusedPairs.some(([start, end]) => start <= offset && offset < end);
    return refused
      .filter(
        ({ offset, refusal: { code }, transform }) =>
          code !== "exported-pair" || transform === "contract-to-async" || !isSaid(offset),
      )
      .map(({ offset, refusal: { code, hint, message }, transform }) => ({
        transform,
        code,
        ...this.#firstPosition(offset),
        message,
        hint,
      }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
  }
}

/** Tells the first site in whose range an offset lies. Each answer costs a binary search. */
function siteFinder(sites: readonly PlannedSite[]): (offset: number) => PlannedSite | undefined {
  const sorted = sites.toSorted((a, b) => a.range[0] - b.range[0]);
  let most = -1;
  const reached = sorted.map(({ range }) => (most = Math.max(most, range[1])));
  return (offset) => {
    const site = sorted[countLeading(reached, (end) => end < offset)];
    return site !== undefined && site.range[0] <= offset ? site : undefined;
  };
}
