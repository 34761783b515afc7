import { contains, loopAround } from "../../ast/flow.ts";
import { enclosingFunction, functionName, memberOf } from "../../ast/functions.ts";
import { handledEvent } from "../../ast/handler-positions.ts";
import { calleeOf, unwrap, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { readsOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { subscriptionsOf } from "./event-subscriptions.ts";

/** Functions that run once in the life of what they belong to. */
const ONCE =
  /^(?:main$|init|setup|configure|bind|attach|wire|hook|register|subscribe|listen|mount|awake|construct|ng(?:On|After)|component|use[A-Z]|before|after|boot|launch|demo|test|example)/i;
/** Functions that may do so, unless they are given what they work on. */
const OFTEN_ONCE = /^(?:on)?(?:start|ready|created?$|connect|open|enable|load(?:ed)?$|run$)/i;
/** Functions that their name says are called again and again. */
const REPEATED = /^(?:refresh|reload|retry|poll|next|update|tick|on[A-Z]|[hH]andle[A-Z])/;
/** Events that come once. */
const ONCE_EVENTS =
  /^(?:on)?(?:DOMContentLoaded|load|loaded|ready|deviceready|activated|init|start|unload|beforeunload|close|exit)$/i;

/**
 * The function that surely runs more than once in the life of an object that outlives its runs, for code in `fn`: that function, or the
 * one around which each run makes and runs `fn` once. It works on what it is given, is called from several places or in a loop, handles
 * an event that recurs, or is named so. `inputs` are the expressions that tell. `null` where nothing says so.
 */
export function repeatedFunction(
  context: Context,
  fn: FunctionNode,
  inputs: readonly TSESTree.Node[],
  depth = 0,
): FunctionNode | null {
  const { parent } = fn;
  if (depth > 8 || (parent.type === "MethodDefinition" && parent.kind !== "method")) return null;
  const caller = onlyCaller(context, fn);
  if (caller !== undefined) return caller === null ? null : repeatedFunction(context, caller, inputs, depth + 1);
  const name = functionName(fn);
  if (name !== null && ONCE.test(name)) return null;
  if (usesParameter(context, fn, inputs)) return fn;
  if (name !== null && OFTEN_ONCE.test(name)) return null;
  const isRepeated =
    (name !== null && REPEATED.test(name)) ||
    handlesRecurringEvent(fn) ||
    (name !== null && isCalledOften(context, fn));
  return isRepeated ? fn : null;
}

/** The outermost function in each of whose runs `fn` runs once; `null` where the file as a whole runs it once. */
export function outermostCaller(context: Context, fn: FunctionNode, depth = 0): FunctionNode | null {
  const caller = depth > 8 ? undefined : onlyCaller(context, fn);
  return caller === undefined ? fn : caller === null ? null : outermostCaller(context, caller, depth + 1);
}

const ONCE_CALLERS: ReadonlySet<string> = new Set([
  "then",
  "catch",
  "finally",
  "setTimeout",
  "setImmediate",
  "nextTick",
  "queueMicrotask",
]);

/** The one function in each of whose runs `fn` runs once; `null` for the file itself, `undefined` where that is not known. */
function onlyCaller(context: Context, fn: FunctionNode): FunctionNode | null | undefined {
  const around = wrapped(fn).parent;
  return around !== undefined && runsOnceIn(context, around, fn) ? enclosingFunction(fn) : callerOf(context, fn);
}

/** Whether a function is an executor, is called in place, or runs once when something else is over: a timer, a promise, an operation. */
function runsOnceIn(context: Context, around: TSESTree.Node, fn: FunctionNode): boolean {
  if (subscriptionsOf(context).some(({ node, role }) => node === around && role === "completed")) return true;
  if (around.type === "NewExpression")
    return unwrap(around.callee).type === "Identifier" && calleeOf(around)?.name === "Promise";
  if (around.type !== "CallExpression") return false;
  return unwrap(around.callee) === fn || ONCE_CALLERS.has(calleeOf(around)?.name ?? "");
}

/** Whether one of the expressions asks for a parameter of the function: each call has its own. */
function usesParameter(context: Context, fn: FunctionNode, inputs: readonly TSESTree.Node[]): boolean {
  const parameters = context.source.scopeManager
    .getDeclaredVariables(fn)
    .filter(({ defs }) => defs.some(({ type }) => String(type) === "Parameter"));
  return parameters.some((parameter) =>
    readsOf(parameter).some(({ identifier }) => inputs.some((input) => contains(input, identifier))),
  );
}

/** The function around the only use of a function in the file, if that is a call outside of loops; `undefined` where others may use it. */
function callerOf(context: Context, fn: FunctionNode): FunctionNode | null | undefined {
  const variable = boundVariable(context, fn);
  if (
    variable === null ||
    variable.defs.some(
      ({ node }) => /^Export/.test(node.parent?.type ?? "") || /^Export/.test(node.parent?.parent?.type ?? ""),
    )
  )
    return undefined;
  const reads = readsOf(variable).filter(({ identifier }) => !contains(fn, identifier));
  const [read] = reads;
  const call = read === undefined ? undefined : wrapped(read.identifier).parent;
  if (
    reads.length !== 1 ||
    call?.type !== "CallExpression" ||
    unwrap(call.callee) !== read!.identifier ||
    loopAround(call) !== null
  )
    return undefined;
  return enclosingFunction(call);
}

/** The variable that a function is declared or initialised as. */
function boundVariable(context: Context, fn: FunctionNode): Variable | null {
  if (fn.type === "FunctionDeclaration") return fn.id === null ? null : variableOf(context.source, fn.id);
  const declarator = wrapped(fn).parent;
  return declarator?.type === "VariableDeclarator" ? variableOf(context.source, declarator.id) : null;
}

/** Whether a function handles an event that comes again and again, and is not taken off after the first time. */
function handlesRecurringEvent(fn: FunctionNode): boolean {
  const event = handledEvent(fn);
  return event !== null && !event.isOnce && !ONCE_EVENTS.test(event.name);
}

/** Whether the file calls a function from two places or in a loop, that is, from code that does not exclude a second call. */
function isCalledOften(context: Context, fn: FunctionNode): boolean {
  const name = functionName(fn);
  const isCall = (call: TSESTree.CallExpression): boolean => {
    const callee = calleeOf(call);
    if (callee?.name !== name || contains(fn, call)) return false;
    const callable = resolveCallable(context, call.callee);
    return callable.kind === "function" && callable.fn === fn;
  };
  const calls = nodesOf(context.source).of("CallExpression").filter(isCall);
  return (
    calls.some((call) => loopAround(call) !== null) ||
    (calls.length > 1 && new Set(calls.map((call) => enclosingFunction(call))).size > 1) ||
    (calls.length > 1 && memberOf(fn) === null && !areAlternatives(calls))
  );
}

/** Whether calls stand in branches, of which one may exclude the other. */
function areAlternatives(calls: readonly TSESTree.CallExpression[]): boolean {
  return calls.some((call) => {
    for (let current: TSESTree.Node | undefined = call.parent; current; current = current.parent) {
      if (/^(?:IfStatement|SwitchCase|ConditionalExpression|LogicalExpression|CatchClause)$/.test(current.type))
        return true;
    }
    return false;
  });
}

/** The loop around a node, within its function, in each of whose rounds an object is the same: its root is declared outside. */
export function loopOver(context: Context, node: TSESTree.Node, object: TSESTree.Node): TSESTree.Node | null {
  const loop = loopAround(node);
  if (loop === null) return null;
  let root = unwrap(object);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  if (root.type === "ThisExpression") return loop;
  const variable = root.type === "Identifier" ? variableOf(context.source, root) : null;
  if (root.type !== "Identifier") return null;
  if (variable === null) return loop;
  const isInLoop = (each: TSESTree.Node): boolean => contains(loop, each);
  if (
    variable.identifiers.some((identifier) => isInLoop(identifier)) ||
    variable.references.some((reference) => reference.isWrite() && isInLoop(reference.identifier))
  )
    return null;
  return loop;
}
