import { hasLineBreak, indentAt } from "../../ast/lines.ts";
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
  readonly #edits: readonly TreeEdit[];

  constructor(source: Source, edits: readonly TreeEdit[]) {
    this.#source = source;
    this.#edits = edits;
  }

  /** The edits that stand in no other one's range, as text, with what they belong to. */
  render(): (readonly [owner: object, edit: TextEdit])[] {
    return this.#outermost([0, this.#source.text.length], null).map(
      (edit) => [edit.owner, this.#rendered(edit, (indent) => indent)] as const,
    );
  }

  #outermost(range: Range, around: TreeEdit | null): TreeEdit[] {
    const inside = this.#edits.filter((edit) => edit !== around && isWithin(edit.range, range));
    return inside.filter((edit) => !inside.some((other) => isProper(other) && isInner(edit.range, other.range)));
  }

  /** @param shift what becomes of an indentation of the place that the edit was written for. */
  #rendered(edit: TreeEdit, shift: Shift): TextEdit {
    const text = edit.parts.map((part) =>
      typeof part === "string"
        ? part.replace(/(?<=[\r\n])[ \t]*(?![ \t\r\n])/g, (indent) => shift(indent))
        : this.#moved({ ...part, indent: shift(part.indent) }, edit),
    );
    return { range: edit.range, text: text.join("") };
  }

  /** A stretch with the edits in it, indented for its new place; the first line has no indentation. */
  #moved({ range, inside, indent }: Moved, around: TreeEdit): string {
    const { text } = this.#source;
    const first = range[0] + (/^\s*/.exec(text.slice(...range))?.[0].length ?? 0);
    const isOneLine = inside.type === "BlockStatement" && !hasLineBreak(text.slice(inside.range[0], first));
    const from = indentAt(text, isOneLine ? inside.range[0] : first);
    const shift: Shift = (each) => (each.startsWith(from) ? indent + each.slice(from.length) : each);
    const edits = this.#outermost(range, around).map((edit) => this.#rendered(edit, shift));
    const shifts = reindent(this.#source, inside, range, edits, from, indent);
    return renderRange(text, range, [...edits, ...shifts]).trim();
  }
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
