import { statementList, statementsAfter } from "../ast/flow.ts";
import {
  afterBlankLine,
  beforeBlankLine,
  endOfBlanks,
  hasLineBreak,
  lineEnd,
  lineStart,
  linesOf,
  nextLine,
} from "../ast/lines.ts";
import { firstFrom, itemsWithin } from "../ast/ordered.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import { walk } from "../ast/walk.ts";
import { joinRemovals } from "./edits.ts";
import type { Range, TextEdit } from "./types.ts";

/** One level of indentation as the file writes it; two spaces when it shows none. */
export function indentUnitOf(text: string): string {
  const unit = /(?:^|[\r\n])(\t| {2,8})\S/.exec(text)?.[1];
  return unit ?? "  ";
}

/** Whether only white space stands between an offset and the start of its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === "";
}

/** The comments of a file that lie inside a range. */
export function commentsIn(source: Source, range: Range): TSESTree.Comment[] {
  return itemsWithin(source.ast.comments ?? [], range);
}

/** The comments on the lines directly above a node, with no blank line between: those that belong to it. */
export function leadingComments(source: Source, node: TSESTree.Node): TSESTree.Comment[] {
  const { text } = source;
  const found: TSESTree.Comment[] = [];
  let start = node.range[0];
  const comments = source.ast.comments ?? [];
  for (let index = firstFrom(comments, start) - 1; index >= 0; index--) {
    const comment = comments[index]!;
    const gap = text.slice(comment.range[1], start);
    if (gap.trim() !== "" || linesOf(gap).length > 2 || !isFirstOnLine(text, comment.range[0])) break;
    found.unshift(comment);
    start = comment.range[0];
  }
  return found;
}

/** The end of a comment that stands behind a node on its own line, or the end of the node. */
function endWithTrailingComment(source: Source, node: TSESTree.Node): number {
  const { text } = source;
  const nodeEnd = ownEnd(text, node.range);
  const [comment] = commentsIn(source, [nodeEnd, nextLine(text, nodeEnd)]);
  if (comment === undefined || text.slice(nodeEnd, comment.range[0]).trim() !== "") return nodeEnd;
  return text.slice(comment.range[1], nextLine(text, comment.range[1])).trim() === "" ? comment.range[1] : nodeEnd;
}

/**
 * Where something ends: in front of a semicolon that begins the line of the next statement. Without semicolons elsewhere, that is where it is
 * written, and it stays there with what it protects.
 */
export function ownEnd(text: string, [start, end]: Range): number {
  if (text[end - 1] !== ";") return end;
  const own = start + text.slice(start, end - 1).trimEnd().length;
  const isAhead =
    own > start && hasLineBreak(text.slice(own, end - 1)) && text.slice(end, lineEnd(text, end)).trim() !== "";
  return isAhead ? own : end;
}

/**
 * The range to remove when a statement or member goes: its own comments with it, and its whole lines when nothing else stands on
 * them. With `comments: "keep"` the comments above it stay. `gone` are the statements that are removed as well.
 */
export function removalRange(
  source: Source,
  node: TSESTree.Node,
  comments: "remove" | "keep" = "remove",
  gone: ReadonlySet<TSESTree.Node> = new Set(),
): Range {
  const { text } = source;
  const own = comments === "remove" && !headsGroup(source, node, gone) ? leadingComments(source, node) : [];
  let start = own[0]?.range[0] ?? node.range[0];
  let end = endWithTrailingComment(source, node);
  const wholeLines = isFirstOnLine(text, start) && text.slice(end, nextLine(text, end)).trim() === "";
  if (wholeLines) {
    start = lineStart(text, start);
    end = nextLine(text, end);
    const before = beforeBlankLine(text, start);
    const after = afterBlankLine(text, end);
    const opensBlock = text.slice(0, start).trimEnd().endsWith("{");
    const rest = statementList(node.parent) === null ? [] : statementsAfter(node as TSESTree.Statement);
    const closesBlock =
      /^[ \t]*[})]/.test(text.slice(end)) || (rest.length > 0 && rest.every((statement) => gone.has(statement)));
    // Where a paragraph of its own goes, one of the blank lines around it goes too; at the edge of a block the one inside.
    if (after > end && (before < start || opensBlock || start === 0)) end = after;
    else if (before < start && (closesBlock || text.slice(end).trim() === "")) start = before;
  } else {
    end = endOfBlanks(text, end);
  }
  return [start, end];
}

/** Whether the line right below a declaration, with nothing between, declares more that stays: a comment above speaks of both. */
function headsGroup(source: Source, node: TSESTree.Node, gone: ReadonlySet<TSESTree.Node>): boolean {
  const list = statementList(node.parent);
  let next = list?.[list.indexOf(node as TSESTree.Statement) + 1];
  let end = node.range[1];
  for (
    ;
    node.type === "VariableDeclaration" && list != null && next?.type === "VariableDeclaration";
    end = next.range[1], next = list[list.indexOf(next) + 1]
  ) {
    const gap = source.text.slice(end, next.range[0]);
    if (gap.trim() !== "" || linesOf(gap).length !== 2) return false;
    if (!gone.has(next)) return true;
  }
  return false;
}

/** Offsets of line starts inside template literals of a range: white space there is part of a string. */
function protectedLines(source: Source, root: TSESTree.Node): Range[] {
  const ranges: Range[] = [];
  walk(root, source.visitorKeys, (node) => {
    if (
      node.type === "TemplateElement" ||
      node.type === "JSXText" ||
      (node.type === "Literal" && typeof node.value === "string")
    )
      ranges.push(node.range);
  });
  return ranges;
}

/** A multi-line text moved from one indentation to another; lines that begin inside a string of `root` stay as they are. */
export function reindent(
  source: Source,
  root: TSESTree.Node,
  range: Range,
  edits: readonly { range: Range; text: string }[],
  from: string,
  to: string,
): { range: Range; text: string }[] {
  if (from === to) return [];
  const protectedRanges = protectedLines(source, root);
  const changes: { range: Range; text: string }[] = [];
  for (let offset = nextLine(source.text, range[0]); offset < range[1]; offset = nextLine(source.text, offset)) {
    if (protectedRanges.some(([start, end]) => start < offset && offset <= end)) continue;
    if (edits.some((edit) => edit.range[0] <= offset && offset < edit.range[1])) continue;
    const line = source.text.slice(offset, nextLine(source.text, offset));
    if (line.trim() === "") continue;
    if (line.startsWith(from)) changes.push({ range: [offset, offset + from.length], text: to });
  }
  return changes;
}

/** Joins removals that touch, and takes one of two blank lines that come to meet where a whole paragraph went. */
export function mergeRemovals(text: string, edits: readonly TextEdit[]): TextEdit[] {
  const merged = joinRemovals(edits);
  return merged.map((edit, index) => {
    const [start, end] = edit.range;
    if (edit.text !== "" || start === end || lineStart(text, start) !== start || lineStart(text, end) !== end)
      return edit;
    const after = afterBlankLine(text, end);
    const meets = after > end && (start === 0 || beforeBlankLine(text, start) < start);
    return meets && after <= (merged[index + 1]?.range[0] ?? text.length) ? { ...edit, range: [start, after] } : edit;
  });
}

/** What ends one statement: its semicolon, or nothing. */
export function terminator(source: Source, statement: TSESTree.Node): ";" | "" {
  return source.text[ownEnd(source.text, statement.range) - 1] === ";" ? ";" : "";
}

const semicolons = new WeakMap<TSESTree.Program, ";" | "">();

/** What ends a statement in this file: a semicolon, unless most of its statements go without. */
export function semicolon(source: Source): ";" | "" {
  let known = semicolons.get(source.ast);
  if (known === undefined) semicolons.set(source.ast, (known = usualTerminator(source)));
  return known;
}

function usualTerminator(source: Source): ";" | "" {
  const statements = source.ast.body.filter((statement) =>
    /^(?:ExpressionStatement|VariableDeclaration|ImportDeclaration)$/.test(statement.type),
  );
  const simple =
    statements.length > 0
      ? statements
      : source.ast.body
          .flatMap((statement) => (statement.type === "FunctionDeclaration" ? statement.body.body : []))
          .filter((statement) => /^(?:Expression|Return)Statement$|^VariableDeclaration$/.test(statement.type));
  const without = simple.filter((statement) => source.text[statement.range[1] - 1] !== ";").length;
  return without * 2 > simple.length ? "" : ";";
}
