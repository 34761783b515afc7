import { globalPathOf } from "../../ast/globals.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { memberName, unwrap } from "../../ast/names.ts";
import { isFunction } from "../../ast/functions.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import {
  COMPLETION_NAMES,
  GLOBAL_TEST_RUNNER,
  TEST_MODIFIERS,
  TEST_RUNNERS,
  type TestRunner,
} from "../../dialects/completion-parameters.ts";
import type { Context } from "../context.ts";

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

function callbackOf({ source }: Context, call: TSESTree.CallExpression): TestCallback | null {
  const found = runnerOf(source, call);
  if (found === null) return null;
  const { called, runner } = found;
  const given = call.arguments.map((argument) => unwrap(argument)).filter((argument) => isFunction(argument));
  const [fn] = given;
  if (fn === undefined || given.length > 1 || fn.params.length > runner.index + 1) return null;
  const parameter = fn.params[runner.index];
  const variable = parameterVariable(source, fn, runner.index);
  if (parameter?.type !== "Identifier" || variable === null) return null;
  const reads = readsOf(variable).map(({ identifier }) => identifier);
  const callOf = reads.find((read) => read.parent.type === "CallExpression" && read.parent.callee === read);
  const isNamed = COMPLETION_NAMES.has(parameter.name.replace(/^_+/u, ""));
  const rest = { fn, runner, called, parameter, name: parameter.name, isUnused: reads.length === 0 };
  if (!runner.hasCompletion) {
    const used = callOf ?? (isNamed ? reads.find((read) => isHandedOn(read)) : undefined);
    return used === undefined ? null : { ...rest, fault: "noCompletion", node: used };
  }
  return fn.async && isNamed ? { ...rest, fault: "promiseAsWell", node: parameter } : null;
}

/** Whether a name is given to something that may call it, or a member is called that lets a test fail. */
function isHandedOn(read: TSESTree.Node): boolean {
  const { parent } = read;
  if (parent?.type === "MemberExpression") return memberName(parent) === "fail";
  return (
    (parent?.type === "CallExpression" && (parent.arguments as readonly TSESTree.Node[]).includes(read)) ||
    (parent?.type === "NewExpression" && (parent.arguments as readonly TSESTree.Node[]).includes(read))
  );
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
