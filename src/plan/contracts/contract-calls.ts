import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { Context } from "../../recognize/context.ts";
import { CALLER_TRANSFORMS, eventTwin, mayBeCancelled, notesOfCalls } from "./contract-kinds.ts";
import { isCallOf, removedMembers } from "./contract-uses.ts";
import { Stages, type ContractFiles } from "./contract-stages.ts";
import type { Decided } from "../decide.ts";
import { type Component, type SitePlanner } from "../draft.ts";
import type { InFile } from "../draft-edits.ts";
import { EditConflict } from "../edit-conflict.ts";
import { finishEdits, soundEdits } from "../finish.ts";
import { withoutHidden } from "../hidden-globals.ts";
import { planOf } from "../plan-file.ts";
import { TRANSFORMS, type Site } from "../transforms.ts";
import type { Note, PlanChoices, SiteTransformName } from "../types.ts";
import { CONTRACT_TRANSFORM, type ContractGroup } from "./contract-group.ts";

/** The callers of operations that types declare: they await the new method, and those who call them follow. */
export class ContractCalls {
  readonly #files: ContractFiles;
  readonly #choices: PlanChoices;
  readonly #stages: Stages;
  readonly #groups: readonly ContractGroup[];
  readonly #twins: readonly string[];

  constructor(
    files: ContractFiles,
    choices: PlanChoices,
    stages: Stages,
    groups: readonly ContractGroup[],
    twins: readonly string[],
  ) {
    this.#files = files;
    this.#choices = choices;
    this.#stages = stages;
    this.#groups = groups;
    this.#twins = twins;
  }

  /** Lets those who call the operations await the method, and those who call them follow. */
  run(): void {
    const [files, all, twins, stages] = [this.#files, this.#groups, this.#twins, this.#stages];
    for (const kind of ["pair", "events"] as const) {
      const transform = CALLER_TRANSFORMS[kind];
      files.show(stages.texts);
      const places = new Map(
        files.paths.flatMap((path) => {
          const groups = all.filter((group) => group.kind === kind && stages.textOf(path).includes(group.starterName));
          const context = groups.length === 0 ? null : files.contextOf(path, twins);
          return context === null
            ? []
            : [[path, { context, groups, removed: removedMembers(context, groups) }] as const];
        }),
      );
      const [any] = places.values();
      if (any === undefined) continue;
      const placeOf = ({ nameNode }: Site) => places.get(files.pathOf(nameNode))!;
      const planner = TRANSFORMS[transform].plannerOf(files.reachOf(any.context), {
        ...this.#choices,
        target: "auto",
        facade: false,
        eventTwin: (operation: Operation) => eventTwin(placeOf(operation).context, operation, all),
      });
      for (const { context } of places.values()) planner.add(context, TRANSFORMS[transform].sitesOf(context));
      const isCall = (site: Site): boolean => {
        const { context, groups, removed } = placeOf(site);
        return isCallOf(context, site as unknown as Operation, groups, removed);
      };
      const sources = Array.from(places.values(), ({ context }) => context.source);
      const shown = withoutHidden(this.#planned(planner, isCall), sources, TRANSFORMS[transform].nameOf);
      const planned = shown.flatMap((component) => {
        const { operations, notes, refusals } = component;
        // What would only be wrapped where it is called uses the members as before.
        if (refusals.length > 0 || (kind === "events" && notes.some(({ code }) => code === "adapter-emitted")))
          return [];
        const called = (operations as unknown as readonly (Operation & Site)[]).filter(isCall);
        if (
          this.#choices.facade === true &&
          called.some((site) => mayBeCancelled(placeOf(site).context, site, placeOf(site).groups))
        )
          return [];
        const further = called.flatMap((site) =>
          notesOfCalls([site]).map((note) => ({ ...note, file: placeOf(site).context.source.ast })),
        );
        return [{ ...component, notes: [...notes, ...further] }];
      });
      this.#take(planned, transform, (path) => places.get(path)?.context ?? files.contextOf(path, twins));
    }
  }

  /** What becomes of callers. Where edits contradict each other, a defect of the planner, they all go on using the members. */
  #planned(planner: SitePlanner<Site>, isCall: (site: Site) => boolean): Component<Site>[] {
    try {
      return planner.finish(isCall);
    } catch (error) {
      if (!(error instanceof EditConflict)) throw error;
      return [];
    }
  }

  /** Takes over what becomes of callers. Where the result of a file does not pass, those in it stay, and use the members as before. */
  #take(planned: readonly Component<Site>[], transform: SiteTransformName, contextOf: (path: string) => Context): void {
    const files = this.#files;
    const pathOf = ({ file }: InFile): string => files.pathOf(file!);
    const paths = new Set(planned.flatMap(({ edits }) => edits.map(pathOf)));
    const taken: (readonly [string, Decided])[] = [];
    for (const path of paths) {
      const isHere = (part: InFile): boolean => pathOf(part) === path;
      const sitesOf = ({ operations }: Component<Site>): Site[] =>
        operations.filter(({ nameNode }) => files.pathOf(nameNode) === path);
      const [migrated, edits] = [
        planned.flatMap(sitesOf),
        planned.flatMap((component) => component.edits.filter(isHere)),
      ];
      const finished =
        migrated.length === 0
          ? soundEdits(contextOf(path), edits, new Set())
          : finishEdits(contextOf(path), transform, migrated, edits);
      if (finished === null)
        return this.#take(
          planned.filter((component) => !component.edits.some(isHere)),
          transform,
          contextOf,
        );
      const decisions = planned.flatMap((component) => {
        const sites = sitesOf(component);
        return sites.length === 0
          ? []
          : [
              {
                transform: CONTRACT_TRANSFORM,
                sites,
                attempts: component.attempts,
                outcome: {
                  ...planOf(transform, sites, component.edits.filter(isHere), this.#notesIn(component, path)),
                  transform: CONTRACT_TRANSFORM,
                },
              } as const,
            ];
      });
      taken.push([path, { decisions, finished }]);
    }
    for (const [path, decided] of taken) this.#stages.take(path, decided);
  }

  /** The notes on callers of a file; those on files without sites are told at the first site. */
  #notesIn({ operations, notes }: Component<Site>, path: string): Note[] {
    const paths = operations.map(({ nameNode }) => this.#files.pathOf(nameNode));
    return notes.flatMap((note) => {
      const file = this.#files.pathOf(note.file!);
      if (paths.includes(file) || paths[0] !== path) return file === path ? [note] : [];
      return [
        {
          ...note,
          range: operations[0]!.nameNode.range,
          message: `${note.message} (${this.#stages.placeOf(file, note.range)})`,
        },
      ];
    });
  }
}
