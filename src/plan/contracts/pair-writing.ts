import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { RefusalCode } from "../codes.ts";
import { fillIn } from "../codes.ts";
import { importEdit } from "../awaits/host-promise.ts";
import { leadingComments } from "../layout.ts";
import { pairBody, type BodyChoices } from "./pair-body.ts";
import { methodsOf } from "./contract-groups.ts";
import type { PlacedPair } from "./pair-groups.ts";
import { headText, parametersText } from "./pair-signature.ts";
import type { Note, Range, TextEdit } from "../types.ts";
import { NOTES } from "../note-codes.ts";

/** The edits that put an awaitable method beside what types declare, or why they cannot be made. */
export type DeclaredEdits =
  | { readonly edits: readonly TextEdit[]; readonly notes: readonly Note[]; readonly unneeded: readonly string[] }
  | { readonly refusal: RefusalCode; readonly range: Range };

/** Writes the awaitable method of an operation beside each of its pairs in a file that has none yet; what documents the Begin documents it, unless the pair is kept. */
export function pairEdits(
  context: Context,
  pairs: readonly PlacedPair[],
  name: string,
  choices: BodyChoices,
  isKept: boolean,
): DeclaredEdits {
  const { source } = context;
  const edits: TextEdit[] = [];
  const notes: Note[] = [];
  const unneeded: string[] = [];
  for (const placed of pairs) {
    if (methodsOf(placed, name).length > 0) continue;
    const pair = placed.pair!;
    const { node, fn, nameNode } = pair.begin;
    const head = `${headText(context, pair)}${name}${parametersText(context, pair)}`;
    const newline = lineBreakOf(source.text);
    const indent = indentAt(source.text, node.range[0]);
    // What documents a pair that stays goes on documenting it.
    const [comment] = isKept ? leadingComments(source, node) : [];
    const place = comment?.range[0] ?? node.range[0];
    if (fn === null) {
      edits.push({ range: [place, place], text: `${head}${endOfSignature(source.text, node)}${newline}${indent}` });
      continue;
    }
    const body = pairBody(context, pair, choices);
    if ("refusal" in body) return { refusal: body.refusal, range: body.node.range };
    edits.push({ range: [place, place], text: `${head} ${body.text}${newline}${newline}${indent}` });
    for (const code of body.notes)
      notes.push({ code, range: nameNode.range, message: fillIn(NOTES[code], pair.begin.name) });
    unneeded.push(...body.unneeded);
    if (body.needsImport !== null) edits.push(importEdit(source, body.needsImport));
  }
  return { edits, notes, unneeded };
}

/** What ends a signature in this file: a semicolon, a comma or nothing. */
function endOfSignature(text: string, node: TSESTree.Node): string {
  const last = text[node.range[1] - 1]!;
  return last === ";" || last === "," ? last : "";
}
