import { contains, isAlwaysBefore, isUnconditionalWithin } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { indentAt } from "../../ast/lines.ts";
import { unwrap } from "../../ast/names.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { EndCall, HelperUse, Operation } from "../../recognize/begin-end/operation.ts";
import { awaitText, isEvaluatedFirst } from "../evaluation.ts";
import { awaitHelpers, endsFirst } from "./helpers.ts";
import type { Planner } from "../planner.ts";
import { isConstant, isFresh, isPure } from "../purity.ts";
import type { Barrier, OutcomeUse, CallbackShape } from "./callback-shape.ts";

/** The outcome that a callback takes by its Ends, or by a function that ends the operation for it. */
export function endsOutcome(ends: readonly EndCall[], helpers: readonly HelperUse[]): OutcomeUse {
  return {
    isTaken: ends.length + helpers.length > 0,
    isTakenOnce: ends.length === 1,
    returns: false,
    isFailureHandled: false,
    indent: ({ context }) => indentAt(context.source.text, ends[0]!.call.range[0]),
    barrier: barrierOf,
    write: (planner, shape, operand) => {
      for (const end of ends)
        planner.draft.replace(shape.fn, end.call.range, awaitText(planner.context.source, end.call, operand));
      awaitHelpers(planner, shape, operand);
    },
  };
}

function barrierOf(planner: Planner, shape: CallbackShape): Barrier {
  const [helper] = shape.helpers;
  if (helper !== undefined && !endsFirst(planner, helper)) return "settled";
  const call = shape.ends[0]?.call ?? helper?.call;
  if (call === undefined) return "await";
  return isTakenFirst(planner, shape, call) ? "none" : "settled";
}

/** Whether a callback surely comes to a place before it does anything that can be told from outside. */
export function isTakenFirst(planner: Planner, shape: CallbackShape, place: TSESTree.Node): boolean {
  const { source } = planner.context;
  const isAliasOfSteadyState = (statement: TSESTree.Statement) =>
    statement.type === "VariableDeclaration" &&
    statement.declarations.every(
      (declarator) =>
        declarator.init === null ||
        isConstant(source, declarator.init) ||
        (isPure(declarator.init) &&
          shape.operations.every((operation) => isSteadyState(planner, operation)) &&
          readsOnlyState(planner, shape, declarator.init)),
    );
  return (
    isUnconditionalInFunction(place, shape.fn.body) &&
    isEvaluatedFirst(source, place, shape.fn.body, shape.removed, isAliasOfSteadyState)
  );
}

function isUnconditionalInFunction(node: TSESTree.Node, body: TSESTree.Node): boolean {
  // Being inside a guarded block is no condition here: nothing before the End in it can throw.
  for (let child = node, current = node.parent; child !== body && current; child = current, current = current.parent) {
    if (current.type === "TryStatement") {
      if (child !== current.block) return false;
    } else if (!isUnconditionalWithin(child, current)) return false;
  }
  return true;
}

/** Whether nobody can change the state object between the Begin and the callback. */
function isSteadyState(planner: Planner, operation: Operation): boolean {
  const { source } = planner.context;
  if (isFresh(operation.state)) return true;
  const state = unwrap(operation.state);
  const variable = state.type === "Identifier" ? variableOf(source, state) : null;
  const declarator = variable?.defs[0]?.node;
  if (
    variable === null ||
    declarator?.type !== "VariableDeclarator" ||
    declarator.init === null ||
    !isFresh(declarator.init)
  )
    return false;
  const unit = enclosingOf(declarator);
  return readsOf(variable).every(
    (reference) =>
      enclosingOf(reference.identifier) === unit &&
      (contains(operation.begin, reference.identifier) || isAlwaysBefore(reference.identifier, operation.begin)),
  );
}

function readsOnlyState(planner: Planner, shape: CallbackShape, init: TSESTree.Node): boolean {
  const { variable, reads } = shape.state;
  let node: TSESTree.Node = unwrap(init);
  while (node.type === "MemberExpression") {
    if (reads.includes(node)) return true; // `ar.AsyncState` itself
    node = unwrap(node.object);
  }
  return node.type === "Identifier" && variable !== null && variableOf(planner.context.source, node) === variable;
}
