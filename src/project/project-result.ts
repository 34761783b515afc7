import type { Program } from "typescript";
import { ParseError } from "../ast/parse-error.ts";
import type { RefusalCode } from "../plan/codes.ts";
import type { Decided } from "../plan/decide.ts";
import type { Component } from "../plan/draft.ts";
import { EditConflict } from "../plan/edit-conflict.ts";
import { completeUses, finishEdits, type Finished } from "../plan/finish.ts";
import { planOf, type Decision } from "../plan/plan-file.ts";
import { TRANSFORMS, type Site } from "../plan/transforms.ts";
import type { SiteTransformName } from "../plan/types.ts";
import { syntaxErrorsOf, type CompilerError } from "./check.ts";
import type { Project } from "./project.ts";
import { NewErrors, textOfError, withdrawErrors } from "./withdrawals.ts";
import { refusalOf } from "../plan/refusals.ts";
import { ToldInFile, type InFile, type PositionOf } from "./told-in-file.ts";

/** A component, and the files that its parts belong to. */
interface Placed {
  readonly component: Component<Site>;
  readonly fileOf: (part: InFile) => string;
  readonly files: ReadonlySet<string>;
}

function placed(project: Project, component: Component<Site>): Placed {
  const fileOf = ({ file }: InFile): string => project.fileOf(file!);
  return {
    component,
    fileOf,
    files: new Set([
      ...component.edits.map(fileOf),
      ...component.operations.map(({ nameNode }) => project.fileOf(nameNode)),
    ]),
  };
}

/** What the components of one migration make of a project. */
export class ProjectResult {
  readonly #project: Project;
  readonly #transform: SiteTransformName;
  readonly #told: ToldInFile;
  readonly #components: readonly Placed[];
  #withdrawn: ReadonlyMap<Placed, CompilerError> = new Map();
  /** Components whose result does not pass for what it is: a defect of the planner, which must reach no file. */
  readonly #broken = new Set<Placed>();
  readonly #known = new Map<string, Finished | null>();
  readonly #errors: NewErrors;
  #program: { readonly key: string; readonly program: Program } | null = null;

  /** @param positionOf where an offset of a file as it is now is told to be: one-based, in its text as it was first. */
  constructor(
    project: Project,
    transform: SiteTransformName,
    components: readonly Component<Site>[],
    positionOf: PositionOf = (file, offset) => project.positionOf(file, offset),
  ) {
    this.#project = project;
    this.#transform = transform;
    this.#errors = new NewErrors(project);
    this.#told = new ToldInFile(project, transform, positionOf);
    this.#components = components.map((component) => placed(project, component));
  }

  /** The decisions for each file, after everything has been taken back that brings a new compiler error. */
  checked(): Map<string, Decided> {
    for (
      let failed = this.#failedFiles(this.#planned());
      failed.size > 0;
      failed = this.#failedFiles(this.#planned())
    ) {
      const near = this.#planned().filter((each) => isIn(failed, each));
      const alone = near.filter((each) => this.#failedFiles([each]).size > 0);
      // Where each passes by itself, but not with the others, none is certain enough.
      for (const each of alone.length > 0 ? alone : near) this.#broken.add(each);
    }
    this.#withdrawn = withdrawErrors(
      this.#planned(),
      ({ files }) => files,
      (some) => this.#newErrors(some),
    );
    // What is left of a file must pass the check as all of it did.
    const failed = this.#failedFiles(this.#planned());
    for (const each of this.#planned()) if (isIn(failed, each)) this.#broken.add(each);
    return this.#decided();
  }

  #planned(): Placed[] {
    return this.#components.filter(
      (placed) => placed.component.refusals.length === 0 && !this.#withdrawn.has(placed) && !this.#broken.has(placed),
    );
  }

  /** The files of which components make what does not pass. */
  #failedFiles(planned: readonly Placed[]): ReadonlySet<string> {
    const failed = new Set([...filesOf(planned)].filter((file) => this.#output(file, planned) === null));
    if (failed.size > 0 || planned.length === 0) return failed;
    return new Set(
      syntaxErrorsOf(this.#project, this.#programOf(planned)).map(({ file }) => this.#project.ownName(file)!),
    );
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
    return new Map(
      [...filesOf(planned)].flatMap((file) => {
        const finished = this.#output(file, planned);
        return finished === null ? [] : [[file, finished.output] as const];
      }),
    );
  }

  /** What components make of a file; `null` where that does not pass. The same ones are asked for before, during and after the check. */
  #output(file: string, planned: readonly Placed[]): Finished | null {
    const here = planned.filter(({ files }) => files.has(file));
    const key = `${here.map((each) => this.#components.indexOf(each)).join()} ${file}`;
    let output = this.#known.get(key);
    if (output === undefined) this.#known.set(key, (output = this.#finish(file, here)));
    return output;
  }

  #finish(file: string, here: readonly Placed[]): Finished | null {
    const context = this.#project.contextOf(file);
    const sites = here.flatMap(({ component }) =>
      component.operations.filter((site) => this.#project.fileOf(site.nameNode) === file),
    );
    const edits = here.flatMap(({ component, fileOf }) => component.edits.filter((edit) => fileOf(edit) === file));
    // In a file that only calls what is migrated, nothing but awaits and the heads of functions are written, which the compiler judges.
    if (TRANSFORMS[this.#transform].movesCode && sites.length > 0)
      return withoutTree(finishEdits(context, this.#transform, sites, edits, this.#project.analyzeResult));
    try {
      return completeUses(context, edits);
    } catch (error) {
      if (error instanceof ParseError || error instanceof EditConflict) return null;
      throw error;
    }
  }

  #decided(): Map<string, Decided> {
    const planned = this.#planned();
    const changed = filesOf(planned);
    return new Map(
      [...filesOf(this.#components)].map((file) => {
        const decisions = this.#components.flatMap((placed) => this.#decisionIn(file, placed) ?? []);
        return [file, { decisions, finished: changed.has(file) ? this.#output(file, planned) : null }];
      }),
    );
  }

  #decisionIn(file: string, placed: Placed): Decision | null {
    const { component, fileOf } = placed;
    const transform = this.#transform;
    const sites = component.operations.filter(({ nameNode }) => this.#project.fileOf(nameNode) === file);
    if (sites.length === 0) return null;
    const isHere = (part: InFile): boolean => fileOf(part) === file;
    const told = this.#told;
    const attempts = told.attemptsIn(component, file);
    const refused = (code: RefusalCode, name?: string): Decision => ({
      transform,
      sites,
      attempts,
      outcome: sites.map((site) => refusalOf(code, site.nameNode.range, name ?? TRANSFORMS[transform].nameOf(site))),
    });
    if (this.#broken.has(placed)) return refused("check-failed");
    const error = this.#withdrawn.get(placed);
    if (error !== undefined) return refused("would-not-compile", textOfError(this.#project, error));
    if (component.refusals.length > 0)
      return { transform, sites, attempts, outcome: told.refusalsIn(component, sites, file) };
    return {
      transform,
      sites,
      attempts,
      outcome: planOf(transform, sites, component.edits.filter(isHere), [
        ...component.notes.filter(isHere),
        ...told.notesElsewhere(component, file),
      ]),
    };
  }
}

function isIn(some: ReadonlySet<string>, { files }: Placed): boolean {
  return [...files].some((file) => some.has(file));
}

function filesOf(planned: readonly Placed[]): ReadonlySet<string> {
  return new Set(planned.flatMap(({ files }) => [...files]));
}

/** What is kept of a checked result: the trees of all results at once would take the memory of the program again. */
function withoutTree(checked: Finished | null): Finished | null {
  return checked === null ? null : { edits: checked.edits, output: checked.output };
}
