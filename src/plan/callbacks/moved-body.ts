import { isFunction } from "../../ast/functions.ts";
import { hasLineBreak, indentAt, isLineBlankFrom, lineStart, linesOf, wholeLinesOf } from "../../ast/lines.ts";
import { unwrap } from "../../ast/names.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { isTypeScript } from "../call-text.ts";
import { renderRange } from "../edits.ts";
import { indentUnitOf, reindent, semicolon } from "../layout.ts";
import type { Planner } from "../planner.ts";
import type { Range } from "../types.ts";
import type { CallbackShape } from "./callback-shape.ts";
import type { Boundary } from "./in-place-shape.ts";
import { onlyTry } from "./callback-body.ts";

/** The body of `(ar) => expression` as a statement. */
export function movedExpression({ context, draft }: Planner, fn: CallbackShape["fn"]): string {
  const { source } = context;
  const range = [fn.body.range[0], fn.body.range[1]] as const;
  return renderRange(source.text, range, draft.takeEdits(range)) + semicolon(source);
}

/** The body of a callback that begins again, as a loop; a guarded block that is all of it comes to stand around the loop. */
export function movedLoop(
  planner: Planner,
  shape: CallbackShape,
  block: TSESTree.BlockStatement,
  boundary: Boundary,
  indent: string,
  newline: string,
): string {
  const unit = indentUnitOf(planner.context.source.text);
  const handler = block !== shape.fn.body && boundary !== "same-handler" ? onlyTry(shape)!.handler : null;
  const head = handler === null ? indent : indent + unit;
  const loop = `while (true) {${newline}${head}${unit}${movedBlock(planner, block, head + unit, newline)}${newline}${head}}`;
  if (handler === null) return loop;
  const caught = handler.param === null ? "catch" : `catch (${textOf(planner.context.source, handler.param)})`;
  const body = movedBlock(planner, handler.body, indent + unit, newline);
  return `try {${newline}${head}${loop}${newline}${indent}} ${caught} {${body === "" ? "" : newline + indent + unit + body}${newline}${indent}}`;
}

/** A function or other expression with its edits applied, indented for the line on which it comes to stand. */
export function movedFunction(
  { context, draft }: Pick<Planner, "context" | "draft">,
  expression: TSESTree.Node,
  indent: string,
): string {
  const { source } = context;
  const { range } = expression;
  const edits = draft.takeEdits(range);
  const from = indentAt(source.text, range[0]);
  const written = edits.map((edit) => ({
    ...edit,
    text: shiftLines(edit.text, from, indent, lineStart(source.text, edit.range[0]) === edit.range[0]),
  }));
  return renderRange(source.text, range, [...written, ...reindent(source, expression, range, edits, from, indent)]);
}

/** A handler that moves to where nothing gives its parameters a type. */
export function movedHandler(
  planner: Pick<Planner, "context" | "draft">,
  expression: TSESTree.Node,
  indent: string,
): string {
  const { context, draft } = planner;
  const { filePath, text } = context.source;
  const fn = unwrap(expression);
  if (isTypeScript(filePath) && isFunction(fn)) {
    const bare = fn.params.filter(
      (parameter) =>
        parameter.type !== "TSParameterProperty" &&
        (parameter.type === "AssignmentPattern" ? parameter.left : parameter).typeAnnotation == null &&
        parameter.type !== "AssignmentPattern",
    );
    const isParenthesized = text.slice(fn.range[0], fn.body.range[0]).includes("(");
    for (const parameter of bare) {
      if (!isParenthesized) draft.insert(fn, parameter.range[0], "(");
      draft.insert(fn, parameter.range[1], isParenthesized ? ": any" : ": any)");
    }
  }
  return movedFunction(planner, expression, indent);
}

/** The inside of a block with its edits applied, indented for its new place; the first line has no indentation. */
export function movedBlock(planner: Planner, block: TSESTree.BlockStatement, indent: string, newline: string): string {
  return movedRange(
    planner,
    block,
    [block.range[0] + 1, block.range[1] - 1],
    block.body[0]?.range[0] ?? block.range[1],
    indent,
    newline,
  );
}

/** A part of a block, from a place up to the end of a statement or of the block; `first` is where its first statement begins. */
export function movedRange(
  { context, draft }: Planner,
  block: TSESTree.Node,
  inside: Range,
  first: number,
  indent: string,
  newline: string,
): string {
  const { source } = context;
  const edits = draft.takeEdits(inside);
  const isOneLine = !hasLineBreak(source.text.slice(block.range[0], first));
  const from = indentAt(source.text, isOneLine ? block.range[0] : first);
  const shifts = isOneLine ? [] : reindent(source, block, inside, edits, from, indent);
  const text = renderRange(source.text, inside, [
    ...edits.map((edit) => ({
      ...edit,
      text: shiftLines(edit.text, from, indent, lineStart(source.text, edit.range[0]) === edit.range[0]),
    })),
    ...shifts,
  ]);
  const lines = text.trim();
  return isOneLine ? linesOf(lines).join(newline) : lines;
}

// Text that the plan itself wrote into the block (a carried comment, an adapter) was indented for the old place.
function shiftLines(text: string, from: string, to: string, isWholeLines: boolean): string {
  if (from === to || text === "") return text;
  const isMoved = (line: string, index: number): boolean =>
    (index > 0 || isWholeLines) && line.startsWith(from) && !isLineBlankFrom(line, from.length);
  return wholeLinesOf(text)
    .map((line, index) => (isMoved(line, index) ? to + line.slice(from.length) : line))
    .join("");
}
