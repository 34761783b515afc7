import type { Program } from "typescript";
import { affectedFiles } from "./affected.ts";
import { errorsOf, newErrors, type CompilerError } from "./check.ts";
import type { Project } from "./project.ts";

/** As many plans are checked one by one when they do not compile together. */
const MOST_CHECKED = 40;

/** The compiler errors that changes of a project's files bring, compared with those it has as it is when this is made. */
export class NewErrors {
  readonly #project: Project;
  /** The errors that the project has as it is; known as soon as there is something to compare with them. */
  #before: readonly CompilerError[] | null = null;

  constructor(project: Project) {
    this.#project = project;
  }

  /** The errors that the project would have with these texts, and has not now. */
  of(texts: ReadonlyMap<string, string>, program: Program = this.#project.programWith(texts)): CompilerError[] {
    const errors = errorsOf(this.#project, program, affectedFiles(this.#project, texts.keys()));
    return errors.length === 0 ? [] : newErrors((this.#before ??= errorsOf(this.#project)), errors);
  }
}

/**
 * Takes plans back until those that are left bring no new compiler error.
 *
 * @param filesOf the files that a plan changes
 * @param errorsWith the new errors that some plans bring together
 * @returns the plans that were taken back, each with an error that it brings.
 */
export function withdrawErrors<Planned>(
  plans: readonly Planned[],
  filesOf: (plan: Planned) => ReadonlySet<string>,
  errorsWith: (plans: readonly Planned[]) => readonly CompilerError[],
): Map<Planned, CompilerError> {
  const withdrawn = new Map<Planned, CompilerError>();
  // Each by itself, as long as they are few: an error tells where it is, not what it comes from.
  const alone = (suspects: readonly Planned[]): (readonly [Planned, CompilerError])[] =>
    suspects.length > MOST_CHECKED
      ? []
      : suspects.flatMap((each) =>
          errorsWith([each])
            .slice(0, 1)
            .map((own) => [each, own] as const),
        );
  for (let left = plans; left.length > 0; left = left.filter((each) => !withdrawn.has(each))) {
    const errors = errorsWith(left);
    const [error] = errors;
    if (error === undefined) break;
    const near = left.filter((each) => errors.some(({ file }) => filesOf(each).has(file)));
    const far = left.filter((each) => !near.includes(each));
    let found = left.length === 1 ? [] : alone(near);
    // An error may also stand in a file whose own plan has no part in it.
    if (found.length === 0 && left.length > 1) found = alone(far);
    for (const [each, own] of found) withdrawn.set(each, own);
    if (found.length > 0) continue;
    for (const each of near.length > 0 ? near : left)
      withdrawn.set(each, errors.find(({ file }) => filesOf(each).has(file)) ?? error);
  }
  return withdrawn;
}

/** An error in one line, as refusals tell it. */
export function textOfError(project: Project, { file, line, column, message }: CompilerError): string {
  return `${project.pathOf(file)}:${line}:${column} ${message.split("\n", 1)[0]!}`;
}
