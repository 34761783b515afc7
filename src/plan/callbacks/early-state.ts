import { statementList, suspends, tryAround } from "../../ast/flow.ts";
import { unwrap } from "../../ast/names.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { Planner } from "../planner.ts";
import { isFresh, isPure } from "../purity.ts";
import { isSteady, isSteadyCallee } from "../steadiness.ts";

/** Whether evaluating the state of an operation does nothing that can be told from outside, so that it may move or go. */
export function isStateQuiet({ state }: Operation): boolean {
  const value = unwrap(state);
  return isPure(value) || isFresh(value);
}

/**
 * Whether a state that has effects may be evaluated in a statement of its own, in front of the start: it was the last argument, so what
 * stands before it in the call must give the same behind it. In a `try`, its errors would reach the handler of another place.
 */
export function mayEvaluateStateFirst({ context, facts }: Planner, operation: Operation): boolean {
  const { begin, destination, event, inputs, state } = operation;
  const { source } = context;
  return (
    event === null &&
    destination.kind === "discarded" &&
    destination.statement.type === "ExpressionStatement" &&
    unwrap(destination.statement.expression) === begin &&
    statementList(destination.statement.parent) !== null &&
    !facts.countdowns.has(operation) &&
    tryAround(begin) === null &&
    !suspends(source, state) &&
    inputs.every((input) => isSteady(source, input)) &&
    isSteadyCallee(source, begin.callee)
  );
}
