import { isFunction } from "../../ast/functions.ts";
import { globalPathOf } from "../../ast/globals.ts";
import { moduleBindingOf, takesFrom } from "../../ast/modules.ts";
import { memberName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { onlyValueOf, parameterVariable, readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { COMPLETION_NAME } from "../../dialects/callback-names.ts";
import {
  GLOBAL_TEST_RUNNER,
  TABLE_MODIFIERS,
  TEST_MODIFIERS,
  TEST_MODULES,
  TEST_PATH,
  TEST_RUNNERS,
  type TestRunner,
} from "../../dialects/test-runners.ts";
import { packagesAskedFor } from "../../files/package-manifests.ts";
import type { Context } from "../context.ts";

/** A call of a function of a test runner that is given a function to call. */
export interface TestCall {
  readonly runner: TestRunner;
  /** As it is called here: `it`, `beforeEach`. */
  readonly called: string;
  /** Whether it comes from a module of the runner; else it is a global. */
  readonly isImported: boolean;
  /** How many values of each row of a table come before anything else that the function it is given is called with; `null` if that is not known. */
  readonly rowSize: number | null;
}

/** A function that a test runner calls: a test, or what goes around tests. */
export interface TestFunction extends TestCall {
  readonly fn: FunctionNode;
}

/** The functions of a file that a test runner calls with nothing of a table, written where they are given to it, in source order. */
export function testFunctionsOf(context: Context): readonly TestFunction[] {
  return nodesOf(context.source)
    .of("CallExpression")
    .flatMap((call) => {
      const found = testCallAt(context, call);
      if (found?.rowSize !== 0) return [];
      const given = call.arguments.map((argument) => unwrap(argument)).filter((argument) => isFunction(argument));
      return given.length === 1 ? [{ fn: given[0]!, ...found }] : [];
    });
}

/**
 * The function of a test runner that is called: `it(…)`, `it.only(…)`, `test.skip(…)`, `it.each(table)(…)`, and `run(…)` after
 * `const run = canRun ? it : it.skip`. It comes from the runner's module, or is a global in a file that holds tests by a second witness: its path,
 * what it imports, or the packages that are asked for.
 */
export function testCallAt(context: Context, call: TSESTree.CallExpression): TestCall | null {
  const table = tableOf(unwrap(call.callee));
  const rowSize = table?.rowSize === undefined ? 0 : table.rowSize;
  const found = runnerFunctionOf(context, table?.of ?? call.callee, 0);
  return found === null ? null : { ...found, rowSize };
}

/** The function of a test runner that an expression denotes, whatever of its modifiers and aliases it goes by; `null` for anything else. */
function runnerFunctionOf(
  context: Context,
  expression: TSESTree.Node,
  depth: number,
): Omit<TestCall, "rowSize"> | null {
  const { source } = context;
  let callee = unwrap(expression);
  while (callee.type === "MemberExpression" && TEST_MODIFIERS.has(memberName(callee) ?? ""))
    callee = unwrap(callee.object);
  const binding = moduleBindingOf(source, callee);
  if (binding !== null) {
    const { module } = binding;
    // What is taken whole and called is the function that goes by the name it was given.
    const name = binding.name ?? (callee.type === "Identifier" ? callee.name : "");
    const runner = TEST_RUNNERS.find(({ functions, modules }) => modules.includes(module) && functions.has(name));
    return runner === undefined ? null : { runner, called: name, isImported: true };
  }
  if (callee.type === "ConditionalExpression" && depth < MOST_ALIASES) {
    const [first, second] = [callee.consequent, callee.alternate].map((value) =>
      runnerFunctionOf(context, value, depth + 1),
    );
    return first != null && second?.runner === first.runner ? first : null;
  }
  if (callee.type !== "Identifier") return null;
  const variable = variableOf(source, callee);
  const value = variable === null || depth === MOST_ALIASES ? null : onlyValueOf(variable);
  if (value !== null) return runnerFunctionOf(context, value, depth + 1);
  const called = globalPathOf(source, callee);
  if (called === null || !GLOBAL_TEST_RUNNER.functions.has(called)) return null;
  const runner = globalRunnerOf(context);
  return runner === null ? null : { runner, called, isImported: false };
}

/** How many names and conditions are followed from a call to the function of a runner. */
const MOST_ALIASES = 8;

/** The `it` of `it.each(table)` and of `it.each` with a template, and how many values a row has; `null` for any other callee. */
function tableOf(callee: TSESTree.Node): { readonly of: TSESTree.Node; readonly rowSize: number | null } | null {
  if (callee.type !== "CallExpression" && callee.type !== "TaggedTemplateExpression") return null;
  const member = unwrap(callee.type === "CallExpression" ? callee.callee : callee.tag);
  if (member.type !== "MemberExpression" || !TABLE_MODIFIERS.has(memberName(member) ?? "")) return null;
  // Each row of a template is one object.
  return { of: member.object, rowSize: callee.type === "CallExpression" ? rowSizeOf(callee.arguments[0]) : 1 };
}

function rowSizeOf(table: TSESTree.Node | undefined): number | null {
  const rows = table === undefined ? null : unwrap(table);
  if (rows?.type !== "ArrayExpression") return null;
  const sizes = new Set(rows.elements.map((row) => (row === null ? null : valuesIn(unwrap(row)))));
  const [size = null] = sizes;
  return sizes.size === 1 ? size : null;
}

/** How many values a row gives: those of an array, or itself; `null` for what may be an array or not. */
function valuesIn(row: TSESTree.Node): number | null {
  if (row.type === "ArrayExpression")
    return row.elements.some((each) => each?.type === "SpreadElement") ? null : row.elements.length;
  return /^(?:Literal|TemplateLiteral|ObjectExpression)$/.test(row.type) ? 1 : null;
}

/** The completion parameter of a function that a test function is given; `null` where it has none, as far as its runner goes. */
export function completionParameterOf(
  { source }: Context,
  { rowSize, runner }: TestCall,
  fn: FunctionNode,
): TSESTree.Identifier | null {
  if (rowSize === null) {
    const last = fn.params.at(-1);
    return last?.type === "Identifier" && COMPLETION_NAME.test(last.name) ? last : null;
  }
  const index = runner.index + rowSize;
  const parameter = fn.params[index];
  const variable = parameterVariable(source, fn, index);
  if (parameter?.type !== "Identifier" || variable === null) return null;
  if (runner.hasCompletion) return parameter;
  const reads = readsOf(variable).map(({ identifier }) => identifier as TSESTree.Node);
  return reads.some((read) => isCalled(read) || (COMPLETION_NAME.test(parameter.name) && isHandedOn(read)))
    ? parameter
    : null;
}

/** Whether a name is called. */
export function isCalled(read: TSESTree.Node): boolean {
  return read.parent?.type === "CallExpression" && read.parent.callee === read;
}

/** Whether a name is given to something that may call it, or a member is called that lets a test fail. */
export function isHandedOn(read: TSESTree.Node): boolean {
  const { parent } = read;
  if (parent?.type === "MemberExpression") return memberName(parent) === "fail";
  return (
    (parent?.type === "CallExpression" || parent?.type === "NewExpression") &&
    (parent.arguments as readonly TSESTree.Node[]).includes(read)
  );
}

const known = new WeakMap<Context, { readonly runner: TestRunner | null }>();

/** The test runner that has its functions among the globals of a file; `null` in a file that holds no tests, as far as it shows. */
export function globalRunnerOf(context: Context): TestRunner | null {
  let found = known.get(context);
  if (found === undefined) known.set(context, (found = { runner: runnerOf(context) }));
  return found.runner;
}

function runnerOf({ source }: Context): TestRunner | null {
  const packages = packagesAskedFor(
    source.filePath,
    TEST_RUNNERS.flatMap((runner) => runner.packages),
  );
  const asked = TEST_RUNNERS.filter((runner) => runner.packages.some((name) => packages.has(name)));
  if (asked.length > 0) return asked.length === 1 ? asked[0]! : GLOBAL_TEST_RUNNER;
  return TEST_PATH.test(source.filePath) || takesFrom(source, TEST_MODULES) ? GLOBAL_TEST_RUNNER : null;
}
