import type { TSESTree } from "../ast/source.ts";
import type { AttemptsBySite, Stop } from "../plan/attempts.ts";
import type { Component } from "../plan/draft.ts";
import { unique } from "../plan/plan-file.ts";
import { TOGETHER } from "../plan/neighbours.ts";
import { TRANSFORMS, type Site } from "../plan/transforms.ts";
import type { Note, Range, Refusal, SiteTransformName } from "../plan/types.ts";
import type { Project } from "./project.ts";

export type PositionOf = (file: string, offset: number) => { readonly line: number; readonly column: number };

export type InFile = { readonly file: TSESTree.Program | null };

/** What is told in one file of a component whose parts stand in several: what stands elsewhere is told at its own sites. */
export class ToldInFile {
  readonly #project: Project;
  readonly #transform: SiteTransformName;
  readonly #positionOf: PositionOf;

  constructor(project: Project, transform: SiteTransformName, positionOf: PositionOf) {
    this.#project = project;
    this.#transform = transform;
    this.#positionOf = positionOf;
  }

  /** The notes on files without sites, if the component's first site, at which they are told, stands in the file. */
  notesElsewhere({ notes, operations }: Component<Site>, file: string): Note[] {
    const [first] = operations;
    if (first === undefined || this.#project.fileOf(first.nameNode) !== file) return [];
    const withSites = new Set(operations.map(({ nameNode }) => this.#project.fileOf(nameNode)));
    return notes.flatMap((note) => {
      const elsewhere = this.#fileOf(note);
      if (withSites.has(elsewhere)) return [];
      const message = `${note.message} (${this.#placeOf(elsewhere, note.range)})`;
      return [{ code: note.code, range: first.nameNode.range, message }];
    });
  }

  /** The refusals that the file has to be told of: its own, or at its sites the first of those that stand in another file. */
  refusalsIn({ refusals }: Component<Site>, sites: readonly Site[], file: string): Refusal[] {
    const own = refusals.filter((each) => this.#fileOf(each) === file);
    // That a site stays because of another one says nothing of that other one.
    if (own.some(({ code }) => code !== TOGETHER)) return unique(own);
    const other = refusals.find(({ code }) => code !== TOGETHER)!;
    const rest = sites.filter(({ nameNode }) => !own.some(({ range }) => range[0] === nameNode.range[0]));
    return [...unique(own), ...rest.map((site) => this.#toldAt(site, other, this.#fileOf(other)))];
  }

  /** What was tried for the sites of the file, and what stopped it, wherever that stands. */
  attemptsIn({ attempts }: Component<Site>, file: string): AttemptsBySite {
    const told = (site: Site, stop: Stop): Refusal => {
      const place = stop.file == null ? file : this.#fileOf({ file: stop.file });
      return place === file ? stop : this.#toldAt(site, stop, place);
    };
    return {
      of: (site) =>
        attempts.of(site).map(({ strategy, refusals }) => ({
          strategy,
          refusals: refusals.map((stop) => told(site as Site, stop)),
        })),
    };
  }

  /** A refusal that stands in another file, for a site that it keeps as it is. */
  #toldAt(site: Site, { code, hint, message, range }: Refusal, file: string): Refusal {
    const name = TRANSFORMS[this.#transform].nameOf(site);
    return {
      kind: "refusal",
      code,
      range: site.nameNode.range,
      message: `${name} hangs together with code that cannot be changed, in ${this.#placeOf(file, range)}: ${message}`,
      hint,
    };
  }

  #fileOf({ file }: InFile): string {
    return this.#project.fileOf(file!);
  }

  /** A place as messages about another file name it. */
  #placeOf(file: string, [offset]: Range): string {
    const { line, column } = this.#positionOf(file, offset);
    return `${this.#project.pathOf(file)}:${line}:${column}`;
  }
}
