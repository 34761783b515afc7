import { chosenName, contractGroupsOf, isAwaitable, refusalOfGroup } from "./contract-kinds.ts";
import { typeGraphOf } from "./contract-groups.ts";
import { declaredBy } from "./declared-method.ts";
import { removalsOf } from "./contract-removals.ts";
import { removedMembers, unneededDeclarations, usesLeft } from "./contract-uses.ts";
import { ContractCalls } from "./contract-calls.ts";
import { Stages, type ContractFiles } from "./contract-stages.ts";
import type { Decided } from "../decide.ts";
import type { AttemptsBySite } from "../attempts.ts";
import { hidingEdits } from "./event-writing.ts";
import { helperEdit, helperNames } from "../facade/facade-helpers.ts";
import { soundEdits } from "../finish.ts";
import { writesHidden } from "../hidden-globals.ts";
import { type Decision } from "../plan-file.ts";
import type { PatternFamily } from "../../dialects/pattern-families.ts";
import type { PlanChoices, Refusal, TextEdit } from "../types.ts";
import { CONTRACT_TRANSFORM, type ContractGroup } from "./contract-group.ts";
import type { FacadeHelpers } from "../facade/facade-helper-names.ts";
import { refusalOf } from "../refusals.ts";

/** Why a group stays, and where that shows; without a place at each of its declarations. */
interface GroupRefusal {
  readonly refusal: Refusal;
  readonly path: string | null;
}

/**
 * Migrates the operations that types declare as Begin/End pairs, or as a starter with a completed event: each becomes one awaitable method
 * in every type that has it, and who calls the operation awaits that method. A pair goes when nothing uses it any more, starter and event
 * become private; what is still used stays as it is, and with it everything that hangs on it. Nothing is decided until all of it is: what
 * a group would become is thrown away with the group.
 */
export class ContractMigration {
  readonly #files: ContractFiles;
  readonly #choices: PlanChoices;
  readonly #refused = new Map<string, GroupRefusal>();

  constructor(files: ContractFiles, choices: PlanChoices) {
    this.#files = files;
    this.#choices = choices;
  }

  /** What becomes of each file: changes that are made one after the other. */
  run(): Map<string, Decided[]> {
    for (;;) {
      const before = this.#refused.size;
      const made = this.#attempt();
      if (this.#refused.size > before) continue;
      this.#files.show(new Map());
      return made;
    }
  }

  #attempt(): Map<string, Decided[]> {
    const files = this.#files;
    files.show(new Map());
    const contexts = files.paths.map((path) => [path, files.contextOf(path, [])] as const);
    const graph = typeGraphOf(contexts);
    const groups = contractGroupsOf(contexts, graph).filter(
      ({ kind, places }) => this.#isWanted(kind) && places.some(({ file }) => files.isChosen(file)),
    );
    const live = new Map<string, ContractGroup>();
    for (const group of groups) {
      const key = keyOf(group);
      const code = this.#refused.has(key)
        ? null
        : (refusalOfGroup(group, graph, this.#choices.facade === true) ??
          (this.#choices.facade === true ? null : files.bondOf(group)));
      if (code !== null) this.#refuse(key, group, code);
      if (!this.#refused.has(key)) live.set(key, group);
    }
    const twins = [...live.values()].flatMap((group) =>
      [...group.typeNames].map((name) => `${name}.${chosenName(group)!}`),
    );
    const stages = new Stages(files);
    const refused = this.#refused.size;
    this.#declare(stages, live, twins);
    // What is left of an attempt without its declarations says nothing of the other groups.
    if (this.#refused.size > refused) return stages.made;
    if (live.size > 0) new ContractCalls(this.#files, this.#choices, stages, [...live.values()], twins).run();
    if (this.#choices.facade !== true) this.#remove(stages, live, twins);
    for (const { path, message } of live.size === 0 ? [] : files.errorsOf(stages.texts))
      this.#blame(live, path, message);
    return this.#withRefusals(stages, groups);
  }

  #isWanted(kind: ContractGroup["kind"]): boolean {
    const family: PatternFamily = kind === "pair" ? "begin-end" : "events";
    return this.#choices.onlyFamilies?.includes(family) ?? true;
  }

  /** Writes the awaitable method beside what declares each operation. */
  #declare(stages: Stages, live: Map<string, ContractGroup>, twins: readonly string[]): void {
    const facade = this.#choices.facade === true;
    for (const path of this.#files.paths) {
      const context = this.#files.contextOf(path, twins);
      const decisions: Decision[] = [];
      const edits: TextEdit[] = [];
      let helpers: FacadeHelpers | null = null;
      for (const [key, group] of live) {
        const places = group.places.filter((each) => each.file === path);
        if (places.length === 0 || (facade && isAwaitable(group))) continue;
        const written = declaredBy(context, group, {
          target: this.#choices.target ?? "auto",
          groups: [...live.values()],
          helpers: facade ? () => (helpers ??= helperNames(context)) : null,
        });
        if ("refusal" in written) {
          this.#refused.set(key, { refusal: written.refusal, path });
          continue;
        }
        if (writesHidden(context.source, written.edits)) {
          this.#refuse(key, group, "global-hidden");
          continue;
        }
        for (const name of written.unneeded) stages.unneeded.add(name);
        edits.push(...written.edits);
        const sites = places.map(({ starter }) => ({ operation: stemOf(group), range: starter.nameNode.range }));
        decisions.push({
          transform: CONTRACT_TRANSFORM,
          sites: places.map(({ starter: { nameNode } }) => ({ nameNode })),
          attempts: declarationAttempt(),
          outcome: { kind: "plan", transform: CONTRACT_TRANSFORM, sites, edits: written.edits, notes: written.notes },
        });
      }
      if (decisions.length === 0) continue;
      // TypeScript does not see that the loop may have set it.
      const used = helpers as FacadeHelpers | null;
      if (used !== null && edits.some(({ text }) => text.includes(used.handleOf)))
        edits.push(helperEdit(context, used));
      const finished = soundEdits(context, edits, new Set());
      if (finished === null)
        for (const [key, group] of live)
          if (group.places.some(({ file }) => file === path)) this.#refuse(key, group, "check-failed");
      stages.take(path, { decisions, finished });
    }
  }

  /** Takes the members away that nothing uses any more, or makes them private; a group of which something is still used is refused. */
  #remove(stages: Stages, live: ReadonlyMap<string, ContractGroup>, twins: readonly string[]): void {
    this.#files.show(stages.texts);
    const analysed = this.#files.paths.map((path) => [path, this.#files.contextOf(path, twins)] as const);
    const graph = typeGraphOf(analysed);
    // The same groups, with the nodes that they have by now.
    const now = contractGroupsOf(analysed, graph).filter((group) => group.kind === "events");
    for (const [path, context] of analysed) {
      for (const { group, node } of usesLeft(context, [...live.values()], graph)) {
        const key = keyOf(group);
        if (!this.#refused.has(key))
          this.#refuse(key, group, "pair-still-called", `${group.starterName}, ${stages.placeOf(path, node.range)}.`);
      }
    }
    for (const [path, context] of analysed) {
      const done = [...live].flatMap(([key, group]) => (this.#refused.has(key) ? [] : [group]));
      const edits = [
        ...removalsOf(context, removedMembers(context, done)),
        ...hidingEdits(
          context,
          now.filter((group) => done.some((each) => isSame(each, group))),
        ),
      ];
      if (edits.length === 0) continue;
      const finished = soundEdits(context, edits, new Set());
      if (finished === null) for (const [key, group] of live) this.#refuse(key, group, "check-failed");
      stages.take(path, { decisions: [], finished });
      this.#sweep(stages, path);
    }
  }

  /** Takes classes and functions away that nothing needs any more, one after the other: each may have needed the next. */
  #sweep(stages: Stages, path: string): void {
    for (let round = 0; round < stages.unneeded.size; round++) {
      this.#files.show(stages.texts);
      const context = this.#files.contextOf(path, []);
      const gone = new Set(unneededDeclarations(context, stages.unneeded));
      const finished = gone.size === 0 ? null : soundEdits(context, removalsOf(context, gone), new Set());
      if (finished === null) return;
      stages.take(path, { decisions: [], finished });
    }
  }

  /** Refuses what has to do with a file that would not compile; all of it where nothing has. */
  #blame(live: ReadonlyMap<string, ContractGroup>, path: string, message: string): void {
    const near = [...live].filter(([, group]) => group.places.some(({ file }) => file === path));
    for (const [key, group] of near.length > 0 ? near : live)
      if (!this.#refused.has(key)) this.#refuse(key, group, "would-not-compile", message);
  }

  #refuse(key: string, { places, starterName }: ContractGroup, code: Refusal["code"], name = starterName): void {
    this.#refused.set(key, { refusal: refusalOf(code, places[0]!.starter.nameNode.range, name), path: null });
  }

  #withRefusals(stages: Stages, groups: readonly ContractGroup[]): Map<string, Decided[]> {
    for (const group of groups) {
      const refused = this.#refused.get(keyOf(group));
      if (refused === undefined) continue;
      // What shows in one place of a file is said there once.
      const told = new Set<string>();
      for (const { file, starter } of group.places) {
        if (refused.path === file && told.has(file)) continue;
        told.add(file);
        const { nameNode } = starter;
        const range = refused.path === file ? refused.refusal.range : nameNode.range;
        stages.first(file, {
          transform: CONTRACT_TRANSFORM,
          sites: [{ nameNode }],
          attempts: declarationAttempt(refused.refusal),
          outcome: [{ ...refused.refusal, range }],
        });
      }
    }
    return stages.made;
  }
}

/** A group is told by the place of its first declaration. */
function keyOf({ places: [first] }: ContractGroup): string {
  return `${first!.file}:${first!.starter.nameNode.range[0]}`;
}

/** There is one way for what types declare. */
function declarationAttempt(...refusals: readonly Refusal[]): AttemptsBySite {
  return { of: () => [{ strategy: "awaitable-method", refusals }] };
}

/** Whether two groups are one operation, before and after a change. */
function isSame(group: ContractGroup, other: ContractGroup): boolean {
  return (
    group.kind === other.kind &&
    group.starterName === other.starterName &&
    group.places.some((place) =>
      other.places.some(({ file, typeName }) => file === place.file && typeName === place.typeName),
    )
  );
}

/** How reports call an operation. */
function stemOf(group: ContractGroup): string {
  return group.kind === "pair" ? group.places[0]!.members.stem : group.starterName.replace(/Async$/, "");
}
