import { enclosingOf, type Enclosing } from "../../ast/functions.ts";
import { dottedName } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";

const EXITS: ReadonlySet<string> = new Set([
  "process.exit",
  "process.abort",
  "Environment.Exit",
  "Environment.FailFast",
]);

/** The calls in a piece of code after which it does not go on: the program ends, or a function of the file is declared `never` to return. */
export function callsWithoutReturn(context: Context, unit: Enclosing): Set<TSESTree.Node> {
  const calls = nodesOf(context.source).of("CallExpression");
  return new Set(calls.filter((call) => enclosingOf(call) === unit && neverReturns(context, call)));
}

function neverReturns(context: Context, call: TSESTree.CallExpression): boolean {
  if (EXITS.has(dottedName(call.callee) ?? "")) return true;
  const callable = resolveCallable(context, call.callee);
  return callable.kind === "function" && callable.fn.returnType?.typeAnnotation.type === "TSNeverKeyword";
}
