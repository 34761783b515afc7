import { enclosingOf, type Enclosing } from "../../ast/functions.ts";
import { dottedName } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";

const EXITS: ReadonlySet<string> = new Set([
  "process.exit",
  "process.abort",
  "Environment.Exit",
  "Environment.FailFast",
]);

/** How far it is followed what a function calls. */
const DEEPEST = 4;

/** The calls in a piece of code after which it does not go on: the program ends, or a function of the file never returns. */
export function callsWithoutReturn(context: Context, unit: Enclosing): Set<TSESTree.Node> {
  const calls = nodesOf(context.source).of("CallExpression");
  return new Set(calls.filter((call) => enclosingOf(call) === unit && neverReturns(context, call)));
}

function neverReturns(context: Context, call: TSESTree.CallExpression, depth = 0): boolean {
  if (EXITS.has(dottedName(call.callee) ?? "")) return true;
  const callable = resolveCallable(context, call.callee);
  if (callable.kind !== "function" || depth > DEEPEST) return false;
  const { fn } = callable;
  if (fn.returnType?.typeAnnotation.type === "TSNeverKeyword") return true;
  return !fn.async && !fn.generator && alwaysEnds(context, fn, depth);
}

/** Whether a function without a `return` always comes to a `throw`, or to a call after which nothing goes on. */
function alwaysEnds(context: Context, { body }: FunctionNode, depth: number): boolean {
  if (body.type !== "BlockStatement") return false;
  const ends = body.body.some(
    (statement) =>
      statement.type === "ThrowStatement" ||
      (statement.type === "ExpressionStatement" &&
        statement.expression.type === "CallExpression" &&
        neverReturns(context, statement.expression, depth + 1)),
  );
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  return ends && findAll(body, context.source.visitorKeys, isReturn, { intoFunctions: false }).length === 0;
}
