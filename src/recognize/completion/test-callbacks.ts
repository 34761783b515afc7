import { memberName } from "../../ast/names.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { COMPLETION_NAMES } from "../../dialects/completion-parameters.ts";
import type { Context } from "../context.ts";
import { testFunctionsOf, type TestFunction } from "./test-functions.ts";

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
  return testFunctionsOf(context.source).flatMap((test) => callbackOf(context, test) ?? []);
}

function callbackOf({ source }: Context, test: TestFunction): TestCallback | null {
  const { fn, runner } = test;
  if (fn.params.length > runner.index + 1) return null;
  const parameter = fn.params[runner.index];
  const variable = parameterVariable(source, fn, runner.index);
  if (parameter?.type !== "Identifier" || variable === null) return null;
  const reads = readsOf(variable).map(({ identifier }) => identifier);
  const callOf = reads.find((read) => read.parent.type === "CallExpression" && read.parent.callee === read);
  const isNamed = COMPLETION_NAMES.has(parameter.name.replace(/^_+/u, ""));
  const rest = { ...test, parameter, name: parameter.name, isUnused: reads.length === 0 };
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
