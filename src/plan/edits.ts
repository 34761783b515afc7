import MagicString from "magic-string";
import { EditConflict } from "./edit-conflict.ts";
import type { Range, TextEdit } from "./types.ts";

/** Sorts edits by place; insertions at one place keep the order in which they were made, and come before a replacement there. */
function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
}

/** The edits in order, removals that touch or overlap joined: two neighbours that go may both take the line break between them. */
export function joinRemovals(edits: readonly TextEdit[]): TextEdit[] {
  const joined: TextEdit[] = [];
  for (const edit of inOrder(edits)) {
    const last = joined.at(-1);
    const isJoined =
      last !== undefined &&
      last.text === "" &&
      edit.text === "" &&
      edit.range[0] <= last.range[1] &&
      edit.range[0] < edit.range[1];
    if (isJoined)
      joined[joined.length - 1] = { ...last, range: [last.range[0], Math.max(last.range[1], edit.range[1])] };
    else joined.push(edit);
  }
  return joined;
}

/**
 * Applies edits to the text they were made for. Everything outside their ranges stays as it is, byte for byte.
 *
 * @throws {EditConflict} when two edits overlap: that is a defect of the planner and must never reach a file.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits.length === 0 ? text : edited(text, edits, 0);
}

/** @param start where the text begins in the one that the edits were made for. */
function edited(text: string, edits: readonly TextEdit[], start: number): string {
  const string = new MagicString(text);
  let last: TextEdit | null = null;
  for (const edit of joinRemovals(edits)) {
    if (last !== null && edit.range[0] < last.range[1]) throw new EditConflict(last, edit);
    const [from, to] = [edit.range[0] - start, edit.range[1] - start];
    if (from === to) string.appendLeft(from, edit.text);
    else if (edit.text === "") string.remove(from, to);
    else string.update(from, to, edit.text);
    last = edit;
  }
  return string.toString();
}

/**
 * The text of a range with the edits inside it applied: what is moved elsewhere takes its own changes along.
 *
 * @throws {EditConflict} when two of them overlap.
 */
export function renderRange(text: string, range: Range, edits: readonly TextEdit[]): string {
  const inside = edits.filter((edit) => range[0] <= edit.range[0] && edit.range[1] <= range[1]);
  return edited(text.slice(...range), inside, range[0]);
}
