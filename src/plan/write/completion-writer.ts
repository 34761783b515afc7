import { statementsAfter } from "../../ast/flow.ts";
import { unwrap } from "../../ast/names.ts";
import { textOf, type FunctionNode, type Source, type TSESTree } from "../../ast/source.ts";
import type { CompletionCall } from "../decide/completion-calls.ts";
import type { CompletionDecision } from "../decide/completion.ts";
import { isWithin, type AwaitDecision } from "../decide/decision.ts";
import { ownEnd, removalRange, terminator } from "../layout.ts";
import type { TextEdit } from "../types.ts";

/**
 * The edits by which a function returns and throws what it told its completion parameter, and does without that.
 *
 * @param awaited what is awaited instead of the operations in it
 */
export function completionEdits(
  source: Source,
  { calls, fn, parameter, waits }: CompletionDecision,
  awaited: readonly AwaitDecision[],
): TextEdit[] {
  return [
    parameter,
    ...calls.flatMap((call) => callEdits(source, call, returned(call, awaited), fn)),
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

/** The value that a call gives, and whether it is thrown. What hands on the outcome of an operation gives its value: its error comes by itself. */
function returned(
  { outcome, place }: CompletionCall,
  awaited: readonly AwaitDecision[],
): { readonly value: TSESTree.Expression | null; readonly isThrown: boolean } {
  if (outcome.kind === "answer") return { value: outcome.value, isThrown: false };
  const isHandedOn = awaited.some(
    ({ failure, success }) =>
      failure.kind === "thrown" && failure.thrown === unwrap(outcome.error) && isWithin(success, place),
  );
  return isHandedOn ? { value: outcome.value, isThrown: false } : { value: outcome.error, isThrown: true };
}

/** What is told stays as it stands, with what else is edited in it. */
function callEdits(
  source: Source,
  { place }: CompletionCall,
  { isThrown, value }: ReturnType<typeof returned>,
  fn: FunctionNode,
): TextEdit[] {
  const isStatement = place.type === "ExpressionStatement" || place.type === "ReturnStatement";
  const [start, end] = [place.range[0], isStatement ? ownEnd(source.text, place.range) : place.range[1]];
  const semicolon = isStatement ? endOf(source, place) : "";
  const around = (before: string, after: string): TextEdit[] =>
    value === null
      ? [{ range: [start, end], text: before + after }]
      : [
          { range: [start, value.range[0]], text: before },
          { range: [value.range[1], end], text: after },
        ];
  // What is the whole of a callback comes to stand among statements.
  if (isStatement || place.parent !== fn)
    return around(value === null ? "return" : isThrown ? "throw " : "return ", semicolon);
  if (value === null) return around("{}", "");
  if (isThrown) return around("{ throw ", "; }");
  // What begins with a brace would be a block, and a list of expressions ends at a comma.
  const isBare = !/^\{/u.test(textOf(source, value)) && value.type !== "SequenceExpression";
  return isBare ? around("", "") : around("(", ")");
}

function endOf(source: Source, statement: TSESTree.Node): string {
  // A semicolon at the start of the next line stays there.
  return ownEnd(source.text, statement.range) === statement.range[1] ? terminator(source, statement) : "";
}
