import { programOf } from "../ast/functions.ts";
import type { TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import type { Operation } from "../recognize/begin-end/operation.ts";
import { Attempts, type AttemptsBySite } from "./attempts.ts";
import { fillIn, type RefusalCode } from "./codes.ts";
import { authored, type EditConflict } from "./edit-conflict.ts";
import { Groups, nameOfUnit, reached, type Unit } from "./units.ts";
import type { Note, Range, Refusal, TextEdit } from "./types.ts";
import { NOTES, type NoteCode } from "./note-codes.ts";
import { refusalOf } from "./refusals.ts";
import type { StrategyName } from "./strategies.ts";

/** Says in which file something was decided. */
export interface InFile {
  readonly file: TSESTree.Program | null;
}

/** What has been decided about a set of linked units. */
export interface Component<Site extends object = Operation> {
  readonly operations: readonly Site[];
  readonly edits: readonly (TextEdit & InFile)[];
  readonly notes: readonly (Note & InFile)[];
  readonly refusals: readonly (Refusal & InFile)[];
  readonly attempts: AttemptsBySite;
}

/** Decides sites of files, all before any is edited. */
export interface SitePlanner<Site extends object> {
  /** Takes up sites of a file. */
  add(context: Context, sites: readonly Site[]): void;
  /**
   * Lets the callers of what becomes async follow, as far as they can be seen, and gives what was decided. Called once.
   *
   * @param isWanted which sites are to change; others do only where they cannot be told apart from these
   */
  finish(isWanted?: (site: Site) => boolean): Component<Site>[];
}

/** The decisions that all views of a draft share. */
class Decisions<Site extends object> {
  readonly linked = new Groups();
  /** What cannot change without another, which may change without it. */
  readonly needs: [Unit, Unit][] = [];
  readonly edits: [Unit, TextEdit & InFile][] = [];
  /** The edits that are more than insertions, by file. */
  readonly replacements = new Map<TSESTree.Program | null, TextEdit[]>();
  readonly notes: [Unit, Note & InFile][] = [];
  readonly refusals: [Unit, Refusal & InFile][] = [];
  readonly operations: [Unit, Site][] = [];
  readonly attempts = new Attempts();
  /** The linked sets that cannot change; `null` when something has been decided since that was asked. */
  refused: ReadonlySet<Unit> | null = null;
  /** The step of the planner that is at work. */
  step = "plan";
}

/**
 * Collects decisions while the planner goes through files. Units that need each other are linked and change together, or, when anything
 * in such a set or in what it needs was refused, not at all. Sets that can change and need the same become one plan.
 */
export class Draft<Site extends object = Operation> {
  readonly #decisions: Decisions<Site>;
  readonly #file: TSESTree.Program | null;

  private constructor(decisions: Decisions<Site>, file: TSESTree.Program | null) {
    this.#decisions = decisions;
    this.#file = file;
  }

  /** A draft in which nothing has been decided. Its units are nodes, whose files show. */
  static empty<Site extends object = Operation>(): Draft<Site> {
    return new Draft<Site>(new Decisions<Site>(), null);
  }

  /** The same draft, in which ranges are those of one file, and so are units that are no nodes. */
  inFile(file: TSESTree.Program): Draft<Site> {
    return new Draft(this.#decisions, file);
  }

  #root(unit: Unit): Unit {
    return this.#decisions.linked.of(unit);
  }

  /** Says that the units change together or not at all. */
  link(first: Unit, ...others: readonly Unit[]): void {
    for (const other of others) this.#decisions.linked.join(first, other);
    this.#decisions.refused = null;
  }

  /** Says that a unit changes only if another does, which may change without it: a function and its caller. */
  need(unit: Unit, other: Unit): void {
    this.#decisions.needs.push([unit, other]);
    this.#decisions.refused = null;
  }

  /**
   * Runs a step of the planner; the edits that it makes are known to be its own.
   *
   * @param subject what the step is about
   * @throws {EditConflict} when edits that it merges contradict each other, with who made them.
   */
  during<Result>(step: string, subject: Unit | null, work: () => Result): Result {
    const decisions = this.#decisions;
    const before = decisions.step;
    decisions.step = step;
    decisions.attempts.end();
    try {
      return authored({ name: subject === null ? "the file" : nameOfUnit(subject), step }, work);
    } finally {
      decisions.step = before;
    }
  }

  /** Says by which strategy sites are about to be changed. One that was tried before for them did not fit. */
  trying(strategy: StrategyName, ...sites: readonly Site[]): void {
    this.#decisions.attempts.begin(strategy, sites);
  }

  operation(unit: Unit, operation: Site): void {
    this.#decisions.operations.push([unit, operation]);
  }

  /** Replaces a range by a text, as part of what changes with the unit, in the file of the unit. */
  replace(unit: Unit, range: Range, text: string): void {
    const { edits, replacements, step } = this.#decisions;
    const edit = { range, text, author: { name: nameOfUnit(unit), step }, file: this.#fileOf(unit) };
    edits.push([unit, edit]);
    if (range[0] === range[1]) return;
    const known = replacements.get(edit.file);
    if (known === undefined) replacements.set(edit.file, [edit]);
    else known.push(edit);
  }

  /** Makes an edit that several plans of a file may make. */
  share(unit: Unit, edit: TextEdit): void {
    this.#decisions.edits.push([unit, { ...edit, file: this.#fileOf(unit) }]);
  }

  insert(unit: Unit, offset: number, text: string): void {
    this.replace(unit, [offset, offset], text);
  }

  /** Says something about what changes with the unit, at a place that may be in another file than the unit. */
  note(unit: Unit, code: NoteCode, place: TSESTree.Node, name: string): void {
    this.#decisions.notes.push([
      unit,
      { code, range: place.range, message: fillIn(NOTES[code], name), file: this.#fileOf(place) },
    ]);
  }

  /** Refuses the unit for what stands at a place, which may be in another file; `defect` as for `refusalOf`. */
  refuse(unit: Unit, code: RefusalCode, place: TSESTree.Node, name: string, defect?: EditConflict): void {
    const refusal = { ...refusalOf(code, place.range, name, defect), file: this.#fileOf(place) };
    this.#decisions.refusals.push([unit, refusal]);
    this.#decisions.attempts.stopped(refusal);
    this.#decisions.refused = null;
  }

  /** Whether anything linked to the unit so far, or needed by what is, was refused. */
  isRefused(unit: Unit): boolean {
    const decisions = this.#decisions;
    decisions.refused ??= reached(
      decisions.refusals.map(([refused]) => this.#root(refused)),
      this.#edges(([unit, other]) => [other, unit]),
    );
    return decisions.refused.has(this.#root(unit));
  }

  /** The sets that need others, by those or the other way round. */
  #edges(direct: (need: readonly [Unit, Unit]) => readonly [Unit, Unit]): Map<Unit, Unit[]> {
    const edges = new Map<Unit, Unit[]>();
    for (const need of this.#decisions.needs) {
      const [from, to] = direct(need).map((unit) => this.#root(unit)) as [Unit, Unit];
      const known = edges.get(from);
      if (known === undefined) edges.set(from, [to]);
      else known.push(to);
    }
    return edges;
  }

  /** Whether the text around a range is already replaced as a whole: in the file of a node, or of this view. */
  isReplaced(range: Range, place?: TSESTree.Node): boolean {
    const file = place === undefined ? this.#file : this.#fileOf(place);
    return (this.#decisions.replacements.get(file) ?? []).some(
      (edit) => edit.range[0] <= range[0] && range[1] <= edit.range[1],
    );
  }

  /** The edits made so far inside a range of this view's file, to take along when its text is moved; they are withdrawn from their place. `isTaken` picks some of them. */
  takeEdits(range: Range, isTaken: (edit: TextEdit) => boolean = () => true): TextEdit[] {
    const { edits, replacements } = this.#decisions;
    const taken: TextEdit[] = [];
    for (let index = edits.length - 1; index >= 0; index--) {
      const edit = edits[index]![1];
      if (edit.file === this.#file && range[0] <= edit.range[0] && edit.range[1] <= range[1] && isTaken(edit))
        taken.unshift(edits.splice(index, 1)[0]![1]);
    }
    replacements.set(
      this.#file,
      (replacements.get(this.#file) ?? []).filter((edit) => !taken.includes(edit)),
    );
    return taken;
  }

  /** The edits made so far inside a range of this view's file whose units can change, with these units; the text around is written anew, so that they are withdrawn. */
  withdrawFrom(range: Range): (readonly [Unit, TextEdit])[] {
    // What is inserted at the edge stands beside the text.
    const edge = ([start, end]: Range): 0 | 1 => (start < end ? 0 : 1);
    const isIn = ({ range: own, file }: TextEdit & InFile): boolean =>
      file === this.#file && range[0] + edge(own) <= own[0] && own[1] + edge(own) <= range[1];
    const inside = this.#decisions.edits.filter(([unit, edit]) => isIn(edit) && !this.isRefused(unit));
    this.takeEdits(range, (edit) => inside.some(([, each]) => each === edit));
    return inside;
  }

  /** What becomes of the operations, in source order: those that change and need the same together, and those that one refusal keeps from it. */
  components(isWanted: (site: Site) => boolean = () => true): Component<Site>[] {
    const { attempts, edits, notes, operations: all, refusals } = this.#decisions;
    const wanted = new Set(all.flatMap(([unit, operation]) => (isWanted(operation) ? [this.#root(unit)] : [])));
    const operations = all.filter(([unit]) => wanted.has(this.#root(unit)));
    const edges = this.#edges((need) => need);
    const groups = new Groups();
    for (const [unit] of operations) {
      const isRefused = this.isRefused(unit);
      for (const needed of reached([this.#root(unit)], edges))
        if (this.isRefused(needed) === isRefused) groups.join(this.#root(unit), needed);
    }
    const components = new Map<
      Unit,
      { operations: Site[]; edits: (TextEdit & InFile)[]; notes: (Note & InFile)[]; refusals: (Refusal & InFile)[] }
    >();
    for (const [unit, operation] of operations) {
      const group = groups.of(this.#root(unit));
      if (!components.has(group)) components.set(group, { operations: [], edits: [], notes: [], refusals: [] });
      components.get(group)!.operations.push(operation);
    }
    const componentOf = (unit: Unit) => components.get(groups.of(this.#root(unit)));
    for (const [unit, edit] of edits) componentOf(unit)?.edits.push(edit);
    for (const [unit, note] of notes) componentOf(unit)?.notes.push(note);
    for (const [unit, refusal] of refusals) componentOf(unit)?.refusals.push(refusal);
    return Array.from(components.values(), (component) => ({ ...component, attempts }));
  }

  /** The file of a unit that is a node; of another, that of this view. */
  #fileOf(unit: Unit): TSESTree.Program | null {
    if (!("type" in unit) || !("range" in unit)) return this.#file;
    return programOf(unit as TSESTree.Node) ?? this.#file;
  }
}
