import type { TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import type { Operation } from "../recognize/operation.ts";
import { isCallOf, removedMembers, unneededDeclarations, usesLeft } from "./contract-uses.ts";
import { Stages, type ContractFiles } from "./contract-stages.ts";
import type { Decided } from "./decide.ts";
import { isPlan } from "./decide.ts";
import { refusalOf } from "./draft.ts";
import { helperEdit, helperNames, type FacadeHelpers } from "./facade-helpers.ts";
import { facadeEdits } from "./pair-facade.ts";
import { finishEdits, soundEdits } from "./finish.ts";
import { chosenName, methodsOf, pairGroupsOf, refusalOfGroup, typeGraphOf, type PairGroup } from "./pair-groups.ts";
import { pairEdits } from "./pair-writing.ts";
import { planFile, type Decision } from "./plan-file.ts";
import { leadingComments, removalRange } from "./layout.ts";
import type { PlanChoices, Refusal, TextEdit } from "./types.ts";

const TRANSFORM = "contract-to-async";

/** Why a group stays, and where that shows; without a place at each of its pairs. */
interface GroupRefusal {
  readonly refusal: Refusal;
  readonly path: string | null;
}

/**
 * Migrates the Begin/End pairs that types declare: each becomes one awaitable method in every type that has it, and who calls the pair
 * awaits that method. A pair goes when nothing uses it any more; one that is still used stays as it is, and with it everything that hangs
 * on it. Nothing is decided until all of it is: what a group would become is thrown away with the group.
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
    const groups = pairGroupsOf(contexts, graph).filter(({ pairs }) => pairs.some(({ file }) => files.isChosen(file)));
    const live = new Map<string, PairGroup>();
    for (const group of groups) {
      const key = keyOf(group);
      const code = this.#refused.has(key) ? null : (refusalOfGroup(group, graph, contexts.map(([, context]) => context)) ?? (this.#choices.facade === true ? null : files.bondOf(group)));
      if (code !== null) this.#refuse(key, group, code);
      if (!this.#refused.has(key)) live.set(key, group);
    }
    const twins = [...live.values()].flatMap((group) => [...group.typeNames].map((name) => `${name}.${chosenName(group)!}`));
    const stages = new Stages(files);
    this.#declare(stages, live, twins);
    if (live.size > 0) this.#call(stages, live, twins);
    if (this.#choices.facade !== true) this.#remove(stages, live, twins);
    for (const { path, message } of live.size === 0 ? [] : files.errorsOf(stages.texts)) this.#blame(live, path, message);
    return this.#withRefusals(stages, groups);
  }

  /** Writes the awaitable method beside each pair. */
  #declare(stages: Stages, live: Map<string, PairGroup>, twins: readonly string[]): void {
    const facade = this.#choices.facade === true;
    for (const path of this.#files.paths) {
      const context = this.#files.contextOf(path, twins);
      const decisions: Decision[] = [];
      const edits: TextEdit[] = [];
      let helpers: FacadeHelpers | null = null;
      for (const [key, group] of live) {
        // The analysis is another one, with the same nodes.
        const pairs = group.pairs.filter((each) => each.file === path).map((each) => ({ ...each, context }));
        if (pairs.length === 0 || (facade && isFacade(group))) continue;
        const written = pairEdits(context, pairs, chosenName(group)!, { target: this.#choices.target ?? "auto", groups: [...live.values()] }, facade);
        if ("refusal" in written) {
          this.#refused.set(key, { refusal: refusalOf(written.refusal, written.range, group.beginName), path });
          continue;
        }
        for (const name of written.unneeded) stages.unneeded.add(name);
        const kept = facade ? facadeEdits(context, pairs, chosenName(group)!, (helpers ??= helperNames(context))) : { edits: [], notes: [] };
        const own = [...written.edits, ...kept.edits];
        edits.push(...own);
        const sites = pairs.map(({ members }) => ({ operation: members.stem, range: members.begins[0]!.nameNode.range }));
        decisions.push({ transform: TRANSFORM, sites: pairs.map(({ members }) => ({ nameNode: members.begins[0]!.nameNode })), outcome: { kind: "plan", transform: TRANSFORM, sites, edits: own, notes: [...written.notes, ...kept.notes] } });
      }
      if (decisions.length === 0) continue;
      // TypeScript does not see that the loop may have set it.
      const used = helpers;
      if (used !== null && edits.some(({ text }) => text.includes(used.handleOf))) edits.push(helperEdit(context, used));
      const finished = soundEdits(context, edits, new Set());
      if (finished === null) for (const [key, group] of live) if (group.pairs.some(({ file }) => file === path)) this.#refuse(key, group, "check-failed");
      stages.take(path, { decisions, finished });
    }
  }

  /** Lets those who call the pairs await the method. */
  #call(stages: Stages, live: ReadonlyMap<string, PairGroup>, twins: readonly string[]): void {
    this.#files.show(stages.texts);
    for (const path of this.#files.paths) {
      const groups = [...live.values()].filter(({ beginName }) => stages.textOf(path).includes(beginName));
      if (groups.length === 0) continue;
      const context = this.#files.contextOf(path, twins);
      const removed = removedMembers(context, groups);
      const planned = planFile(context, "begin-end-to-async", { ...this.#choices, target: "auto", facade: false }).flatMap(({ sites, outcome }) => (isPlan(outcome) && sites.some((site) => isCallOf(context, site as unknown as Operation, groups, removed)) ? [{ sites, outcome }] : []));
      if (planned.length === 0) continue;
      const finished = finishEdits(context, "begin-end-to-async", planned.flatMap(({ sites }) => sites), planned.flatMap(({ outcome }) => outcome.edits));
      if (finished !== null) stages.take(path, { decisions: planned.map(({ sites, outcome }) => ({ transform: TRANSFORM, sites, outcome: { ...outcome, transform: TRANSFORM } })), finished });
    }
  }

  /** Takes the pairs away that nothing uses any more; a group of which something is still used is refused. */
  #remove(stages: Stages, live: ReadonlyMap<string, PairGroup>, twins: readonly string[]): void {
    this.#files.show(stages.texts);
    const analysed = this.#files.paths.map((path) => [path, this.#files.contextOf(path, twins)] as const);
    const graph = typeGraphOf(analysed);
    for (const [path, context] of analysed) {
      for (const { group, node } of usesLeft(context, [...live.values()], graph)) {
        const key = keyOf(group);
        const [first] = stages.originalRange(path, node.range);
        const line = this.#files.textOf(path).slice(0, first).split(/\r\n|[\n\r\u2028\u2029]/).length;
        if (!this.#refused.has(key)) this.#refuse(key, group, "pair-still-called", `${group.beginName}, ${this.#files.placeOf(path, line)}.`);
      }
    }
    for (const [path, context] of analysed) {
      const gone = removedMembers(context, [...live].flatMap(([key, group]) => (this.#refused.has(key) ? [] : [group])));
      if (gone.size === 0) continue;
      const edits = removalsOf(context, gone);
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
  #blame(live: ReadonlyMap<string, PairGroup>, path: string, message: string): void {
    const near = [...live].filter(([, group]) => group.pairs.some(({ file }) => file === path));
    for (const [key, group] of near.length > 0 ? near : live) if (!this.#refused.has(key)) this.#refuse(key, group, "would-not-compile", message);
  }

  #refuse(key: string, { pairs, beginName }: PairGroup, code: Refusal["code"], name = beginName): void {
    this.#refused.set(key, { refusal: refusalOf(code, pairs[0]!.members.begins[0]!.nameNode.range, name), path: null });
  }

  #withRefusals(stages: Stages, groups: readonly PairGroup[]): Map<string, Decided[]> {
    for (const group of groups) {
      const refused = this.#refused.get(keyOf(group));
      if (refused === undefined) continue;
      // What shows in one place of a file is said there once.
      const told = new Set<string>();
      for (const { file, members } of group.pairs) {
        if (refused.path === file && told.has(file)) continue;
        told.add(file);
        const nameNode = members.begins[0]!.nameNode;
        const range = refused.path === file ? refused.refusal.range : nameNode.range;
        stages.first(file, { transform: TRANSFORM, sites: [{ nameNode }], outcome: [{ ...refused.refusal, range }] });
      }
    }
    return stages.made;
  }
}

/** Whether every type of a group has the awaitable method already: the pair is kept beside it. */
function isFacade(group: PairGroup): boolean {
  return group.pairs.every((each) => methodsOf(each, chosenName(group)!).length > 0);
}

/** The edits that remove members; neighbours go as one, with the blank lines between them. */
function removalsOf({ source }: Context, gone: ReadonlySet<TSESTree.Node>): TextEdit[] {
  const runs: TSESTree.Node[][] = [];
  for (const node of [...gone].sort((a, b) => a.range[0] - b.range[0])) {
    const last = runs.at(-1)?.at(-1);
    const [comment] = leadingComments(source, node);
    const isNext = last !== undefined && source.text.slice(last.range[1], comment?.range[0] ?? node.range[0]).trim() === "";
    if (isNext) runs.at(-1)!.push(node);
    else runs.push([node]);
  }
  return runs.map((run) => ({ range: removalRange(source, { ...run[0]!, range: [run[0]!.range[0], run.at(-1)!.range[1]] }, "remove", gone), text: "" }));
}

/** A group is told by the place of its first pair. */
function keyOf({ pairs: [first] }: PairGroup): string {
  return `${first!.file}:${first!.members.begins[0]!.nameNode.range[0]}`;
}
