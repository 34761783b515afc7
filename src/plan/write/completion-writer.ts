import { statementsAfter } from "../../ast/flow.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import type { CompletionCall } from "../decide/completion-calls.ts";
import type { CompletionDecision } from "../decide/completion.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import { ownEnd, removalRange, terminator } from "../layout.ts";
import type { TextEdit } from "../types.ts";

/** The edits by which a function returns and throws what it told its completion parameter, and does without that. */
export function completionEdits(source: Source, { calls, parameter, waits }: CompletionDecision): TextEdit[] {
  return [
    parameter,
    ...calls.flatMap((call) => callEdits(source, call)),
    ...calls.flatMap((call) => leavingEdits(source, call)),
    ...waits.map((statement) => ({ range: removalRange(source, statement), text: "" })),
  ];
}

function leavingEdits(source: Source, { leaving, place }: CompletionCall): TextEdit[] {
  if (leaving === null) return [];
  const isBeside = /^[ \t]*$/u.test(source.text.slice(place.range[1], leaving.range[0]));
  return [{ range: isBeside ? [place.range[1], leaving.range[1]] : removalRange(source, leaving), text: "" }];
}

/** The removals of what left a function behind starts, where the code that comes in their places leaves it. */
export function uselessReturns(source: Source, awaited: readonly AwaitDecision[]): TextEdit[] {
  return awaited.flatMap(({ end, leaves }) => {
    const [next] = statementsAfter(end as TSESTree.Statement);
    const isUseless = leaves && next?.type === "ReturnStatement" && next.argument === null;
    return isUseless ? [{ range: removalRange(source, next), text: "" }] : [];
  });
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
