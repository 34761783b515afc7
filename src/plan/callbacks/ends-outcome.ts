import { contains, isAlwaysBefore, isUnconditionalWithin, listedStatement, statementList } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { indentAt } from "../../ast/lines.ts";
import { unwrap } from "../../ast/names.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { EndCall, HelperUse, Operation } from "../../recognize/begin-end/operation.ts";
import { isEvaluatedFirst } from "../evaluation.ts";
import { firstOf, firstOfPlace, type OutcomePlace, outcomePlace } from "../outcome-place.ts";
import { awaitEnd } from "./end-awaits.ts";
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
    indent: ({ context: { source } }) => indentAt(source.text, firstOfPlace(source, ends[0]!.call).range[0]),
    barrier: barrierOf,
    write: (planner, shape, operand, isMoved) => {
      for (const { call } of ends)
        awaitEnd(planner, shape, { call, place: endPlace(planner, shape, call), operand, isMoved });
      awaitHelpers(planner, shape, operand, isMoved);
    },
  };
}

function barrierOf(planner: Planner, shape: CallbackShape): Barrier {
  const [helper] = shape.helpers;
  if (helper !== undefined && !endsFirst(planner, helper)) return "settled";
  const call = shape.ends[0]?.call ?? helper?.call;
  if (call === undefined) return "await";
  return isTakenFirst(planner, shape, firstOf(endPlace(planner, shape, call), call)) ? "none" : "settled";
}

/**
 * Where the outcome that an End takes is awaited. Where all that is done before is to read what may change, it comes before that: an await
 * between such a read and the End would make it a read of old.
 */
function endPlace(planner: Planner, shape: CallbackShape, call: TSESTree.Node): OutcomePlace {
  const place = outcomePlace(planner.context.source, call)!;
  const first = firstOf(place, call);
  const statement = listedStatement(first);
  if (place.kind === "body" || statement === null || isTakenFirst(planner, shape, first)) return place;
  const before = statementList(statement.parent)!.filter(({ range }) => range[1] <= statement.range[0]);
  const isRead = (each: TSESTree.Statement): boolean =>
    shape.removed.has(each) ||
    (each.type === "VariableDeclaration" && each.declarations.every(({ init }) => init === null || isPure(init)));
  const others = before.findLastIndex((each) => !isRead(each));
  const reads = before.slice(others + 1).find((each) => !shape.removed.has(each));
  const isFirst =
    reads !== undefined &&
    isEvaluatedFirst(planner.context.source, first, statement, new Set()) &&
    isTakenFirst(planner, shape, reads);
  return isFirst ? { kind: "statement", statement: reads } : place;
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
