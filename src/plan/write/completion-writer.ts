import { contains, statementsAfter } from "../../ast/flow.ts";
import { unwrap } from "../../ast/names.ts";
import { textOf, type FunctionNode, type Source, type TSESTree } from "../../ast/source.ts";
import type { CompletionCall } from "../decide/completion-calls.ts";
import { isLastIn } from "../decide/completion-ends.ts";
import type { CompletionDecision } from "../decide/completion.ts";
import { isWithin, type AwaitDecision } from "../decide/decision.ts";
import { commentsIn, ownEnd, removalRange, semicolon, terminator } from "../layout.ts";
import type { TextEdit } from "../types.ts";

/**
 * The edits by which a function returns and throws what it told its completion parameter, and does without that.
 *
 * @param awaited what is awaited instead of the operations in it
 * @param leave what leaves its code
 */
export function completionEdits(
  source: Source,
  { calls, edits, fn, parameter, signals, waits }: CompletionDecision,
  awaited: readonly AwaitDecision[],
  leave: "continue" | "return" = "return",
): TextEdit[] {
  const own = awaited.filter(({ place }) => contains(fn, place));
  return [
    ...(parameter === null ? [] : [parameter]),
    ...edits,
    ...calls.flatMap((call) => {
      const gives = returned(source, call, own);
      const isSilent =
        (!signals.takesAnswer || signals.takesSeveral === true) && gives.value === null && !gives.isThrown;
      const gone =
        isSilent && isLastIn(call.unit ?? fn, call.place, call.leaving ?? call.place, own)
          ? removals(source, call)
          : null;
      return gone ?? [...callEdits(source, call, gives, call.unit ?? fn, leave), ...leavingEdits(source, call)];
    }),
    ...waits.map((statement) => ({ range: removalRange(source, statement), text: "" })),
  ];
}

/** The removals of a call behind which nothing stands; `null` where a comment would go as well. */
function removals(source: Source, { leaving, place }: CompletionCall): TextEdit[] | null {
  const gone = [place, ...(leaving === null ? [] : [leaving])].map((each) => removalRange(source, each, "keep"));
  return gone.some((range) => commentsIn(source, range).length > 0) ? null : gone.map((range) => ({ range, text: "" }));
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
function returned(source: Source, { call, outcome, place }: CompletionCall, awaited: readonly AwaitDecision[]): Given {
  if (outcome.kind === "done") return { value: null, isThrown: false };
  if (outcome.kind === "answer") return { value: outcome.value, isThrown: false, last: outcome.last };
  const { error } = outcome;
  // A failure that is told without an error is one of the call.
  if (error === null) return { value: null, isThrown: true, text: JSON.stringify(`${textOf(source, call.callee)}()`) };
  const isHandedOn = awaited.some(
    ({ failure, success }) => failure.kind === "thrown" && failure.thrown === unwrap(error) && isWithin(success, place),
  );
  if (isHandedOn) return { value: outcome.value, isThrown: false };
  return { value: error, isThrown: true, ...(outcome.isText ? { text: "" } : {}) };
}

/** What a call gives from now on. */
interface Given {
  readonly value: TSESTree.Expression | null;
  readonly isThrown: boolean;
  /** Where an error is made of it: what stands in its place, unless that is the value. */
  readonly text?: string;
  /** The last of several values that are given as a list. */
  readonly last?: TSESTree.Expression | undefined;
}

/** What is told stays as it stands, with what else is edited in it. */
function callEdits(
  source: Source,
  { place }: CompletionCall,
  { isThrown, last, text, value }: Given,
  fn: FunctionNode,
  leave: "continue" | "return",
): TextEdit[] {
  const isStatement = place.type.endsWith("Statement");
  const [start, end] = [place.range[0], isStatement ? ownEnd(source.text, place.range) : place.range[1]];
  const semicolon = isStatement ? endOf(source, place) : "";
  const around = (before: string, after: string): TextEdit[] =>
    value === null
      ? [{ range: [start, end], text: before + after }]
      : [
          { range: [start, value.range[0]], text: before + (last === undefined ? "" : "[") },
          { range: [(last ?? value).range[1], end], text: (last === undefined ? "" : "]") + after },
        ];
  // What is the whole of a callback comes to stand among statements.
  const thrown = text === undefined ? ["throw ", ""] : [`throw new Error(${text}`, ")"];
  const [before, behind] = isThrown ? thrown : [value === null ? leave : "return ", ""];
  if (isStatement || place.parent !== fn) return around(before!, behind! + semicolon);
  if (isThrown) return around(`{ ${before!}`, `${behind!}; }`);
  if (value === null) return around("{}", "");
  // What begins with a brace would be a block, and a list of expressions ends at a comma.
  const isBare = last !== undefined || (!/^\{/u.test(textOf(source, value)) && value.type !== "SequenceExpression");
  return isBare ? around("", "") : around("(", ")");
}

function endOf(source: Source, statement: TSESTree.Node): string {
  if (statement.type === "IfStatement" && statement.consequent.type === "BlockStatement") return semicolon(source);
  // A semicolon at the start of the next line stays there.
  return ownEnd(source.text, statement.range) === statement.range[1] ? terminator(source, statement) : "";
}
