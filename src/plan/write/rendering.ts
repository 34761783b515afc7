import { firstFrom } from "../../ast/ordered.ts";
import { hasLineBreak, indentAt, lineStart } from "../../ast/lines.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { renderRange } from "../edits.ts";
import { reindent } from "../layout.ts";
import type { Range, TextEdit } from "../types.ts";
import { goesOn, isStart, withProposedSemicolons } from "./seams.ts";
import { run, type Step } from "./steps.ts";
import { movedIn, partsOf, type Moved, type Text } from "./text.ts";

/** An edit whose text is not rendered yet. */
export interface TreeEdit extends Omit<TextEdit, "text"> {
  readonly text: Text;
}

/** What whoever renders edits is told and asked. */
export interface RenderingHooks<Edit> {
  /** An edit stands in the range of another one, or in a stretch that it moves; of those around it only the innermost is told. */
  readonly onInside?: (outer: Edit, inner: Edit) => void;
  /** Whether an edit means the same where a part of the file comes into a function that cannot wait. */
  readonly mayStandIn?: (edit: Edit, closed: Range) => boolean;
}

/** Gives the indentation at the new place for one at the old. */
type Shift = (indent: string) => string;

const KEEP: Shift = (indent) => indent;

/** What a text is rendered in. */
interface Surroundings<Edit> {
  /** The edit whose text it is; `null` for a text that belongs to none. */
  readonly edit: Edit | null;
  readonly shift: Shift;
  /** The part of the file that all the functions around have taken in which cannot wait; `null` where there is none. */
  readonly closed: Range | null;
}

/**
 * The edits of one file as a tree: an edit that stands in a stretch which another one moves is a part of that one's text, however deep,
 * and an edit of text that goes is gone with it. Nothing is rendered before all edits are known.
 */
export class Rendering<Edit extends TreeEdit> {
  readonly #source: Source | null;
  /** By their starts; those that start together in the order in which they were made. */
  readonly #edits: readonly Edit[];
  readonly #order: ReadonlyMap<Edit, number>;
  readonly #shown = new Set<Edit>();
  /** The edits in whose texts the one that is rendered stands. */
  readonly #around = new Set<Edit>();
  readonly #hooks: RenderingHooks<Edit>;

  /**
   * @param source needed where an edit moves text
   * @param edits in the order in which they were made
   */
  constructor(source: Source | null, edits: readonly Edit[], hooks: RenderingHooks<Edit> = {}) {
    this.#source = source;
    this.#order = new Map(edits.map((edit, index) => [edit, index]));
    this.#edits = [...edits].sort((a, b) => a.range[0] - b.range[0]);
    this.#hooks = hooks;
  }

  /** The edits that stand in no other one's range, rendered, in the order in which they were made. */
  outermost(): { readonly edit: Edit; readonly text: string }[] {
    return this.#outermost(this.#edits).map((edit) => ({ edit, text: run(this.#rendered(edit, KEEP, null)) }));
  }

  /** Whether an edit stands in what was rendered, and in no stretch where it may not. */
  isShown(edit: Edit): boolean {
    return this.#shown.has(edit);
  }

  /** A text with the edits in what it moves. */
  render(text: Text): string {
    return run(this.#text(text, { edit: null, shift: KEEP, closed: null }));
  }

  *#text(text: Text, surroundings: Surroundings<Edit>): Step<string> {
    let rendered = "";
    for (const part of partsOf(text)) {
      if (typeof part === "string") rendered += shiftLines(part, surroundings.shift);
      else {
        const stretch = yield this.#stretch(part, surroundings);
        rendered += this.#isSeam(rendered, part) && goesOn(stretch) ? `;${stretch}` : stretch;
      }
    }
    return rendered;
  }

  /** Whether a stretch begins with a statement, on a line of its own behind new text. */
  #isSeam(above: string, { range, inside, isStatement }: Moved): boolean {
    if (!/[\r\n][ \t]*$/.test(above)) return false;
    return (
      isStatement === true || (isStatementOrList(inside) && isStart(this.#source!, firstText(this.#source!, range)))
    );
  }

  *#rendered(edit: Edit, shift: Shift, closed: Range | null): Step<string> {
    if (closed === null || this.#hooks.mayStandIn?.(edit, closed) !== false) this.#shown.add(edit);
    this.#around.add(edit);
    const isWholeLines = this.#source !== null && lineStart(this.#source.text, edit.range[0]) === edit.range[0];
    const rendered = yield this.#text(isWholeLines ? shiftFirst(edit.text, shift) : edit.text, { edit, shift, closed });
    this.#around.delete(edit);
    return rendered;
  }

  /** Those of some edits, by their starts, that stand in no other one's range. */
  #outermost(edits: readonly Edit[]): Edit[] {
    const outermost = new Set(edits);
    let open: Edit[] = [];
    const byExtent = [...edits].sort(
      (a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1] || this.#compare(b, a),
    );
    for (const edit of byExtent) {
      open = open.filter(({ range }) => range[1] >= edit.range[0]);
      const outer = open.find((each) => holds(each, edit));
      if (outer !== undefined) {
        outermost.delete(edit);
        this.#hooks.onInside?.(outer, edit);
      } else if (edit.range[0] < edit.range[1]) open.push(edit);
    }
    return [...outermost].sort((a, b) => this.#compare(a, b));
  }

  #compare(a: Edit, b: Edit): number {
    return this.#order.get(a)! - this.#order.get(b)!;
  }

  /** A stretch with the edits in it. One that is indented for a new line begins with its first text. */
  *#stretch(stretch: Moved, { edit: around, shift: outer, closed }: Surroundings<Edit>): Step<string> {
    const { range, inside, indent, takes = [] } = stretch;
    const source = this.#source!;
    const { text } = source;
    const isTaken = (edit: Edit): boolean =>
      takes.some(({ range: [start, end] }) =>
        edit.text === ""
          ? edit.range[0] <= start && end <= edit.range[1]
          : edit.range[0] === start && end === edit.range[1],
      );
    const outermost = this.#outermost(this.#within(range).filter((edit) => !this.#around.has(edit) && !isTaken(edit)));
    if (around !== null) for (const edit of outermost) this.#hooks.onInside?.(around, edit);
    const first = indent === null ? range[0] : firstText(source, range);
    const isOneLine =
      indent !== null && inside.type === "BlockStatement" && !hasLineBreak(text.slice(inside.range[0], first));
    const from = indentAt(text, isOneLine ? inside.range[0] : first);
    const to = outer(indent ?? from);
    const shift: Shift = from === to ? KEEP : (each) => (each.startsWith(from) ? to + each.slice(from.length) : each);
    const within = stretch.isClosed === true ? intersection(closed, range) : closed;
    const edits: TextEdit[] = [];
    for (const edit of outermost) edits.push({ ...edit, text: yield this.#rendered(edit, shift, within) });
    const shifts = isOneLine ? [] : reindent(source, inside, range, edits, from, to);
    const behind = [firstText(source, range), range[1]] as const;
    const lines = renderRange(text, range, [...withProposedSemicolons(source, edits, behind), ...shifts]);
    if (indent === null) return lines;
    return lines.trim();
  }

  /** The edits that stand in a range, edges included. */
  #within([start, end]: Range): Edit[] {
    const found: Edit[] = [];
    for (let index = firstFrom(this.#edits, start); index < this.#edits.length; index++) {
      const edit = this.#edits[index]!;
      if (edit.range[0] > end) break;
      if (edit.range[1] <= end) found.push(edit);
    }
    return found;
  }
}

/** The offset of the first text of a range that is no white space. */
function firstText({ text }: Source, range: Range): number {
  return range[0] + (/^\s*/.exec(text.slice(...range))?.[0].length ?? 0);
}

function isStatementOrList({ type }: TSESTree.Node): boolean {
  return /Statement$|Declaration$|^Program$|^SwitchCase$|^StaticBlock$/.test(type);
}

/** Whether an edit stands in the range of another one; what is inserted at its edge does so only in a stretch that it moves. */
function holds(outer: TreeEdit, inner: TreeEdit): boolean {
  const [start, end] = outer.range;
  const [from, to] = inner.range;
  if (from < start || end < to) return false;
  const isInside = from === to ? start < from && to < end : start < from || to < end;
  return isInside || movedIn(outer.text).some(({ range }) => range[0] <= from && to <= range[1]);
}

/** New text was indented for the place of its edit: what follows its line breaks is indented for the new one. */
function shiftLines(text: string, shift: Shift): string {
  return shift === KEEP ? text : text.replace(/(?<=[\r\n])[ \t]*(?![ \t\r\n])/g, (indent) => shift(indent));
}

/** The first line of a text that begins with its line. */
function shiftFirst(text: Text, shift: Shift): Text {
  const [first, ...others] = partsOf(text);
  return shift === KEEP || typeof first !== "string"
    ? text
    : [first.replace(/^[ \t]*(?![ \t\r\n])/, (indent) => shift(indent)), ...others];
}

/** What two ranges have in common; nothing lies in it where they are apart. */
function intersection(one: Range | null, other: Range): Range {
  return one === null ? other : [Math.max(one[0], other[0]), Math.min(one[1], other[1])];
}
