import { statementList } from "../../ast/flow.ts";
import { lineStart } from "../../ast/lines.ts";
import { firstFrom } from "../../ast/ordered.ts";
import { parseTree } from "../../ast/parse.ts";
import { ParseError } from "../../ast/parse-error.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import { EditOffsets } from "../edit-offsets.ts";
import { applyEdits } from "../edits.ts";
import type { Range, TextEdit } from "../types.ts";

/*
 * A seam is where one statement follows another. Without a semicolon there, a statement that begins with one of a few characters goes on
 * with the line above it. A semicolon is proposed wherever text in front of such a statement changes; those that the parser does not need
 * are taken back when all edits of a file are known.
 */

/** The beginnings of statements that go on with the line above; `<` opens a type assertion, `*` a generator method. */
const GOES_ON = /[([`<*]|\/(?![/*])|\+(?!\+)|-(?!-)/y;
const LINE_COMMENT = /\/\/[^\r\n]*/y;
const SPACE = /\s+/y;

/** Whether a text, as a statement, would go on with the line above. */
export function goesOn(text: string, start = 0): boolean {
  let at = endOfMatch(SPACE, text, start) ?? start;
  for (let next; (next = endOfComment(text, at)) !== null;) at = endOfMatch(SPACE, text, next) ?? next;
  return endOfMatch(GOES_ON, text, at) !== null;
}

function endOfComment(text: string, at: number): number | null {
  if (!text.startsWith("/*", at)) return endOfMatch(LINE_COMMENT, text, at);
  const end = text.indexOf("*/", at + 2);
  return end === -1 ? null : end + 2;
}

function endOfMatch(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

interface Start {
  readonly node: TSESTree.Node;
  readonly range: Range;
}

const starts = new WeakMap<TSESTree.Program, readonly Start[]>();

/** The statements and members of classes that follow others, in source order. */
function startsOf(source: Source): readonly Start[] {
  let known = starts.get(source.ast);
  if (known === undefined) {
    const found: TSESTree.Node[] = [];
    walk(source.ast, source.visitorKeys, (node) => {
      // One by one: what is spread as arguments fills the stack.
      for (const each of listOf(node) ?? []) found.push(each);
    });
    starts.set(source.ast, (known = found.sort((a, b) => a.range[0] - b.range[0]).map(toStart)));
  }
  return known;
}

function toStart(node: TSESTree.Node): Start {
  return { node, range: node.range };
}

function listOf(node: TSESTree.Node): readonly TSESTree.Node[] | null {
  return node.type === "ClassBody" ? node.body : statementList(node);
}

/** Whether a statement that follows others, or may do so, begins at an offset. */
export function isStart(source: Source, offset: number): boolean {
  const all = startsOf(source);
  return all[firstFrom(all, offset)]?.range[0] === offset;
}

/**
 * Edits, with a semicolon in front of each statement that may go on with what they have put before it.
 *
 * @param within the part of the file that they are about; what begins with it has nothing before it
 */
export function withProposedSemicolons(
  source: Source,
  edits: readonly TextEdit[],
  within?: Range,
): readonly TextEdit[] {
  if (edits.length === 0) return edits;
  const all = startsOf(source);
  const touched = new Set<number>();
  for (const { range } of edits)
    for (const offset of [all[firstFrom(all, range[0])]?.range[0], all[firstFrom(all, range[1])]?.range[0]])
      if (offset !== undefined && (within === undefined || (within[0] < offset && offset < within[1])))
        touched.add(offset);
  const before: TextEdit[] = [];
  const after: TextEdit[] = [];
  const placed = new Placed(edits);
  for (const offset of touched) {
    const place = seamAt(source, offset, placed);
    if (place !== null) (place === "before" ? before : after).push({ range: [offset, offset], text: ";" });
  }
  return before.length + after.length === 0 ? edits : [...before, ...edits, ...after];
}

/** Edits by their places. */
class Placed {
  readonly #byStart = new Map<number, TextEdit[]>();
  readonly #ordered: readonly TextEdit[];
  /** For each edit in order, how far it and those before it reach. */
  readonly #reach: readonly number[];

  constructor(edits: readonly TextEdit[]) {
    this.#ordered = edits.toSorted((a, b) => a.range[0] - b.range[0]);
    let reach = 0;
    this.#reach = this.#ordered.map(({ range: [, end] }) => (reach = Math.max(reach, end)));
    for (const edit of edits) {
      const known = this.#byStart.get(edit.range[0]);
      if (known === undefined) this.#byStart.set(edit.range[0], [edit]);
      else known.push(edit);
    }
  }

  at(offset: number): readonly TextEdit[] {
    return this.#byStart.get(offset) ?? [];
  }

  isInside(offset: number): boolean {
    return (this.#reach[firstFrom(this.#ordered, offset) - 1] ?? 0) > offset;
  }
}

/** Where a semicolon belongs at the start of a statement: before what is inserted there, or behind it; `null` where none does. */
function seamAt(source: Source, offset: number, edits: Placed): "before" | "after" | null {
  if (edits.isInside(offset)) return null;
  const here = edits.at(offset);
  const inserted = here
    .filter(({ range: [, end] }) => end === offset)
    .map(({ text }) => text)
    .join("");
  const replaced = here.find(({ range: [, end] }) => end > offset);
  if (goesOn(inserted)) return "before";
  // What neither begins nor ends with a line break belongs to the statement.
  if (inserted !== "" && !/^[\r\n]/.test(inserted) && !/[\r\n][ \t]*$/.test(inserted)) return null;
  const isFollowed =
    replaced === undefined || replaced.text === ""
      ? goesOn(source.text, replaced?.range[1] ?? offset)
      : goesOn(replaced.text);
  return isFollowed && !isGone(source, offset, replaced) ? "after" : null;
}

function isGone(source: Source, offset: number, replaced: TextEdit | undefined): boolean {
  if (replaced === undefined || replaced.text !== "") return false;
  const all = startsOf(source);
  return replaced.range[1] >= all[firstFrom(all, offset)]!.range[1];
}

/** All edits of a file with the semicolons that statements need, and without proposed ones that they do not. */
export function withSemicolons(source: Source, edits: readonly TextEdit[]): readonly TextEdit[] {
  const proposed = withProposedSemicolons(source, edits);
  if (proposed === edits && edits.every(({ text }) => proposedIn(text).length === 0)) return edits;
  const needless = needlessSemicolons(applyEdits(source.text, proposed), source.filePath);
  if (needless.size === 0) return proposed;
  const offsets = new EditOffsets(proposed);
  return proposed.flatMap((edit) => {
    const written = offsets.written(edit);
    if (written === null) return [edit];
    const dropped = proposedIn(edit.text).filter((index) => needless.has(written[0] + index));
    const text = applyEdits(
      edit.text,
      dropped.map((index) => ({ range: [index, index + 1], text: "" })),
    );
    return text === edit.text ? [edit] : text === "" && edit.range[0] === edit.range[1] ? [] : [{ ...edit, text }];
  });
}

/** The semicolons of new text that may have been proposed: at the beginning of a line, in front of what would go on with the line above. */
function proposedIn(text: string): number[] {
  return Array.from(text.matchAll(/;/g), ({ index }) => index).filter(
    (index) =>
      (index === text.length - 1 || (goesOn(text, index + 1) && !/\s/.test(text[index + 1]!))) &&
      text.slice(lineStart(text, index), index).replace(/;$/, "").trim() === "",
  );
}

/** The semicolons of a text that are statements of their own, or stand between members of a class that need none. */
function needlessSemicolons(text: string, filePath: string): ReadonlySet<number> {
  const needless = new Set<number>();
  const tree = parsed(text, filePath);
  if (tree === null) return needless;
  walk(tree.ast, tree.visitorKeys, (node) => {
    for (const [index, item] of (listOf(node) ?? []).entries()) {
      if (item.type === "EmptyStatement") needless.add(item.range[0]);
      if (node.type !== "ClassBody") continue;
      const end = node.body[index - 1]?.range[1] ?? node.range[0] + 1;
      const between = text.slice(end, item.range[0]);
      if (between.endsWith(";")) needless.add(item.range[0] - 1);
    }
  });
  return needless;
}

function parsed(text: string, filePath: string): Source | null {
  try {
    return parseTree(text, filePath);
  } catch (error) {
    // The check of the result finds that out as well.
    if (error instanceof ParseError) return null;
    throw error;
  }
}
