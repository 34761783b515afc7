import type { Program } from "typescript";
import { ParseError } from "../ast/parse-error.ts";
import type { TSESTree } from "../ast/source.ts";
import { waitName, type BlockingWait } from "../plan/waits/blocking.ts";
import type { Decided } from "../plan/decide.ts";
import { refusalOf, type Component } from "../plan/draft.ts";
import { completeUses, type Finished } from "../plan/finish.ts";
import { planOf, unique, type Decision } from "../plan/plan-file.ts";
import type { Note, Range, Refusal } from "../plan/types.ts";
import { syntaxErrorsOf, type CompilerError } from "./check.ts";
import type { Project } from "./project.ts";
import { NewErrors, textOfError, withdrawErrors } from "./withdrawals.ts";

/** The migration whose plans take callers along through a whole project. */
export const ACROSS_FILES = "blocking-to-await";

type PositionOf = (file: string, offset: number) => { readonly line: number; readonly column: number };

/** A component, and the files that its parts belong to. */
interface Placed {
  readonly component: Component<BlockingWait>;
  readonly fileOf: (part: { readonly file: TSESTree.Program | null }) => string;
  readonly files: ReadonlySet<string>;
}

function placed(project: Project, component: Component<BlockingWait>): Placed {
  const fileOf = ({ file }: { readonly file: TSESTree.Program | null }): string => project.fileOf(file!);
  return { component, fileOf, files: new Set([...component.edits.map(fileOf), ...component.operations.map(({ node }) => project.fileOf(node))]) };
}

/** What a set of components makes of a project. */
export class ProjectResult {
  readonly #project: Project;
  readonly #positionOf: PositionOf;
  readonly #components: readonly Placed[];
  #withdrawn: ReadonlyMap<Placed, CompilerError> = new Map();
  /** Components whose edits contradict each other: a defect of the planner, which must reach no file. */
  readonly #broken = new Set<Placed>();
  readonly #known = new Map<string, Finished>();
  readonly #errors: NewErrors;
  #program: { readonly key: string; readonly program: Program } | null = null;

  /** @param positionOf where an offset of a file as it is now is told to be: one-based, in its text as it was first. */
  constructor(project: Project, components: readonly Component<BlockingWait>[], positionOf: PositionOf = (file, offset) => project.positionOf(file, offset)) {
    this.#project = project;
    this.#errors = new NewErrors(project);
    this.#positionOf = positionOf;
    this.#components = components.map((component) => placed(project, component));
  }

  /** The decisions for each file, after everything has been taken back that brings a new compiler error. */
  checked(): Map<string, Decided> {
    const planned = this.#planned();
    if (!this.#canBeWritten(planned)) for (const each of planned) if (!this.#canBeWritten([each])) this.#broken.add(each);
    if (!this.#canBeWritten(this.#planned())) for (const each of planned) this.#broken.add(each);
    this.#withdrawn = withdrawErrors(this.#planned(), ({ files }) => files, (some) => this.#newErrors(some));
    return this.#decided();
  }

  #planned(): Placed[] {
    return this.#components.filter((placed) => placed.component.refusals.length === 0 && !this.#withdrawn.has(placed) && !this.#broken.has(placed));
  }

  #canBeWritten(planned: readonly Placed[]): boolean {
    if (planned.length === 0) return true;
    try {
      return syntaxErrorsOf(this.#project, this.#programOf(planned)).length === 0;
    } catch (error) {
      if (error instanceof ParseError || error instanceof RangeError) return false;
      throw error;
    }
  }

  /** The errors that the project has with what these components make of it, and has not now. */
  #newErrors(planned: readonly Placed[]): CompilerError[] {
    return this.#errors.of(this.#textsOf(planned), this.#programOf(planned));
  }

  /** The program of what components make of the project. It is asked for more than once in a row. */
  #programOf(planned: readonly Placed[]): Program {
    const key = planned.map((each) => this.#components.indexOf(each)).join();
    if (this.#program?.key !== key) {
      this.#program = { key, program: this.#project.programWith(this.#textsOf(planned)) };
    }
    return this.#program.program;
  }

  #textsOf(planned: readonly Placed[]): Map<string, string> {
    return new Map([...this.#outputs(planned)].map(([file, { output }]) => [file, output]));
  }

  #outputs(planned: readonly Placed[]): Map<string, Finished> {
    const files = new Set(planned.flatMap(({ files: each }) => [...each]));
    return new Map(
      [...files].map((file) => [file, this.#output(file, planned)]),
    );
  }

  /** What components make of a file. The same ones are asked for before, during and after the check. */
  #output(file: string, planned: readonly Placed[]): Finished {
    const here = planned.filter(({ files }) => files.has(file));
    const key = `${here.map((each) => this.#components.indexOf(each)).join()} ${file}`;
    let output = this.#known.get(key);
    if (output === undefined) {
      const edits = here.flatMap(({ component, fileOf }) => component.edits.filter((edit) => fileOf(edit) === file));
      this.#known.set(key, (output = completeUses(this.#project.contextOf(file), edits)));
    }
    return output;
  }

  #decided(): Map<string, Decided> {
    const outputs = this.#outputs(this.#planned());
    const files = new Set(this.#components.flatMap(({ files: each }) => [...each]));
    return new Map(
      [...files].map((file) => {
        const decisions = this.#components.flatMap((placed) => this.#decisionIn(file, placed) ?? []);
        const output = outputs.get(file);
        return [file, { decisions, finished: output ?? null }];
      }),
    );
  }

  #decisionIn(file: string, placed: Placed): Decision | null {
    const { component, fileOf } = placed;
    const sites = component.operations.filter(({ node }) => this.#project.fileOf(node) === file);
    const isHere = (part: { readonly file: TSESTree.Program | null }): boolean => fileOf(part) === file;
    if (sites.length > 0 && this.#broken.has(placed)) return { transform: ACROSS_FILES, sites, outcome: sites.map((site) => refusalOf("check-failed", site.nameNode.range, waitName(site))) };
    const error = this.#withdrawn.get(placed);
    if (error === undefined && !this.#broken.has(placed) && component.refusals.length === 0) {
      return sites.length === 0 ? null : { transform: ACROSS_FILES, sites, outcome: planOf(ACROSS_FILES, sites, component.edits.filter(isHere), [...component.notes.filter(isHere), ...this.#notesElsewhere(file, placed)]) };
    }
    if (sites.length === 0) return null;
    return { transform: ACROSS_FILES, sites, outcome: error === undefined ? this.#refusalsIn(placed, sites, isHere) : sites.map(({ nameNode }) => refusalOf("would-not-compile", nameNode.range, textOfError(this.#project, error))) };
  }

  /** The notes on files in which nothing was waited for, told at the first wait for which they change. */
  #notesElsewhere(file: string, { component, fileOf }: Placed): Note[] {
    const [first] = component.operations;
    if (first === undefined || this.#project.fileOf(first.node) !== file) return [];
    const withSites = new Set(component.operations.map(({ node }) => this.#project.fileOf(node)));
    return component.notes.flatMap((note) => {
      return withSites.has(fileOf(note)) ? [] : [{ code: note.code, range: first.nameNode.range, message: `${note.message} (${this.#placeOf(fileOf(note), note.range)})` }];
    });
  }

  /** A place as messages about another file name it. */
  #placeOf(file: string, [offset]: Range): string {
    const { line, column } = this.#positionOf(file, offset);
    return `${this.#project.pathOf(file)}:${line}:${column}`;
  }

  /** The refusals that a file has to be told of: its own, or at its waits those that stand in another file. */
  #refusalsIn({ component, fileOf }: Placed, sites: readonly BlockingWait[], isHere: (part: Component["refusals"][0]) => boolean): Refusal[] {
    const own = component.refusals.filter(isHere);
    if (own.length > 0) return unique(own);
    const [other] = component.refusals as [Component["refusals"][0]];
    return sites.map((site) => ({ kind: "refusal", code: other.code, range: site.nameNode.range, message: `${waitName(site)} hangs together with code that cannot be changed, in ${this.#placeOf(fileOf(other), other.range)}: ${other.message}`, hint: other.hint }));
  }
}
