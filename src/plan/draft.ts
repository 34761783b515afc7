import type { Source, TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import type { Operation } from "../recognize/begin-end/operation.ts";
import { type AttemptsBySite } from "./attempts.ts";
import { Decisions } from "./decisions.ts";
import { fillIn, type RefusalCode } from "./codes.ts";
import { authored, EditConflict } from "./edit-conflict.ts";
import { fileOfUnit, Groups, nameOfUnit, reached, type Unit } from "./units.ts";
import type { Note, Range, Refusal, TextEdit } from "./types.ts";
import { NOTES, type NoteCode } from "./note-codes.ts";
import { refusalOf } from "./refusals.ts";
import { type InFile, type LossRefusal, type RenderedEdits } from "./draft-edits.ts";
import { withNeighbours } from "./neighbours.ts";
import type { StrategyName } from "./strategies.ts";
import type { Text } from "./write/text.ts";

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
  inFile(source: Source): Draft<Site> {
    this.#decisions.edits.addFile(source);
    return new Draft(this.#decisions, source.ast);
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
    this.#decisions.operations.push([unit, operation, this.#file]);
  }

  /**
   * Replaces a range by a text, as part of what changes with the unit, in the file of the unit.
   *
   * @param ifLost why the unit stays as it is if the range stands in text that goes; without it the edit goes as well
   */
  replace(unit: Unit, range: Range, text: Text, ifLost?: LossRefusal): void {
    const author = { name: nameOfUnit(unit), step: this.#decisions.step };
    this.#decisions.edits.add({ unit, range, text, author, ifLost, file: fileOfUnit(unit) ?? this.#file });
  }

  /** Makes an edit that several plans of a file may make. */
  share(unit: Unit, edit: TextEdit): void {
    const file = fileOfUnit(unit) ?? this.#file;
    this.#decisions.edits.add({ ...edit, isShared: true, unit, ifLost: undefined, file });
  }

  /**
   * A text with the edits made so far in what it moves.
   *
   * @throws {EditConflict} when they contradict each other.
   */
  render(text: Text): string {
    return this.#decisions.edits.render(this.#file, text);
  }

  /** Whether nothing is left of a text, with the edits made so far in what it moves. */
  isEmpty(text: Text): boolean {
    return this.#decisions.edits.isEmpty(this.#file, text);
  }

  insert(unit: Unit, offset: number, text: Text, ifLost?: LossRefusal): void {
    this.replace(unit, [offset, offset], text, ifLost);
  }

  /** Says something about what changes with the unit, at a place that may be in another file than the unit. */
  note(unit: Unit, code: NoteCode, place: TSESTree.Node, name: string): void {
    this.#decisions.notes.push([
      unit,
      { code, range: place.range, message: fillIn(NOTES[code], name), file: fileOfUnit(place) ?? this.#file },
    ]);
  }

  /** Refuses the unit for what stands at a place, which may be in another file; `defect` as for `refusalOf`. */
  refuse(unit: Unit, code: RefusalCode, place: TSESTree.Node, name: string, defect?: EditConflict): void {
    this.refuseAs(unit, { ...refusalOf(code, place.range, name, defect), file: fileOfUnit(place) ?? this.#file });
  }

  /** Refuses the unit for what another plan was refused for. */
  refuseAs(unit: Unit, refusal: Refusal & InFile): void {
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

  /** What becomes of the operations, in source order: those that change and need the same together, and those that one refusal keeps from it. */
  components(isWanted: (site: Site) => boolean = () => true): Component<Site>[] {
    const { edits, inside } = this.#rendered();
    const { attempts, notes, operations: all, refusals } = this.#decisions;
    const edges = this.#edges((need) => need);
    const groups = new Groups();
    // What stands in text that another one writes changes with that.
    for (const [outer, inner] of inside) groups.join(this.#root(outer), this.#root(inner));
    const groupOf = (unit: Unit): Unit => groups.of(this.#root(unit));
    const wanted = new Set(all.flatMap(([unit, operation]) => (isWanted(operation) ? [groupOf(unit)] : [])));
    const operations = all.filter(([unit]) => wanted.has(groupOf(unit)));
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
      const group = groupOf(unit);
      if (!components.has(group)) components.set(group, { operations: [], edits: [], notes: [], refusals: [] });
      components.get(group)!.operations.push(operation);
    }
    const componentOf = (unit: Unit) => components.get(groupOf(unit));
    for (const [unit, edit] of edits) componentOf(unit)?.edits.push(edit);
    for (const [unit, note] of notes) componentOf(unit)?.notes.push(note);
    for (const [unit, refusal] of refusals) componentOf(unit)?.refusals.push(refusal);
    return Array.from(components.values(), ({ refusals, ...rest }) => {
      return { ...rest, refusals: withNeighbours(rest.operations, refusals, attempts), attempts };
    });
  }

  /** The edits of all that changes, rendered, and what stands in text that another one writes. What loses an edit that it needs is refused. */
  #rendered(): Omit<RenderedEdits, "lost"> {
    for (;;) {
      const files = [...this.#decisions.edits.files].map((file) => this.#renderedFile(file));
      const lost = files.flatMap((each) => each.lost);
      if (lost.length === 0)
        return { edits: files.flatMap(({ edits }) => edits), inside: files.flatMap(({ inside }) => inside) };
      for (const { unit, ifLost } of lost) this.refuse(unit, ifLost.code, ifLost.place, ifLost.name);
    }
  }

  /** The edits of a file. Where they contradict each other, which is a defect of the planner, all that was decided about it stays as it is. */
  #renderedFile(file: TSESTree.Program | null): RenderedEdits {
    try {
      return this.#decisions.edits.renderFile(file, (unit) => !this.isRefused(unit));
    } catch (error) {
      if (!(error instanceof EditConflict)) throw error;
      this.#refuseFile(file, error);
      return { edits: [], inside: [], lost: [] };
    }
  }

  /** Refuses all operations of this view's file: what was decided about them contradicts itself. */
  refuseFile(defect: EditConflict): void {
    this.#refuseFile(this.#file, defect);
  }

  #refuseFile(file: TSESTree.Program | null, defect: EditConflict): void {
    for (const [unit, operation, own] of this.#decisions.operations) {
      if (own !== file) continue;
      const place = "nameNode" in operation ? operation.nameNode : unit;
      this.refuse(unit, "check-failed", place as TSESTree.Node, nameOfUnit(operation), defect);
    }
  }
}
