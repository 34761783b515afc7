import { enclosingOf, type Enclosing } from "../../ast/functions.ts";
import { isNothing } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { commonNature, NONE, promiseOf, UNKNOWN, type TaskNature } from "./task-nature.ts";
import { natureOfType } from "./task-types.ts";

/** What a call of a function of the file gives. `ask` tells what a returned expression is. */
export function resultOf(
  context: Context,
  fn: FunctionNode,
  ask: (expression: TSESTree.Node) => TaskNature,
): TaskNature {
  if (fn.generator) return NONE;
  if (fn.async) return promiseOf(fn);
  const declared = natureOfType(context, fn.returnType?.typeAnnotation);
  if (declared !== null) return declared;
  if (fn.body.type !== "BlockStatement") return ask(fn.body);
  const returned = returnsOf(context, fn);
  if (returned.length === 0) return NONE;
  return returned.some((value) => value === null || isNothing(value))
    ? UNKNOWN
    : commonNature(returned.map((value) => ask(value!)));
}

const returns = new WeakMap<Context, ReadonlyMap<Enclosing, readonly (TSESTree.Expression | null)[]>>();

/** What the `return` statements of a function give. */
export function returnsOf(context: Context, fn: FunctionNode): readonly (TSESTree.Expression | null)[] {
  let known = returns.get(context);
  if (known === undefined) {
    const byFunction = new Map<Enclosing, (TSESTree.Expression | null)[]>();
    for (const statement of nodesOf(context.source).of("ReturnStatement")) {
      const owner = enclosingOf(statement);
      const list = byFunction.get(owner);
      if (list === undefined) byFunction.set(owner, [statement.argument]);
      else list.push(statement.argument);
    }
    returns.set(context, (known = byFunction));
  }
  return known.get(fn) ?? [];
}
