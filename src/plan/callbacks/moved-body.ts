import { isFunction } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import { isTypeScript } from "../call-text.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import type { Planner } from "../planner.ts";
import type { Range } from "../types.ts";
import { text, type Text } from "../write/text.ts";
import type { CallbackShape } from "./callback-shape.ts";
import type { Boundary } from "./in-place-shape.ts";
import { onlyTry } from "./callback-body.ts";

/** A node, or a part of it, as it is laid out. */
export function moved(inside: TSESTree.Node, range: Range = inside.range): Text {
  return [{ range, inside, indent: null }];
}

/** The same in a function that cannot wait. */
export function movedIntoPromise(inside: TSESTree.Node, range: Range): Text {
  return [{ range, inside, indent: null, isClosed: true }];
}

/** A node that is replaced where it stood. */
export function movedAway(node: TSESTree.Node): Text {
  return [{ range: node.range, inside: node, indent: null, takes: [node] }];
}

/** The body of `(ar) => expression` as a statement. */
export function movedExpression(source: Source, { body }: CallbackShape["fn"]): Text {
  const statement: Text = [{ range: body.range, inside: body, indent: null, isStatement: true }];
  return text`${statement}${semicolon(source)}`;
}

/** The body of a callback that begins again, as a loop; a guarded block that is all of it comes to stand around the loop. */
export function movedLoop(
  planner: Planner,
  shape: CallbackShape,
  block: TSESTree.BlockStatement,
  boundary: Boundary,
  indent: string,
  newline: string,
): Text {
  const unit = indentUnitOf(planner.context.source.text);
  const handler = block !== shape.fn.body && boundary !== "same-handler" ? onlyTry(shape)!.handler : null;
  const head = handler === null ? indent : indent + unit;
  const loop = text`while (true) {${newline}${head}${unit}${movedBlock(block, head + unit)}${newline}${head}}`;
  if (handler === null) return loop;
  const caught = handler.param === null ? "catch" : `catch (${textOf(planner.context.source, handler.param)})`;
  const body = movedBlock(handler.body, indent + unit);
  const inside = planner.draft.isEmpty(body) ? "" : text`${newline}${indent}${unit}${body}`;
  return text`try {${newline}${head}${loop}${newline}${indent}} ${caught} {${inside}${newline}${indent}}`;
}

/** A function or other expression, indented for the line on which it comes to stand. */
export function movedFunction(expression: TSESTree.Node, indent: string): Text {
  return [{ range: expression.range, inside: expression, indent }];
}

/** A handler that moves to where nothing gives its parameters a type. */
export function movedHandler(
  { context, draft }: Pick<Planner, "context" | "draft">,
  expression: TSESTree.Node,
  indent: string,
): Text {
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
  return movedFunction(expression, indent);
}

/** The inside of a block, indented for its new place; the first line has no indentation. */
export function movedBlock(block: TSESTree.BlockStatement, indent: string): Text {
  return [{ range: [block.range[0] + 1, block.range[1] - 1], inside: block, indent }];
}
