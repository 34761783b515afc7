import { calleeOf, dottedName, lastSegment, unwrap, type Callee } from "../../ast/names.ts";
import { globalPathOf } from "../../ast/globals.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { WAIT_MEMBERS } from "../../dialects/tap.ts";
import {
  BLOCKING_CALLS,
  DEASYNC_MODULE,
  DEASYNC_SLEEP,
  EDGE_FUNCTION_MEMBER,
  FUTURE_MODULES,
  SLEEP_MEMBERS,
  THREAD_TYPE,
  WORKER_MARKS,
} from "../../dialects/waits.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { isTreatedAsPromise } from "../tasks/promise-use.ts";
import { isFlag } from "./flags.ts";
import { listed, site } from "./task-waits.ts";
import type { WaitSite } from "./wait.ts";

/** Whether a file runs in a worker, which may wait as long as it likes. */
export function isWorkerFile(context: Context): boolean {
  return WORKER_MARKS.some((mark) => mark.test(context.source.text));
}

/** `Thread.Sleep(…)` in any qualification, and `Atomics.wait(…)`. */
export function threadWait(
  context: Context,
  call: TSESTree.CallExpression,
  { receiver, name, nameNode }: Callee,
): WaitSite | null {
  if (globalPathOf(context.source, call.callee) === "Atomics.wait")
    return isWorkerFile(context) ? null : site("atomics", call, nameNode, [], call.arguments[3]);
  const owner = receiver === null ? null : dottedName(receiver);
  if (owner === null) return null;
  if (!SLEEP_MEMBERS.has(name) || lastSegment(owner) !== THREAD_TYPE) return null;
  // A class of the file that does the sleeping itself is the library, and may well give a promise.
  if (
    resolveCallable(context, call.callee).kind === "function" ||
    isTreatedAsPromise(context, call, name === "Sleep" ? "certain" : "name") ||
    isWorkerFile(context)
  )
    return null;
  return site("sleep", call, nameNode, [], call.arguments[0]);
}

/** The waits of Node.js packages: deasync, sync-request, sync-fetch, fibers. */
export function packageWait(context: Context, call: TSESTree.CallExpression): WaitSite | null {
  if (!namesPackage(context)) return null;
  const callee = calleeOf(call);
  const nameNode = callee?.nameNode ?? call.callee;
  const binding = moduleBindingOf(context.source, call.callee);
  if (binding !== null) {
    // `Future.wait(first, second)`: of the futures that are passed, not of the class.
    if (FUTURE_MODULES.has(binding.module) && WAIT_MEMBERS.has(binding.name ?? ""))
      return isTreatedAsPromise(context, call, "certain") ? null : site("fiber", call, nameNode, listed(call).subjects);
    const kind = binding.name === null ? BLOCKING_CALLS.get(binding.module) : undefined;
    if (kind !== undefined) return site(kind, call, nameNode, []);
    return binding.module === DEASYNC_MODULE && binding.name === DEASYNC_SLEEP
      ? site("deasync", call, nameNode, [], call.arguments[0])
      : null;
  }
  if (isMadeSynchronous(context, call.callee)) return site("deasync", call, nameNode, []);
  const isFiberWait =
    callee !== null &&
    callee.receiver !== null &&
    WAIT_MEMBERS.has(callee.name) &&
    usesFutures(context) &&
    !isTreatedAsPromise(context, call, "certain");
  return isFiberWait ? site("fiber", call, nameNode, [callee.receiver]) : null;
}

const PACKAGES = [...BLOCKING_CALLS.keys(), DEASYNC_MODULE, ...FUTURE_MODULES];
const naming = new WeakMap<Context, boolean>();

/** Whether the file names one of these packages at all: next to none does, and looking up the callee of each call takes long. */
function namesPackage(context: Context): boolean {
  let known = naming.get(context);
  if (known === undefined) naming.set(context, (known = PACKAGES.some((name) => context.source.text.includes(name))));
  return known;
}

/** What `deasync(f)` gives, directly or bound to a constant. */
function isMadeSynchronous(context: Context, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  const variable = variableOf(context.source, node);
  const value = node.type === "CallExpression" ? node : variable === null ? null : onlyValueOf(variable);
  const maker = value === null ? null : unwrap(value);
  if (maker?.type !== "CallExpression") return false;
  const binding = moduleBindingOf(context.source, maker.callee);
  return binding?.module === DEASYNC_MODULE && binding.name === null;
}

const futures = new WeakMap<Context, boolean>();

/** Whether the file loads the `Future` of node-fibers. */
function usesFutures(context: Context): boolean {
  let known = futures.get(context);
  if (known === undefined) {
    const index = nodesOf(context.source);
    known =
      index.of("ImportDeclaration").some(({ source }) => FUTURE_MODULES.has(source.value)) ||
      index
        .of("CallExpression")
        .some((call) => FUTURE_MODULES.has(moduleBindingOf(context.source, call)?.module ?? ""));
    futures.set(context, known);
  }
  return known;
}

/** `fn(payload, true)` where `fn` comes out of `edge.func(…)`. */
export function edgeWait(context: Context, call: TSESTree.CallExpression): WaitSite | null {
  if (call.arguments.length !== 2 || !isFlag(context, call.arguments[1]!, true) || !context.host.blocksOnFlag)
    return null;
  return isEdgeValue(context, call.callee) ? site("edge", call, calleeOf(call)?.nameNode ?? call.callee, []) : null;
}

/** What `edge.func(…)` makes, and all that such functions give in turn. */
function isEdgeValue(context: Context, expression: TSESTree.Node, depth = 0): boolean {
  const node = unwrap(expression);
  if (depth > 8) return false;
  if (node.type === "MemberExpression") return isEdgeValue(context, node.object, depth + 1);
  if (node.type === "CallExpression") {
    const callee = calleeOf(node);
    return (
      (callee?.name === EDGE_FUNCTION_MEMBER && callee.receiver !== null) ||
      isEdgeValue(context, node.callee, depth + 1)
    );
  }
  const variable = variableOf(context.source, node);
  const value = variable === null ? null : onlyValueOf(variable);
  return value !== null && isEdgeValue(context, value, depth + 1);
}
