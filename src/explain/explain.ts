import { linesOf, lineStartsOf, positionsIn } from "../ast/lines.ts";
import { withinStack } from "../ast/nesting.ts";
import { parse } from "../ast/parse.ts";
import type { TSESTree } from "../ast/source.ts";
import { reportSites } from "../plan/migrate.ts";
import { settingsOf, type MigrateOptions, type SiteReport } from "../plan/migration.ts";
import type { Range } from "../plan/types.ts";
import { analyze } from "../recognize/analysis.ts";
import type { Context } from "../recognize/context.ts";
import { recognisedBegins } from "./begin-end.ts";
import { recognisedCallbacks } from "./callbacks.ts";
import { recognisedCompletions } from "./completions.ts";
import { recognisedDeclarations } from "./declarations.ts";
import { recognisedEvents } from "./events.ts";
import type { Explanation, ExplainedSite, Position } from "./explanation.ts";
import { lackingIn } from "./lacking.ts";
import type { OutcomePart } from "./recognised.ts";
import { joinSites, type SiteInView } from "./sites.ts";
import { recognisedWaits } from "./waits.ts";

/** How many sites are named where there is none at a place. */
const MOST_NEAR = 3;

/** Why a place is none of a text. */
export class PlaceError extends Error {
  override readonly name = "PlaceError";
}

/** A place of a text, one-based; a whole line without a column. */
export interface Place {
  readonly line: number;
  readonly column: number | null;
}

/**
 * Looks at a text once, to say of its places what was recognised there, what each migration that takes it up tried, and what came of it.
 *
 * @param text without a byte order mark
 * @returns what explains a place; it throws a {@link PlaceError} for one that the text does not have.
 * @throws {ParseError | NestingError} when the text does not parse, or is nested too deeply.
 */
export function explainer(text: string, options: MigrateOptions): (place: Place) => Explanation {
  return withinStack(options.filePath, () => {
    const context = analyze(parse(text, options.filePath), settingsOf(options));
    return explainerOf(context, () => reportSites(text, options));
  });
}

/**
 * The same for a text that has been analysed.
 *
 * @param report tells what migrations make of its sites; it is asked when what was recognised has been read from the analysis
 * @throws what `report` throws
 */
export function explainerOf(context: Context, report: () => readonly SiteReport[]): (place: Place) => Explanation {
  const { text } = context.source;
  const view = new View(context, report);
  return (place) => {
    const range = rangeOf(text, place);
    const sites = view.at(range).map((site) => view.shown(site));
    return { sites, lacking: view.lackingAt(range), near: sites.length > 0 ? [] : view.near(range[0]) };
  };
}

/** The characters of a place, white space at the ends of a line aside. */
function rangeOf(text: string, { line, column }: Place): Range {
  const lines = linesOf(text);
  const content = lines[line - 1];
  if (content === undefined) throw new PlaceError(`has no line ${line}: it has ${countOf(lines.length, "line")}`);
  const start = lineStartsOf(text)[line - 1]!;
  if (column === null) {
    const indent = content.length - content.trimStart().length;
    return [start + indent, start + content.trimEnd().length];
  }
  if (column > content.length + 1)
    throw new PlaceError(`has no column ${column} in line ${line}, which has ${countOf(content.length, "character")}`);
  return [start + column - 1, start + column];
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** What is known of the sites of a text. */
class View {
  readonly #context: Context;
  readonly #text: string;
  readonly #sites: readonly SiteInView[];
  readonly #positionOf: (offset: number) => Position;

  constructor(context: Context, report: () => readonly SiteReport[]) {
    const { text } = context.source;
    this.#context = context;
    this.#text = text;
    this.#positionOf = positionsIn(text);
    const recognised = [
      recognisedDeclarations,
      recognisedBegins,
      recognisedEvents,
      recognisedWaits,
      recognisedCallbacks,
      recognisedCompletions,
    ].flatMap((find) => find(context));
    this.#sites = joinSites(text, recognised, report());
  }

  /** The sites that a stretch of the text is part of, and behind them those about which something is said there. */
  at(range: Range): readonly SiteInView[] {
    const own = this.#sites.filter((site) => partsOf(site).some((part) => overlaps(part, range)));
    const [first, last] = [this.#positionOf(range[0]), this.#positionOf(Math.max(range[0], range[1] - 1))];
    const isThere = ({ line, column }: Position): boolean =>
      line === first.line && first.column <= column && column <= last.column;
    const others = this.#sites.filter(
      (site) => !own.includes(site) && site.reports.some(({ refusals }) => refusals.some(isThere)),
    );
    return [...own, ...others];
  }

  lackingAt(range: Range): Explanation["lacking"] {
    const known = new Set(this.#sites.flatMap(({ recognised }) => (recognised === null ? [] : [recognised.nameNode])));
    return lackingIn(this.#context, known)
      .filter(({ parts }) => parts.some((part) => overlaps(part, range)))
      .map(({ dialect, lacks, nameNode }) => ({ dialect, ...this.#named(nameNode), lacks }));
  }

  /** The sites that are next to an offset, in source order. */
  near(offset: number): Explanation["near"] {
    const { line } = this.#positionOf(offset);
    const distance = (site: SiteInView): number => Math.abs(this.#positionOf(site.offset).line - line);
    return this.#sites
      .toSorted((a, b) => distance(a) - distance(b))
      .slice(0, MOST_NEAR)
      .sort((a, b) => a.offset - b.offset)
      .map(({ name, offset: place, recognised }) => ({
        dialect: recognised?.dialect ?? null,
        name: recognised?.name ?? name,
        ...this.#positionOf(place),
      }));
  }

  shown({ name, offset, recognised, reports }: SiteInView): ExplainedSite {
    return {
      kind: recognised?.kind ?? null,
      dialect: recognised?.dialect ?? null,
      name: recognised?.name ?? name,
      ...this.#positionOf(offset),
      delivery: recognised?.delivery ?? null,
      outcome: unique((recognised?.outcome ?? []).map((part) => this.#part(part))),
      witnesses: recognised?.witnesses ?? [],
      untouched: reports.length > 0 ? null : (recognised?.untouched ?? null),
      migrations: reports.map(({ transform, outcome, strategies, refusals, notes }) => {
        return { transform, outcome, strategies, refusals, notes };
      }),
    };
  }

  #part({ name, node, role }: OutcomePart): ExplainedSite["outcome"][number] {
    return { role, name, ...(node === null ? { line: null, column: null } : this.#positionOf(node.range[0])) };
  }

  #named(node: TSESTree.Node): { name: string } & Position {
    return { name: this.#text.slice(...node.range), ...this.#positionOf(node.range[0]) };
  }
}

function partsOf({ name, offset, recognised }: SiteInView): readonly Range[] {
  return [[offset, offset + name.length], ...(recognised?.parts ?? [])];
}

function overlaps([start, end]: Range, [from, to]: Range): boolean {
  return start < end && start < to && from < end;
}

function unique<Each extends object>(all: readonly Each[]): Each[] {
  const byText = new Map(all.map((each) => [JSON.stringify(each), each]));
  return [...byText.values()];
}
