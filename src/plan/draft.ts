import type { TSESTree } from "../ast/source.ts";
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

/** Says in which file something was decided; `null` where only one is looked at. */
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

/**
 * Collects decisions while the planner goes through a file. Units that need each other are linked; each linked set becomes one
 * plan, or, when anything in it was refused, no change at all.
 */
export class Draft<Site extends object = Operation> {
  readonly #parent = new Map<Unit, Unit>();
  readonly #edits: [Unit, TextEdit & InFile][] = [];
  /** The edits that are more than insertions, by file. */
  readonly #replacements = new Map<TSESTree.Program | null, TextEdit[]>();
  readonly #notes: [Unit, Note & InFile][] = [];
  readonly #refusals: [Unit, Refusal & InFile][] = [];
  readonly #operations: [Unit, Site][] = [];

  #root(unit: Unit): Unit {
    let root = unit;
    for (let next = this.#parent.get(root); next !== undefined; next = this.#parent.get(root)) root = next;
    return root;
  }

  /** Says that the units change together or not at all. */
  link(first: Unit, ...others: readonly Unit[]): void {
    for (const other of others) {
      const a = this.#root(first);
      const b = this.#root(other);
      if (a !== b) this.#parent.set(b, a);
    }
  }

  operation(unit: Unit, operation: Site): void {
    this.#operations.push([unit, operation]);
  }

  /** Replaces a range by a text, as part of what changes with the unit. */
  replace(unit: Unit, range: Range, text: string): void {
    const edit = { range, text, file: fileOf(unit) };
    this.#edits.push([unit, edit]);
    if (range[0] === range[1]) return;
    const known = this.#replacements.get(edit.file);
    if (known === undefined) this.#replacements.set(edit.file, [edit]);
    else known.push(edit);
  }

  insert(unit: Unit, offset: number, text: string): void {
    this.replace(unit, [offset, offset], text);
  }

  /** Says something about what changes with the unit, at a place that may be in another file than the unit. */
  note(unit: Unit, code: NoteCode, place: TSESTree.Node, name: string): void {
    this.#notes.push([unit, { code, range: place.range, message: fillIn(NOTES[code], name), file: fileOf(place) }]);
  }

  /** Refuses the unit for what stands at a place, which may be in another file. */
  refuse(unit: Unit, code: RefusalCode, place: TSESTree.Node, name: string): void {
    this.#refusals.push([unit, { ...refusalOf(code, place.range, name), file: fileOf(place) }]);
  }

  /** Whether anything linked to the unit so far was refused. */
  isRefused(unit: Unit): boolean {
    const root = this.#root(unit);
    return this.#refusals.some(([refused]) => this.#root(refused) === root);
  }

  /** Whether the text around a range is already replaced as a whole, in the file of a node where there are several. */
  isReplaced(range: Range, place?: TSESTree.Node): boolean {
    const file = place === undefined ? null : fileOf(place);
    const edits = file === null ? [...this.#replacements.values()].flat() : [...(this.#replacements.get(file) ?? []), ...(this.#replacements.get(null) ?? [])];
    return edits.some((edit) => edit.range[0] <= range[0] && range[1] <= edit.range[1]);
  }

  /** The edits made so far inside a range, to take along when its text is moved; they are withdrawn from their place. `isTaken` picks some of them. */
  takeEdits(range: Range, isTaken: (edit: TextEdit) => boolean = () => true): TextEdit[] {
    const taken: TextEdit[] = [];
    for (let index = this.#edits.length - 1; index >= 0; index--) {
      const edit = this.#edits[index]![1];
      if (range[0] <= edit.range[0] && edit.range[1] <= range[1] && isTaken(edit)) taken.unshift(this.#edits.splice(index, 1)[0]![1]);
    }
    for (const [file, edits] of this.#replacements) this.#replacements.set(file, edits.filter((edit) => !taken.includes(edit)));
    return taken;
  }

  /** The linked sets that hold an operation, in source order. */
  components(): Component<Site>[] {
    const roots = new Map<Unit, { operations: Site[]; edits: (TextEdit & InFile)[]; notes: (Note & InFile)[]; refusals: (Refusal & InFile)[] }>();
    for (const [unit, operation] of this.#operations) {
      const root = this.#root(unit);
      if (!roots.has(root)) roots.set(root, { operations: [], edits: [], notes: [], refusals: [] });
      roots.get(root)!.operations.push(operation);
    }
    for (const [unit, edit] of this.#edits) roots.get(this.#root(unit))?.edits.push(edit);
    for (const [unit, note] of this.#notes) roots.get(this.#root(unit))?.notes.push(note);
    for (const [unit, refusal] of this.#refusals) roots.get(this.#root(unit))?.refusals.push(refusal);
    return [...roots.values()];
  }
}

/** The file of a unit that is a node; `null` for others, of which one file is decided at a time. */
function fileOf(unit: Unit): TSESTree.Program | null {
  if (!("type" in unit) || !("range" in unit)) return null;
  let node = unit as TSESTree.Node;
  while (node.parent) node = node.parent;
  return node.type === "Program" ? node : null;
}
