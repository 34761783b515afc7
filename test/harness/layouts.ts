import { linesOf } from "../../src/ast/lines.ts";
import { parse } from "../../src/ast/parse.ts";
import { indentUnitOf } from "../../src/plan/layout.ts";

/** Ways to lay out one program. None of them changes what the program does, so none may change what is found or written. */
const LAYOUTS = ["LF", "CRLF", "tabs", "byte order mark"] as const;
type Layout = (typeof LAYOUTS)[number];

const MARK = "\uFEFF";

/** A text in another layout, and what belongs to it. */
export interface LaidOut {
  readonly layout: string;
  readonly text: string;
  /** What is made of the text, laid out the same way. */
  layOut(made: string): string;
  /** The column, in the laid out text, of a place behind the indentation of a line of the text as it was. Both are one-based. */
  columnOf(line: number, column: number): number;
}

/**
 * A text in each of the layouts that it does not have already.
 *
 * @param filePath decides the syntax of the text and of what is made of it
 */
export function layoutsOf(text: string, filePath: string): LaidOut[] {
  return LAYOUTS.map((layout) => inLayouts(text, filePath, [layout])).filter((other) => other.text !== text);
}

/** A text in several layouts at once, where one run for each takes too long: with CRLF, tabs and a byte order mark. */
export function inOtherLayout(text: string, filePath: string): LaidOut {
  return inLayouts(text, filePath, ["tabs", "CRLF", "byte order mark"]);
}

function inLayouts(text: string, filePath: string, layouts: readonly Layout[]): LaidOut {
  const unit = indentUnitOf(text);
  const layOut = (made: string): string =>
    layouts.reduce((laid, layout) => laidOut(laid, layout, unit, filePath), made);
  const other = layOut(text);
  const lengths = [text, other].map((each) => linesOf(withoutMark(each)).map((line) => line.length));
  return {
    layout: layouts.join(", "),
    text: other,
    layOut,
    columnOf: (line, column) => column + lengths[1]![line - 1]! - lengths[0]![line - 1]!,
  };
}

function laidOut(text: string, layout: Layout, unit: string, filePath: string): string {
  switch (layout) {
    case "LF":
      return text.replaceAll("\r\n", "\n");
    case "CRLF":
      return text.replaceAll(/\r?\n/gu, "\r\n");
    case "tabs":
      return withTabs(text, unit, filePath);
    case "byte order mark":
      return MARK + withoutMark(text);
  }
}

/** A text without the byte order mark in front, if it has one. */
export function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

/** A text with a tab for each level of indentation. The white space in strings and templates is part of what they say. */
function withTabs(text: string, unit: string, filePath: string): string {
  const code = withoutMark(text);
  // Only these go over several lines; without them the text needs no parsing.
  const quoted = /`|\\[\r\n]/u.test(code)
    ? (parse(code, filePath).ast.tokens ?? []).filter(({ type }) => type === "Template" || type === "String")
    : [];
  const indented = code.replaceAll(/^ +/gmu, (blanks, offset: number) =>
    quoted.some(({ range: [start, end] }) => start < offset && offset < end)
      ? blanks
      : "\t".repeat(Math.floor(blanks.length / unit.length)) + " ".repeat(blanks.length % unit.length),
  );
  return text === code ? indented : MARK + indented;
}
