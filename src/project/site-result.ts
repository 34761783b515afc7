import { decideTogether, finishTogether, isPlan, type Decided } from "../plan/decide.ts";
import type { RefusalCode } from "../plan/codes.ts";
import { refusalOf } from "../plan/draft.ts";
import type { Finished } from "../plan/finish.ts";
import type { Decision } from "../plan/plan-file.ts";
import { TRANSFORMS } from "../plan/transforms.ts";
import type { PlanChoices, SiteTransformName } from "../plan/types.ts";
import type { Project } from "./project.ts";
import { NewErrors, textOfError, withdrawErrors } from "./withdrawals.ts";

/** What one migration makes of a project's files, each decided by itself, with the types that the project gives. */
export class SiteResult {
  readonly #project: Project;
  readonly #transform: SiteTransformName;
  readonly #decided: ReadonlyMap<string, Decided>;
  readonly #fileOf = new Map<Decision, string>();
  readonly #known = new Map<string, Finished | null>();

  /** @param files those of the project in which to look for sites */
  constructor(project: Project, transform: SiteTransformName, choices: PlanChoices, files: readonly string[]) {
    this.#project = project;
    this.#transform = transform;
    this.#decided = new Map(files.map((file) => [file, decideTogether(project.contextOf(file), transform, choices, project.analyzeResult)]));
    for (const [file, { decisions }] of this.#decided) for (const decision of decisions) this.#fileOf.set(decision, file);
  }

  /** The decisions for each file, after everything has been taken back that brings a new compiler error, there or elsewhere. */
  checked(): Map<string, Decided> {
    const errors = new NewErrors(this.#project);
    const plans = [...this.#fileOf.keys()].filter(({ outcome }) => isPlan(outcome));
    const withdrawn = withdrawErrors(plans, (plan) => new Set([this.#fileOf.get(plan)!]), (some) => errors.of(this.#textsOf(some)));
    const left = plans.filter((plan) => !withdrawn.has(plan));
    return new Map(
      [...this.#decided].map(([file, { decisions }]) => {
        const finished = this.#finished(file, left);
        const outcomeOf = (decision: Decision): Decision => {
          const error = withdrawn.get(decision);
          if (error !== undefined) return this.#refused(decision, "would-not-compile", textOfError(this.#project, error));
          // What is left of a file must pass the check as all of it did.
          return finished === null && isPlan(decision.outcome) ? this.#refused(decision, "check-failed") : decision;
        };
        return [file, { decisions: decisions.map(outcomeOf), finished }];
      }),
    );
  }

  #refused(decision: Decision, code: RefusalCode, name?: string): Decision {
    const { nameOf } = TRANSFORMS[this.#transform];
    return { ...decision, outcome: decision.sites.map((site) => refusalOf(code, site.nameNode.range, name ?? nameOf(site))) };
  }

  /** The texts that plans make of their files. */
  #textsOf(plans: readonly Decision[]): Map<string, string> {
    const files = new Set(plans.map((plan) => this.#fileOf.get(plan)!));
    return new Map([...files].flatMap((file) => {
      const finished = this.#finished(file, plans);
      return finished === null ? [] : [[file, finished.output] as const];
    }));
  }

  /** What plans make of a file; `null` where none of them is its own, or their common result does not pass. */
  #finished(file: string, plans: readonly Decision[]): Finished | null {
    const { decisions, finished } = this.#decided.get(file)!;
    const here = decisions.filter((decision) => plans.includes(decision));
    if (here.length === decisions.filter(({ outcome }) => isPlan(outcome)).length) return finished;
    const key = `${here.map((decision) => decisions.indexOf(decision)).join()} ${file}`;
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = finishTogether(this.#project.contextOf(file), this.#transform, here, this.#project.analyzeResult)));
    return known;
  }
}
