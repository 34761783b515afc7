import { isNothing, lastSegment, refersTo, unwrap, wrapped } from "../../ast/names.ts";
import { parameterVariable, readsOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { COMPLETION_NAME } from "../../dialects/callback-names.ts";
import { ERROR_NAME } from "../../dialects/completion-parameters.ts";
import type { Context } from "../context.ts";
import { isSurelyError } from "./errors.ts";
import { hostedFunctionsOf } from "./hosted-functions.ts";
import { functionsOf } from "./parameters.ts";
import { testFunctionsOf } from "./test-functions.ts";

/** A function with a completion parameter, and each use of that: all of them calls. */
export interface CompletionUses {
  readonly fn: FunctionNode;
  readonly name: string;
  /** Who passes the parameter: a host, whose callbacks throw nothing, or the project itself. */
  readonly calledBy: "host" | "runner" | "project";
  /** In source order, those in functions inside it included. */
  readonly calls: readonly CompletionUse[];
}

export interface CompletionUse {
  readonly call: TSESTree.CallExpression;
  /** What the call says by its first argument: an error, an answer, or only that the function is done. `null` where that cannot be told. */
  readonly says: "error" | "answer" | "done" | null;
}

const known = new WeakMap<Context, readonly CompletionUses[]>();

/**
 * The functions of a file that are given a completion parameter and do nothing with it but call it: by what their host passes, or as the
 * last parameter is called with an error first, and goes by such a name or is called with an answer behind `null` as well.
 */
export function completionUsesOf(context: Context): readonly CompletionUses[] {
  let found = known.get(context);
  if (found === undefined) known.set(context, (found = findUses(context)));
  return found;
}

function findUses(context: Context): readonly CompletionUses[] {
  const { source } = context;
  const hosted = hostedFunctionsOf(context);
  const tests = new Map(testFunctionsOf(context).map(({ fn, runner }) => [fn, runner] as const));
  return functionsOf(source).flatMap((fn): CompletionUses[] => {
    const found = hosted.get(fn);
    const handler = found?.calledBy === "host" ? found.parameter : null;
    const runner = tests.get(fn);
    // What stands in its place is no function.
    if (runner !== undefined && (!runner.hasCompletion || fn.params.length > runner.index + 1)) return [];
    const index = handler === null ? (runner?.index ?? fn.params.length - 1) : fn.params.indexOf(handler);
    const variable = parameterVariable(source, fn, index);
    const calls = variable === null ? null : callsOf(source, fn, variable);
    if (variable === null || calls === null) return [];
    const calledBy = handler !== null ? "host" : runner !== undefined ? "runner" : "project";
    const { name } = variable;
    const isOne =
      calledBy === "host" || (calledBy === "runner" ? COMPLETION_NAME.test(name) : isErrorFirst(name, calls));
    return isOne ? [{ fn, name, calledBy, calls }] : [];
  });
}

/** The uses of a parameter; `null` where there is none, or one is no call, or it is given another value. */
function callsOf(source: Source, fn: FunctionNode, variable: Variable): readonly CompletionUse[] | null {
  const reads = readsOf(variable);
  if (reads.length === 0 || writesOf(variable).some(({ init }) => init !== true)) return null;
  const calls: CompletionUse[] = [];
  for (const { identifier } of reads) {
    const callee = wrapped(identifier);
    const { parent } = callee;
    if (parent?.type !== "CallExpression" || parent.callee !== callee || fn.params.some((each) => isIn(each, parent)))
      return null;
    calls.push({ call: parent, says: saidBy(source, parent) });
  }
  return calls;
}

function isIn(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** Whether a parameter that nobody outside is known to pass is called with an error first, by two witnesses. */
function isErrorFirst(name: string, calls: readonly CompletionUse[]): boolean {
  const said = new Set(calls.map(({ says }) => says));
  if (said.has(null)) return false;
  const witnesses = [COMPLETION_NAME.test(name), said.has("error"), said.has("answer")];
  return witnesses.filter(Boolean).length > 1;
}

function saidBy(source: Source, { arguments: given }: TSESTree.CallExpression): CompletionUse["says"] {
  const [first] = given;
  if (first === undefined) return "done";
  if (given.some(({ type }) => type === "SpreadElement")) return null;
  if (isNothing(first)) return "answer";
  return isErrorLike(source, first) ? "error" : null;
}

/** Whether a value is an error for sure, or goes by such a name. */
function isErrorLike(source: Source, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  switch (node.type) {
    case "ConditionalExpression":
      return [node.consequent, node.alternate].every((each) => isNothing(each) || isErrorLike(source, each));
    case "LogicalExpression":
      return isErrorLike(source, node.operator === "&&" ? node.right : node.left);
    case "ArrayExpression":
      return false;
    case "Identifier":
    case "MemberExpression":
      return ERROR_NAME.test(lastSegment(refersTo(node)?.name ?? "")) || isSurelyError(source, node);
    case "CallExpression":
      return ERROR_NAME.test(refersTo(node.callee)?.name ?? "") || isSurelyError(source, node);
    default:
      return isSurelyError(source, node);
  }
}
