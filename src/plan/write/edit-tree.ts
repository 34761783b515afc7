import { hasLineBreak, indentAt } from "../../ast/lines.ts";
import { itemsWithin } from "../../ast/ordered.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { renderRange } from "../edits.ts";
import { reindent } from "../layout.ts";
import type { Range, TextEdit } from "../types.ts";

/** A stretch of the file that comes to stand in a text that replaces what is around it, at another indentation. */
export interface Moved {
  readonly range: Range;
  /** The node that it is a part of; what is a string in there is never indented. */
  readonly inside: TSESTree.Node;
  readonly indent: string;
}

/** A text that is made of new text and of stretches of the file. */
export type Part = string | Moved;

/** A replacement whose text may hold stretches of the file, with what is replaced in those. */
export interface TreeEdit {
  /** What it belongs to. */
  readonly owner: object;
  readonly range: Range;
  readonly parts: readonly Part[];
}

/**
 * Edits that hold moved text. Nothing is rendered until all of them are known: what is edited inside a moved stretch goes along, however
 * deep, and what is edited in text that goes is gone with it.
 */
export class EditTree {
  readonly #source: Source;
  /** In the order of their starts, the longer first: one that holds others comes before them. */
  readonly #edits: readonly TreeEdit[];

  constructor(source: Source, edits: readonly TreeEdit[]) {
    this.#source = source;
    this.#edits = edits.toSorted((a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1]);
  }

  /** The edits that stand in no other one's range, as text, with what they belong to. */
  render(): (readonly [owner: object, edit: TextEdit])[] {
    const outermost = this.#placed([0, this.#source.text.length], null, (indent) => indent);
    // A list is gone through with what is added meanwhile: stretches in stretches, as deep as callbacks start callbacks.
    const all = [...outermost];
    for (const placed of all) {
      placed.stretches = placed.edit.parts.flatMap((part) =>
        typeof part === "string" ? [] : [this.#stretch(part, placed)],
      );
      for (const { inside } of placed.stretches) all.push(...inside);
    }
    for (const placed of all.toReversed()) placed.text = this.#text(placed);
    return outermost.map(({ edit: { owner, range }, text }) => [owner, { range, text }] as const);
  }

  #outermost(range: Range, around: TreeEdit | null): TreeEdit[] {
    let outer: TreeEdit | null = null;
    return itemsWithin(this.#edits, range).filter((edit) => {
      if (edit === around) return false;
      // Whatever holds this one comes before it, and reaches at least as far.
      if (outer !== null && isInner(edit.range, outer.range)) return false;
      if (isProper(edit) && (outer === null || edit.range[1] > outer.range[1])) outer = edit;
      return true;
    });
  }

  #placed(range: Range, around: TreeEdit | null, shift: Shift): PlacedEdit[] {
    return this.#outermost(range, around).map((edit) => ({ edit, shift, stretches: [], text: "" }));
  }

  #stretch(moved: Moved, { edit, shift }: PlacedEdit): Stretch {
    const { text } = this.#source;
    const { inside, range } = moved;
    const first = range[0] + (/^\s*/.exec(text.slice(...range))?.[0].length ?? 0);
    const isOneLine = inside.type === "BlockStatement" && !hasLineBreak(text.slice(inside.range[0], first));
    const from = indentAt(text, isOneLine ? inside.range[0] : first);
    const to = shift(moved.indent);
    const own: Shift = (each) => (each.startsWith(from) ? to + each.slice(from.length) : each);
    return { moved, from, to, inside: this.#placed(range, edit, own) };
  }

  /** The text of an edit, when the texts of those that stand in its stretches are known. */
  #text({ edit, shift, stretches }: PlacedEdit): string {
    const moved = stretches.map((stretch) => this.#movedText(stretch)).values();
    return edit.parts
      .map((part) =>
        typeof part === "string"
          ? part.replace(/(?<=[\r\n])[ \t]*(?![ \t\r\n])/g, (indent) => shift(indent))
          : moved.next().value!,
      )
      .join("");
  }

  /** A stretch with the edits in it, indented for its new place; the first line has no indentation. */
  #movedText({ from, inside, moved, to }: Stretch): string {
    const edits = inside.map(({ edit: { range }, text }) => ({ range, text }));
    const shifts = reindent(this.#source, moved.inside, moved.range, edits, from, to);
    return renderRange(this.#source.text, moved.range, [...edits, ...shifts]).trim();
  }
}

/** An edit where it is rendered. */
interface PlacedEdit {
  readonly edit: TreeEdit;
  /** What becomes of an indentation of the place that the edit was written for. */
  readonly shift: Shift;
  stretches: readonly Stretch[];
  text: string;
}

/** A moved stretch with the edits in it, its indentation where it stood, and where it comes to stand. */
interface Stretch {
  readonly moved: Moved;
  readonly from: string;
  readonly to: string;
  readonly inside: readonly PlacedEdit[];
}

/** Gives the indentation at the new place for one at the old. */
type Shift = (indent: string) => string;

function isWithin(inner: Range, outer: Range): boolean {
  return outer[0] <= inner[0] && inner[1] <= outer[1];
}

/** Whether a range is inside of another one and not the same. */
function isInner(inner: Range, outer: Range): boolean {
  return isWithin(inner, outer) && (outer[0] < inner[0] || inner[1] < outer[1]);
}

/** Whether an edit replaces something; an insertion holds nothing. */
function isProper({ range: [start, end] }: TreeEdit): boolean {
  return start < end;
}
