import { positionsIn } from "../ast/lines.ts";
import { groupBy } from "../recognize/group-by.ts";
import { isPlan, type Decided } from "./decide.ts";
import { originalOffset } from "./edit-offsets.ts";
import type { FileMigration, MigratedSite, RefusedSite, SiteReport, TriedStrategy, Verdict } from "./migration.ts";
import type { Decision } from "./plan-file.ts";
import { TRANSFORM_NAMES, type Plan, type Range, type Refusal, type TextEdit, type TransformName } from "./types.ts";
import { refusalOf } from "./refusals.ts";
import { siteFinder } from "./site-finder.ts";
import type { StrategyName } from "./strategies.ts";

/** A refusal, and where it points in the text as it was first. */
interface Refused {
  readonly transform: TransformName;
  readonly refusal: Refusal;
  readonly offset: number;
}

/** A site that was decided: its name, where that was in the text as it was first, and what was tried for it. */
interface DecidedSite {
  readonly name: string;
  readonly offset: number;
  readonly tried: readonly { readonly strategy: StrategyName; readonly reasons: readonly Refused[] }[];
}

/** What was migrated, and where it was in the text as it was first. */
interface Migrated {
  readonly site: MigratedSite;
  readonly offset: number;
  readonly decided: DecidedSite;
}

/** Sites that are refused together, and why. */
interface RefusedSites {
  readonly sites: readonly DecidedSite[];
  readonly reasons: readonly Refused[];
}

/** Migrations of one text, each of what those before have made of it. Reports speak of the text as it was first. */
export class MigrationRun {
  text: string;
  #isFound = false;
  readonly #original: string;
  readonly #made: (readonly TextEdit[])[] = [];
  readonly #migrated: Migrated[] = [];
  readonly #refused = new Map<TransformName, RefusedSites[]>();
  /** What was said first of the sites that a migration refuses together: that is about code which the user has. */
  readonly #firstReasons = new Map<string, RefusedSites>();
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
      if (isPlan(decision.outcome)) this.#migrated.push(...this.#migratedSites(decision, decision.outcome));
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

  /** What became of each site, in source order. What was changed in a text that did not settle is refused. */
  sites(isSettled: boolean): SiteReport[] {
    const migrated = this.#migrated.map(({ decided, site: { notes, operation, transform } }): SiteReport => {
      const { name, offset } = decided;
      if (isSettled) {
        const strategies = this.#strategies(decided, "taken");
        return { transform, name, offset, outcome: "migrated", notes, refusals: [], strategies };
      }
      const reason = { transform, refusal: refusalOf("does-not-settle", [offset, offset], operation), offset };
      const strategies = this.#strategies(decided, "held-back");
      return { transform, name, offset, outcome: "refused", notes: [], refusals: [this.#shown(reason)], strategies };
    });
    const refused = [...this.#refused].flatMap(([transform, all]) =>
      all.flatMap(({ sites, reasons }) =>
        sites.map((decided): SiteReport => {
          const { name, offset } = decided;
          const strategies = this.#strategies(decided, "held-back");
          const refusals = reasons.map((reason) => this.#shown(reason));
          return { transform, name, offset, outcome: "refused", notes: [], refusals, strategies };
        }),
      ),
    );
    return [...migrated, ...refused].sort((a, b) => a.offset - b.offset);
  }

  /** What was tried for a site. `last` came of the strategy that was left, if nothing stopped it. */
  #strategies({ tried }: DecidedSite, last: Verdict): TriedStrategy[] {
    return tried.map(({ strategy, reasons }, index) => {
      const refusals = reasons.map((reason) => this.#shown(reason));
      const verdict = index < tried.length - 1 ? "passed-over" : refusals.length > 0 ? "stopped" : last;
      return { strategy, verdict, refusals };
    });
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

  #refuse(decision: Decision, refusals: readonly Refusal[]): void {
    const { sites, transform } = decision;
    const key = this.#keyOf(transform, sites);
    let refused = key === null ? undefined : this.#firstReasons.get(key);
    refused ??= {
      sites: this.#decidedSites(decision),
      reasons: refusals.map((refusal) => this.#placed(transform, refusal)),
    };
    if (key !== null) this.#firstReasons.set(key, refused);
    const known = this.#refused.get(transform);
    if (known === undefined) this.#refused.set(transform, [refused]);
    else known.push(refused);
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

  #placed(transform: TransformName, refusal: Refusal): Refused {
    return { transform, refusal, offset: this.#firstOffset(refusal.range[0]) };
  }

  #decidedSites({ attempts, sites, transform }: Decision): DecidedSite[] {
    return sites.map((site) => ({
      name: this.text.slice(...site.nameNode.range),
      offset: this.#firstOffset(site.nameNode.range[0]),
      tried: (attempts?.of(site) ?? []).map(({ strategy, refusals }) => ({
        strategy,
        reasons: refusals.map((refusal) => this.#placed(transform, refusal)),
      })),
    }));
  }

  #migratedSites(decision: Decision, { notes, sites, transform }: Plan): Migrated[] {
    const decided = this.#decidedSites(decision);
    const siteOf = siteFinder(sites);
    // A note stands with the site it is written at; one about a function or an event stands with the first site.
    const bySite = groupBy(notes, ({ range }) => siteOf(range[0]) ?? sites[0]);
    return sites.map((site, index) => ({
      offset: this.#firstOffset(site.range[0]),
      decided: decided[index]!,
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
    return TRANSFORM_NAMES.flatMap((transform) => this.#refused.get(transform) ?? []).flatMap(({ reasons }) => reasons);
  }

  #shown({ offset, refusal: { code, hint, message }, transform }: Refused): RefusedSite {
    return { transform, code, ...this.#firstPosition(offset), message, hint };
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
      .map((reason) => this.#shown(reason))
      .sort((a, b) => a.line - b.line || a.column - b.column);
  }
}
