import { suspends } from "../../ast/flow.ts";
import { unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { movedAway } from "./moved-body.ts";
import { text, type Text } from "../write/text.ts";
import { semicolon } from "../layout.ts";
import type { Planner } from "../planner.ts";
import { isConstant } from "../purity.ts";

/** The arguments of an operation that get another value for each round, by their places, with the variables that hold them. */
export type RoundInputs = ReadonlyMap<number, string>;

/**
 * Whether an argument with which a handler starts its operation again may be given to a variable in place of that start. What is
 * evaluated around it comes after it then: where it does anything, all else has to be constant.
 */
export function mayChange(
  { source }: Context,
  { inputs, receiver, event }: Operation,
  input: TSESTree.CallExpressionArgument,
): boolean {
  if (event === null || input.type === "SpreadElement" || suspends(source, input)) return false;
  const acts = (node: TSESTree.Node): node is TSESTree.Node =>
    /^(?:Assignment|Call|New|Update|TaggedTemplate|Import)Expression$/.test(node.type) ||
    (node.type === "UnaryExpression" && node.operator === "delete");
  if (findAll(input, source.visitorKeys, acts).length === 0) return true;
  return [...inputs.filter((other) => other !== input), ...(receiver === null ? [] : [receiver])].every(
    (other) => isSteady(other) || isConstant(source, other),
  );
}

function isSteady(node: TSESTree.Node): boolean {
  return /^(?:Literal|ThisExpression)$/.test(unwrap(node).type);
}

/** Declares a variable before the rounds for each argument that changes, with its first value, and lets the start take it from there. */
export function declareInputs(
  planner: Planner,
  operation: Operation,
  changing: readonly number[],
  places: readonly TSESTree.Node[],
): { readonly inputs: RoundInputs; readonly declarations: readonly Text[] } {
  const {
    context: { source },
    draft,
    names,
  } = planner;
  const declarations: Text[] = [];
  const inputs = new Map<number, string>();
  for (const index of changing) {
    const input = operation.inputs[index]!;
    const name = names.unique(
      operation.begin,
      ["next", `next${operation.stem.charAt(0).toUpperCase()}${operation.stem.slice(1)}`],
      ...places,
    );
    declarations.push(text`let ${name} = ${movedAway(input)}${semicolon(source)}`);
    draft.replace(operation, input.range, name);
    inputs.set(index, name);
  }
  return { inputs, declarations };
}
