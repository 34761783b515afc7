import { statementsAfter } from "../../ast/flow.ts";
import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import type { CompletionCall } from "../decide/completion-calls.ts";
import type { CompletionDecision } from "../decide/completion.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import { commentsIn, ownEnd, removalRange, terminator } from "../layout.ts";
import type { TextEdit } from "../types.ts";

/** Whether nothing stands behind some statements, when the code of callbacks has come to stand in their function. */
type IsEnd = (first: TSESTree.Node, last: TSESTree.Node) => boolean;

/**
 * The edits by which a function returns and throws what it told its completion parameter, and does without that.
 *
 * @param isEnd tells which calls need no `return` in their place
 */
export function completionEdits(
  source: Source,
  { calls, parameter, waits }: CompletionDecision,
  isEnd: IsEnd,
): TextEdit[] {
  return [
    ...(parameter === null ? [] : [parameter]),
    ...calls.flatMap((call) => callEdits(source, call, isEnd)),
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
function callEdits(source: Source, call: CompletionCall, isEnd: IsEnd): TextEdit[] {
  const { leaving, outcome, place } = call;
  if (outcome.kind === "done" && isEnd(place, leaving ?? place)) {
    const gone = [place, ...(leaving === null ? [] : [leaving])].map((each) => removalRange(source, each, "keep"));
    // A comment behind one of them would go as well.
    if (gone.every((range) => commentsIn(source, range).length === 0))
      return gone.map((range) => ({ range, text: "" }));
  }
  const isStatement = place.type === "ExpressionStatement" || place.type === "ReturnStatement";
  const [start, end] = [place.range[0], isStatement ? ownEnd(source.text, place.range) : place.range[1]];
  const semicolon = isStatement ? endOf(source, place) : "";
  const left = leavingEdits(source, call);
  const { kind, value } = outcome;
  if (value === null)
    return [
      { range: [start, end], text: `${kind === "error" ? thrownFor(source, call) : "return"}${semicolon}` },
      ...left,
    ];
  const [before, behind] =
    kind !== "error" ? ["return ", ""] : outcome.isText ? ["throw new Error(", ")"] : ["throw ", ""];
  return [
    { range: [start, value.range[0]], text: before },
    { range: [value.range[1], end], text: behind + semicolon },
    ...left,
  ];
}

/** What is thrown where a failure is told without an error. */
function thrownFor(source: Source, { call }: CompletionCall): string {
  return `throw new Error(${JSON.stringify(`${textOf(source, call.callee)}()`)})`;
}

function endOf(source: Source, statement: TSESTree.Node): string {
  // A semicolon at the start of the next line stays there.
  return ownEnd(source.text, statement.range) === statement.range[1] ? terminator(source, statement) : "";
}
