import { unwrap } from "../../ast/names.ts";
import { isFunction } from "../../ast/functions.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { COMPLETION_NAMES, type TestRunner } from "../../dialects/test-runners.ts";
import type { Context } from "../context.ts";
import { completionParameterOf, isCalled, isHandedOn, testFunctionAt } from "./test-functions.ts";

/** A function that a test runner calls, and that asks for a completion parameter in vain. */
export interface TestCallback {
  readonly fn: FunctionNode;
  readonly runner: TestRunner;
  /** As the runner's function is called here: `it`, `beforeEach`. */
  readonly called: string;
  /** `noCompletion`: the runner passes an object instead. `promiseAsWell`: the function gives a promise, and the runner takes one of the two. */
  readonly fault: "noCompletion" | "promiseAsWell";
  /** The parameter, or the place where the object is called. */
  readonly node: TSESTree.Node;
  readonly parameter: TSESTree.Parameter;
  readonly name: string;
  /** Whether nothing uses the parameter. */
  readonly isUnused: boolean;
}

/** Functions with a completion parameter that a test runner of the file fails, or passes whatever comes of them; in source order. */
export function testCallbacksOf(context: Context): readonly TestCallback[] {
  return nodesOf(context.source)
    .of("CallExpression")
    .flatMap((call) => callbackOf(context, call) ?? []);
}

function callbackOf(context: Context, call: TSESTree.CallExpression): TestCallback | null {
  const found = testFunctionAt(context, call);
  // Where a table gives the parameters, most are values of its rows.
  if (found === null || found.rowSize !== 0) return null;
  const { called, runner } = found;
  const given = call.arguments.map((argument) => unwrap(argument)).filter((argument) => isFunction(argument));
  const [fn] = given;
  if (fn === undefined || given.length > 1 || fn.params.length > runner.index + 1) return null;
  const parameter = completionParameterOf(context, found, fn);
  const variable = parameterVariable(context.source, fn, runner.index);
  if (parameter === null || variable === null) return null;
  const reads = readsOf(variable).map(({ identifier }) => identifier as TSESTree.Node);
  const rest = { fn, runner, called, parameter, name: parameter.name, isUnused: reads.length === 0 };
  if (!runner.hasCompletion)
    return { ...rest, fault: "noCompletion", node: (reads.find(isCalled) ?? reads.find(isHandedOn))! };
  const isNamed = COMPLETION_NAMES.has(parameter.name.replace(/^_+/u, ""));
  return fn.async && isNamed ? { ...rest, fault: "promiseAsWell", node: parameter } : null;
}
