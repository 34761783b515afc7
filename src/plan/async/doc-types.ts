import { lineBreakOf, lineStart } from "../../ast/lines.ts";
import { statementList } from "../../ast/flow.ts";
import { memberOf } from "../../ast/functions.ts";
import { wrapped } from "../../ast/names.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { isTypeScript } from "../call-text.ts";
import { isFirstOnLine, leadingComments } from "../layout.ts";
import type { Range, TextEdit } from "../types.ts";

/** The types that the JSDoc of a function of a JavaScript file gives. */

const PROMISE = /^\s*(?:Promise|PromiseLike)\b/;
const NOTHING = /^\s*(?:(?:void|undefined)\s*)?$/;

/**
 * What changes in the JSDoc of a function that gives a promise from now on: what it is said to return.
 *
 * @param answer what the promise gives, where the function returned nothing
 */
export function promisedDocEdits(source: Source, fn: FunctionNode, answer: string | null = null): TextEdit[] {
  return docTags(source, fn).flatMap(({ tag, type }) => {
    const result = /^returns?$/.test(tag) ? type : tag === "type" ? resultOf(source, type) : null;
    const written = result === null ? "" : source.text.slice(...result);
    if (result === null || PROMISE.test(written)) return [];
    const given = answer !== null && NOTHING.test(written) ? answer : written.trim() === "" ? "void" : written;
    return [{ range: result, text: `Promise<${given}>` }];
  });
}

/** Takes what the JSDoc of a function says of a parameter out, where that has a line of its own. */
export function removedDocEdits(source: Source, fn: FunctionNode, parameter: string): TextEdit[] {
  return docTags(source, fn).flatMap(({ line, name, tag }) =>
    tag === "param" && name?.text === parameter && line !== null && isWhole(source.text, line[1])
      ? [{ range: line, text: "" }]
      : [],
  );
}

/**
 * What changes in the JSDoc of a function that takes other parameters from now on.
 *
 * @param replaced the names of the parameters that go
 * @param parameters the names and types of those that come in their place
 */
export function parameterDocEdits(
  source: Source,
  fn: FunctionNode,
  replaced: readonly string[],
  parameters: readonly { readonly name: string; readonly type: string }[],
): TextEdit[] {
  const tags = docTags(source, fn).filter(
    ({ tag, name }) => tag === "param" && name !== null && replaced.includes(name.text),
  );
  const [first, ...others] = tags;
  if (first?.name == null) return [];
  const { text } = source;
  const start = text.lastIndexOf("@", first.type[0]);
  const before = text.slice(lineStart(text, start), start);
  const lines = parameters.map(({ name, type }) => `@param {${type}} ${name}`);
  return [
    { range: [start, first.name.range[1]], text: lines.join(before.includes("/*") ? " " : lineBreakOf(text) + before) },
    ...others.flatMap(({ line }) => (line === null ? [] : [{ range: line, text: "" }])),
  ];
}

/** Whether a tag ends with its line: another one, nothing, or the end of the comment follows. */
function isWhole(text: string, end: number): boolean {
  return /^[ \t]*\*(?:[ \t]*[@\r\n]|\/)/.test(text.slice(end));
}

interface DocTag {
  readonly tag: string;
  /** The range of its type, between the braces. */
  readonly type: Range;
  /** The name behind the type. */
  readonly name: { readonly text: string; readonly range: Range } | null;
  /** The whole line, where it has one of its own. */
  readonly line: Range | null;
}

function docTags(source: Source, fn: FunctionNode): DocTag[] {
  if (isTypeScript(source.filePath)) return [];
  const doc = docOf(source, fn);
  if (doc === null) return [];
  const { text } = source;
  return Array.from(
    text.slice(...doc).matchAll(/@(\w+)[ \t]*\{/g),
    ({ 0: { length }, 1: tag, index }): DocTag | null => {
      const start = doc[0] + index + length;
      const end = closing(text, start, "{", "}");
      if (end === null || end > doc[1]) return null;
      const name = /^\s*\[?([\w$]+)/.exec(text.slice(end + 1, doc[1]));
      const lineRange = /^[ \t]*\*[^\r\n]*(?:\r\n|\n|\r)/.exec(text.slice(lineStart(text, start)));
      const from = lineStart(text, start);
      return {
        tag: tag!,
        type: [start, end],
        name:
          name === null
            ? null
            : { text: name[1]!, range: [end + 1 + name[0].length - name[1]!.length, end + 1 + name[0].length] },
        line: lineRange === null || lineRange[0].includes("*/") ? null : [from, from + lineRange[0].length],
      };
    },
  ).filter((tag) => tag !== null);
}

/** The JSDoc of a function: the comment right above what declares it. */
function docOf(source: Source, fn: FunctionNode): Range | null {
  let node: TSESTree.Node = memberOf(fn) ?? wrapped(fn);
  while (
    node.parent &&
    statementList(node.parent) === null &&
    node.parent.type !== "ClassBody" &&
    node.type !== "Property"
  ) {
    // Only where the function is all that is declared.
    if (node.parent.type === "VariableDeclaration" && node.parent.declarations.length > 1) return null;
    if (!/^(?:Variable|Export|Assignment|Expression)/.test(node.parent.type)) return null;
    node = node.parent;
  }
  const comment = leadingComments(source, node).at(-1);
  return comment !== undefined &&
    String(comment.type) === "Block" &&
    comment.value.startsWith("*") &&
    isFirstOnLine(source.text, comment.range[0])
    ? comment.range
    : null;
}

/** The range of the result in a type that says what a function is: `(name: string) => number`, `function(string): number`. */
function resultOf({ text }: Source, [start, end]: Range): Range | null {
  const head = /^\s*(?:function\s*)?\(/.exec(text.slice(start, end));
  if (head === null) return null;
  const close = closing(text, start + head[0].length, "(", ")");
  if (close === null || close >= end) return null;
  const arrow = /^\s*(?:=>|:)\s*/.exec(text.slice(close + 1, end));
  return arrow === null ? null : [close + 1 + arrow[0].length, end];
}

/** The offset of the bracket that closes one whose inside begins at an offset. */
function closing(text: string, start: number, open: string, close: string): number | null {
  for (let at = start, depth = 0; at < text.length; at++) {
    if (text[at] === open) depth++;
    else if (text[at] === close && depth-- === 0) return at;
  }
  return null;
}
