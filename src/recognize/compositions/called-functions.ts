import { isFunction } from "../../ast/functions.ts";
import { moduleBindingOf, moduleMemberOf } from "../../ast/modules.ts";
import { calleeOf, keyName, lastSegment, memberName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { variableOf, writesOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { COMPLETION_NAME } from "../../dialects/callback-names.ts";
import { ASYNC_LIBRARY } from "../../dialects/async-library.ts";
import type { OperationForm } from "../../dialects/dialect.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import type { Knowledge } from "../knowledge.ts";
import { formsNamed } from "../operations/forms.ts";

/** A function that a library calls with a callback, whatever it is that gives it. */
export interface CalledFunction {
  /** The function where it is in sight. */
  readonly fn: FunctionNode | null;
  /** What is called. */
  readonly callee: TSESTree.Expression;
  /** What it is given before all else: the values that the library has taken along. */
  readonly given: readonly TSESTree.Expression[];
  /** How many values the function in sight has before those of the library, be they bound to it or given. */
  readonly before: number;
  /** How many values it calls back with, where its family says so. */
  readonly answers: number | null;
}

/**
 * The function that a library calls when it is given an expression; `null` where that may be an async one, or none.
 *
 * @param goesByPromise whether the library looks whether a function is async
 */
export function calledFunctionOf(
  context: Context,
  expression: TSESTree.Expression,
  goesByPromise: Knowledge,
): CalledFunction | null {
  const value = unwrap(expression);
  if (isFunction(value)) return value.async || value.generator ? null : { ...NOTHING, fn: value, callee: expression };
  const applied = appliedBy(context, value);
  // What the library has made of a function is no async one, whatever that is.
  if (applied !== null) {
    const { callee, given } = applied;
    return {
      fn: functionAt(context, callee),
      callee,
      given,
      before: given.length,
      answers: answersOf(context, callee),
    };
  }
  const target = boundBy(value) ?? value;
  const fn = functionAt(context, target);
  const before = target === value ? 0 : Math.max((value as TSESTree.CallExpression).arguments.length - 1, 0);
  const found = { fn, callee: expression, given: [], before, answers: answersOf(context, target) };
  if (fn !== null) return fn.async || fn.generator ? null : found;
  if (target.type !== "Identifier" && target.type !== "MemberExpression") return null;
  return goesByPromise === "no" || takesCallback(context, target, 0) ? found : null;
}

const NOTHING = { given: [], before: 0, answers: null } as const;

function functionAt(context: Context, expression: TSESTree.Node): FunctionNode | null {
  const resolved = resolveCallable(context, expression);
  return resolved.kind === "function" ? resolved.fn : null;
}

/** `async.apply(fn, value)`: the function, and what it is given. */
function appliedBy(
  { source }: Context,
  node: TSESTree.Node,
): { readonly callee: TSESTree.Expression; readonly given: readonly TSESTree.Expression[] } | null {
  if (node.type !== "CallExpression" || node.optional) return null;
  const found = moduleBindingOf(source, node.callee);
  const { functions } = ASYNC_LIBRARY.applying;
  const name = found === null ? null : (found.name ?? lastSegment(found.module.replace(/\//g, ".")));
  if (found === null || !ASYNC_LIBRARY.modules.includes(found.module.split("/")[0]!) || !functions.includes(name!))
    return null;
  const [callee, ...given] = node.arguments;
  if (callee === undefined || node.arguments.some(({ type }) => type === "SpreadElement")) return null;
  return { callee: callee as TSESTree.Expression, given: given as TSESTree.Expression[] };
}

/** The function that `.bind(…)` is called on. */
function boundBy(node: TSESTree.Node): TSESTree.Node | null {
  if (node.type !== "CallExpression" || node.optional) return null;
  const callee = calleeOf(node);
  if (node.arguments.some(({ type }) => type === "SpreadElement")) return null;
  return callee?.name === "bind" && callee.receiver !== null ? unwrap(callee.receiver) : null;
}

/** Whether something else in a file says that a function takes a callback: where it comes from, what else calls it, or all that it may be. */
function takesCallback(context: Context, target: TSESTree.Node, depth: number): boolean {
  if (depth > 3) return false;
  const node = boundBy(unwrap(target)) ?? unwrap(target);
  const fn = functionAt(context, node);
  if (fn !== null) return !fn.async && !fn.generator;
  if (formOf(context, node) !== null || isCalledWithCallback(context, node)) return true;
  if (node.type === "MemberExpression") return isMemberWithCallback(context, node);
  const variable = variableOf(context.source, node);
  const values = variable === null ? [] : writesOf(variable).map(({ writeExpr }) => writeExpr);
  return (
    String(variable?.defs[0]?.type) === "Variable" &&
    values.length > 0 &&
    values.every((value) => value != null && takesCallback(context, value, depth + 1))
  );
}

/** The operation of a family that it is and that calls back. */
function formOf(context: Context, node: TSESTree.Node): OperationForm | null {
  const member = moduleMemberOf(context.source, node);
  if (member === null || member.path === "") return null;
  const found = formsNamed(context, lastSegment(member.path)).find(
    ({ dialect, form }) =>
      form.delivery.kind === "callback" &&
      dialect.starts.some((start) => start.kind === "module" && start.modules.includes(member.module)),
  );
  return found?.form ?? null;
}

function answersOf(context: Context, node: TSESTree.Node): number | null {
  const form = formOf(context, node);
  return form === null ? null : form.outcome.filter(({ role }) => role === "value").length;
}

/** Whether a function of the same name is called with a function, or with a completion parameter, for its last argument. */
function isCalledWithCallback({ source }: Context, target: TSESTree.Node): boolean {
  const name = target.type === "MemberExpression" ? memberName(target) : null;
  const variable = target.type === "Identifier" ? variableOf(source, target) : null;
  if (name === null && variable === null) return false;
  return nodesOf(source)
    .of("CallExpression")
    .some((call) => {
      const callee = unwrap(call.callee);
      const isSame =
        callee.type === "MemberExpression"
          ? name !== null && memberName(callee) === name
          : variable !== null && variableOf(source, callee) === variable;
      const last = call.arguments.at(-1);
      if (!isSame || last === undefined) return false;
      const value = unwrap(last);
      if (isFunction(value)) return !value.async;
      return value.type === "Identifier" && COMPLETION_NAME.test(value.name);
    });
}

/** Whether all functions that a file keeps under a member's name take callbacks: there is one, and none is async. */
function isMemberWithCallback({ source }: Context, member: TSESTree.MemberExpression): boolean {
  const name = memberName(member);
  if (name === null) return false;
  const index = nodesOf(source);
  const functions = [...index.of("FunctionExpression"), ...index.of("ArrowFunctionExpression")].filter(
    ({ parent }) =>
      ((parent.type === "Property" || parent.type === "MethodDefinition") && keyName(parent) === name) ||
      (parent.type === "AssignmentExpression" &&
        parent.left.type === "MemberExpression" &&
        memberName(parent.left) === name),
  );
  return functions.length > 0 && functions.every(isPlain);
}

function isPlain(fn: FunctionNode): boolean {
  const last = fn.params.at(-1);
  return !fn.async && !fn.generator && last?.type === "Identifier";
}
