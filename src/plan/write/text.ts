import type { TSESTree } from "../../ast/source.ts";
import type { Range } from "../types.ts";

/** A stretch of the file that comes to stand in a new text, with whatever is edited in it. */
export interface Moved {
  readonly range: Range;
  /** The node that it is a part of; what is a string in there is never indented. */
  readonly inside: TSESTree.Node;
  /** The indentation of the line on which it comes to stand; `null` for a stretch that stays as it is laid out. */
  readonly indent: string | null;
  /** Whether it comes to stand in a function that cannot wait, so that no await of the code around may stand in it. */
  readonly isClosed?: true;
  /** Whether it comes to stand as a statement, though it was none. */
  readonly isStatement?: true;
  /** Nodes in it whose place is here now: what removes or replaces one of them where it stood is no part of this text. */
  readonly takes?: readonly TSESTree.Node[];
}

/** A piece of a text: new text, or a stretch of the file. */
export type Part = string | Moved;

/** A text that is written last: what stands in its moved stretches is known when all edits are. */
export type Text = string | readonly Part[];

/** A replacement that belongs to something which changes as a whole. */
export interface OwnedEdit {
  readonly owner: object;
  readonly range: Range;
  readonly parts: readonly Part[];
}

/** A text with others in it: text`await ${call}${end}`. */
export function text(strings: TemplateStringsArray, ...values: readonly Text[]): Text {
  return concat(...strings.flatMap((each, index) => (index < values.length ? [each, values[index]!] : [each])));
}

/** Texts one behind the other. */
export function concat(...texts: readonly Text[]): Text {
  const parts: Part[] = [];
  for (const each of texts) {
    for (const part of typeof each === "string" ? [each] : each) {
      const last = parts.at(-1);
      if (part === "") continue;
      if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
      else parts.push(part);
    }
  }
  if (parts.length === 0) return "";
  return parts.length === 1 && typeof parts[0] === "string" ? parts[0] : parts;
}

/** Texts with another one between each two of them. */
export function joined(texts: readonly Text[], between: string): Text {
  return concat(...texts.flatMap((each, index) => (index === 0 ? [each] : [between, each])));
}

export function partsOf(text: Text): readonly Part[] {
  return typeof text === "string" ? [text] : text;
}

/** A text that moves nothing. */
export function plain(text: Text): string {
  if (typeof text !== "string") throw new TypeError("A text that moves something is written by the draft.");
  return text;
}

/** The stretches that a text moves. */
export function movedIn(text: Text): Moved[] {
  return partsOf(text).filter((part): part is Moved => typeof part !== "string");
}

/** A part of a file as new text, with texts in the place of what stands in some ranges. */
export function spliced(
  source: string,
  [start, end]: Range,
  places: readonly { readonly range: Range; readonly text: Text }[],
): Text {
  const ordered = [...places].sort((a, b) => a.range[0] - b.range[0]);
  const starts = [start, ...ordered.map(({ range }) => range[1])];
  return concat(
    ...starts.flatMap((from, index) => {
      const next = ordered[index];
      return next === undefined ? [source.slice(from, end)] : [source.slice(from, next.range[0]), next.text];
    }),
  );
}
