import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { COMPLETION_NAME } from "../../dialects/callback-names.ts";
import type { Context } from "../context.ts";
import { completionParameterOf, isCalled, isHandedOn, testFunctionsOf, type TestFunction } from "./test-functions.ts";

/** A function that a test runner calls, and that asks for a completion parameter in vain. */
export interface TestCallback extends TestFunction {
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
  return testFunctionsOf(context).flatMap((test) => callbackOf(context, test) ?? []);
}

function callbackOf(context: Context, test: TestFunction): TestCallback | null {
  const { fn, runner } = test;
  if (fn.params.length > runner.index + 1) return null;
  const parameter = completionParameterOf(context, test, fn);
  const variable = parameterVariable(context.source, fn, runner.index);
  if (parameter === null || variable === null) return null;
  const reads = readsOf(variable).map(({ identifier }) => identifier as TSESTree.Node);
  const rest = { ...test, parameter, name: parameter.name, isUnused: reads.length === 0 };
  if (!runner.hasCompletion)
    return { ...rest, fault: "noCompletion", node: (reads.find(isCalled) ?? reads.find(isHandedOn))! };
  const isNamed = COMPLETION_NAME.test(parameter.name);
  return fn.async && isNamed ? { ...rest, fault: "promiseAsWell", node: parameter } : null;
}
