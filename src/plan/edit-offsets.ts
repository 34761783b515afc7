import { countLeading } from "../count-leading.ts";
import { joinRemovals } from "./edits.ts";
import type { Range, TextEdit } from "./types.ts";

interface Step {
  readonly range: readonly [number, number];
  /** Where the edit's text begins in the edited text, and how long it is. */
  readonly start: number;
  readonly length: number;
}

/** Where offsets of a text lie after edits, and where they were before: asked of many offsets, each answer costs a binary search. */
export class EditOffsets {
  readonly #steps: readonly Step[];
  readonly #stepOf: ReadonlyMap<TextEdit, Step>;

  constructor(edits: readonly TextEdit[]) {
    let shift = 0;
    const joined = joinRemovals(edits);
    this.#steps = joined.map(({ range, text }) => {
      const step = { range, start: range[0] + shift, length: text.length };
      shift += text.length - (range[1] - range[0]);
      return step;
    });
    this.#stepOf = new Map(joined.map((edit, index) => [edit, this.#steps[index]!]));
  }

  /** Where the text of one of the edits lies in the edited text; `null` of one that is not among them. */
  written(edit: TextEdit): Range | null {
    const step = this.#stepOf.get(edit);
    return step === undefined ? null : [step.start, step.start + step.length];
  }

  /** Where an offset of the original text lies after the edits, behind what is inserted there; `null` when an edit replaced that place. */
  after(offset: number): number | null {
    const next = countLeading(
      this.#steps,
      ({ range: [start, end] }) => start < offset || (start === offset && end === start),
    );
    const following = this.#steps[next];
    if (following?.range[0] === offset) return null;
    const last = this.#steps[next - 1];
    if (last === undefined) return offset;
    return last.range[1] > offset ? null : offset + shiftBehind(last);
  }

  /** Where an offset of the edited text was before the edits; what they wrote was where they wrote it. */
  before(offset: number): number {
    const last = this.#steps[countLeading(this.#steps, ({ start }) => start < offset) - 1];
    if (last === undefined) return offset;
    return last.start + last.length > offset ? last.range[0] : offset - shiftBehind(last);
  }
}

/** How far text behind an edit has moved. */
function shiftBehind({ range, start, length }: Step): number {
  return start + length - range[1];
}

const known = new WeakMap<readonly TextEdit[], EditOffsets>();

/** The offsets of a list of edits that does not change any more. */
function offsetsOf(edits: readonly TextEdit[]): EditOffsets {
  let offsets = known.get(edits);
  if (offsets === undefined) known.set(edits, (offsets = new EditOffsets(edits)));
  return offsets;
}

/** Where an offset of the original text lies after the edits; `null` when an edit replaced that place. */
export function mapOffset(edits: readonly TextEdit[], offset: number): number | null {
  return offsetsOf(edits).after(offset);
}

/** Where an offset of the edited text was before the edits; what they wrote was where they wrote it. */
export function originalOffset(edits: readonly TextEdit[], offset: number): number {
  return offsetsOf(edits).before(offset);
}

/** Where the text of one of some edits lies in the text that all of them make; `null` of an edit that is not among them. */
export function writtenRange(edits: readonly TextEdit[], edit: TextEdit): Range | null {
  return offsetsOf(edits).written(edit);
}
