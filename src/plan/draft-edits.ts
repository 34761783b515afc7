import { enclosingOf } from "../ast/functions.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import { lineStart } from "../ast/lines.ts";
import { ownEnd } from "./layout.ts";
import type { RefusalCode } from "./codes.ts";
import type { Range, TextEdit } from "./types.ts";
import type { Unit } from "./units.ts";
import { PlacedEdits } from "./write/placed-edits.ts";
import { Rendering, type TreeEdit } from "./write/rendering.ts";
import { concat, movedIn, partsOf, type Text } from "./write/text.ts";

/** Says in which file something was decided. */
export interface InFile {
  readonly file: TSESTree.Program | null;
}

/** Why something stays as it is when one of its edits stands in text that goes, or that comes into a function which cannot wait. */
export interface LossRefusal {
  readonly code: RefusalCode;
  readonly place: TSESTree.Node;
  readonly name: string;
}

/** An edit of a unit, whose text is rendered when everything is decided. */
export interface DraftEdit extends TreeEdit, InFile {
  readonly unit: Unit;
  readonly ifLost: LossRefusal | undefined;
}

/** What comes of the edits of a file. */
export interface RenderedEdits {
  readonly edits: readonly (readonly [Unit, TextEdit & InFile])[];
  /** What stands in text that another unit writes. */
  readonly inside: readonly (readonly [outer: Unit, inner: Unit])[];
  /** The edits that had to show and do not. */
  readonly lost: readonly (DraftEdit & { readonly ifLost: LossRefusal })[];
}

/** The edits of a draft, by file. */
export class DraftEdits {
  readonly #edits = new Map<TSESTree.Program | null, PlacedEdits<DraftEdit>>();
  readonly #sources = new Map<TSESTree.Program, Source>();

  /** Makes a file known whose text is moved. */
  addFile(source: Source): void {
    this.#sources.set(source.ast, source);
  }

  get files(): Iterable<TSESTree.Program | null> {
    return this.#edits.keys();
  }

  add(made: DraftEdit): void {
    const edit = beforeSemicolonAhead(this.#sourceOf(made.file), made);
    const known = this.#edits.get(edit.file);
    if (known !== undefined) return known.add(edit);
    const placed = new PlacedEdits<DraftEdit>();
    placed.add(edit);
    this.#edits.set(edit.file, placed);
  }

  /**
   * A text with the edits made so far in what it moves.
   *
   * @throws {EditConflict} when they contradict each other.
   */
  render(file: TSESTree.Program | null, text: Text): string {
    const placed = this.#edits.get(file);
    const edits = movedIn(text).flatMap(({ range }) => placed?.within(range) ?? []);
    return new Rendering(this.#sourceOf(file), edits).render(text);
  }

  /**
   * Whether nothing is left of a text, with the edits made so far in what it moves. It is rendered only where that can tell.
   *
   * @throws {EditConflict} when they contradict each other.
   */
  isEmpty(file: TSESTree.Program | null, text: Text): boolean {
    const isBlank = (each: string): boolean => each.trim() === "";
    if (partsOf(text).some((part) => typeof part === "string" && !isBlank(part))) return false;
    const source = this.#sourceOf(file);
    const placed = this.#edits.get(file);
    const isUntouched = movedIn(text).every(({ range }) => (placed?.within(range) ?? []).length === 0);
    if (source !== null && isUntouched) return movedIn(text).every(({ range }) => isBlank(source.text.slice(...range)));
    return isBlank(this.render(file, text));
  }

  /**
   * The edits of a file, rendered.
   *
   * @param isLive whether a unit changes; the edits of others do not exist
   * @throws {EditConflict} when they contradict each other.
   */
  renderFile(file: TSESTree.Program | null, isLive: (unit: Unit) => boolean): RenderedEdits {
    const inside: [Unit, Unit][] = [];
    const made = (this.#edits.get(file)?.all ?? []).filter(({ unit }) => isLive(unit));
    const rendering = new Rendering(this.#sourceOf(file), made, {
      onInside: (outer, inner) => void inside.push([outer.unit, inner.unit]),
      mayStandIn,
    });
    const edits = rendering
      .outermost()
      .map(({ edit: { unit, ifLost: _, ...edit }, text }) => [unit, { ...edit, text }] as const);
    const isLost = (edit: DraftEdit): edit is DraftEdit & { readonly ifLost: LossRefusal } =>
      edit.ifLost !== undefined && !rendering.isShown(edit);
    return { edits, inside, lost: made.filter(isLost) };
  }

  #sourceOf(file: TSESTree.Program | null): Source | null {
    return file === null ? null : (this.#sources.get(file) ?? null);
  }
}

/** An edit at the end of a statement, in front of the semicolon where that begins the next line. */
function beforeSemicolonAhead(source: Source | null, edit: DraftEdit): DraftEdit {
  const [start, end] = edit.range;
  const parts = partsOf(edit.text);
  const [first, last] = [parts[0] ?? "", parts.at(-1) ?? ""];
  if (source?.text[end - 1] !== ";" || typeof last !== "string") return edit;
  const { text } = source;
  const isInsertion = start === end;
  const own = ownEnd(text, [isInsertion ? lineStart(text, previousText(text, end)) : start, end]);
  if (own === end) return edit;
  if (isInsertion) return typeof first === "string" && /^[\r\n]/.test(first) ? { ...edit, range: [own, own] } : edit;
  return { ...edit, range: [start, own], text: concat(parts.slice(0, -1), last.replace(/;$/, "")) };
}

/** The offset of the last text in front of a semicolon. */
function previousText(text: string, end: number): number {
  return text.slice(0, Math.max(0, end - 1)).trimEnd().length - 1;
}

/** Whether an edit means the same in a function that cannot wait: one that waits does not, unless its own function has come there as well. */
function mayStandIn({ ifLost }: DraftEdit, closed: Range): boolean {
  return ifLost === undefined || isWithin(enclosingOf(ifLost.place).range, closed);
}

function isWithin([start, end]: Range, outer: Range): boolean {
  return outer[0] <= start && end <= outer[1];
}
