import type { RefusalCode } from "../codes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { TextEdit } from "../types.ts";
import { renderRange } from "../edits.ts";
import { afterBlankLine, indentAt, hasLineBreak } from "../../ast/lines.ts";
import { indentUnitOf } from "../layout.ts";
import { freshNames, namesIn } from "../names-in.ts";
import type { DeclaredPair } from "../../recognize/contracts/contract-pairs.ts";
import type { OutEdits } from "./pair-outs.ts";
import type { NoteCode } from "../note-codes.ts";

/** The body of an awaitable operation, or why there is none. */
export type PairBody =
  | {
      readonly text: string;
      readonly notes: readonly NoteCode[];
      readonly needsImport: { readonly name: string; readonly from: string } | null;
      /** The names of declarations that may have nothing left to do. */ readonly unneeded: readonly string[];
    }
  | { readonly refusal: RefusalCode; readonly node: TSESTree.Node };

/** How the text of a body is laid out. */
export interface BodyLayout {
  readonly indent: string;
  readonly inner: string;
  readonly newline: string;
  /** What ends a statement. */
  readonly end: string;
}

/** The lines of a list of statements, as they are written, from the first to the last, with the comments between them. */
export function bodyLines(
  { source }: Context,
  body: TSESTree.BlockStatement | TSESTree.Expression,
  statements: readonly TSESTree.Statement[],
  edits: readonly TextEdit[],
): string[] {
  const last = statements.at(-1);
  if (last === undefined || body.type !== "BlockStatement") return [];
  const start = body.range[0] + 1;
  const rendered = renderRange(source.text, [start, last.range[1]], edits);
  const text = rendered.slice(afterBlankLine(rendered, 0));
  return [
    afterBlankLine(source.text, start) > start
      ? text
      : indentAt(source.text, body.range[0]) + indentUnitOf(source.text) + text.trimStart(),
  ];
}

/** The lines of the End's body, all of it. */
export function endLines(
  context: Context,
  pair: DeclaredPair,
  edits: readonly TextEdit[],
  outs: OutEdits,
  { inner, end }: BodyLayout,
): string[] {
  const { source } = context;
  const body = pair.end.fn!.body as TSESTree.BlockStatement;
  const text = renderRange(source.text, [body.range[0] + 1, body.range[1] - 1], edits);
  const lines =
    text.trim() === ""
      ? []
      : [hasLineBreak(text) ? text.slice(afterBlankLine(text, 0)).trimEnd() : inner + text.trim()];
  return outs.last === null ? lines : [...lines, `${inner}return ${outs.last}${end}`];
}

/** A name that means nothing in either body. */
export function freshName({ source: { text } }: Context, pair: DeclaredPair, candidates: readonly string[]): string {
  const fresh = freshNames(...[pair.begin.node, pair.end.node].map(({ range }) => namesIn(text, range)));
  return candidates.find((name) => fresh(name) === name) ?? fresh(candidates.at(-1)!);
}
