import type { TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import type { Operation } from "../recognize/begin-end/operation.ts";
import { fillIn, NOTES, REFUSALS, type NoteCode, type RefusalCode } from "./codes.ts";
import type { Note, Range, Refusal, TextEdit } from "./types.ts";

/** A refusal with its text filled in. */
export function refusalOf(code: RefusalCode, range: Range, name: string): Refusal {
  const { message, hint } = REFUSALS[code];
  return { kind: "refusal", code, range, message: fillIn(message, name), hint };
}

/** Anything that can only change as a whole: a function, the Program, a variable, an operation. */
export type Unit = object;

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
}

/** Decides sites of files, all before any is edited. */
export interface SitePlanner<Site extends object> {
  /** Takes up sites of a file. */
  add(context: Context, sites: readonly Site[]): void;
  /** Lets the callers of what becomes async follow, as far as they can be seen, and gives what was decided. Called once. */
  finish(): Component<Site>[];
}

/** The decisions that all views of a draft share. */
class Decisions<Site extends object> {
  readonly parent = new Map<Unit, Unit>();
  readonly edits: [Unit, TextEdit & InFile][] = [];
  /** The edits that are more than insertions, by file. */
  readonly replacements = new Map<TSESTree.Program | null, TextEdit[]>();
  readonly notes: [Unit, Note & InFile][] = [];
  readonly refusals: [Unit, Refusal & InFile][] = [];
  readonly operations: [Unit, Site][] = [];
}

/**
 * Collects decisions while the planner goes through files. Units that need each other are linked; each linked set becomes one
 * plan, or, when anything in it was refused, no change at all.
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
    const { parent } = this.#decisions;
    let root = unit;
    for (let next = parent.get(root); next !== undefined; next = parent.get(root)) root = next;
    return root;
  }

  /** Says that the units change together or not at all. */
  link(first: Unit, ...others: readonly Unit[]): void {
    for (const other of others) {
      const a = this.#root(first);
      const b = this.#root(other);
      if (a !== b) this.#decisions.parent.set(b, a);
    }
  }

  operation(unit: Unit, operation: Site): void {
    this.#decisions.operations.push([unit, operation]);
  }

  /** Replaces a range by a text, as part of what changes with the unit, in the file of the unit. */
  replace(unit: Unit, range: Range, text: string): void {
    const { edits, replacements } = this.#decisions;
    const edit = { range, text, file: this.#fileOf(unit) };
    edits.push([unit, edit]);
    if (range[0] === range[1]) return;
    const known = replacements.get(edit.file);
    if (known === undefined) replacements.set(edit.file, [edit]);
    else known.push(edit);
  }

  insert(unit: Unit, offset: number, text: string): void {
    this.replace(unit, [offset, offset], text);
  }

  /** Says something about what changes with the unit, at a place that may be in another file than the unit. */
  note(unit: Unit, code: NoteCode, place: TSESTree.Node, name: string): void {
    this.#decisions.notes.push([unit, { code, range: place.range, message: fillIn(NOTES[code], name), file: this.#fileOf(place) }]);
  }

  /** Refuses the unit for what stands at a place, which may be in another file. */
  refuse(unit: Unit, code: RefusalCode, place: TSESTree.Node, name: string): void {
    this.#decisions.refusals.push([unit, { ...refusalOf(code, place.range, name), file: this.#fileOf(place) }]);
  }

  /** Whether anything linked to the unit so far was refused. */
  isRefused(unit: Unit): boolean {
    const root = this.#root(unit);
    return this.#decisions.refusals.some(([refused]) => this.#root(refused) === root);
  }

  /** Whether the text around a range is already replaced as a whole: in the file of a node, or of this view. */
  isReplaced(range: Range, place?: TSESTree.Node): boolean {
    const file = place === undefined ? this.#file : this.#fileOf(place);
    return (this.#decisions.replacements.get(file) ?? []).some((edit) => edit.range[0] <= range[0] && range[1] <= edit.range[1]);
  }

  /** The edits made so far inside a range of this view's file, to take along when its text is moved; they are withdrawn from their place. */
  takeEdits(range: Range): TextEdit[] {
    const { edits, replacements } = this.#decisions;
    const taken: TextEdit[] = [];
    for (let index = edits.length - 1; index >= 0; index--) {
      const { file, range: place } = edits[index]![1];
      if (file === this.#file && range[0] <= place[0] && place[1] <= range[1]) taken.unshift(edits.splice(index, 1)[0]![1]);
    }
    replacements.set(this.#file, (replacements.get(this.#file) ?? []).filter((edit) => !taken.includes(edit)));
    return taken;
  }

  /** The linked sets that hold an operation, in source order. */
  components(): Component<Site>[] {
    const roots = new Map<Unit, { operations: Site[]; edits: (TextEdit & InFile)[]; notes: (Note & InFile)[]; refusals: (Refusal & InFile)[] }>();
    for (const [unit, operation] of this.#decisions.operations) {
      const root = this.#root(unit);
      if (!roots.has(root)) roots.set(root, { operations: [], edits: [], notes: [], refusals: [] });
      roots.get(root)!.operations.push(operation);
    }
    for (const [unit, edit] of this.#decisions.edits) roots.get(this.#root(unit))?.edits.push(edit);
    for (const [unit, note] of this.#decisions.notes) roots.get(this.#root(unit))?.notes.push(note);
    for (const [unit, refusal] of this.#decisions.refusals) roots.get(this.#root(unit))?.refusals.push(refusal);
    return [...roots.values()];
  }

  /** The file of a unit that is a node; of another, that of this view. */
  #fileOf(unit: Unit): TSESTree.Program | null {
    if (!("type" in unit) || !("range" in unit)) return this.#file;
    let node = unit as TSESTree.Node;
    while (node.parent) node = node.parent;
    return node.type === "Program" ? node : this.#file;
  }
}
