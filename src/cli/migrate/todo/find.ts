import { isLineBlankFrom, lineStart, nextLine } from "../../../ast/lines.ts";
import { parse } from "../../../ast/parse.ts";
import { countLeading } from "../../../count-leading.ts";
import { isTodoComment, TODO_MARK } from "./comment.ts";

/** A text without the comments that earlier runs have written, and where its lines were with them. */
export interface BareText {
  readonly text: string;
  /** The one-based line, with the comments, of a line without them. */
  readonly lineBefore: (line: number) => number;
}

/**
 * Takes away the comments at refused places: those that stand in a line of their own. What looks like one in a string or a template stays.
 *
 * @throws {ParseError} when the text holds such words, and does not parse.
 */
export function withoutTodos(text: string, filePath: string): BareText {
  if (!text.includes(TODO_MARK)) return { text, lineBefore: (line) => line };
  const { ast } = parse(text, filePath);
  const lines = (ast.comments ?? []).flatMap(({ loc, range: [start], type, value }) => {
    const from = lineStart(text, start);
    return type === "Line" && isTodoComment(value) && isLineBlankUpTo(text, from, start)
      ? [{ from, to: nextLine(text, start), line: loc.start.line }]
      : [];
  });
  let bare = "";
  let end = 0;
  for (const { from, to } of lines) {
    bare += text.slice(end, from);
    end = to;
  }
  // By how many lines the comments before one have moved it.
  const moved = lines.map(({ line }, index) => line - index);
  return { text: bare + text.slice(end), lineBefore: (line) => line + countLeading(moved, (each) => each <= line) };
}

function isLineBlankUpTo(text: string, from: number, to: number): boolean {
  return isLineBlankFrom(text.slice(from, to), 0);
}
