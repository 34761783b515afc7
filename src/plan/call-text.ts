import { hasLineBreak, isLineBlankFrom, lineBreakOf } from "../ast/lines.ts";
import { tokensWithin } from "../ast/ordered.ts";
import type { TSESTree } from "../ast/source.ts";
import { withoutBlockComments } from "../ast/comments.ts";
import { isNothing } from "../ast/names.ts";
import type { Context } from "../recognize/context.ts";
import type { Operation } from "../recognize/begin-end/operation.ts";
import { commentsIn } from "./layout.ts";
import type { Range } from "./types.ts";
import type { Text } from "./write/text.ts";

/** A part of the text with the changes made in it, which go along to where it is put. */
export type Written = (range: Range) => Text;

/** Whether the file may hold type annotations. */
export function isTypeScript(filePath: string): boolean {
  return /\.[cm]?tsx?$/i.test(filePath);
}

/** The end of an argument with the parentheses that may stand around it. */
export function endOfArgument(context: Context, argument: TSESTree.Node, call: TSESTree.CallExpression): number {
  let end = argument.range[1];
  for (const { value, range } of tokensWithin(context.source.ast, [end, call.range[1]])) {
    // The call's own parenthesis follows its last argument.
    if (value !== ")" || range[1] >= call.range[1]) break;
    end = range[1];
  }
  return end;
}

/** Where the parenthesis stands that opens the arguments of a Begin. */
export function openParen(context: Context, { begin }: Operation): number {
  const after = begin.typeArguments?.range[1] ?? begin.callee.range[1];
  return context.source.text.indexOf("(", after);
}

/**
 * The comments that stand behind the last input of a Begin, or behind an argument that goes and is more than nothing, for behind the last
 * argument that stays: each with a space before it, and a line break behind those that end with their line.
 */
export function looseComments({ source }: Context, { begin, inputs }: Operation, from: number, indent: string): string {
  const isKept = (comment: TSESTree.Comment): boolean => {
    if (begin.arguments.some(({ range }) => range[0] <= comment.range[0] && comment.range[1] <= range[1])) return false;
    const argument = begin.arguments.findLast(({ range }) => range[1] <= comment.range[0]);
    if (argument === undefined || (isNothing(argument) && !inputs.includes(argument))) return false;
    const between = withoutBlockComments(source.text.slice(argument.range[1], comment.range[0]));
    // Behind the comma at the end of its line it speaks of what stands before.
    return !between.includes(",") || (!hasLineBreak(between) && isLineBlankFrom(source.text, comment.range[1]));
  };
  return commentsIn(source, [from, begin.range[1]])
    .filter(isKept)
    .reduce(
      (text, comment) =>
        `${text}${/\s$/.test(text) ? "" : " "}${source.text.slice(...comment.range)}${String(comment.type) === "Line" ? lineBreakOf(source.text) + indent : ""}`,
      "",
    );
}
