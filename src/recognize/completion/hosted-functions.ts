import { isFunction } from "../../ast/functions.ts";
import { memberName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { EXPORTING_HOSTS, type CompletionSignals, type ExportingHost } from "../../dialects/completion-parameters.ts";
import type { TestRunner } from "../../dialects/test-runners.ts";
import { resolveCallable } from "../callables.ts";
import { libraryTasksOf } from "../compositions/library-tasks.ts";
import type { Context } from "../context.ts";
import { exportedHandlersOf } from "./exported-handlers.ts";
import { isHandler, servesAnother, typeOfHost } from "./handler-witnesses.ts";
import { functionsOf } from "./parameters.ts";
import { completionParameterOf, testCallAt } from "./test-functions.ts";

/** A function that a host calls, and that tells it by a callback when it is done. */
export interface HostedFunction {
  readonly fn: FunctionNode;
  /** Who calls it: a host that calls what modules export, a test runner, or a library that it is given to. */
  readonly calledBy: "host" | "runner" | "library";
  readonly caller: ExportingHost | TestRunner | { readonly name: string };
  /** The completion parameter; `null` where members of another parameter tell the same. */
  readonly parameter: TSESTree.Parameter | null;
  /** Its place among the parameters. */
  readonly index: number;
  readonly signals: CompletionSignals;
  /** Where the function is given to its host; nothing for one that the module exports. */
  readonly given: ReadonlySet<TSESTree.Node>;
  /** The member of one of the host's objects that is set to false where the host need not wait for what still runs. */
  readonly waits: string | null;
  /** The type of its host that is written for the function, which takes a promise as well, and whether that lets it answer with nothing. */
  readonly type: { readonly mayBeEmpty: boolean } | null;
}

const known = new WeakMap<Context, ReadonlyMap<FunctionNode, HostedFunction>>();

/** The functions of a file that a host calls, and that tell it by a callback when they are done. */
export function hostedFunctionsOf(context: Context): ReadonlyMap<FunctionNode, HostedFunction> {
  let found = known.get(context);
  if (found === undefined) {
    const hosted = [
      ...tasks(context),
      ...EXPORTING_HOSTS.flatMap((host) => exported(context, host)),
      ...tests(context),
    ];
    known.set(context, (found = new Map(hosted.map((each) => [each.fn, each]))));
  }
  return found;
}

/** Whether a function that the module exports is one that a host calls, which waits for a promise. */
export function isCalledByHost(context: Context, fn: FunctionNode): boolean {
  return EXPORTING_HOSTS.some((host) => isHandler(context, host, fn) && !servesAnother(context, host, fn));
}

function exported(context: Context, host: ExportingHost): HostedFunction[] {
  const index = host.parameters.length - 1;
  const handlers = exportedHandlersOf(context, host).map(({ fn, parameter }) => ({ fn, parameter }));
  return [...handlers, ...withoutParameter(context, host)].map(({ fn, parameter }) => ({
    fn,
    calledBy: "host",
    caller: host,
    parameter,
    index,
    signals: host.signals,
    // A method is one of the exports under its name.
    given: new Set(fn.parent.type === "Property" && fn.parent.method ? [fn.parent] : []),
    waits: host.waits,
    type: typeOfHost(context, host, fn),
  }));
}

/** The handlers that declare no completion parameter, and call what members of another one tell. */
function withoutParameter(
  context: Context,
  host: ExportingHost,
): { readonly fn: FunctionNode; readonly parameter: null }[] {
  const { object } = host.signals;
  if (object === null) return [];
  return functionsOf(context.source)
    .filter((fn) => {
      if (fn.params.length !== object.index + 1) return false;
      const variable = parameterVariable(context.source, fn, object.index);
      const isTold =
        variable !== null && readsOf(variable).some(({ identifier }) => isSignal(identifier, object.members));
      return isTold && isHandler(context, host, fn);
    })
    .map((fn) => ({ fn, parameter: null }));
}

/** Whether a member of what a name stands for is called that tells that a function is done. */
function isSignal({ parent }: TSESTree.Node, members: ReadonlyMap<string, unknown>): boolean {
  return parent?.type === "MemberExpression" && members.has(memberName(parent) ?? "");
}

/** The functions that are given to a test runner, by their own or by their name. */
function tests(context: Context): HostedFunction[] {
  const byFunction = new Map<FunctionNode, HostedFunction & { readonly given: Set<TSESTree.Node> }>();
  for (const call of nodesOf(context.source).of("CallExpression")) {
    const found = testCallAt(context, call);
    if (found === null) continue;
    for (const argument of call.arguments) {
      const value = unwrap(argument);
      const called = resolveCallable(context, argument);
      if (called.kind !== "function" || !(isFunction(value) || value.type === "Identifier")) continue;
      const { fn } = called;
      const parameter = completionParameterOf(context, found, fn);
      if (parameter === null) continue;
      const index = fn.params.indexOf(parameter);
      const { runner } = found;
      const { signals } = runner;
      const hosted = byFunction.get(fn) ?? {
        ...{ fn, calledBy: "runner", caller: runner, parameter, index, signals, waits: null, type: null },
        given: new Set<TSESTree.Node>(),
      };
      hosted.given.add(argument);
      byFunction.set(fn, hosted);
    }
  }
  return [...byFunction.values()];
}

/** The functions that are given to a library which calls them. */
function tasks(context: Context): HostedFunction[] {
  return libraryTasksOf(context).map(({ library, ...task }) => ({
    ...task,
    calledBy: "library",
    caller: { name: library },
    waits: null,
    type: null,
  }));
}
