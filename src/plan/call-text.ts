import type { Source, TSESTree } from "../ast/source.ts";
import { textOf } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import type { Operation } from "../recognize/begin-end/operation.ts";
import type { Range } from "./types.ts";

/** Renders a part of the text with the changes made in it, which go along to where it is put. */
export type Written = (range: Range) => string;

/** Whether the file may hold type annotations. */
export function isTypeScript(filePath: string): boolean {
  return /\.[cm]?tsx?$/i.test(filePath);
}

/** The end of an argument with the parentheses that may stand around it. */
export function endOfArgument(context: Context, argument: TSESTree.Node, call: TSESTree.CallExpression): number {
  const tokens = context.source.ast.tokens ?? [];
  // The call's own parenthesis follows its last argument.
  const limit = call.range[1];
  const next = tokens.findIndex((token) => token.range[0] >= argument.range[1]);
  let end = argument.range[1];
  for (let index = next; index >= 0 && tokens[index]?.value === ")" && tokens[index]!.range[1] < limit; index++) end = tokens[index]!.range[1];
  return end;
}

/** Where the parenthesis stands that opens the arguments of a Begin. */
export function openParen(context: Context, { begin }: Operation): number {
  const after = begin.typeArguments?.range[1] ?? begin.callee.range[1];
  return context.source.text.indexOf("(", after);
}

/** Gives names as they are asked for, with a line under those that are taken or occur in one of these expressions. */
export function freshNames(source: Source, taken: readonly string[], expressions: readonly TSESTree.Node[]): (name: string) => string {
  const used = new Set([...taken, ...expressions.flatMap((node) => textOf(source, node).match(/[\w$]+/g) ?? [])]);
  const fresh = (name: string): string => (used.has(name) ? fresh(`${name}_`) : name);
  return fresh;
}
