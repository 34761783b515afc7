import { isFunction } from "../../ast/functions.ts";
import { globalPathOf } from "../../ast/globals.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { memberName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import {
  GLOBAL_TEST_RUNNER,
  TEST_MODIFIERS,
  TEST_RUNNERS,
  type TestRunner,
} from "../../dialects/completion-parameters.ts";

/** A function that a test runner calls: a test, or what goes around tests. */
export interface TestFunction {
  readonly fn: FunctionNode;
  readonly runner: TestRunner;
  /** As the runner's function is called here: `it`, `beforeEach`. */
  readonly called: string;
}

/** The functions of a file that a test runner calls, written where they are given to it, in source order. */
export function testFunctionsOf(source: Source): readonly TestFunction[] {
  return nodesOf(source)
    .of("CallExpression")
    .flatMap((call) => {
      const found = runnerOf(source, call);
      if (found === null) return [];
      const given = call.arguments.map((argument) => unwrap(argument)).filter((argument) => isFunction(argument));
      return given.length === 1 ? [{ fn: given[0]!, ...found }] : [];
    });
}

/** The runner whose function is called: `it(…)`, `it.only(…)`, `test.skip(…)`. */
function runnerOf(source: Source, call: TSESTree.CallExpression): { runner: TestRunner; called: string } | null {
  let callee = unwrap(call.callee);
  while (callee.type === "MemberExpression" && TEST_MODIFIERS.has(memberName(callee) ?? ""))
    callee = unwrap(callee.object);
  const binding = moduleBindingOf(source, callee);
  if (binding !== null) {
    const { module } = binding;
    // What is taken whole and called is the function that goes by the name it was given.
    const name = binding.name ?? (callee.type === "Identifier" ? callee.name : "");
    const runner = TEST_RUNNERS.find(({ functions, modules }) => modules.includes(module) && functions.has(name));
    return runner === undefined ? null : { runner, called: name };
  }
  const called = callee.type === "Identifier" ? globalPathOf(source, callee) : null;
  return called !== null && GLOBAL_TEST_RUNNER.functions.has(called) ? { runner: GLOBAL_TEST_RUNNER, called } : null;
}
