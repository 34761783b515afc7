import { alwaysLeaves, statementList } from "../../ast/flow.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import type { TSESTree } from "../../ast/source.ts";
import { OutcomeTests } from "../../recognize/events/event-outcomes.ts";
import { isValue, type CompletionRead } from "../../recognize/events/event-reads.ts";
import { isTypeScript } from "../call-text.ts";
import type { CallbackShape, OutcomeUse } from "../callbacks/callback-shape.ts";
import { placesOf } from "../callbacks/chains.ts";
import { isTakenFirst } from "../callbacks/ends-outcome.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import type { Planner } from "../planner.ts";
import { joined, text, type Text } from "../write/text.ts";
import { isAbortError } from "./completion-failure.ts";
import { namedValues, patternText, shorthandText, typeText } from "./completion-values.ts";
import { insertBefore } from "./taken-before.ts";

/** A value that a handler reads where there may be none, which threw. */
export function valueWithoutSuccess(
  { context }: Planner,
  { fn }: Pick<CallbackShape, "fn">,
  reads: readonly CompletionRead[],
): CompletionRead | undefined {
  const tests = (["error", "cancelled"] as const)
    .map((asked) => reads.filter(({ role }) => role === asked))
    .flatMap((asking) => (asking.length === 0 ? [] : [new OutcomeTests(context, asking)]));
  return reads.find((read) => isValue(read) && !isAfterSuccess(read.node, fn, tests));
}

/**
 * A handler whose cases cannot be set apart, as in `show(e.Error ? "failed" : e.Result)`: what came of the operation is taken into variables
 * first, and the handler asks them as it asked its arguments.
 *
 * @param place the first statement of the handler that asks; `null` for an expression that is all of it
 */
export function askedLater(
  { context: { source } }: Planner,
  shape: Omit<CallbackShape, "outcome">,
  reads: readonly CompletionRead[],
  place: TSESTree.Statement | null,
): OutcomeUse {
  const indent = indentAt(source.text, (place ?? shape.fn.body).range[0]);
  return {
    isTaken: true,
    isTakenOnce: true,
    returns: false,
    isFailureHandled: reads.some(({ role }) => role === "error"),
    indent: () => indent + indentUnitOf(source.text),
    barrier: (planner, complete) => (place === null || isTakenFirst(planner, complete, place) ? "none" : "settled"),
    write: (planner, complete, operand, isMoved) =>
      insertBefore(planner, complete, place, takenText(planner, complete, reads, operand, indent), isMoved),
  };
}

/** Whether a place is only reached where all questions have been answered with no. */
function isAfterSuccess(node: TSESTree.Node, fn: TSESTree.Node, tests: readonly OutcomeTests[]): boolean {
  const open = new Set(tests);
  const answer = (test: TSESTree.Node, isTrue: boolean): void => {
    for (const each of open) if (each.after(test, isTrue) === "absent") open.delete(each);
  };
  for (let child = node, { parent } = child; child !== fn && parent; child = parent, parent = child.parent) {
    if ((parent.type === "ConditionalExpression" || parent.type === "IfStatement") && child !== parent.test)
      answer(parent.test, child === parent.consequent);
    if (parent.type === "LogicalExpression" && child === parent.right && parent.operator !== "??")
      answer(parent.left, parent.operator === "&&");
    for (const before of statementList(parent) ?? [])
      if (before.range[1] <= child.range[0] && before.type === "IfStatement" && alwaysLeaves(before.consequent))
        answer(before.test, false);
  }
  return open.size === 0;
}

/** The variables, and the `try` that gives them what came of the operation. */
function takenText(
  planner: Planner,
  shape: Omit<CallbackShape, "outcome">,
  reads: readonly CompletionRead[],
  operand: Text,
  indent: string,
): Text {
  const { context, draft, names } = planner;
  const { source } = context;
  const { fn, operations } = shape;
  const [operation] = operations as [CallbackShape["operations"][0]];
  const end = semicolon(source);
  const unit = indentUnitOf(source.text);
  const isTyped = isTypeScript(source.filePath);
  const places = operations.flatMap((each) => placesOf(planner, each));
  const named = (role: "error" | "cancelled", ...candidates: string[]): string | null => {
    const asking = reads.filter((read) => read.role === role);
    if (asking.length === 0) return null;
    const name = names.unique(fn.body, candidates, ...places);
    for (const { node } of asking) draft.replace(fn, node.range, shorthandText(node, name));
    return name;
  };
  const values = namedValues(planner, shape);
  const error = named("error", "error", "failure");
  const cancelled = named("cancelled", "cancelled", "wasCancelled");
  const reason = names.unique(fn.body, ["reason", "thrown"], ...places);
  const declared = [
    ...values.map(({ name, member }) => `${name}${isTyped ? "!" : ""}${typeText(planner, operation, member)}`),
    ...(error === null ? [] : [`${error}${isTyped ? ": any" : ""} = null`]),
    ...(cancelled === null ? [] : [`${cancelled} = false`]),
  ];
  const pattern = patternText(values);
  const taken =
    values.length === 0
      ? text`await ${operand}${end}`
      : pattern.startsWith("{")
        ? text`(${pattern} = await ${operand})${end}`
        : text`${pattern} = await ${operand}${end}`;
  const failed =
    cancelled === null
      ? [`${error} = ${reason}${end}`]
      : error === null
        ? [`if (!(${isAbortError(reason)})) throw ${reason}${end}`, `${cancelled} = true${end}`]
        : [`if (${isAbortError(reason)}) ${cancelled} = true${end}`, `else ${error} = ${reason}${end}`];
  return joined(
    [
      ...declared.map((each) => `let ${each}${end}`),
      "try {",
      text`${unit}${taken}`,
      `} catch (${reason}) {`,
      ...failed.map((line) => unit + line),
      "}",
    ],
    lineBreakOf(source.text) + indent,
  );
}
