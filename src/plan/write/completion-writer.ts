import type { Source, TSESTree } from "../../ast/source.ts";
import type { CompletionCall } from "../decide/completion-calls.ts";
import type { CompletionDecision } from "../decide/completion.ts";
import { ownEnd, removalRange, terminator } from "../layout.ts";
import type { TextEdit } from "../types.ts";

/** The edits by which a function returns and throws what it told its completion parameter, and does without that. */
export function completionEdits(source: Source, { calls, parameter, waits }: CompletionDecision): TextEdit[] {
  const removed = [...waits, ...calls.flatMap(({ leaving }) => (leaving === null ? [] : [leaving]))];
  return [
    parameter,
    ...calls.flatMap((call) => callEdits(source, call)),
    ...removed.map((statement) => ({ range: removalRange(source, statement), text: "" })),
  ];
}

/** What is told stays as it stands, with what else is edited in it. */
function callEdits(source: Source, { outcome: { kind, value }, place }: CompletionCall): TextEdit[] {
  const isStatement = place.type === "ExpressionStatement" || place.type === "ReturnStatement";
  const [start, end] = [place.range[0], isStatement ? ownEnd(source.text, place.range) : place.range[1]];
  const semicolon = isStatement ? endOf(source, place) : "";
  if (value === null) return [{ range: [start, end], text: `return${semicolon}` }];
  return [
    { range: [start, value.range[0]], text: kind === "error" ? "throw " : "return " },
    { range: [value.range[1], end], text: semicolon },
  ];
}

function endOf(source: Source, statement: TSESTree.Node): string {
  // A semicolon at the start of the next line stays there.
  return ownEnd(source.text, statement.range) === statement.range[1] ? terminator(source, statement) : "";
}
