import { isFunction } from "../../ast/functions.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { calleeOf, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { ASYNC_LIBRARY } from "../../dialects/async-library.ts";
import { COMPLETION_NAME } from "../../dialects/callback-names.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { isVersionFrom } from "../package-versions.ts";

/** An `async` function with a callback parameter that a library gives no callback. */
export interface AsyncTask {
  /** The parameter. */
  readonly node: TSESTree.Node;
  readonly name: string;
  /** As the library's function is called. */
  readonly called: string;
}

/** The functions of a file that are given to the library `async`, are `async` themselves, and use a callback all the same; in source order. */
export function asyncTasksOf(context: Context): AsyncTask[] {
  const found = new Map<TSESTree.Node, AsyncTask>();
  for (const call of nodesOf(context.source).of("CallExpression")) {
    const called = calledOf(context, call);
    if (called === null) continue;
    for (const fn of call.arguments.flatMap((argument) => functionsIn(context, argument))) {
      const task = taskOf(context, fn, called);
      if (task !== null) found.set(task.node, task);
    }
  }
  return [...found.values()].sort((one, other) => one.node.range[0] - other.node.range[0]);
}

/** The library's function that is called; `null` for others, and where the version is an older one. */
function calledOf(context: Context, call: TSESTree.CallExpression): string | null {
  const { from, module: name, others } = ASYNC_LIBRARY;
  const binding = moduleBindingOf(context.source, call.callee);
  const owner = [name, ...others].find((each) => binding?.module === each || binding?.module.startsWith(`${each}/`));
  if (binding === null || owner === undefined || (owner === name && isVersionFrom(context, name, from) === "no"))
    return null;
  return binding.name ?? (binding.module === owner ? null : (calleeOf(call)?.name ?? null));
}

/** The functions that an argument is, or that a list or an object of tasks holds. */
function functionsIn(context: Context, argument: TSESTree.Node): readonly FunctionNode[] {
  const node = unwrap(argument);
  switch (node.type) {
    case "ArrayExpression":
      return node.elements.flatMap((element) => (element === null ? [] : functionsIn(context, element)));
    case "ObjectExpression":
      return node.properties.flatMap((each) => (each.type === "Property" ? functionsIn(context, each.value) : []));
    default: {
      if (isFunction(node)) return [node];
      const callable = node.type === "Identifier" ? resolveCallable(context, node) : null;
      return callable?.kind === "function" ? [callable.fn] : [];
    }
  }
}

function taskOf({ source }: Context, fn: FunctionNode, called: string): AsyncTask | null {
  const node = fn.params.at(-1);
  const variable = parameterVariable(source, fn, fn.params.length - 1);
  // With a default value it is there whoever passes none.
  if (!fn.async || fn.generator || node?.type !== "Identifier" || variable === null) return null;
  const isUsed = readsOf(variable).length > 0;
  return isUsed && COMPLETION_NAME.test(variable.name) ? { node, name: variable.name, called } : null;
}
